"""Columns whose headings say nothing: recognised by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from activetui.importing.columns.column import Column
from activetui.importing.columns.contents import Contents
from activetui.importing.columns.headings import normal
from activetui.importing.columns.vocabulary import WHO
from activetui.locales import _

_DAYS = ("date", "visit_date", "customer_since", "birthday", "first_visit", "last_visit")
_HAPPENED = ("time", "state", "product", "amount", "order_total", "staff", "duration", "order_id")
"""Fields beside which a column of days is of something that happened, though birthdays are known as well."""
_SAYS_STATE = frozenset((
    "status", "state", "stage", "estado", "estatus", "situacao", "situacion", "etapa", "stato", "statut",
    "etat", "статус", "состояние", "стадия",
))
"""Words of headings that tell how something stands, whatever else the heading says: `Booking status`."""
_WRITTEN_AS_MONEY = re.compile(r"[.,]\d{2}(?!\d)|[€$£₽]|[^\W\d_]")
_ASKS_SCORE = re.compile(r"recommend|recomend|raccomand|consigli|порекоменд|рекоменду")
_DECIMALS = re.compile(r"[.,]\d{2}(?!\d)|[€$£₽]")
_BY_CELLS = 0.5
"""How sure an amount is that only its cells tell."""
_FEW = 12
_MARK = 3
"""Digits that a mark, an age or a count has at most."""
_WHEN = ("date", "visit_date")
_MONEY = ("amount", "order_total", "unit_price", "total_spent", "subtotal")


def by_contents(columns: Sequence[Column], contents: Sequence[Contents], *, headless: bool) -> list[Column]:
    """The columns with meanings given to unknown ones where the cells leave no doubt.

    Days and money only where no other column has them; names only in a table without headings.
    """
    found = list(columns)
    free = [
        place for place, column in enumerate(found) if column.field is None and column.why != _("you said so")
    ]
    for place in free:
        taken = {column.field for column in found if column.field}
        field, confidence, why = _guess(contents[place], taken, found[place].name)
        if field:
            found[place] = replace(found[place], field=field, confidence=confidence, why=why)
    if headless:
        _name_columns(found, contents)
    return found


def _guess(contents: Contents, taken: set[str], heading: str) -> tuple[str, float, str]:
    if not contents.filled:
        return "", 0.0, ""
    if contents.email >= 0.6 and "email" not in taken:
        return "email", 0.8, _("the cells are e-mail addresses")
    if contents.tax >= 0.6 and "tax_id" not in taken:
        return "tax_id", 0.8, _("the cells are tax numbers")
    known_days = taken.intersection(_DAYS) - ({"birthday"} if taken.intersection(_HAPPENED) else set())
    if contents.day >= 0.8 and contents.money < 0.8 and not known_days:
        return "date", 0.7, _("the cells are dates, and no other column holds any")
    if contents.phone >= 0.8 and contents.money < 0.5 and "phone" not in taken:
        return "phone", 0.6, _("the cells look like telephone numbers")
    if (
        contents.money >= 0.9
        and not taken.intersection(_MONEY)
        and "date" in taken
        and not contents.counts_up
        and (not heading.strip() or heading.isdigit() or _may_be_money(contents))
    ):
        return "amount", _BY_CELLS, _("the cells are numbers, and no other column holds an amount")
    if "score" not in taken and contents.money >= 0.8 and contents.longest <= _MARK and _ASKS_SCORE.search(
        normal(heading)
    ):
        return "score", 0.8, _("the heading asks whether you would be recommended, and the cells are marks")
    sorted_out = contents.sorts >= 0.8 and 1 < contents.distinct <= _FEW
    if sorted_out and "row_class" not in taken and taken.intersection(_WHEN):
        return "row_class", 0.5, _("the values are sorts of rows: sales, refunds, fees")
    if taken.intersection(_WHEN) and "state" not in taken and contents.distinct <= _FEW:
        if contents.word >= 0.8 and contents.flag < 0.8:
            return "state", 0.5, _("the cells are words for a state")
        if contents.letters >= 0.5 and _SAYS_STATE.intersection(normal(heading).split()):
            return "state", 0.6, _("the heading speaks of a state, and the cells are words")
    return "", 0.0, ""


def other_amounts(columns: Sequence[Column], contents: Sequence[Contents]) -> list[Column]:
    """All columns that may be what customers paid, where the cells alone told which one is taken."""
    taken = [
        one for one in columns
        if one.field == "amount" and one.confidence == _BY_CELLS and contents and contents[one.index].filled
    ]
    if not taken:
        return []
    return [
        one for one in columns
        if one in taken or (
            one.field is None and one.why != _("you said so") and contents[one.index].money >= 0.9
            and not contents[one.index].counts_up and not contents[one.index].day
            and is_written_as_money(contents[one.index])
        )
    ]


def is_written_as_money(contents: Contents) -> bool:
    """Whether a cell has cents or names a currency."""
    return any(map(_DECIMALS.search, contents.examples))


def _may_be_money(contents: Contents) -> bool:
    """Whether a cell shows it: decimals or a currency. Marks, ages and counts are numbers as well."""
    return any(_WRITTEN_AS_MONEY.search(cell) for cell in contents.examples) or contents.longest > _MARK


def _name_columns(found: list[Column], contents: Sequence[Contents]) -> None:
    """In a table without headings, columns of words may be names: one is the name, two are first and last."""
    if any(column.field in ("name", "first_name", "last_name", "company") for column in found):
        return
    words = [
        place for place, column in enumerate(found)
        if column.field is None and contents[place].letters >= 0.8 and contents[place].longest <= 60
    ][:2]
    if not any(column.field in WHO or column.field == "date" for column in found):
        return
    fields = ("name",) if len(words) == 1 else ("first_name", "last_name")
    for place, field in zip(words, fields, strict=False):
        found[place] = replace(
            found[place], field=field, confidence=0.4, why=_("the cells are words, perhaps names")
        )
