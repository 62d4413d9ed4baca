"""`customer edit`: every field of a customer, by hand."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.customer.group import app
from activetui.cli.options import parse_day
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.locales import _

Text: TypeAlias = str | None


@app.command("edit", help=_("Change name, address for letters and messages, tags, consent."))
def edit(
    customer: CustomerArgument,
    name: Annotated[Text, typer.Option("--name", metavar="TEXT", help=_("Full name."))] = None,
    first_name: Annotated[
        Text, typer.Option("--first-name", metavar="TEXT", help=_("How messages address them."))
    ] = None,
    email: Annotated[Text, typer.Option("--email", metavar="TEXT", help=_("E-mail address."))] = None,
    phone: Annotated[Text, typer.Option("--phone", metavar="TEXT", help=_("Telephone."))] = None,
    company: Annotated[Text, typer.Option("--company", metavar="TEXT", help=_("Company."))] = None,
    tax_id: Annotated[Text, typer.Option("--tax-id", metavar="TEXT", help=_("Tax number."))] = None,
    address: Annotated[Text, typer.Option("--address", metavar="TEXT", help=_("Street and number."))] = None,
    postcode: Annotated[Text, typer.Option("--postcode", metavar="TEXT", help=_("Postcode."))] = None,
    city: Annotated[Text, typer.Option("--city", metavar="TEXT", help=_("City."))] = None,
    region: Annotated[Text, typer.Option("--region", metavar="TEXT", help=_("Region."))] = None,
    country: Annotated[
        Text, typer.Option("--country", metavar="CODE", help=_("Country, such as PT."))
    ] = None,
    language: Annotated[
        Text, typer.Option("--language", metavar="CODE", help=_("Language of messages, such as pt."))
    ] = None,
    birthday: Annotated[Text, typer.Option("--birthday", metavar="DATE", help=_("Birthday."))] = None,
    history_from: Annotated[
        Text,
        typer.Option(
            "--history-from", metavar="DATE", help=_("The day from which all that they did is in the store.")
        ),
    ] = None,
    note: Annotated[Text, typer.Option("--note", metavar="TEXT", help=_("A note about them."))] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help=_("Add a tag."))] = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", metavar="TAG", help=_("Drop a tag."))] = None,
    contact: Annotated[
        bool | None,
        typer.Option("--may-contact/--do-not-contact", help=_("Whether they may be contacted at all.")),
    ] = None,
    consent: Annotated[
        Text,
        typer.Option("--consent", metavar="yes|no|unknown", help=_("Whether they agreed to advertising.")),
    ] = None,
) -> None:
    """Change what is given, all of it or nothing; an empty text clears a field."""
    from activetui.store import customers

    changes: dict[str, object] = {
        field: value for field, value in {
            "name": name, "first_name": first_name, "email": email, "phone": phone, "company": company,
            "tax_id": tax_id, "address": address, "postcode": postcode, "city": city, "region": region,
            "country": country, "language": language, "note": note,
        }.items() if value is not None
    }
    changes |= {
        field: _day(value) for field, value in {"birthday": birthday, "history_from": history_from}.items()
        if value is not None
    }
    if contact is not None:
        changes["do_not_contact"] = not contact
    if consent is not None:
        changes["consent"] = _agreed(consent)
    if not (changes or tag or untag):
        raise UsageError(
            _("Nothing to change was given."), _("activetui customer edit --help lists what can be changed.")
        )
    with open_writing() as conn:
        number = the_customer(conn, customer)
        if tag or untag:
            dropped = set(map(customers.tag_name, untag or ()))
            changes["tags"] = [*(set(customers.get(conn, number).tags) - dropped), *(tag or ())]
        customers.edit(conn, number, changes, made_at=made_at(), today=current().today)
        after = customers.get(conn, number)
    line(_("Customer {id} is up to date: {name}").format(id=number, name=after.name or after.email))


def _day(text: str) -> Day | None:
    return parse_day(text) if text.strip() else None


def _agreed(word: str) -> bool | None:
    said = {"yes": True, "no": False, "unknown": None}
    if word.lower() not in said:
        raise UsageError(_("--consent is yes, no or unknown, not {word!r}.").format(word=word))
    return said[word.lower()]
