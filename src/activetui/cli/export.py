"""`export`: the ledger or the customers into a file that spreadsheets and ActiveTUI read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption
from activetui.cli.output import line
from activetui.cli.stamp import stamp
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

app = Noun()

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=_("The CSV file; it must not exist yet."))]
QueryArgument = Annotated[
    str, typer.Argument(metavar="[QUERY]", show_default=False, help=_("Only customers that this finds."))
]


@app.command("ledger", help=_("Everything: every customer, event and order line; import reads it back."))
def ledger(file: FileArgument) -> None:
    """Write the whole ledger as ActiveTUI's own CSV; a file that is there already is refused."""
    from activetui.importing.ledger_write import write_ledger
    from activetui.store import settings
    from activetui.store.ledger_rows import ledger_rows
    from activetui.store.new_file import whole_new_file

    with whole_new_file(file) as draft, open_reading() as conn:
        written = write_ledger(ledger_rows(conn), draft, settings.currency(conn))
    line(ngettext("{n} row written: {file}", "{n} rows written: {file}", written).format(
        n=format_number(written), file=file
    ))


@app.command("customers", help=_("The list of customers with their status and figures."))
def customers(file: FileArgument, query: QueryArgument = "", as_of: AsOfOption = None) -> None:
    """Write the customers that the query finds, as of the day; a file that is there already is refused."""
    import csv

    from activetui.cli.output import plain_cell
    from activetui.ledger.spreadsheet import guard
    from activetui.ledger.text import one_line
    from activetui.segments.asking import ask
    from activetui.store import people
    from activetui.store.new_file import whole_new_file

    with whole_new_file(file) as draft, open_reading() as conn:
        asked = ask(conn, query, current().as_of)
        numbers, mark = people.ids(conn, asked.clause, "name", False), stamp(conn)
        rows = (
            people.machine_row(person)
            for start in range(0, len(numbers), 2_000)
            for person in people.by_ids(conn, numbers[start : start + 2_000])
        )
        with draft.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(people.MACHINE_FIELDS)
            for row in rows:
                writer.writerow([guard(one_line(plain_cell(row[name]))) for name in people.MACHINE_FIELDS])
    line(ngettext("{n} customer written: {file}", "{n} customers written: {file}", len(numbers)).format(
        n=format_number(len(numbers)), file=file
    ))
    line(mark.words())
