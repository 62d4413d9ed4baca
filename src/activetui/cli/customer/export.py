"""`customer export`: everything that is known of one person, for the person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.customer.group import app
from activetui.cli.options import AsOfOption
from activetui.cli.output import json_text, line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.text import one_line
from activetui.locales import _


@app.command("export", help=_("Everything that is known of a customer, as one file for them."))
def export(
    customer: CustomerArgument,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", show_default=False,
            help=_("A new file that ends in .json or .csv; without one, JSON is printed."),
        ),
    ] = None,
    as_of: AsOfOption = None,
) -> None:
    """Write or print it; a file that is there already is refused."""
    from activetui.cli.progress import showing
    from activetui.store.privacy.person_data import person_data, write_person

    with open_reading() as conn, showing(_("Looking through the imported files:")) as progress:
        number = the_customer(conn, customer)
        if file is not None:
            write_person(conn, number, current().as_of, file, progress)
        else:
            found = person_data(conn, number, current().as_of, progress)
    if file is None:
        print(json_text(found, indent=2))
    else:
        line(_("Everything known of customer {id} is in {file}.").format(id=number, file=one_line(str(file))))
