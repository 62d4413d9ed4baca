"""Which column holds the day at the end of its cells, in a list that has no other day."""

from __future__ import annotations

from dataclasses import replace

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.questions import map_option
from activetui.importing.columns.mapped import has_column, mapped_columns
from activetui.importing.deciding.decided import HAPPENED
from activetui.importing.deciding.understand import Assumption, Understanding
from activetui.importing.tables.day_within import day_within
from activetui.importing.tables.grouped import DAY
from activetui.importing.tables.table import Table
from activetui.importing.values.words import is_nothing
from activetui.ledger.text import one_line
from activetui.locales import _

_MOST = 0.9
"""Of the filled cells, how many must end with a day."""
_FEWEST = 2


def with_day_within(understood: Understanding, answers: Answers) -> Table | None:
    """The table with those days in a column of their own; None where there are none, or others besides."""
    table, layout = understood.table, understood.layout
    if understood.system is not None or table.header_row is None or layout.has(*HAPPENED):
        return None
    known = {name: field for name, field in answers.columns.items() if has_column(table.header, name)}
    said = mapped_columns(table.header, known)
    for place in range(len(table.header)):
        cells = [row[place] for _line, row in understood.sample if not is_nothing(row[place])]
        days = sum(1 for cell in cells if day_within(cell))
        if place not in said and days >= _FEWEST and days >= _MOST * len(cells):
            return replace(table, within=place, header=(*table.header, DAY))
    return None


def telling_within(understood: Understanding) -> Understanding:
    """The same with the day within a cell among the reasons and the assumptions."""
    place = understood.table.within
    if place is None:
        return understood
    name = one_line(understood.table.header[place])
    cell = next((one_line(row[place]) for _line, row in understood.sample if day_within(row[place])), "")
    why = _("the day stands at the end of the cells, such as {cell} ({option} leaves it there)")
    told = Assumption("day", name, why.format(cell=cell, option=map_option(name, "order_id")))
    columns = tuple(
        replace(one, why=_("it stands in {column}").format(column=name)) if one.name == DAY else one
        for one in understood.columns
    )
    return replace(understood, columns=columns, assumptions=(*understood.assumptions, told))
