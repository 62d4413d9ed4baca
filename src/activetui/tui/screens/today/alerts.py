"""The inbox on Today: open the customer, mark as seen or done, answer with a playbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.message import Message

from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.confirm import ConfirmDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection
from activetui.tui.screens.calls import CallsScreen
from activetui.tui.screens.today.alert_rows import (
    AlertRow,
    Place,
    alert_columns,
    alert_rows,
    heading,
)
from activetui.tui.screens.today.data import Alerts
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from activetui.reactivation.alerts.known import State
    from activetui.reactivation.checklist.enrolling import Enrolled
    from activetui.reactivation.playbooks.playbook_types import Playbook


class AlertList(VirtualList[AlertRow]):
    """The alerts; its keys act on the line under the cursor."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("alert.answer", "a", "act('answer')", N_("answer"),
                N_("Answer it with its playbook: begin it, or go to its step on the checklist"), footer=2,
                changes=True),
        Command("alert.seen", "s", "act('seen')", N_("seen"), N_("Mark it as seen; it stays in the list"),
                footer=3, changes=True),
        Command("alert.done", "x", "act('done')", N_("done"), N_("It is dealt with: take it off the list"),
                footer=4, changes=True),
        Command("alert.new", "n", "act('new')", N_("new again"), N_("Make it new again"), changes=True),
        Command("alert.unfold", "space", "unfold", N_("one by one"),
                N_("Show the alerts of the line one by one, or as one again"), footer=5),
        Command("alert.with-done", "w", "with_done", N_("with done"),
                N_("Show those that are done, too, or leave them out again")),
    )
    BINDINGS = bindings(KEYS)

    @dataclass
    class Act(Message):
        """Something is to be done with the line under the cursor."""

        of: AlertList
        what: str
        row: AlertRow

    @dataclass
    class WithDone(Message):
        """Those that are done are wanted, too, or not any more."""

        of: AlertList

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(alert_columns(0, _("Alerts: {counts}").format(counts="…")), id=id)
        self.only_looks = False
        """Whether nothing can be changed."""
        self.with_done = False
        """Whether those that are done are listed."""
        self._alerts: Alerts | None = None
        self._unfolded: set[str] = set()
        self._marked_place: Place | None = None
        """The line that was marked last: where it goes down, the cursor does not go with it."""

    def show_alerts(self, alerts: Alerts, day: int) -> None:
        """Show these; the cursor stays at its line where that is still there, or goes on to the next one."""
        self._alerts = alerts
        columns = alert_columns(day, heading(alerts.inbox))
        self.columns = tuple(columns if alerts.inbox.alerts else columns[:1])   # no headings over nothing
        self._show()

    def _show(self, place: Place | None = None) -> None:
        """Show the lines, the cursor at a place, else where it was."""
        if self._alerts is None:
            return
        rows = alert_rows(self._alerts.inbox, self._unfolded, self._alerts.busy)
        if place is None and self.current is not None:
            place = self.current.place
        places = [row.place for row in rows]
        at = places.index(place) if place in places else None
        if at is not None and place == self._marked_place and at > self.cursor:
            at = None                               # on with the next one, which is here now
        self._marked_place = None
        self.show_rows(rows, cursor=at)
        self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be done with the line is not offered."""
        row = self.current
        if action == "unfold" and (row is None or not (row.alert is None or row.inner)):
            return False
        if action == "act" and (row is None or self.only_looks or not _can(row, str(parameters[0]))):
            return False
        return super().check_action(action, parameters)

    def action_act(self, what: str) -> None:
        """Let the screen do it."""
        if self.current is not None:
            self._marked_place = self.current.place
            self.post_message(self.Act(self, what, self.current))

    def action_unfold(self) -> None:
        """Show the alerts of the rule one by one, or as one line again."""
        row = self.current
        if row is None:
            return
        self._unfolded ^= {row.rule.key}
        self._show(row.group_place if row.inner else row.place)

    def action_with_done(self) -> None:
        """List those that are done, too, or not any more."""
        self.with_done = not self.with_done
        self.post_message(self.WithDone(self))


def _can(row: AlertRow, what: str) -> bool:
    """Whether it makes a difference to the line."""
    if what == "answer":
        return row.plan is not None
    states = {state for state, number in row.group.counts.items() if number}
    return (states if row.alert is None else {row.alert.state}) != {what}


class AlertsScreen(CallsScreen):
    """A screen with the inbox (`AlertList`)."""

    @property
    def alerts(self) -> AlertList:
        """The inbox."""
        return self.query_one(AlertList)

    @on(VirtualList.Chosen, "AlertList")
    def _alert_chosen(self, event: VirtualList.Chosen) -> None:
        row = event.row
        if not isinstance(row, AlertRow):
            return
        if row.person is not None:
            self.active_app.show_customer(row.person.id)
        elif row.query:
            self.active_app.show_customers(row.query)
            if row.alert is None and len(row.group.customers) > (most := row.query.count(",") + 1):
                words = _("The first {n} of {all} are shown: a list by numbers names no more.")
                self.active_app.tell(
                    words.format(n=format_number(most), all=format_number(len(row.group.customers)))
                )
        else:
            self.active_app.show_screen("imports")

    @on(VirtualList.Highlighted, "AlertList")
    def _alert_highlighted(self, event: VirtualList.Highlighted) -> None:
        row = event.row
        if isinstance(row, AlertRow) and row.person is not None:
            self.session.customer = row.person.id
        self.refresh_bindings()

    @on(AlertList.Act)
    def _act(self, event: AlertList.Act) -> None:
        leads_on = event.what == "answer" and event.row.busy
        if not leads_on and not self.active_app.is_for_today():
            return
        if event.what == "answer":
            self._answer(event.row)
        else:
            self._mark(event.row, event.what)

    # -- marks --------------------------------------------------------------------------------------------

    def _mark(self, row: AlertRow, what: str) -> None:
        from activetui.reactivation.alerts.known import State

        session, state = self.session, State(what)

        def write(conn: Connection, progress: Progress | None = None) -> int:
            from activetui.reactivation.alerts.inbox import inbox, mark
            from activetui.store.progress import part

            _look_from(conn, session.day, session.today)
            if row.alert is not None:
                wanted = [row.alert]
            else:
                wanted = list(inbox(
                    conn, session.day, states=tuple(State), rule=row.rule.key, most=None,
                    progress=part(progress, 0, 2),
                ).alerts)
            return mark(
                conn, wanted, state, day=session.day, made_at=session.made_at(),
                progress=part(progress, 1, 2),
            )

        then = partial(self._marked, row, state)
        if row.alert is not None:
            self.change(write, then)
        else:
            self._long(_("Marking the alerts"), write, then)

    def _marked(self, row: AlertRow, state: State, number: int) -> None:
        what = row.rule.title if row.alert is None else one_line(row.alert.sentence)
        words = {
            "seen": _("Seen: {what}"), "done": _("Done: {what}"), "new": _("New again: {what}"),
        }[state]
        if row.alert is None:
            what = _("{what} ({n})").format(what=what, n=format_number(number))
        self.active_app.tell_done(words.format(what=what))

    # -- answers ------------------------------------------------------------------------------------------

    def _answer(self, row: AlertRow) -> None:
        plan = row.plan
        if plan is None:
            return
        if row.busy and row.person is not None:
            self.session.bearings = row.person.id
            self.active_app.show_screen("checklist")
            return
        if row.alert is not None:
            self._begin(plan, row)
            return
        text = _(
            "“{playbook}” begins for the customers of these alerts: “{what}”, {n}. Who is in a playbook "
            "already, or wants no contact, is left out. It can be undone."
        ).format(
            playbook=plan.title, what=row.rule.title, n=format_number(len(row.group.customers))
        )
        dialog = ConfirmDialog(plan.title, text, _("begins it"))
        self.app.push_screen(dialog, lambda yes: self._begin(plan, row) if yes else None)

    def _begin(self, plan: Playbook, row: AlertRow) -> None:
        session = self.session
        numbers = row.group.customers if row.person is None else (row.person.id,)

        def write(conn: Connection, progress: Progress) -> Enrolled:
            from activetui.reactivation.checklist.enrolling import enrol

            _look_from(conn, session.day, session.today)
            return enrol(
                conn, numbers, plan, day=session.day, made_at=session.made_at(), progress=progress
            )

        self._long(_("Beginning the playbook"), write, partial(self._begun, plan))

    def _begun(self, plan: Playbook, found: Enrolled) -> None:
        from activetui.reactivation.checklist.enrolling import enrolled_words

        words = _("{playbook}: {what}").format(playbook=plan.title, what=enrolled_words(found))
        if found.enrolled:
            self.active_app.tell_done(words)
        else:
            self.active_app.tell(words, severity="warning")

    def _long(
        self, title: str, write: Callable[[Connection, Progress], Any], then: Callable[[Any], None]
    ) -> None:
        """A change that may take long, with a bar."""
        def done(answer: Any) -> None:
            self.active_app.store_changed()
            then(answer)

        reader = self.session.reader
        do_long(
            self.active_app, title, lambda progress: reader.write(lambda conn: write(conn, progress)), done
        )


def _look_from(conn: Connection, day: int, today: int) -> None:
    """Let a connection for changes look from the day that is looked from."""
    if day != today:
        from activetui.store.other_days.as_of import look_from

        look_from(conn, day)
