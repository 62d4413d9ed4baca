"""`checklist message`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.checklist.group import app
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, line, wording
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.errors import OwnerError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.messages.drafts import Draft


@app.command("message", help=_("The message to a customer, filled in, to copy or to open as a mail."))
def message(
    customer: CustomerArgument,
    key: Annotated[
        str, typer.Option("--message", metavar="KEY", help=_("This message instead of the present step's."))
    ] = "",
    tongue: Annotated[
        str, typer.Option("--language", metavar="CODE", help=_("In this language instead of the customer's."))
    ] = "",
    offer: Annotated[
        str | None,
        typer.Option("--offer", metavar="TEXT", help=_("What you offer, instead of the playbook's.")),
    ] = None,
    mailto: Annotated[
        bool, typer.Option("--mailto", help=_("As a link alone, which opens it in the mail program."))
    ] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the message; with what is missing, if anything is. Nothing is sent."""
    from activetui.reactivation.messages.drafts import left_in_peace_words
    from activetui.reactivation.messages.writing import draft_for

    with open_reading() as conn:
        number = the_customer(conn, customer)
        found = draft_for(
            conn, number, current().as_of, key=key, tongue=tongue, offer=offer, by="email" if mailto else ""
        )
    warning = left_in_peace_words(found)
    if warning and (mailto or form is not Format.TABLE):
        print(warning, file=sys.stderr)
    if mailto:
        if not found.ready:
            raise OwnerError(_missing(found), _how_to_give(found))
        if form is Format.TABLE:
            print(found.mailto)
            return
    with wording(form):
        emit_one(_row(found), form, lambda: _text(found))
    if form is Format.TABLE and warning:
        line("")
        line(warning)
    if form is Format.TABLE and not found.ready:
        line("")
        line(_missing(found))
        line(_how_to_give(found))


def _row(found: Draft) -> dict[str, Any]:
    return {
        "customer": found.customer.id, "message": found.message, "channel": found.channel,
        "language": found.tongue, "to": found.to or None, "subject": found.subject, "body": found.body,
        "missing": list(found.missing), "mailto": found.mailto or None,
        "left_in_peace": found.left_in_peace,
    }


def _text(found: Draft) -> Iterator[str]:
    if found.to:
        yield _("To: {address}").format(address=found.to)
    yield _("Subject: {subject}").format(subject=found.subject)
    yield ""
    yield from found.body.splitlines()


def _missing(found: Draft) -> str:
    from activetui.reactivation.messages.drafts import missing_words

    words = missing_words(found.missing)
    return words[:1].upper() + words[1:]


def _how_to_give(found: Draft) -> str:
    """What fills the gaps."""
    from activetui.reactivation.messages.drafts import ADDRESS

    if "offer" in found.missing:
        return _("Give the offer with --offer TEXT.")
    if ADDRESS in found.missing or "first_name" in found.missing or "name" in found.missing:
        return _("Give it: activetui customer edit {id}").format(id=found.customer.id)
    return _("Fill it in when you copy the text, or change it: activetui messages edit {key}").format(
        key=found.message
    )
