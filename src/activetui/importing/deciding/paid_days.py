"""Lists with a column of the days on which sales were paid: those without one are not paid yet."""

from __future__ import annotations

from dataclasses import replace

from activetui.importing.asking.questions import map_option
from activetui.importing.deciding.understand import Assumption, Understanding
from activetui.importing.values.words import is_nothing
from activetui.ledger.text import one_line
from activetui.locales import _

_FEWEST = 0.3
"""Of the rows, how many must have such a day; where fewer do, it is no habit to write it down."""


def knowing_unpaid(understood: Understanding) -> Understanding:
    """The same; where some sales have a day on which they were paid, others are not paid, and that is told.

    What a state or a column of what was paid says goes before; so does the owner, who can leave it out.
    """
    layout = understood.layout
    place = layout.one("paid_at")
    if understood.system is not None or understood.meaning != "purchases" or place is None:
        return understood
    if layout.has("state", "paid_so_far", "outstanding", "row_class") or not layout.has("date"):
        return understood
    paid = [not is_nothing(row[place]) for _line, row in understood.sample]
    if all(paid) or sum(paid) < _FEWEST * len(paid):
        return understood
    name = one_line(layout.name_of(place))
    why = _("a sale without a day there is not paid yet ({option} counts it)")
    told = Assumption("paid_at", name, why.format(option=map_option(name, "ignore")))
    return replace(understood, unpaid_without=place, assumptions=(*understood.assumptions, told))
