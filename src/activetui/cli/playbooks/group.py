"""The group of commands about playbooks, and what several of them say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.cli.context import current
from activetui.cli.group import Noun
from activetui.cli.rules.kept import Deed, Sort, Words
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.reactivation.playbooks.playbook import Playbook
    from activetui.reactivation.rules.own_rules import Rule, Shelf

app = Noun()


def sort_of_playbooks() -> Sort:
    """Playbooks, for what is done with any kept rule."""
    return Sort("playbooks", _shelf, Words(
        added=_("Playbook added: {title}"),
        changed=_("Playbook changed: {title}"),
        on=_("Playbook in use: {title}"),
        off=_("Playbook off: {title}"),
        dropped=_("Playbook dropped: {title}"),
        as_it_came=_("Playbook as it came: {title}"),
        unknown=_("There is no playbook “{name}”"),
    ), told, _in_itself, SAMPLE, used=_fitting, after=_after)


def told(conn: sqlite3.Connection, playbook: Playbook) -> Iterator[str]:
    """The playbook in words, whom it fits, and what is worth thinking over."""
    from activetui.reactivation.playbooks.look import rest_days
    from activetui.reactivation.playbooks.playbook_words import playbook_lines
    from activetui.reactivation.rules.rule_reading import known_to

    yield from playbook_lines(playbook, known_to(conn), rest_days(conn))
    yield ""
    yield from _fitting(conn, playbook)


def _fitting(conn: sqlite3.Connection, playbook: Playbook) -> Iterator[str]:
    """Whom it fits, and what is worth thinking over."""
    from activetui.reactivation.playbooks.look import Look
    from activetui.reactivation.playbooks.playbook_fit import advice, fit, fit_words

    look = Look(conn, current().as_of)
    found = fit(look, playbook)
    yield fit_words(found)
    for sentence in advice(look, playbook, found):
        yield f"! {sentence}"


def _in_itself(playbook: Playbook) -> Iterator[str]:
    from activetui.reactivation.playbooks.playbook_words import playbook_lines
    from activetui.reactivation.rules.rule_reading import NOTHING_OWN

    yield from playbook_lines(playbook, NOTHING_OWN, 0)


def _after(conn: sqlite3.Connection, rule: Rule[Playbook], deed: Deed) -> Iterator[str]:
    """What becomes of those who are in it."""
    from activetui.reactivation.playbooks.look import Look
    from activetui.store.listing import people

    if rule.thing is None or deed not in (Deed.OFF, Deed.DROPPED):
        return
    n = people.count(conn, Look(conn, current().today).under_way([rule.thing]))
    if not n:
        return
    words = ngettext(
        "{n} customer in it goes on to its end.", "{n} customers in it go on to its end.", n
    ) if deed is Deed.OFF else ngettext(
        "It runs for {n} customer, whose steps are no longer listed; activetui undo brings it back.",
        "It runs for {n} customers, whose steps are no longer listed; activetui undo brings it back.", n,
    )
    yield words.format(n=format_number(n))


def _shelf() -> Shelf[Playbook]:
    from activetui.reactivation.playbooks.playbook import SHELF

    return SHELF


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
