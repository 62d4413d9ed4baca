"""`customer edit`: small changes by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.customer.group import app
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.errors import UsageError
from activetui.locales import _


@app.command("edit", help=_("Change name, address for letters and messages, tags, consent."))
def edit(
    customer: CustomerArgument,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help=_("Full name."))] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="TEXT", help=_("E-mail address."))] = None,
    phone: Annotated[str | None, typer.Option("--phone", metavar="TEXT", help=_("Telephone."))] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="TEXT", help=_("Company."))] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help=_("Country, such as PT."))
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help=_("Language of messages, such as pt."))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note about them."))] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help=_("Add a tag."))] = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", metavar="TAG", help=_("Drop a tag."))] = None,
    contact: Annotated[
        bool | None,
        typer.Option("--may-contact/--do-not-contact", help=_("Whether they may be contacted at all.")),
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option("--consent", metavar="yes|no", help=_("Whether they agreed to advertising.")),
    ] = None,
) -> None:
    """Change what is given, all of it or nothing; an empty text clears a field."""
    from activetui.store import customers
    from activetui.store.file import transaction

    texts = {
        "name": name, "email": email, "phone": phone, "company": company, "country": country,
        "language": language, "note": note,
    }
    changes: dict[str, object] = {field: value for field, value in texts.items() if value is not None}
    if contact is not None:
        changes["do_not_contact"] = not contact
    if consent is not None:
        changes["consent"] = _agreed(consent)
    if not (changes or tag or untag):
        raise UsageError(
            _("Nothing to change was given."), _("activetui customer edit --help lists what can be changed.")
        )
    when, today = made_at(), current().today
    with open_writing() as conn:
        number = the_customer(conn, customer)
        with transaction(conn):
            customers.edit(conn, number, changes, made_at=when, today=today)
            for wanted in tag or ():
                customers.tag(conn, [number], wanted, made_at=when, today=today)
            for unwanted in untag or ():
                customers.untag(conn, [number], unwanted, made_at=when, today=today)
        after = customers.get(conn, number)
    line(_("Customer {id} is up to date: {name}").format(id=number, name=after.name or after.email))


def _agreed(word: str) -> bool:
    if word.lower() not in ("yes", "no"):
        raise UsageError(_("--consent is yes or no, not {word!r}.").format(word=word))
    return word.lower() == "yes"
