"""A message to the customer of a line: filled in, changed, copied or opened as a mail; never sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.message import MessageDialog
from activetui.tui.people import display_name
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.items import Item
    from activetui.reactivation.messages.drafts import Draft
    from activetui.reactivation.messages.message_types import Message
    from activetui.tui.screens.base import ActiveScreen


class Wanted(NamedTuple):
    """Which message to whom."""

    customer: int
    message: str
    """Its key; empty for the first there is."""
    channel: str
    offer: str
    tongue: str = ""
    """A language; empty for that of the customer."""


class Written(NamedTuple):
    """A draft, and what can be had instead of it."""

    draft: Draft
    messages: list[Message]
    tongues: tuple[str, ...]
    title: str
    """Of the message."""


def begin(screen: ActiveScreen, item: Item, sent: Callable[[str], None]) -> None:
    """Show the message of the line's step; where the step has none, ask which one.

    `sent` is called with the subject once the owner says that it went out.
    """
    doing = item.doing
    wanted = Wanted(
        item.person.id, doing.template, doing.channel, item.playbook.offer if doing.offer else ""
    )
    if wanted.message:
        _show(screen, item, wanted, sent)
        return

    def known(found: list[Message]) -> None:
        _choose(screen, found, lambda key: _show(screen, item, wanted._replace(message=key), sent))

    screen.ask(_messages, known, group="message")


def _choose(screen: ActiveScreen, found: list[Message], then: Callable[[str], None]) -> None:
    choices = [Choice(each.key, one_line(each.title)) for each in found]
    if not choices:
        screen.active_app.tell(_("There is no message to choose from."))
        return
    hint = _("No message belongs to this step; choose one.")
    dialog = ChooseDialog(_("Which message?"), choices, hint=hint)
    screen.app.push_screen(dialog, lambda key: None if key is None else then(key))


def _show(screen: ActiveScreen, item: Item, wanted: Wanted, sent: Callable[[str], None]) -> None:
    day = screen.session.day

    def written(found: Written) -> None:
        dialog = MessageDialog(
            display_name(item.person), found, wanted,
            lambda other, then: screen.ask(partial(write, wanted=other, day=day), then, group="message"),
            may_change=not screen.session.known_then,
        )
        screen.app.push_screen(dialog, lambda subject: None if subject is None else sent(subject))

    screen.ask(partial(write, wanted=wanted, day=day), written, group="message")


def write(conn: Connection, wanted: Wanted, day: Day) -> Written:
    """Fill the message in. `OwnerError` if there is none of that key."""
    from activetui.ledger.errors import OwnerError
    from activetui.reactivation.messages.drafts import draft
    from activetui.reactivation.messages.message import message

    found = message(conn, wanted.message)
    if found is None:
        raise OwnerError(
            _("There is no message “{key}”.").format(key=one_line(wanted.message)),
            _("See those there are: activetui messages list"),
        )
    filled = draft(
        conn, wanted.customer, found, channel=wanted.channel, day=day, offer=wanted.offer,
        tongue=wanted.tongue,
    )
    return Written(filled, _messages(conn), tuple(found.letters), one_line(found.title))


def _messages(conn: Connection) -> list[Message]:
    from activetui.reactivation.messages.message import messages

    return messages(conn)
