"""Timeline: the story of one customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.activity.words import kind_word
from activetui.ledger.days import is_bounded
from activetui.ledger.records import EventRecord
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_day, format_number
from activetui.store.events import EventRow
from activetui.store.imports.kept_files import KeptRow
from activetui.tui.card import Life, life_of, receipt_rows
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.event_words import amount_label, detail, kind_label
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.timeline_text import (
    band_spans,
    buying_content,
    first_day,
    head_content,
    purchases,
)
from activetui.tui.session import Session
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.status_band import StatusBand
from activetui.tui.widgets.virtual_list import VirtualList


class EventLine(NamedTuple):
    """One event in the list; the day is said once for all events of that day."""

    event: EventRow
    first_of_day: bool


COLUMNS: list[Column[EventLine]] = [
    Column("day", N_("Day"), lambda line: _day(line), 12, 13),
    Column("kind", N_("Event"), lambda line: Cell(kind_label(line.event)), 14, 24, rank=1, weight=2),
    Column("amount", N_("Amount"), lambda line: _money(line), 10, 12, right=True, rank=2),
    Column("detail", N_("What"), lambda line: Cell(detail(line.event)), 14, 90, rank=3, weight=12),
    Column("source", N_("From"), lambda line: Cell(one_line(line.event.source), "quiet"), 22, 24, rank=4),
]


class TimelineScreen(ActiveScreen):
    """One customer: status over the years, purchases, receipt, events."""

    MODE = "timeline"
    AUTO_FOCUS = "VirtualList"
    DEFAULT_CSS = """
    TimelineScreen {
        & .head { height: 2; padding: 0 1; }
        & .buying { height: auto; max-height: 2; padding: 0 1; margin-bottom: 1; }
        & .filter { height: 1; padding: 0 1; color: $quiet; }
        & VirtualList { padding: 0 0 0 1; }
        & .story { height: 1fr; }
        & ReceiptPanel { width: 46; }
        &.-narrow .story { layout: vertical; }
        &.-narrow ReceiptPanel { width: 1fr; height: auto; max-height: 7; }
        &.-wide ReceiptPanel { width: 60; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.add", "a", "add_event", N_("add event"), N_("Write down an event"),
                footer=2, changes=True),
        Command("timeline.kinds", "f,slash", "choose_kind", N_("filter"), N_("Show one kind of event only"),
                footer=3),
        Command("timeline.delete", "x", "delete_event", N_("delete"),
                N_("Delete the event under the cursor; u brings it back"), footer=5, changes=True),
        Command("timeline.back", "escape", "back", N_("list"), N_("Back to the list"), footer=4),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._life: Life | None = None
        self._kind = ""
        self._shown_customer: int | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Head, band, figures, events and receipt."""
        yield Vertical(
            Static(classes="head"),
            StatusBand(),
            Static(classes="buying"),
            Horizontal(
                Vertical(Static(classes="filter"), VirtualList(COLUMNS, id="events")),
                ReceiptPanel(),
                classes="story",
            ),
        )

    # -- asking -------------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Another customer may have been chosen meanwhile."""
        if self.session.customer != self._shown_customer:
            self._seen = None
        super().on_screen_resume()

    def refresh_data(self) -> None:
        """Ask for the customer's story."""
        customer = self.session.customer
        if customer != self._shown_customer:
            self._kind = ""
        self._shown_customer = customer
        if customer is None:
            self._nobody()
            return
        question = partial(life_of, customer_id=customer, day=self.session.day)
        self.ask(question, self._came, group="life")

    def _nobody(self) -> None:
        if self.session.overview.empty:
            self.show_start()
            return
        self.show_empty(
            _("No customer chosen"),
            _("Choose one in the list: Enter opens the story of the customer under the cursor."),
            [NextStep("2", _("to the list of customers"))],
        )

    def _came(self, life: Life | None) -> None:
        if life is None:
            self.session.customer = self._shown_customer = None
            self._nobody()
            return
        self.show_body()
        self._life = life
        card = life.card
        self._show_head()
        self.query_one(".buying", Static).update(buying_content(card))
        flips_on = card.receipt.flips_on
        self.query_one(StatusBand).show_life(
            band_spans(life, self.session.today), purchases(card.events), first=first_day(life), day=card.day,
            flips_on=flips_on if flips_on is not None and is_bounded(flips_on) else None,
        )
        self.query_one(ReceiptPanel).show("", None, receipt_rows(card))
        self._show_events()

    def _show_head(self) -> None:
        if self._life is not None:
            head = self.query_one(".head", Static)
            head.update(head_content(self._life.card, max(20, self.size.width - 2)))

    def on_resize(self) -> None:
        """The status stands at the right edge."""
        self._show_head()

    def _show_events(self) -> None:
        if self._life is None:
            return
        everything = self._life.card.events
        chosen = [event for event in everything if not self._kind or event.kind_word == self._kind]
        lines = [
            EventLine(event, place == 0 or event.day != chosen[place - 1].day)
            for place, event in enumerate(chosen)
        ]
        self.query_one("#events", VirtualList).show_rows(lines)
        self.query_one(".filter", Static).update(Content(_count(len(chosen), len(everything), self._kind)))

    # -- the person ---------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Back to where one came from, the list at first."""
        self.active_app.action_show_screen("customers")

    def action_choose_kind(self) -> None:
        """Choose the kind of event to show."""
        if self._life is None:
            return
        found = Counter(event.kind_word for event in self._life.card.events)
        choices = [Choice("", _("all events"))]
        for word, number in found.most_common():
            choices.append(Choice(word, f"{one_line(kind_word(word))}  {format_number(number)}"))
        self.app.push_screen(ChooseDialog(_("Which events?"), choices, self._kind), self._kind_chosen)

    def _kind_chosen(self, kind: str | None) -> None:
        if kind is not None:
            self._kind = kind
            self._show_events()

    def action_add_event(self) -> None:
        """Ask for a new event; the kinds come from the store."""
        if self._life is not None:
            self.ask(_kinds, self._ask_event, group="kinds")

    def _ask_event(self, kinds: list[tuple[str, int]]) -> None:
        from activetui.tui.dialogs.add_event import AddEventDialog

        if self._life is None:
            return
        session, card = self.session, self._life.card
        dialog = AddEventDialog(
            display_name(card.customer), kinds, day=min(session.day, session.today), today=session.today,
            currency=card.person.currency,
        )
        self.app.push_screen(dialog, partial(self._save_event, card.customer.id))

    def _save_event(self, customer: int, record: EventRecord | None) -> None:
        if record is not None:
            self.change(partial(_log, self.session, customer, record), self._saved)

    def _saved(self, _event: int) -> None:
        self.active_app.tell(_("Written down. u takes it back."))

    def action_delete_event(self) -> None:
        """Delete the event under the cursor."""
        line = self.query_one("#events", VirtualList).current
        if isinstance(line, EventLine):
            what = partial(_delete, self.session, line.event.id)
            words = _("Deleted: {kind} of {day}. u brings it back.").format(
                kind=kind_label(line.event), day=format_day(line.event.day)
            )
            self.change(what, lambda _none: self.active_app.tell(words))

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, EventLine):
            chosen = event.row.event
            self.ask(partial(_kept_row, event_id=chosen.id), partial(self._show_event, chosen), group="event")

    def _show_event(self, event: EventRow, row: KeptRow | None) -> None:
        from activetui.tui.dialogs.text import TextDialog
        from activetui.tui.event_text import event_rows, file_rows

        title = f"{kind_label(event)}, {format_day(event.day, 'full')}"
        self.app.push_screen(TextDialog(title, [*event_rows(event), *file_rows(row)]))


def _kept_row(conn: Connection, *, event_id: int) -> KeptRow | None:
    """The row of the file behind an event, if the file is kept."""
    from activetui.store.imports import kept_files

    return kept_files.row_of(conn, event_id)


def _day(line: EventLine) -> Cell:
    return Cell(format_day(line.event.day) if line.first_of_day else "")


def _money(line: EventLine) -> Cell:
    event = line.event
    return Cell(amount_label(event), "quiet" if not event.counts else "")


def _count(shown: int, everything: int, kind: str) -> str:
    if not kind:
        return ngettext("{n} event", "{n} events", everything).format(n=format_number(everything))
    return _("{kind}: {n} of {all} events").format(
        kind=one_line(kind_word(kind)), n=format_number(shown), all=format_number(everything)
    )


def _kinds(conn: Connection) -> list[tuple[str, int]]:
    from activetui.store.kinds import kind_codes

    return sorted(kind_codes(conn).items(), key=lambda pair: pair[1])


def _log(session: Session, customer: int, record: EventRecord, conn: Connection) -> int:
    from activetui.store import events

    return events.log_event(conn, customer, record, today=session.today, made_at=session.made_at())


def _delete(session: Session, event: int, conn: Connection) -> None:
    from activetui.store import events

    events.delete_event(conn, event, today=session.today, made_at=session.made_at())
