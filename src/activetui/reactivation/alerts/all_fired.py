"""All alerts of a day, worked out once and kept until the store changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import NamedTuple, TypeAlias

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.reactivation.alerts.firing import Fired, fire, in_order
from activetui.reactivation.alerts.shelf import faults, rules_in_use
from activetui.reactivation.alerts.types import AlertRule
from activetui.segments.asking import ask
from activetui.segments.fields import Holds
from activetui.segments.past import leaves_of
from activetui.segments.tree import All, FieldTest
from activetui.store.alerts.touched import touched_since
from activetui.store.opening.connection import path_of
from activetui.store.other_days import as_of
from activetui.store.state_mark import StateMark, state_mark


class AllFired(NamedTuple):
    """What has set rules off."""

    rules: tuple[AlertRule, ...]
    """Those that were asked, by rank."""
    fired: Mapping[str, Sequence[Fired]]
    """The alerts by rule, the newest first."""
    faults: tuple[str, ...]
    """Rules that are passed over, and why."""


class Kept(NamedTuple):
    """What a rule came to, in one state of the store."""

    mark: StateMark
    fired: Sequence[Fired]


_Key: TypeAlias = tuple[object, ...]
_MOST_KEPT = 128
_kept: dict[_Key, Kept] = {}
_lock = Lock()


def all_fired(conn: sqlite3.Connection, day: Day, *, since: Day | None = None, only: str = "") -> AllFired:
    """The alerts of all rules in use, or of `only` one of them, on the day that the connection looks from.

    `since` as for `fire`. `OwnerError` if no rule in use has the key `only`.
    """
    wanted = rules_in_use(conn)
    if only:
        wanted = tuple(rule for rule in wanted if rule.key == only)
        if not wanted:
            raise OwnerError(
                _("There is no alert rule {key!r} in use.").format(key=only),
                _("activetui alerts rules list shows them all."),
            )
    wrong = [error.message for error in faults(conn)]
    found: dict[str, Sequence[Fired]] = {}
    for rule in wanted:
        try:
            found[rule.key] = _fired(conn, rule, day, since)
        except OwnerError as error:         # its query names what this store does not have any more
            wrong.append(_("{rule}: {problem}").format(rule=rule.key, problem=error.message))
    return AllFired(tuple(rule for rule in wanted if rule.key in found), found, tuple(wrong))


def _fired(conn: sqlite3.Connection, rule: AlertRule, day: Day, since: Day | None) -> Sequence[Fired]:
    """The alerts of one rule, kept in memory from one look to the next."""
    path = path_of(conn)
    if not path.name or as_of.knows_then(conn):
        return fire(conn, rule, day, since)
    # a backup that was brought back is another file
    key = (str(path), path.stat().st_ino, as_of.day_of(conn), rule, day, since)
    with _lock:
        before = _kept.get(key)
    now = fired_anew(conn, rule, day, since, before)
    with _lock:
        _kept.pop(key, None)
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = now
    return now.fired


def fired_anew(
    conn: sqlite3.Connection, rule: AlertRule, day: Day, since: Day | None, before: Kept | None
) -> Kept:
    """As `fire`, from what it came to `before` on that day: after changes by hand, only those whom they
    concern are asked again."""
    mark = state_mark(conn)
    if before is None:
        return Kept(mark, fire(conn, rule, day, since))
    touched = touched_since(conn, before.mark, mark)
    if touched == frozenset():
        return Kept(mark, before.fired)
    if touched is None or not _is_each_alone(conn, rule, day):
        return Kept(mark, fire(conn, rule, day, since))
    others = [each for each in before.fired if each.customer_id not in touched]
    return Kept(mark, sorted([*others, *fire(conn, rule, day, since, touched)], key=in_order))


def _is_each_alone(conn: sqlite3.Connection, rule: AlertRule, day: Day) -> bool:
    """Whether the alerts of a customer depend on nobody else."""
    if rule.is_of_the_store:
        return False
    query = ask(conn, rule.who, day).query if rule.who else None
    return query is None or not any(
        isinstance(leaf, FieldTest) and leaf.field.holds in (Holds.QUINTILE, Holds.GROUP)
        for leaf in leaves_of(query.root or All(()))
    )
