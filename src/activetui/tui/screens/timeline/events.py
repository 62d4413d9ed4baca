"""The list of events: years, days, and the events of the kinds that are wanted."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from activetui.activity.words import kind_word
from activetui.insights.customer_story import goods_of, is_bought
from activetui.ledger.days import to_date, to_day
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import days_words, format_day, format_money, format_number
from activetui.store.events import EventRow
from activetui.tui.cells import shorten
from activetui.tui.event_words import amount_label, detail, kind_label, source_label
from activetui.tui.widgets.columns import Cell, Column

FOLDED, OPEN = "▸", "▾"
_NAMED = 2
"""So many kinds are named where it is said what is shown."""
_LONGEST = 30
"""Cells that a product has there."""


class YearLine(NamedTuple):
    """The heading of one year's events."""

    year: int
    events: int
    purchases: int
    spend: int
    """Minor units of `currency`, the store's."""
    currency: str
    folded: bool


class EventLine(NamedTuple):
    """One event; the day is said once for all events of that day."""

    event: EventRow
    first_of_day: bool
    gap: int | None
    """Days since the purchase day before; None for what is no purchase, and for the first one."""


Line: TypeAlias = YearLine | EventLine


@dataclass(slots=True)
class Wanted:
    """Which events are shown."""

    kinds: frozenset[str] = frozenset()
    """Words of kinds; empty for all."""
    product: str = ""
    """Only what has to do with this product; empty for all."""
    folded: set[int] = field(default_factory=set)
    """Years of which only the heading is shown."""

    @property
    def filtered(self) -> bool:
        """Whether anything is left out but by folding."""
        return bool(self.kinds or self.product)

    def fits(self, event: EventRow) -> bool:
        """Whether the event is among those that are wanted."""
        if self.kinds and event.kind_word not in self.kinds:
            return False
        return not self.product or any(line.product == self.product for line in goods_of(event))

    def words(self) -> str:
        """What is left by the filters, one line."""
        kinds = ", ".join(one_line(kind_word(word)) for word in sorted(self.kinds))
        if len(self.kinds) > _NAMED:
            words = ngettext("{n} kind", "{n} kinds", len(self.kinds))
            kinds = words.format(n=format_number(len(self.kinds)))
        return " · ".join(part for part in (kinds, shorten(one_line(self.product), _LONGEST)) if part)


def lines_of(
    events: Sequence[EventRow], wanted: Wanted, gaps: dict[int, int], currency: str
) -> list[Line]:
    """The lines of the list, the newest event first, below a heading for each year."""
    lines: list[Line] = []
    shown = [event for event in events if wanted.fits(event)] if wanted.filtered else events
    for year, mine in _by_year(shown):
        bought = [event for event in mine if is_bought(event)]
        folded = year in wanted.folded
        spend = sum(event.net for event in bought)
        lines.append(YearLine(year, len(mine), len(bought), spend, currency, folded))
        if folded:
            continue
        day = None
        for event in mine:
            lines.append(EventLine(event, event.day != day, gaps.get(event.id)))
            day = event.day
    return lines


def _by_year(events: Sequence[EventRow]) -> Iterator[tuple[int, Sequence[EventRow]]]:
    """The events of each year, the newest first, as they come."""
    begin = 0
    while begin < len(events):
        year = to_date(events[begin].day).year
        first = to_day(date(year, 1, 1))
        end = bisect_right(events, -first, begin, key=lambda event: -event.day)
        yield year, events[begin:end]
        begin = end


def kinds_in(events: Iterable[EventRow]) -> list[tuple[str, int]]:
    """The kinds that occur, with how many events of each there are, the most first."""
    return Counter(event.kind_word for event in events).most_common()


def year_of(line: Line) -> int:
    """The year that a line stands in."""
    return line.year if isinstance(line, YearLine) else to_date(line.event.day).year


COLUMNS: list[Column[Line]] = [
    Column("day", N_("Day"), lambda line: _day(line), 12, 13),
    Column("kind", N_("Event"), lambda line: _kind(line), 18, 26, rank=1, weight=4),
    Column("amount", N_("Amount"), lambda line: _money(line), 10, 12, right=True, rank=2),
    Column("detail", N_("What"), lambda line: _detail(line), 26, 90, rank=3, weight=12),
    Column("gap", N_("After"), lambda line: _gap(line), 9, 10, right=True, rank=4),
    Column("source", N_("From"), lambda line: _source(line), 16, 24, rank=5),
]


def _day(line: Line) -> Cell:
    if isinstance(line, YearLine):
        return Cell(f"{FOLDED if line.folded else OPEN} {line.year}", "accent")
    return Cell(format_day(line.event.day) if line.first_of_day else "")


def _kind(line: Line) -> Cell:
    if isinstance(line, EventLine):
        return Cell(kind_label(line.event))
    if not line.purchases:
        return Cell("")
    words = ngettext("{n} purchase", "{n} purchases", line.purchases)
    return Cell(words.format(n=format_number(line.purchases)), "accent")


def _money(line: Line) -> Cell:
    if isinstance(line, YearLine):
        return Cell(format_money(line.spend, line.currency) if line.purchases else "", "accent")
    return Cell(amount_label(line.event), "quiet" if not line.event.counts else "")


def _detail(line: Line) -> Cell:
    if isinstance(line, EventLine):
        return Cell(detail(line.event))
    others = line.events - line.purchases
    if not others:
        return Cell("")
    if line.purchases:
        words = ngettext("and {n} other event", "and {n} other events", others)
    else:
        words = ngettext("{n} event", "{n} events", others)
    return Cell(words.format(n=format_number(others)), "accent")


def _gap(line: Line) -> Cell:
    if isinstance(line, YearLine) or line.gap is None:
        return Cell("")
    return Cell(days_words(line.gap), "quiet")


def _source(line: Line) -> Cell:
    return Cell("" if isinstance(line, YearLine) else source_label(line.event), "quiet")


def count_words(shown: int, everything: int, wanted: Wanted) -> str:
    """How many events are shown, and of which kinds."""
    if not wanted.filtered:
        return format_number(everything)
    return _("{n} of {all}: {kinds}").format(
        n=format_number(shown), all=format_number(everything), kinds=wanted.words()
    )
