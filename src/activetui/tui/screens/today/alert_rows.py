"""The alerts as Today lists them: one line each, or one for all of a rule where they are many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import NOTHING, format_money, format_number, relative_day
from activetui.tui.people import display_name
from activetui.tui.widgets.columns import Cell, Column

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.reactivation.alerts.inbox import Alert, Group, Inbox
    from activetui.reactivation.alerts.known import State
    from activetui.reactivation.alerts.types import AlertRule
    from activetui.reactivation.playbooks.playbook_types import Playbook
    from activetui.store.listing.people import Person

FOLDED = 3
"""Of more alerts of a rule than these there is one line, until they are wanted one by one."""


Place: TypeAlias = tuple[str, str]
"""What a line is about: the key of the rule, and which of its alerts; empty for all of them."""


class AlertRow(NamedTuple):
    """One line: an alert, or all of a rule."""

    group: Group
    alert: Alert | None
    """None for all of the rule."""
    names: tuple[str, ...] = ()
    """Some of the customers of the rule."""
    answer: Playbook | None = None
    """The playbook that answers the rule."""
    inner: bool = False
    """Whether it stands below the line of its rule."""
    busy: bool = False
    """Whether a playbook runs for the customer already."""

    @property
    def rule(self) -> AlertRule:
        """What set it off."""
        return self.group.rule

    @property
    def person(self) -> Person | None:
        """The customer, where it is about one."""
        return None if self.alert is None else self.alert.person

    @property
    def is_new(self) -> bool:
        """Whether it, or one of its rule, is new."""
        return _new(self.group) > 0 if self.alert is None else self.alert.state == "new"

    @property
    def place(self) -> Place:
        """What the line is about, to find it again."""
        return self.rule.key, "" if self.alert is None else f"{self.alert.id} {self.alert.fired.occasion}"

    @property
    def group_place(self) -> Place:
        """What the line of its rule is about."""
        return self.rule.key, ""

    @property
    def plan(self) -> Playbook | None:
        """The playbook that answers it; of all of a rule that of the first who has one."""
        return self.answer if self.alert is None else self.alert.plan

    @property
    def query(self) -> str:
        """Finds the customers behind it."""
        return self.group.query if self.alert is None else self.alert.query


def alert_rows(inbox: Inbox, unfolded: Collection[str], busy: Collection[int]) -> list[AlertRow]:
    """The lines: those with something new first, in the order of the inbox.

    `unfolded` are the rules whose alerts are wanted one by one, `busy` the customers in a playbook.
    """
    of_rule: dict[str, list[Alert]] = {}
    for alert in inbox.alerts:
        of_rule.setdefault(alert.rule.key, []).append(alert)
    blocks: list[list[AlertRow]] = []
    for group in inbox.groups:
        alerts = of_rule.get(group.rule.key, [])
        folds = group.listed > FOLDED
        single = [AlertRow(group, each, (), None, folds, _busy(each, busy)) for each in alerts]
        if not folds:
            blocks += [[row] for row in single]
            continue
        names = tuple(display_name(each.person) for each in alerts if each.person is not None)
        plan = next((each.plan for each in alerts if each.plan is not None), None)
        inner = sorted(single, key=lambda row: not row.is_new) if group.rule.key in unfolded else []
        blocks.append([AlertRow(group, None, names, plan), *inner])
    return [row for block in sorted(blocks, key=lambda block: not block[0].is_new) for row in block]


def alert_columns(day: Day, title: str) -> list[Column[AlertRow]]:
    """The columns, seen from `day`; `title` says how many there are."""

    def when(row: AlertRow) -> Cell:
        return Cell(relative_day(row.group.newest if row.alert is None else row.alert.day, day), "quiet")

    return [
        Column("what", title, _what, 40, 110, rank=0, weight=8, as_it_is=True),
        Column("state", _("State"), _state, 8, 12, rank=1, as_it_is=True),
        Column("when", _("When"), when, 13, 15, rank=2, as_it_is=True),
        Column("answer", _("Answer"), _answer, 16, 30, rank=3, weight=2, as_it_is=True),
        Column("worth", _("Spends a year"), _worth, 13, 14, right=True, rank=4, as_it_is=True),
    ]


def heading(inbox: Inbox) -> str:
    """How many alerts there are, by their state."""
    parts = [
        words.format(n=format_number(number)) for state, words in _counted()
        if (number := inbox.counts.get(state, 0))
    ]
    if not parts:
        return _("Alerts: none. Nothing has begun that wants an answer.")
    return _("Alerts: {counts}").format(counts=", ".join(parts))


def state_words(state: State) -> str:
    """What became of an alert, in a word."""
    return {"new": _("new"), "seen": _("seen"), "done": _("done")}[state]


def _counted() -> Sequence[tuple[State, str]]:
    from activetui.reactivation.alerts.known import State

    return (State.NEW, _("{n} new")), (State.SEEN, _("{n} seen"))


def _what(row: AlertRow) -> Cell:
    sign = row.rule.tone.sign
    if row.alert is not None:
        return Cell(f"{'  ' if row.inner else ''}{sign} {one_line(row.alert.sentence)}", _colour(row))
    counted = _("{title}: {n}").format(title=row.rule.title, n=format_number(row.group.listed))
    text = f"{sign} {counted} · {', '.join(row.names)}" if row.names else f"{sign} {counted}"
    return Cell(one_line(text), _colour(row))


def _colour(row: AlertRow) -> str:
    if not row.is_new:
        return "quiet"
    return "warning" if row.rule.tone == "problem" else "success"


def _state(row: AlertRow) -> Cell:
    if row.alert is not None:
        words = state_words(row.alert.state)
        return Cell(f"{words} ✓" if row.busy else words, "quiet")
    new = _new(row.group)
    return Cell(_("{n} new").format(n=format_number(new)) if new else _("seen"), "quiet")


def _answer(row: AlertRow) -> Cell:
    if row.busy:
        return Cell(_("✓ in a playbook"), "quiet")
    return Cell(NOTHING if row.plan is None else row.plan.title, "quiet")


def _worth(row: AlertRow) -> Cell:
    alert = row.alert
    if alert is None or alert.money is None:
        return Cell("", "quiet")
    return Cell(format_money(alert.money, alert.currency), "quiet")


def _new(group: Group) -> int:
    from activetui.reactivation.alerts.known import State

    return group.counts[State.NEW]


def _busy(alert: Alert, busy: Collection[int]) -> bool:
    return alert.fired.customer_id in busy
