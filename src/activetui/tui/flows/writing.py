"""A message to the customer of a line: filled in, changed, copied or opened as a mail; never sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.asking import Asks
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.message import MessageDialog, Wanted, Written
from activetui.tui.people import display_name
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.checklist.items import Item
    from activetui.reactivation.messages.message_types import Message


def begin(screen: Asks, item: Item, sent: Callable[[str], None]) -> None:
    """Show the message of the line's step; where the step has none, ask which one.

    `sent` is called with the subject once the owner says that it went out.
    """
    # where the step is a call, a mail can go before it or instead of it
    wanted = Wanted(item.person.id, by="" if _is_written(item) else "email")
    if item.doing.template:
        _show(screen, item, wanted, sent)
        return

    def known(found: list[Message]) -> None:
        _choose(screen, found, lambda key: _show(screen, item, wanted._replace(message=key), sent))

    screen.ask(_messages, known, group="message")


def _choose(screen: Asks, found: list[Message], then: Callable[[str], None]) -> None:
    choices = [Choice(each.key, one_line(each.title)) for each in found]
    if not choices:
        screen.active_app.tell(_("There is no message to choose from."))
        return
    hint = _("No message belongs to this step; choose one.")
    dialog = ChooseDialog(_("Which message?"), choices, hint=hint)
    screen.active_app.push_screen(dialog, lambda key: None if key is None else then(key))


def _show(screen: Asks, item: Item, wanted: Wanted, sent: Callable[[str], None]) -> None:
    session = screen.session
    usual = item.playbook.offer if item.doing.offer else ""

    def fill(wanted: Wanted, then: Callable[[Written], None]) -> None:
        screen.ask(partial(write, wanted=wanted, day=session.day, usual=usual), then, group="message")

    def sign(name: str, then: Callable[[], None]) -> None:
        def keep(conn: Connection) -> bool:
            from activetui.store.changes.business import change

            return change(
                conn, "sender", name, what=_("Who signs: {name}").format(name=name),
                made_at=session.made_at(), today=session.today,
            )

        screen.change(keep, lambda _changed: then())

    def written(found: Written) -> None:
        dialog = MessageDialog(
            display_name(item.person), found, wanted, fill, sign, may_change=session.day == session.today,
            is_step=_is_written(item),
        )
        screen.active_app.push_screen(dialog, lambda subject: None if subject is None else sent(subject))

    fill(wanted, written)


def write(conn: Connection, wanted: Wanted, day: Day, usual: str = "") -> Written:
    """Fill the message in; `OwnerError` if there is none, or if it must not be written to the customer."""
    from activetui.reactivation.messages.writing import draft_for, message_named

    filled = draft_for(
        conn, wanted.customer, day, key=wanted.message, tongue=wanted.tongue, offer=wanted.offer,
        by=wanted.by,
    )
    found = message_named(conn, filled.message)
    return Written(filled, _messages(conn), tuple(found.letters), one_line(found.title), usual)


def _is_written(item: Item) -> bool:
    """Whether the step is done by a text, so that it is done once that went out."""
    from activetui.reactivation.messages.writing import WRITTEN

    return item.doing.channel in WRITTEN


def _messages(conn: Connection) -> list[Message]:
    from activetui.reactivation.messages.message import messages

    return messages(conn)
