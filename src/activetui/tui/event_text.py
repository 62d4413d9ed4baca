"""Everything about one event, as rows of title and text."""

from __future__ import annotations

from activetui.ledger.days import is_bounded
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day, format_money, format_number
from activetui.store.events import EventRow
from activetui.store.imports.kept_files import KeptRow
from activetui.tui.event_words import (
    amount_label,
    channel_word,
    kind_label,
    line_words,
    nature_word,
    source_label,
    state_words,
)


def event_rows(event: EventRow) -> list[tuple[str, str]]:
    """The rows that have something to say."""
    rows = [
        (_("Day"), f"{format_day(event.day, 'full')} {event.time}".strip()),
        (_("Event"), kind_label(event)),
        (_("Amount"), amount_label(event)),
        (_("State"), state_words(event)),
        (_("Product"), event.product if not event.lines else ""),
        *((_("Line"), _line(event, place)) for place in range(len(event.lines))),
        (_("For"), nature_word(event.nature)),
        (_("Rating"), "" if event.rating is None else str(event.rating)),
        (_("Channel"), channel_word(event.channel)),
        (_("Until"), format_day(event.until) if event.until is not None and is_bounded(event.until) else ""),
        (_("Order"), event.order_ref),
        (_("Note"), event.note),
        (_("Known"), format_day(event.recorded) if event.recorded != event.day else ""),
        (_("From"), _("{source}, line {line}").format(source=source_label(event), line=event.line)
         if event.line else source_label(event)),
    ]
    return [(title, text) for title, text in rows if text]


def file_rows(row: KeptRow | None) -> list[tuple[str, str]]:
    """The cells of the file from which the event was read, below their headings; empty ones are left out."""
    if row is None:
        return []
    names = [*row.headings, *[""] * (len(row.cells) - len(row.headings))]
    cells = [
        (one_line(name) or _("column {n}").format(n=place), one_line(cell))
        for place, (name, cell) in enumerate(zip(names, row.cells, strict=False), start=1) if cell.strip()
    ]
    where = _("as it stood on line {n}").format(n=format_number(row.line))
    return [("", ""), (_("In the file"), where), *cells]


def _line(event: EventRow, place: int) -> str:
    line = event.lines[place]
    money = "" if line.amount is None else format_money(line.amount, event.currency)
    return ", ".join(part for part in (line_words(line), line.category, money) if part)
