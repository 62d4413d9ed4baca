"""What is done with one line of the checklist: it is asked for in dialogs, then written as one change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day, format_day_short
from activetui.reactivation.checklist.outcome import (
    NO_ANSWER,
    NOT_REACHED,
    OUTCOMES,
    REASONS,
    outcome_words,
    reason_words,
)
from activetui.tui.asking import Asks
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.people import display_name
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.checklist.actions import Did
    from activetui.reactivation.checklist.items import Item
    from activetui.store.tasks import Task

Answer = TypeVar("Answer")
WEEK, MONTH = 7, 30
_NOT_KNOWN = "-"
_OTHER_DAY = "day"


class Calling:
    """The actions on one line; each tells what it did, and which key takes it back."""

    def __init__(self, screen: Asks, item: Item, *, acted: Callable[[], None] = lambda: None) -> None:
        """`acted` is called when something is being written."""
        self._screen, self._item, self._acted = screen, item, acted
        self._name = display_name(item.person)

    # -- a contact ----------------------------------------------------------------------------------------

    def contacted(self) -> None:
        """Ask what came of the contact, at the first one also why they stayed away, and write it down."""
        self._ask_outcome(self._outcome_known)

    def no_answer(self) -> None:
        """Write down that nobody answered."""
        self._write_contact(NO_ANSWER, "")

    def outcome(self) -> None:
        """Ask what came of the last step, which is known only now."""
        self._ask_outcome(partial(self._then_reason, self._write_outcome))

    def _ask_outcome(self, then: Callable[[str], None]) -> None:
        choices = [Choice(word, outcome_words(word)) for word in OUTCOMES]
        title = _("What came of it? {name}").format(name=self._name)
        self._pick(PickDialog(title, choices, OUTCOMES[0]), then)

    def _outcome_known(self, outcome: str) -> None:
        self._then_reason(self._write_contact, outcome)

    def _then_reason(self, write: Callable[[str, str], None], outcome: str) -> None:
        if outcome in NOT_REACHED or not self._item.asks_reason:
            write(outcome, "")
            return
        dialog = PickDialog(
            _("Why did they stay away?"), _reasons(), hint=_("It is asked once, and kept with the customer."),
            leaves=_("if you do not know"),
        )
        self._screen.active_app.push_screen(dialog, lambda reason: write(outcome, reason or ""))

    def _write_contact(self, outcome: str, reason: str, note: str = "") -> None:
        def write(conn: Connection) -> Did:
            from activetui.reactivation.checklist import actions

            session = self._screen.session
            return actions.done(
                conn, self._item.person.id, day=session.day, today=session.today, made_at=session.made_at(),
                outcome=outcome, reason=reason, note=note,
            )

        words = _("Tried: {name}") if outcome in NOT_REACHED else _("Contacted: {name}")
        self._change(write, lambda did: self._tell(words, self._next_words(did)))

    def _write_outcome(self, outcome: str, reason: str) -> None:
        def write(conn: Connection) -> Task:
            from activetui.reactivation.checklist import actions

            session = self._screen.session
            return actions.outcome(
                conn, self._item.person.id, day=session.day, today=session.today, made_at=session.made_at(),
                outcome=outcome, reason=reason,
            )

        def told(task: Task) -> None:
            day = format_day_short(task.closed, self._screen.session.day) if task.closed is not None else ""
            words = _("{outcome}, of the step of {day}").format(outcome=outcome_words(outcome), day=day)
            self._tell(_("Written down: {name}"), words)

        self._change(write, told)

    def sent(self, note: str) -> None:
        """A message went out: the step is done; what comes of it is known later."""
        self._write_contact("", "", note)

    # -- why they stay away -------------------------------------------------------------------------------

    def reason(self) -> None:
        """Ask why the customer stays away, with the playbook that was begun last."""
        item = self._item
        if item.enrolment is None and not item.reason:
            self._screen.active_app.tell(
                _("No playbook has begun for {name} yet: the reason is asked at the first contact.").format(
                    name=self._name
                )
            )
            return
        choices = _reasons()
        if item.reason:
            choices.append(Choice(_NOT_KNOWN, _("not known: take back what was written")))
        title = _("Why did they stay away? {name}").format(name=self._name)
        self._pick(PickDialog(title, choices, item.reason), self._write_reason)

    def _write_reason(self, chosen: str) -> None:
        reason = "" if chosen == _NOT_KNOWN else chosen

        def write(conn: Connection) -> None:
            from activetui.reactivation.checklist import actions

            session = self._screen.session
            actions.give_reason(
                conn, self._item.person.id, reason, today=session.today, made_at=session.made_at()
            )

        words = reason_words(reason) if reason else _("reason not known")
        self._change(write, lambda _none: self._tell(_("Written down: {name}"), words))

    # -- later, or not at all -----------------------------------------------------------------------------

    def snooze(self, days: int = WEEK) -> None:
        """Put the step off by so many days."""
        def write(conn: Connection) -> Did:
            from activetui.reactivation.checklist import actions

            session = self._screen.session
            return actions.snooze(
                conn, self._item.person.id, days=days, day=session.day, today=session.today,
                made_at=session.made_at(),
            )

        until = _("until {day}").format(day=format_day(self._screen.session.day + days))
        self._change(write, lambda _did: self._tell(_("Put off: {name}"), until))

    def snooze_until(self) -> None:
        """Ask until when."""
        day = self._screen.session.day
        choices = [
            Choice("1", _("until tomorrow"), format_day(day + 1, "full")),
            Choice(str(WEEK), _("by a week"), format_day(day + WEEK, "full")),
            Choice(str(MONTH), _("by thirty days"), format_day(day + MONTH, "full")),
            Choice(_OTHER_DAY, _("until another day"), _("such as 2027-01-15, +10d, +2m")),
        ]
        title = _("Put off until when? {name}").format(name=self._name)
        self._pick(PickDialog(title, choices, str(WEEK)), self._until_chosen)

    def _until_chosen(self, chosen: str) -> None:
        if chosen != _OTHER_DAY:
            self.snooze(int(chosen))
            return
        from activetui.tui.dialogs.ask_text import AskTextDialog

        day = self._screen.session.day
        dialog = AskTextDialog(
            _("Put off until which day? {name}").format(name=self._name),
            _("A date such as {day}, or +10d, +3w, +2m.").format(day=iso(day + MONTH)),
            check=lambda text: _check_later(text, day),
        )
        self._screen.active_app.push_screen(
            dialog, lambda text: None if text is None else self.snooze(_later_day(text, day) - day)
        )

    def skip(self, *, only_step: bool = False) -> None:
        """Leave the customer in peace; with `only_step` leave out this step and go on with the next."""
        def write(conn: Connection) -> Did:
            from activetui.reactivation.checklist import actions

            session = self._screen.session
            return actions.skip(
                conn, self._item.person.id, day=session.day, today=session.today, made_at=session.made_at(),
                only_step=only_step,
            )

        words = _("Step left out: {name}") if only_step else _("Left in peace: {name}")
        self._change(write, lambda did: self._tell(words, self._next_words(did) if only_step else ""))

    # -- a message ----------------------------------------------------------------------------------------

    def message(self) -> None:
        """Show the message of the step, filled in, to be copied or sent with the mail program."""
        from activetui.tui.flows.writing import begin

        begin(self._screen, self._item, self.sent)

    # -- what all have in common --------------------------------------------------------------------------

    def _pick(self, dialog: PickDialog, then: Callable[[str], None]) -> None:
        self._screen.active_app.push_screen(dialog, lambda chosen: None if chosen is None else then(chosen))

    def _change(self, write: Callable[[Connection], Answer], then: Callable[[Answer], None]) -> None:
        self._acted()
        self._screen.change(write, then)

    def _next_words(self, did: Did) -> str:
        if did.following is None and did.marketing_left:
            return _("the playbook is over: what is left is marketing, without consent")
        if did.following is None:
            return _("the playbook is over")
        day = format_day_short(did.following.due, self._screen.session.day)
        return _("next on {day}: {step}").format(day=day, step=_(did.following.title))

    def _tell(self, words: str, more: str) -> None:
        what = words.format(name=self._name)
        self._screen.active_app.tell_done(f"{what}; {more}" if more else what)


def _reasons() -> list[Choice]:
    return [Choice(word, reason_words(word)) for word in REASONS]


def _check_later(text: str, day: Day) -> None:
    _later_day(text, day)


def _later_day(text: str, day: Day) -> Day:
    later = read_day(text, day)
    if later <= day:
        raise OwnerError(_("That is not a later day."), _("Type a date that is still to come, or +10d."))
    return later
