"""Events and tasks as programs read them, under the names of the JSON contract."""

from __future__ import annotations

import json
from typing import Any

from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.store import events, tasks
from activetui.store.changes.corrections import Correction

_DAYS = frozenset({
    "day", "until", "birthday", "history_from", "entered", "recorded", "due", "closed", "started", "ended"
})
_MONEY = frozenset({"amount", "refunded"})


def event_row(event: events.EventRow) -> dict[str, Any]:
    """An event under the names of the native CSV and the JSON contract."""
    return {
        "id": event.id,
        "date": iso(event.day),
        "time": event.time or None,
        "kind": event.kind_word,
        "action": event.action or None,
        "nature": event.nature or None,
        "state": event.state or None,
        "counts": event.counts,
        "amount": plain(event.amount, event.currency),
        "refunded": plain(event.refunded, event.currency),
        "currency": event.currency or None,
        "product": event.product or None,
        "quantity": event.quantity,
        "rating": event.rating,
        "channel": event.channel or None,
        "until": iso(event.until),
        "order_id": event.order_ref or None,
        "note": event.note or None,
        "recorded": iso(event.recorded),
        "entered": iso(event.entered),
        "source": event.source,
        "import": event.batch_id,
        "line": event.line if event.batch_id is not None else None,
        "lines": [
            {
                "product": part.product,
                "sku": part.sku or None,
                "category": part.category or None,
                "quantity": part.quantity,
                "unit_price": plain(part.unit_price, event.currency),
                "amount": plain(part.amount, event.currency),
            }
            for part in event.lines
        ],
    }


def task_row(task: tasks.Task) -> dict[str, Any]:
    """A task under the names of the JSON contract."""
    return {
        "id": task.id,
        "step": task.step,
        "title": task.title,
        "channel": task.channel,
        "due": iso(task.due),
        "state": task.state,
        "closed": iso(task.closed),
        "outcome": task.outcome or None,
        "note": task.note or None,
    }


def correction_row(correction: Correction, event: events.EventRow) -> dict[str, Any]:
    """A correction by hand: when, and what each field was before and became."""
    changes = {
        name: {
            "before": machine_value(name, before, event.currency),
            "after": machine_value(name, after, event.currency),
        }
        for name, (before, after) in correction.changes.items()
    }
    return {"made_at": correction.made_at, **changes}


def machine_value(name: str, value: Any, currency: str) -> Any:
    """The value of a stored column as programs read it."""
    if value is None:
        return None
    if name in _DAYS:
        return iso(value)
    if name in _MONEY:
        return plain(value, currency)
    return json.loads(value) if name == "extra" else value
