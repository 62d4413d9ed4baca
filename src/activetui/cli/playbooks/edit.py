"""`playbooks edit`: a playbook in the owner's own editor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.playbooks.group import KeyArgument, app, the_playbook, told
from activetui.ledger.errors import OwnerError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.playbook import Playbook


@app.command("edit", help=_("Change a playbook in your editor, or write a new one."))
def edit(
    key: KeyArgument,
    new: Annotated[bool, typer.Option("--new", help=_("Begin a new playbook of this key."))] = False,
) -> None:
    """Edit, check, tell whom it fits, ask, and use it. Whatever goes wrong, what was there stays."""
    from activetui.cli.rules.editing import Desk
    from activetui.cli.rules.editing import edit as edit_rule
    from activetui.cli.rules.source import key_of
    from activetui.reactivation.own_rules import checked_key
    from activetui.reactivation.playbook import SHELF

    with open_reading(facts=False) as conn:
        if new:
            wanted, text = checked_key(key_of(key)), SAMPLE
            if wanted in SHELF.keys(conn):
                raise OwnerError(
                    _("There is a playbook “{key}” already.").format(key=wanted),
                    _("Without --new it is changed; or choose another key."),
                )
        else:
            rule = the_playbook(conn, key)
            wanted, text = rule.key, rule.toml
    what = _("Playbook added: {title}") if new else _("Playbook changed: {title}")
    edit_rule(Desk(
        SHELF, "playbooks", wanted, text, new, _told,
        lambda playbook: what.format(title=playbook.title),
    ))


def _told(conn: sqlite3.Connection, playbook: Playbook) -> Iterator[str]:
    return told(conn, playbook, current().today)


SAMPLE = '''\
# Lines that begin with # are only explanation. activetui playbooks show regular --toml shows a finished one.
title = "My playbook"
rank = 75                                # of several that fit a customer, the lowest rank comes first
why = "Why this is worth doing, in one sentence."
for = "status:inactive purchases>=3"     # whom it fits: a query, as in the list of customers
again_after_days = 90                    # nobody begins it again sooner
stop = ["success", "do_not_contact", "complaint:open"]

[success]
any = ["purchase"]                       # what counts as success: kinds of event
within_days = 90                         # so many days after the first contact

[[steps]]
after_days = 0
channel = "phone"                        # phone, email, letter, in_person, chat or social
title = "Call and ask how they are"

[[steps]]
after_days = 14
channel = "email"
title = "Write once more, and then leave in peace"
marketing = true                         # only to those who have agreed to marketing
'''
"""What a new playbook begins with."""
