"""`export`: the ledger or the customers into a file that spreadsheets and ActiveTUI read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.context import current, look_from_day, open_reading
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption
from activetui.cli.output import line
from activetui.cli.query_command import QueryCommand
from activetui.cli.stamp import stamp
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

app = Noun()

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=_("The CSV file; it must not exist yet."))]
ListArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help=_("The file, ending in .csv, .json or .md; it must not exist yet.")
    ),
]
QueryArgument = Annotated[
    str, typer.Argument(metavar="[QUERY]", show_default=False, help=_("Only customers that this finds."))
]


@app.command("ledger", help=_("Everything: every customer, event and order line; import reads it back."))
def ledger(file: FileArgument) -> None:
    """Write the whole ledger as ActiveTUI's own CSV; a file that is there already is refused."""
    from activetui.importing.ledger_write import write_ledger
    from activetui.store import settings
    from activetui.store.ledger_rows import ledger_rows
    from activetui.store.opening.new_file import whole_new_file

    with whole_new_file(file) as draft, open_reading() as conn:
        written = write_ledger(ledger_rows(conn), draft, settings.currency(conn))
    line(ngettext("{n} row written: {file}", "{n} rows written: {file}", written).format(
        n=format_number(written), file=file
    ))


@app.command("customers", help=_("The list of customers with their status and figures."), cls=QueryCommand)
def customers(file: ListArgument, query: QueryArgument = "", as_of: AsOfOption = None) -> None:
    """Write the customers that the query finds, as of the day; a file that is there already is refused."""
    from activetui.cli.progress import showing
    from activetui.segments.asking import ask
    from activetui.segments.files import form_of, write_customers, written_words

    form = form_of(file)
    with open_reading() as conn, showing(_("Writing the customers:")) as progress:
        asked = ask(conn, query, current().as_of)
        look_from_day(conn, asked.day)
        written = write_customers(conn, asked.clause, file, form, progress=progress)
        mark = stamp(conn)
    line(written_words(written, file))
    line(mark.words())
