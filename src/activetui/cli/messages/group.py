"""The group of commands about messages, and what several of them take and say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.cli.group import Noun
from activetui.cli.rules.kept import Sort, Words
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.messages.message_types import Message
    from activetui.reactivation.rules.own_rules import Shelf

app = Noun()

def sort_of_messages() -> Sort:
    """Messages, for what is done with any kept rule."""
    return Sort("messages", _shelf, Words(
        added=_("Message added: {title}"),
        changed=_("Message changed: {title}"),
        on=_("Message in use: {title}"),
        off=_("Message off: {title}"),
        dropped=_("Message dropped: {title}"),
        as_it_came=_("Message as it came: {title}"),
        unknown=_("There is no message “{name}”"),
    ), told, _in_itself, SAMPLE)


def told(conn: sqlite3.Connection, message: Message) -> Iterator[str]:
    """The message's languages and fields, and the steps that use it."""
    yield from _in_itself(message)
    steps = used_by(conn, message.key)
    yield _("used by: {playbooks}").format(playbooks=", ".join(steps)) if steps else _("used by no playbook")


def _in_itself(message: Message) -> Iterator[str]:
    from activetui.reactivation.messages.template import gaps

    yield message.title
    yield _("in: {languages}").format(languages=", ".join(message.letters))
    needed: dict[str, bool] = {}
    for letter in message.letters.values():
        for gap in gaps(f"{letter.subject}\n{letter.body}"):
            needed[gap.field] = needed.get(gap.field, False) or gap.needed
    if must := [field for field, is_needed in needed.items() if is_needed]:
        yield _("needs: {fields}").format(fields=", ".join(must))
    if may := [field for field, is_needed in needed.items() if not is_needed]:
        yield _("uses, where known: {fields}").format(fields=", ".join(may))


def used_by(conn: sqlite3.Connection, key: str) -> list[str]:
    """The playbooks in use that have a step with the message, by title."""
    from activetui.reactivation.playbooks.playbook import playbooks

    return [plan.title for plan in playbooks(conn) if any(step.template == key for step in plan.steps)]


def _shelf() -> Shelf[Message]:
    from activetui.reactivation.messages.message import SHELF

    return SHELF


SAMPLE = '''\
# Fields stand in braces: {first_name} {name} {product} {last_visit} {offer} {sender} {business} {ends}
# {subscription} {years}. What stands in [[ ]] is left out where one of its fields is not known.
title = "My message"

[en]
subject = "Hello, {first_name}"
body = """
Hello {first_name},

it has been a while[[ (the last time: {last_visit})]].

{sender}
{business}
"""
'''
"""What a new message begins with."""
