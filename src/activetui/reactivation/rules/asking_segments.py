"""Segments that playbooks and alerts ask for by their names: such a one stays, and keeps its name.

Else the playbook would find nobody any more, and nobody would know why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.reactivation.alerts import shelf
from activetui.reactivation.playbooks import playbook
from activetui.segments import library
from activetui.segments.nested import name_key, segments_in
from activetui.store.kinds import own_kinds


def delete_segment(conn: sqlite3.Connection, name: str, *, made_at: str) -> str:
    """Delete a saved segment as `segments.library.delete` does; `OwnerError` too if a rule asks for it."""
    _refuse(conn, name, _("Let these ask for something else first."))
    return library.delete(conn, name, made_at=made_at)


def rename_segment(conn: sqlite3.Connection, old: str, new: str, *, made_at: str) -> str:
    """Rename a saved segment as `segments.library.rename` does; `OwnerError` too if a rule asks for it."""
    if name_key(old) != name_key(new):
        _refuse(
            conn, old,
            _("Save its query under the new name, let these ask for that, then delete the old one."),
        )
    return library.rename(conn, old, new, made_at=made_at)


def rules_asking_for(conn: sqlite3.Connection, name: str) -> list[str]:
    """The titles of the playbooks and alerts that ask for a segment by its name, in use or not."""
    own, key = tuple(own_kinds(conn)), name_key(name)
    return [
        one_line(title) for title, queries in _queries(conn)
        if any(key in segments_in(query, own) for query in queries if query)
    ]


def _queries(conn: sqlite3.Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    for plan in (rule.thing for rule in playbook.rules(conn)):
        if plan is not None:
            yield plan.title, (plan.audience, *plan.stop_queries, *(step.only for step in plan.steps))
    for alert in (rule.thing for rule in shelf.rules(conn)):
        if alert is not None:
            yield alert.title, (alert.who,)


def _refuse(conn: sqlite3.Connection, name: str, hint: str) -> None:
    asking = rules_asking_for(conn, name)
    if asking:
        raise OwnerError(
            _("Playbooks or alerts ask for the segment '{name}': {rules}.").format(
                name=one_line(name), rules=", ".join(asking)
            ),
            hint,
        )
