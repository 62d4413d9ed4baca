"""Write one event of a customer down by hand, or correct one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store.events import EventRow
from activetui.tui.dialogs.event_form import ALWAYS, OPTIONAL, EventForm
from activetui.tui.dialogs.fields import field_of


class AddEventDialog(EventForm[EventRecord]):
    """The fields of an event; the answer is the event."""

    def __init__(
        self, name: str, kinds: Sequence[tuple[str, int]], *, day: Day, today: Day, currency: str
    ) -> None:
        given = EventRecord(kind=Kind.PURCHASE, day=day, key="")
        super().__init__(name, kinds, given, today=today, currency=currency)

    def title_words(self) -> str:
        """For whom."""
        return _("New event of {name}").format(name=self._name)

    def save(self, record: EventRecord) -> None:
        """The event."""
        self.dismiss(record)


class CorrectEventDialog(EventForm[Mapping[str, Any]]):
    """The fields of an event that is there; the answer is what changes, for `store.events.correct_event`."""

    def __init__(
        self, name: str, kinds: Sequence[tuple[str, int]], event: EventRow, *, today: Day, currency: str
    ) -> None:
        given = EventRecord(
            kind=event.kind, day=event.day, key="", time=event.time, amount=event.amount,
            currency=event.currency, state=event.state, action=event.action, nature=event.nature,
            product=event.product, quantity=event.quantity, rating=event.rating, channel=event.channel,
            until=event.until, note=event.note,
        )
        super().__init__(name, kinds, given, today=today, currency=currency)

    def title_words(self) -> str:
        """For whom."""
        return _("Correct an event of {name}").format(name=self._name)

    def save(self, record: EventRecord) -> None:
        """Only what is another than before; what the kind does not show stays as it was."""
        same_kind = record.kind == self._given.kind
        names = [name for name in (*ALWAYS, *OPTIONAL) if not same_kind or field_of(self, name).display]
        said = {name: getattr(record, name) for name in names}
        before = {name: getattr(self._given, name) for name in names}
        self.dismiss({name: value for name, value in said.items() if value != _as_typed(before[name])})


def _as_typed(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value
