"""`customer merge`, `unmerge` and `different`: two records that are one person, or are not."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.customer.group import app
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.text import one_line
from activetui.locales import _

OtherArgument = Annotated[
    str, typer.Argument(metavar="OTHER", help=_("The other one: number, id, e-mail, phone or name."))
]


@app.command("merge", help=_("Make two customers one: the first stays, the other becomes part of them."))
def merge(customer: CustomerArgument, other: OtherArgument) -> None:
    """Merge the other into the first; nothing is lost, `unmerge` takes them apart."""
    from activetui.store import customers
    from activetui.store.same_person import merging

    with open_writing() as conn:
        kept, gone = the_customer(conn, customer), the_customer(conn, other)
        merging.merge_customers(conn, kept, gone, today=current().today, made_at=made_at())
        name = one_line(customers.get(conn, kept).name)
    line(_("Customer {gone} is part of {id} {name} now.").format(gone=gone, id=kept, name=name))
    line(_("To take them apart: activetui customer unmerge {gone}").format(gone=gone))


@app.command("unmerge", help=_("Take a merged customer apart again, with everything that was theirs."))
def unmerge(
    number: Annotated[int, typer.Argument(metavar="ID", help=_("The number of the one who was merged."))],
) -> None:
    """Bring a merged customer back."""
    from activetui.store.same_person import merging

    with open_writing() as conn:
        kept = merging.unmerge(conn, number, today=current().today, made_at=made_at())
    line(_("Customer {gone} is no part of {id} any more.").format(gone=number, id=kept))


@app.command("different", help=_("Say that two customers are not the same; it is not proposed again."))
def different(customer: CustomerArgument, other: OtherArgument) -> None:
    """Keep two customers apart for good."""
    from activetui.store.same_person import merging

    with open_writing() as conn:
        one, two = the_customer(conn, customer), the_customer(conn, other)
        merging.not_the_same(conn, one, two, today=current().today, made_at=made_at())
    line(_("Customers {one} and {two} stay two.").format(one=one, two=two))
