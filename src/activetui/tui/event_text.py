"""Everything about one event, as rows of title and text."""

from __future__ import annotations

from activetui.ledger.days import is_bounded
from activetui.locales import _
from activetui.locales.formats import format_day, format_money
from activetui.store.events import EventRow
from activetui.tui.event_words import amount_label, channel_word, kind_label, line_words, state_words


def event_rows(event: EventRow) -> list[tuple[str, str]]:
    """The rows that have something to say."""
    rows = [
        (_("Day"), f"{format_day(event.day, 'full')} {event.time}".strip()),
        (_("Event"), kind_label(event)),
        (_("Amount"), amount_label(event)),
        (_("State"), state_words(event)),
        (_("Product"), event.product if not event.lines else ""),
        *((_("Line"), _line(event, place)) for place in range(len(event.lines))),
        (_("For"), _nature(event)),
        (_("Rating"), "" if event.rating is None else str(event.rating)),
        (_("Channel"), channel_word(event.channel)),
        (_("Until"), format_day(event.until) if event.until is not None and is_bounded(event.until) else ""),
        (_("Order"), event.order_ref),
        (_("Note"), event.note),
        (_("Known"), format_day(event.recorded) if event.recorded != event.day else ""),
        (_("From"), _("{source}, line {line}").format(source=event.source, line=event.line) if event.line
         else event.source),
    ]
    return [(title, text) for title, text in rows if text]


def _line(event: EventRow, place: int) -> str:
    line = event.lines[place]
    money = "" if line.amount is None else format_money(line.amount, event.currency)
    return ", ".join(part for part in (line_words(line), line.category, money) if part)


def _nature(event: EventRow) -> str:
    return {"product": _("a product"), "service": _("a service")}.get(event.nature, "")
