"""The customer's tasks: done with what came of it, put off, skipped; and a playbook to begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.message import Message

from activetui.locales import N_, _
from activetui.reactivation.checklist.outcome import OUTCOMES, REASONS, outcome_words, reason_words
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.reading import Connection
from activetui.tui.screens.timeline.base import StoryScreen
from activetui.tui.screens.timeline.story import Work
from activetui.tui.screens.timeline.tables import task_columns
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from activetui.reactivation.playbooks.playbook_types import Playbook

SNOOZE_DAYS = 7
_NO_REASON = ("no_answer", "wrong_contact")
"""Outcomes after which nobody can say why the customer stayed away."""


class TaskList(VirtualList[Work]):
    """The tasks; its keys act on the one under the cursor, as long as it is open."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("task.contacted", "c", "act('contacted')", N_("contacted"),
                N_("The step was done: log the contact, plan the next step"), footer=2, changes=True),
        Command("task.snooze", "z", "act('snooze')", N_("snooze"), N_("Put the step off by a week"),
                footer=3, changes=True),
        Command("task.skip", "x", "act('skip')", N_("skip"), N_("Leave this customer in peace"),
                footer=4, changes=True),
    )
    BINDINGS = bindings(KEYS)

    @dataclass
    class Act(Message):
        """Something is to be done with the task under the cursor."""

        of: TaskList
        what: str
        work: Work

        @property
        def control(self) -> TaskList:
            """The list."""
            return self.of

    def __init__(self) -> None:
        super().__init__(task_columns(), id="tasks")
        self.only_looks = False
        """Whether nothing can be changed."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done or skipped is not done again."""
        if action == "act":
            work = self.current
            if self.only_looks or work is None or work.task.state != "open":
                return False
        return super().check_action(action, parameters)

    def action_act(self, what: str) -> None:
        """Let the screen do it."""
        if self.current is not None:
            self.post_message(self.Act(self, what, self.current))


class TaskChanges(StoryScreen):
    """What can be done with tasks."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.enrol", "P", "enrol", N_("playbook"),
                N_("Begin a playbook that wins this customer back"), changes=True),
    )
    BINDINGS = bindings(KEYS)

    @on(TaskList.Act)
    def _act(self, event: TaskList.Act) -> None:
        if not self.active_app.is_for_today():
            return
        if event.what == "contacted":
            self.ask_outcome(event.work)
            return
        words = _("Put off by a week: {name}") if event.what == "snooze" else _("Skipped: {name}")
        self._do(event.what, words, days=SNOOZE_DAYS)

    def ask_outcome(self, work: Work) -> None:
        """Ask what came of a task, then write it down: of an open one that it is done, too."""
        if not self.active_app.is_for_today():
            return
        choices = [Choice(word, outcome_words(word)) for word in OUTCOMES]
        title = _("What came of it? {name}").format(name=self.called)
        present = work.task.outcome or OUTCOMES[0]
        self.app.push_screen(ChooseDialog(title, choices, present), partial(self._outcome_known, work))

    def _outcome_known(self, work: Work, outcome: str | None) -> None:
        if outcome is None:
            return
        if outcome in _NO_REASON:
            self._write(work, outcome, None)
            return
        choices = [Choice(word, reason_words(word)) for word in REASONS]
        title = _("Why did they stay away? Esc if you do not know")
        self.app.push_screen(
            ChooseDialog(title, choices, work.enrolment.reason), partial(self._write, work, outcome)
        )

    def _write(self, work: Work, outcome: str, reason: str | None) -> None:
        what = "done" if work.task.state == "open" else "outcome"
        words = _("Contacted: {name}") if what == "done" else _("What came of it is written down: {name}")
        self._do(what, words, outcome=outcome, reason=reason or "")

    def _do(self, what: str, words: str, **said: Any) -> None:
        session, number = self.session, self.told.card.customer.id
        told = words.format(name=self.called)
        moment = {"day": session.day, "today": session.today, "made_at": session.made_at()}
        if what != "snooze":
            said.pop("days", None)
        do = partial(_do, what, number, {**moment, **said})
        self.change(do, lambda _x: self.active_app.tell_done(told))

    def action_enrol(self) -> None:
        """Ask which playbook is to begin."""
        from activetui.reactivation.playbooks.playbook import playbooks

        if self.story is not None and self.active_app.is_for_today():
            self.ask(playbooks, self._choose_playbook, group="playbooks")

    def _choose_playbook(self, plans: tuple[Playbook, ...]) -> None:
        choices = [
            Choice(plan.key, plan.title, " → ".join(step.title for step in plan.steps)) for plan in plans
        ]
        title = _("Which playbook for {name}?").format(name=self.called)
        self.app.push_screen(ChooseDialog(title, choices), self._enrol)

    def _enrol(self, key: str | None) -> None:
        if key is None:
            return
        session, number = self.session, self.told.card.customer.id
        enrol = partial(_enrol, key, number, session.day, session.made_at())
        told = _("Begun: {name}").format(name=self.called)

        def done(refused: str) -> None:
            if refused:
                self.active_app.tell(refused)
            else:
                self.active_app.tell_done(told)

        self.change(enrol, done)


def _do(what: str, customer: int, said: dict[str, Any], conn: Connection) -> None:
    from activetui.reactivation.checklist import actions

    act: Callable[..., object] = getattr(actions, what)
    act(conn, customer, **said)


def _enrol(key: str, customer: int, day: int, made_at: str, conn: Connection) -> str:
    """Begin the playbook; why not, in words, where it cannot be."""
    from activetui.reactivation.checklist.enrolling import enrol, playbook_named

    done = enrol(conn, [customer], playbook_named(conn, key), day=day, made_at=made_at)
    if done.busy:
        return _("A playbook is under way already: see its tasks.")
    if done.not_to_contact:
        return _("This customer does not want to be contacted.")
    if done.no_consent:
        return _("Every step of it is marketing, and this customer has not agreed to that.")
    return ""
