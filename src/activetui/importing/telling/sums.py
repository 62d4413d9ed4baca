"""What the columns of money of a file add up to: for the owner, who knows the total."""

from __future__ import annotations

from activetui.importing import readers
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.deciding.understand import Understanding
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell

_LARGEST = 8_000_000
"""Bytes of a file that is gone through once more for its sums."""


def add_up(understood: Understanding, found: Found) -> None:
    """Fill `found.sums` with the sums of the columns of money, in minor units of the file's currency.

    Total rows, cells that are no amounts and rows in another currency are left out; so are large files.
    """
    places = [
        column.index for column in understood.columns
        if column.field and FIELDS[column.field].sort == "money" and column.index not in found.sums
    ]
    if not places or understood.table.scan.size > _LARGEST:
        return
    layout = understood.layout
    keys = [place for name in ("date", "order_id", "customer_id", "email") for place in layout.of(name)[:1]]
    currency, code = layout.one("currency"), understood.currency.code
    read = {place: readers.money(understood, place) for place in places}
    for _line, row in understood.table.rows(keys):
        if currency is not None and row[currency].strip().upper() not in ("", code):
            continue
        for place, amount in read.items():
            try:
                found.sums[place] = found.sums.get(place, 0) + (amount(row[place]) or 0)
            except BadCell:
                continue
