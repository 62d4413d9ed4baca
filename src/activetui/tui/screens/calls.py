"""The calls to make, as Today and Checklist show them: the columns, and what the keys do with a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeGuard

from textual import on

from activetui.activity.words import channel_word
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day_short, format_money
from activetui.tui.commands import Command, bindings
from activetui.tui.people import display_name
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList
from activetui.tui.words import SYMBOLS, status_variable

if TYPE_CHECKING:               # the app begins sooner without what it imports
    from activetui.reactivation.checklist.checklist import Due, Item
    from activetui.tui.flows.calling import Calling

CALL_KEYS: tuple[Command, ...] = (
    Command("calls.contacted", "c", "contacted", N_("contacted"),
            N_("The step was done: log the contact, plan the next step"), footer=2, changes=True),
    Command("calls.no-answer", "n", "no_answer", N_("no answer"),
            N_("The step was tried, and nobody answered: try again in two days"), footer=3, changes=True),
    Command("calls.message", "m", "message", N_("message"),
            N_("The message of the step, filled in: change it, copy it, open it as a mail"), footer=4),
    Command("calls.snooze", "z", "snooze", N_("snooze"), N_("Put the step off by a week"),
            footer=5, changes=True),
    Command("calls.snooze-until", "Z", "snooze_until", N_("snooze until"),
            N_("Put the step off: until tomorrow, by a week, until another day"), changes=True),
    Command("calls.skip", "x", "skip", N_("skip"), N_("Leave this customer in peace"),
            footer=6, changes=True),
    Command("calls.skip-step", "X", "skip_step", N_("leave out"),
            N_("Leave out this step, and go on with the next"), changes=True),
    Command("calls.outcome", "o", "outcome", N_("outcome"),
            N_("What came of the last step, where it is known only now"), changes=True),
    Command("calls.reason", "w", "reason", N_("reason"), N_("Write down why the customer stays away"),
            changes=True),
)


def channel_words(channel: str) -> str:
    """How to get in touch, in a word."""
    return channel_word(channel)


def is_item(row: object) -> TypeGuard[Item]:
    """Whether a row is a line of the checklist."""
    from activetui.reactivation.checklist.checklist import Item

    return isinstance(row, Item)


def due_words(group: Due) -> str:
    """When a step is to be done, in a word or two."""
    from activetui.reactivation.checklist.checklist import Due

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
        from activetui.reactivation.checklist.checklist import Due

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

    def __init__(self) -> None:
        super().__init__()
        self._stays = False
        """Whether the cursor stays where it is, however the list changes: its line was dealt with."""

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
        """Show these lines; the cursor stays with its customer, but after an action it goes to the next."""
        self.calls.columns = tuple(call_columns(self.session.day, with_due=with_due))
        before, stays = self.calls.current, self._stays
        self._stays = False
        at = None
        if before is not None and not stays:
            numbers = [item.person.id for item in items]
            at = numbers.index(before.person.id) if before.person.id in numbers else None
        self.calls.show_rows(items, cursor=at)
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
        self._with_item(lambda calling: calling.contacted())

    def action_no_answer(self) -> None:
        """Write down that nobody answered."""
        self._with_item(lambda calling: calling.no_answer())

    def action_message(self) -> None:
        """Show the message of the step."""
        self._with_item(lambda calling: calling.message(), does=False)

    def action_snooze(self) -> None:
        """Put the step off by a week."""
        self._with_item(lambda calling: calling.snooze())

    def action_snooze_until(self) -> None:
        """Ask until when the step is put off."""
        self._with_item(lambda calling: calling.snooze_until())

    def action_skip(self) -> None:
        """Leave the customer in peace."""
        self._with_item(lambda calling: calling.skip())

    def action_skip_step(self) -> None:
        """Leave out the step."""
        self._with_item(lambda calling: calling.skip(only_step=True))

    def action_outcome(self) -> None:
        """Ask what came of the last step."""
        self._with_item(lambda calling: calling.outcome())

    def action_reason(self) -> None:
        """Ask why the customer stays away."""
        self._with_item(lambda calling: calling.reason())

    def _with_item(self, act: Callable[[Calling], None], *, does: bool = True) -> None:
        """Act on the line under the cursor; what `does` something is done today."""
        item = self.calls.current
        if item is not None and (not does or self.active_app.is_for_today()):
            from activetui.tui.flows.calling import Calling

            act(Calling(self, item, acted=self._acted))

    def _acted(self) -> None:
        self._stays = True
