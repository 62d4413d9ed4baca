"""`customer forget` and `customer return`: somebody is gone for good, or may come back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.customer.group import app
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.store.privacy.forgetting import Forgotten


@app.command("forget", help=_("Forget a customer for good; what they paid stays, without a name."))
def forget(
    customer: Annotated[
        str,
        typer.Argument(
            metavar="[ID]", show_default=False,
            help=_("Number, the source's id, e-mail, telephone or name."),
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it without asking; it cannot be undone."))] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help=_("Only erase what another program kept from being erased."))
    ] = False,
) -> None:
    """Say who it is, have it confirmed by typing the name, and forget them."""
    from activetui.cli.progress import showing
    from activetui.store import customers
    from activetui.store.privacy import forgetting

    if bool(customer) == finish:
        raise UsageError(_("Name the customer to forget."), _("Or give --finish, alone."))
    with open_writing() as conn:
        if finish:
            _say_erased(forgetting.finish(conn))
            return
        number = the_customer(conn, customer)
        person = customers.get(conn, number)
        name = one_line(person.name or person.email or person.key or str(number))
        if not yes:
            _confirm(number, name)
        with showing(_("Looking through the imported files:")) as progress:
            found = forgetting.forget(
                conn, number, today=current().today, made_at=made_at(), progress=progress
            )
    line(_("Customer {id} is forgotten.").format(id=number))
    for part in _what_became(found):
        line("  " + part)
    _say_erased(found.erased)


@app.command("return", help=_("Let somebody who was forgotten come back with the next file that names them."))
def let_return(customer: CustomerArgument) -> None:
    """Take away what keeps a forgotten person out of imports."""
    from activetui.store.privacy import marks

    with open_writing() as conn:
        found = marks.of_text(conn, customer)
        if not found:
            raise OwnerError(
                _("Nobody who was forgotten is known by {text!r}.").format(text=customer),
                _("Give the number, e-mail, telephone, tax number or id that they had."),
            )
        for number in found:
            marks.let_return(conn, number, made_at=made_at(), today=current().today)
    line(_("The next file that names them brings them as a new customer."))


def _confirm(number: int, name: str) -> None:
    """Have the name typed; `NeedsAnswer` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise NeedsAnswer(_("Nothing was changed yet: nobody can be asked here."), ("--yes",))
    print(
        _("Customer {id}, {name}, will be forgotten for good: this cannot be undone.").format(
            id=number, name=name
        ),
        _("Their purchases stay, without a name. To go on, type the name:"),
        sep="\n", end=" ", file=sys.stderr, flush=True,
    )
    if sys.stdin.readline().strip().casefold() != name.casefold():
        raise OwnerError(_("Nothing was changed."))


def _what_became(found: Forgotten) -> Iterator[str]:
    """What stays, what is gone, and what the owner is still to see to."""
    yield ngettext(
        "{n} purchase or refund stays, without a name.", "{n} purchases and refunds stay, without a name.",
        found.sales,
    ).format(n=format_number(found.sales))
    if found.events:
        yield ngettext("{n} other event is gone.", "{n} other events are gone.", found.events).format(
            n=format_number(found.events)
        )
    if found.tasks:
        yield ngettext(
            "{n} task of the checklist is gone.", "{n} tasks of the checklist are gone.", found.tasks
        ).format(n=format_number(found.tasks))
    if found.rows:
        yield ngettext(
            "{n} row of the imported files is emptied.", "{n} rows of the imported files are emptied.",
            found.rows,
        ).format(n=format_number(found.rows))
    for name in found.dropped:
        yield _("{file} is kept no longer: it could not be emptied in part.").format(file=one_line(name))
    for place in found.mentions:
        yield _("May still name them: {place}").format(place=one_line(place))
    for copy in found.copies:
        yield _("An older copy of the store still knows them: {path}").format(path=one_line(str(copy)))
    yield _("Backups and files of your own are yours to clear: exports, refused rows, the original files.")


def _say_erased(erased: bool) -> None:
    if not erased:
        raise OwnerError(
            _("The store is in use by another program, which keeps old bytes on the disk."),
            _("Close the other program, then: activetui customer forget --finish"),
        )
    line(_("Nothing that was deleted is left on the disk in the store's own files."))
