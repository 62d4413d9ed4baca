"""Writing an event down, correcting one, deleting one: each is one change, which `u` takes back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from activetui.ledger.records import EventRecord
from activetui.locales import N_, _
from activetui.locales.formats import format_day
from activetui.store.events import EventRow
from activetui.tui.commands import Command, bindings
from activetui.tui.event_words import kind_label
from activetui.tui.reading import Connection
from activetui.tui.screens.timeline.base import StoryScreen
from activetui.tui.session import Session


class EventChanges(StoryScreen):
    """What can be done to events."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.add", "a", "add_event", N_("add event"), N_("Write down an event"),
                footer=2, changes=True),
        Command("timeline.correct", "c", "correct_event", N_("correct"),
                N_("Correct the event under the cursor"), footer=5, changes=True),
        Command("timeline.delete", "x", "delete_event", N_("delete"),
                N_("Delete the event under the cursor; undo brings it back"), footer=6, changes=True),
    )
    BINDINGS = bindings(KEYS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an event under the cursor can be corrected or deleted."""
        if action in ("correct_event", "delete_event") and self.event is None:
            return False
        return super().check_action(action, parameters)

    def action_add_event(self) -> None:
        """Ask for a new event; the kinds come from the store."""
        if self.story is not None:
            self.ask(_kinds, self._ask_new, group="kinds")

    def _ask_new(self, kinds: list[tuple[str, int]]) -> None:
        from activetui.tui.dialogs.add_event import AddEventDialog

        session, card = self.session, self.told.card
        dialog = AddEventDialog(
            self.called, kinds, day=min(session.day, session.today), today=session.today,
            currency=card.person.currency,
        )
        self.app.push_screen(dialog, partial(self._save_new, card.customer.id))

    def _save_new(self, customer: int, record: EventRecord | None) -> None:
        if record is not None:
            log = partial(_log, self.session, customer, record)
            self.change(log, lambda _event: self.active_app.tell_done(_("Written down")))

    def action_correct_event(self) -> None:
        """Ask how the event under the cursor is to be."""
        event = self.event
        if event is not None:
            self.ask(_kinds, partial(self._ask_correction, event), group="kinds")

    def _ask_correction(self, event: EventRow, kinds: list[tuple[str, int]]) -> None:
        from activetui.tui.dialogs.add_event import CorrectEventDialog

        dialog = CorrectEventDialog(
            self.called, kinds, event, today=self.session.today, currency=self.told.card.person.currency
        )
        self.app.push_screen(dialog, partial(self._save_correction, event))

    def _save_correction(self, event: EventRow, changes: Mapping[str, Any] | None) -> None:
        if not changes:
            return
        told = _("Corrected: {kind} of {day}").format(kind=kind_label(event), day=format_day(event.day))
        self.change(
            partial(_correct, self.session, event.id, changes),
            lambda _event: self.active_app.tell_done(told),
        )

    def action_delete_event(self) -> None:
        """Delete the event under the cursor."""
        event = self.event
        if event is not None:
            told = _("Deleted: {kind} of {day}").format(kind=kind_label(event), day=format_day(event.day))
            delete = partial(_delete, self.session, event.id)
            self.change(delete, lambda _none: self.active_app.tell_done(told))


def _kinds(conn: Connection) -> list[tuple[str, int]]:
    from activetui.store.kinds import kind_codes

    return sorted(kind_codes(conn).items(), key=lambda pair: pair[1])


def _log(session: Session, customer: int, record: EventRecord, conn: Connection) -> int:
    from activetui.store import events

    return events.log_event(conn, customer, record, today=session.today, made_at=session.made_at())


def _correct(session: Session, event: int, changes: Mapping[str, Any], conn: Connection) -> None:
    from activetui.store import events

    events.correct_event(conn, event, changes, today=session.today, made_at=session.made_at())


def _delete(session: Session, event: int, conn: Connection) -> None:
    from activetui.store import events

    events.delete_event(conn, event, today=session.today, made_at=session.made_at())
