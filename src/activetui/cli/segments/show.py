"""`segments show`."""

from __future__ import annotations

from activetui.cli.context import current, look_from_day, open_reading
from activetui.cli.customers import DescendingOption, LimitOption, SortOption, print_people
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import line
from activetui.cli.segments.given import OwnNameArgument
from activetui.cli.segments.group import app
from activetui.ledger.text import one_line
from activetui.locales import _


@app.command("show", help=_("The customers of a segment."))
def show(
    name: OwnNameArgument,
    sort: SortOption = "name",
    desc: DescendingOption = False,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print what a segment means and whom it finds."""
    from activetui.segments.asking import ask
    from activetui.segments.library import find
    from activetui.segments.words import reading

    with open_reading() as conn:
        segment = find(conn, name)
        asked = ask(conn, segment.query, current().as_of)
        look_from_day(conn, asked.day)
        if form is Format.TABLE:
            line(f"{segment.title} · {segment.query}")
            words = reading(asked.query, asked.currency)
            line(words)
            if segment.meaning != words:
                line(one_line(f"{segment.meaning} {segment.why}"))
            line("")
        print_people(conn, asked.clause, sort, desc, limit, form)
