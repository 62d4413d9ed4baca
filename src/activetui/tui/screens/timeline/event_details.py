"""Everything about one event, asked for when it is opened: the import, its row, what was corrected."""

from __future__ import annotations

from typing import Any, NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day, format_money
from activetui.store.changes.corrections import Correction
from activetui.store.events import EventRow
from activetui.store.imports.batches import BatchRow
from activetui.store.imports.kept_files import KeptRow
from activetui.tui.event_text import event_rows, file_rows
from activetui.tui.event_words import (
    action_word,
    amount_label,
    channel_word,
    goods,
    nature_word,
    state_word,
)
from activetui.tui.reading import Connection
from activetui.tui.values import Value


class Behind(NamedTuple):
    """What stands behind an event."""

    row: KeptRow | None
    """The row of the file, if the file is kept."""
    batch: BatchRow | None
    """The import that brought the event; None for one by hand."""
    corrections: list[Correction]


def behind(conn: Connection, *, event: EventRow) -> Behind:
    """What stands behind the event."""
    from activetui.store.changes import corrections
    from activetui.store.imports import batches, kept_files

    return Behind(
        kept_files.row_of(conn, event.id),
        None if event.batch_id is None else batches.show(conn, event.batch_id),
        corrections.corrections_of(conn, event.id),
    )


def rows(event: EventRow, behind: Behind) -> list[tuple[str, str]]:
    """The rows of the dialog."""
    found = event_rows(event)
    if behind.batch is not None:
        words = _("{file}, import {id}").format(file=one_line(behind.batch.file_name), id=behind.batch.id)
        found.append((_("File"), words))
    for correction in behind.corrections:
        for name, (before, after) in correction.changes.items():
            words = _("{field}: {before} → {after}, on {day}").format(
                field=_field_word(name), before=_value_words(name, before, event),
                after=_value_words(name, after, event), day=format_day(correction.day),
            )
            found.append((_("Corrected"), words))
    return [*found, *file_rows(behind.row)]


def values_of_event(event: EventRow) -> list[Value]:
    """What of an event is worth copying."""
    return [
        Value(_("what"), goods(event)), Value(_("amount"), amount_label(event)), Value(_("note"), event.note),
        Value(_("order"), event.order_ref), Value(_("day"), format_day(event.day)),
    ]


def _field_word(name: str) -> str:
    return {
        "kind": _("kind"), "day": _("day"), "time": _("time"), "amount": _("amount"),
        "currency": _("currency"),
        "refunded": _("refunded"), "state": _("state"), "action": _("what"), "nature": _("for"),
        "product": _("product"), "quantity": _("pieces"), "rating": _("rating"), "channel": _("how"),
        "until": _("until"), "order_ref": _("order"), "note": _("note"), "customer_id": _("customer"),
        "recorded": _("known"),
    }.get(name, name)


def _value_words(name: str, value: Any, event: EventRow) -> str:
    if value is None or value == "":
        return "–"
    if name in ("day", "until", "recorded"):
        day: Day = value
        return format_day(day)
    if name in ("amount", "refunded"):
        return format_money(value, event.currency)
    words = {"state": state_word, "action": action_word, "nature": nature_word, "channel": channel_word}
    return words[name](str(value)) if name in words else one_line(str(value))
