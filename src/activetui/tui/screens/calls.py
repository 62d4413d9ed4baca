"""The calls to make, as Today and Checklist show them: the columns, and what the keys do with a line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeGuard

from textual import on

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day_short, format_money
from activetui.reactivation.outcome import OUTCOMES, REASONS, outcome_words, reason_words
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList
from activetui.tui.words import SYMBOLS, status_variable

if TYPE_CHECKING:               # the app begins sooner without what it imports
    from activetui.reactivation.checklist import Due, Item

SNOOZE_DAYS = 7

CALL_KEYS: tuple[Command, ...] = (
    Command("calls.contacted", "c", "contacted", N_("contacted"),
            N_("The step was done: log the contact, plan the next step"), footer=2, changes=True),
    Command("calls.snooze", "z", "snooze", N_("snooze"), N_("Put the step off by a week"),
            footer=3, changes=True),
    Command("calls.skip", "x", "skip", N_("skip"), N_("Leave this customer in peace"),
            footer=4, changes=True),
)


def channel_words(channel: str) -> str:
    """How to get in touch, in a word."""
    return {
        "phone": _("phone"), "email": _("e-mail"), "letter": _("letter"), "chat": _("chat"),
        "social": _("social media"), "in_person": _("in person"), "web": _("web"),
    }.get(channel, channel)


def is_item(row: object) -> TypeGuard[Item]:
    """Whether a row is a line of the checklist."""
    from activetui.reactivation.checklist import Item

    return isinstance(row, Item)


def due_words(group: Due) -> str:
    """When a step is to be done, in a word or two."""
    from activetui.reactivation.checklist import Due

    return {
        Due.LATE: _("late"), Due.TODAY: _("today"), Due.WAITING: _("waiting"),
        Due.THIS_WEEK: _("this week"), Due.LATER: _("later"),
    }[group]


def call_columns(day: Day, *, with_due: bool) -> list[Column[Item]]:
    """The columns of a list of calls, seen from `day`."""

    def who(item: Item) -> Cell:
        status = item.person.status
        return Cell(f"{SYMBOLS[status]} {display_name(item.person)}", status_variable(status))

    def due(item: Item) -> Cell:
        from activetui.reactivation.checklist import Due

        if item.group <= Due.WAITING:
            return Cell(due_words(item.group), "warning" if item.group is Due.LATE else "")
        return Cell(format_day_short(item.due, day), "quiet")

    columns: list[Column[Item]] = [
        Column("who", N_("Customer"), who, 20, 34, rank=0, weight=2),
        Column("why", N_("Why now"), lambda item: Cell(item.why), 28, 54, rank=2, weight=8),
        Column("step", N_("Next step"), _step, 34, 70, rank=4, weight=1),
        Column("worth", N_("At stake"), _worth, 12, 14, right=True, rank=1),
    ]
    if with_due:
        columns.insert(1, Column("due", N_("Due"), due, 9, 12, rank=3))
    return columns


def _step(item: Item) -> Cell:
    place = f"{item.step + 1}/{len(item.playbook.steps)}"
    return Cell(one_line(f"{place} {channel_words(item.doing.channel)}: {item.doing.title}"), "quiet")


def _worth(item: Item) -> Cell:
    return Cell(format_money(item.stake, item.person.currency))


class CallsScreen(ActiveScreen):
    """A screen with a list of calls (`#calls`) and the keys that act on the line under the cursor."""

    KEYS: ClassVar[tuple[Command, ...]] = CALL_KEYS
    BINDINGS = bindings(CALL_KEYS)

    @property
    def calls(self) -> VirtualList[Item]:
        """The list."""
        return self.query_one("#calls", VirtualList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a line under the cursor there is nothing to do, and no key offers it."""
        acts = any(command.action == action for command in CALL_KEYS)
        if acts and (not self.is_mounted or self.calls.current is None):
            return False
        return super().check_action(action, parameters)

    def show_calls(self, items: list[Item], *, with_due: bool) -> None:
        """Show these lines."""
        self.calls.columns = tuple(call_columns(self.session.day, with_due=with_due))
        self.calls.show_rows(items)
        self.refresh_bindings()

    @on(VirtualList.Chosen, "#calls")
    def _call_chosen(self, event: VirtualList.Chosen) -> None:
        if is_item(event.row):
            self.active_app.show_customer(event.row.person.id)

    @on(VirtualList.Highlighted, "#calls")
    def _call_highlighted(self, event: VirtualList.Highlighted) -> None:
        if is_item(event.row):
            self.session.customer = event.row.person.id

    def action_contacted(self) -> None:
        """Ask what came of the contact, then write it down."""
        item = self.calls.current
        if item is None:
            return
        choices = [Choice(word, outcome_words(word)) for word in OUTCOMES]
        title = _("What came of it? {name}").format(name=display_name(item.person))
        self.app.push_screen(ChooseDialog(title, choices, OUTCOMES[0]), partial(self._outcome_known, item))

    def _outcome_known(self, item: Item, outcome: str | None) -> None:
        if outcome is None:
            return
        if outcome in ("no_answer", "wrong_contact"):
            self._write_contact(item, outcome, None)
            return
        choices = [Choice(word, reason_words(word)) for word in REASONS]
        title = _("Why did they stay away? Esc if you do not know")
        self.app.push_screen(ChooseDialog(title, choices), partial(self._write_contact, item, outcome))

    def _write_contact(self, item: Item, outcome: str, reason: str | None) -> None:
        session = self.session

        def write(conn: Connection) -> None:
            from activetui.reactivation import actions

            actions.done(
                conn, item.person.id, day=session.day, today=session.today, made_at=session.made_at(),
                outcome=outcome, reason=reason or "",
            )

        self.change(write, lambda _none: self._told(_("Contacted: {name}"), item))

    def action_snooze(self) -> None:
        """Put the step off."""
        item = self.calls.current
        if item is None:
            return
        session = self.session

        def write(conn: Connection) -> None:
            from activetui.reactivation import actions

            actions.snooze(
                conn, item.person.id, days=SNOOZE_DAYS, day=session.day, today=session.today,
                made_at=session.made_at(),
            )

        self.change(write, lambda _none: self._told(_("Put off by a week: {name}"), item))

    def action_skip(self) -> None:
        """Leave the customer in peace."""
        item = self.calls.current
        if item is None:
            return
        session = self.session

        def write(conn: Connection) -> None:
            from activetui.reactivation import actions

            actions.skip(
                conn, item.person.id, day=session.day, today=session.today, made_at=session.made_at()
            )

        self.change(write, lambda _none: self._told(_("Skipped: {name}"), item))

    def _told(self, words: str, item: Item) -> None:
        self.active_app.tell_done(words.format(name=display_name(item.person)))
