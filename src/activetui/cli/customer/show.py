"""`customer show`: one customer with the receipt of the status."""

from __future__ import annotations

from activetui.cli.context import current, open_reading
from activetui.cli.customer.group import app
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, wording
from activetui.cli.stamp import stamp
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _


@app.command("show", help=_("Everything about one customer, with the receipt of the status."))
def show(customer: CustomerArgument, as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the customer as of the day."""
    from activetui.cli.customer.page import customer_page, page_row
    from activetui.cli.customer.story import story_row
    from activetui.cli.customer.text import page_lines

    context = current()
    with open_reading() as conn:
        number = the_customer(conn, customer)
        with wording(form):
            page = customer_page(conn, number, day=context.as_of, today=context.today)
        mark = stamp(conn)
    emit_one({**page_row(page, mark), **story_row(page)}, form, lambda: page_lines(page, mark))
