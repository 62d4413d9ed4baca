"""The lists beside the events: months, products, tasks, and what is known of the person."""

from __future__ import annotations

from typing import NamedTuple

from activetui.activity.status import Status
from activetui.insights.customer_story import Favourite, Month
from activetui.ledger.days import Day, is_bounded
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import (
    NOTHING,
    format_day,
    format_day_short,
    format_money,
    format_month,
    format_number,
    format_share,
    relative_day,
)
from activetui.reactivation.checklist.outcome import outcome_words, reason_words
from activetui.tui.event_words import channel_word
from activetui.tui.screens.timeline.story import Story, Work
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.words import status_label, status_variable


class MonthLine(NamedTuple):
    """One line of the figures: a month, or (`ahead`) what comes if nothing happens."""

    month: Month
    ahead: bool = False


def month_lines(story: Story) -> list[MonthLine]:
    """The months, the latest first, below the changes that are to come if nothing happens."""
    coming = [
        MonthLine(Month(start, status, [(start, status)]), ahead=True)
        for status, start, _end in story.spans if is_bounded(start) and start > story.card.day
    ]
    return [*coming[::-1], *(MonthLine(month) for month in story.months)]


def month_columns(currency: str) -> list[Column[MonthLine]]:
    """The figures that band and bars draw."""

    def spend(line: MonthLine) -> Cell:
        return Cell(format_money(line.month.spend, currency) if line.month.purchases else "")

    return [
        Column("month", N_("Month"), lambda line: Cell(format_month(line.month.first)), 10, 12),
        Column("status", N_("At its end"), _status, 15, 18, rank=1),
        Column("purchases", N_("Purchases"), lambda line: _count(line.month.purchases), 9, 10, right=True,
               rank=2),
        Column("spend", N_("Spend"), spend, 11, 14, right=True, rank=3),
        Column("others", N_("Others"), lambda line: _count(line.month.others), 7, 8, right=True,
               rank=5),
        Column("changes", N_("What changed"), _changes, 20, 90, rank=4, weight=8),
    ]


def _status(line: MonthLine) -> Cell:
    status = line.month.status
    return Cell("") if status is None else Cell(status_label(status), status_variable(status))


def _changes(line: MonthLine) -> Cell:
    if line.ahead:
        day, status = line.month.changes[0]
        words = _("{status} {day}, unless something happens")
        return Cell(words.format(status=status_label(status), day=format_day_short(day)), "quiet")
    return Cell(" · ".join(_change(day, status) for day, status in line.month.changes), "quiet")


def _change(day: Day, status: Status) -> str:
    return _("{status} {day}").format(status=status_label(status), day=format_day_short(day))


def _count(number: int) -> Cell:
    return Cell(format_number(number) if number else "")


def product_columns(story: Story) -> list[Column[Favourite]]:
    """The products that the customer buys."""
    card = story.card
    currency, day = card.person.currency, card.day
    whole = sum(each.spend for each in story.favourites)

    def share(one: Favourite) -> Cell:
        return Cell(format_share(one.spend / whole) if whole else NOTHING, "quiet")

    return [
        Column("product", N_("Product"), lambda one: Cell(one_line(one.product)), 16, 60, weight=8),
        Column("days", N_("Bought"), lambda one: Cell(f"{format_number(one.days)} ×"), 8, 9, right=True,
               rank=1),
        Column("quantity", N_("Pieces"), lambda one: Cell(format_number(one.quantity)), 8, 9, right=True,
               rank=4),
        Column("spend", N_("Spend"), lambda one: Cell(format_money(one.spend, currency)), 11, 14, right=True,
               rank=2),
        Column("share", N_("Share"), share, 6, 6, right=True, rank=6),
        Column("last", N_("Last bought"), lambda one: Cell(relative_day(one.last, day)), 14, 16, rank=3),
        Column("first", N_("First bought"), lambda one: Cell(format_day(one.first), "quiet"), 13, 14, rank=5),
    ]


def task_columns() -> list[Column[Work]]:
    """The steps that were given, and what came of them."""
    return [
        Column("due", N_("Due"), lambda work: Cell(format_day(work.task.due)), 12, 13),
        Column("state", N_("State"), _state, 10, 12, rank=1),
        Column("what", N_("Step"), lambda work: Cell(one_line(work.task.title)), 18, 70, rank=2, weight=8),
        Column("channel", N_("How"), lambda work: Cell(channel_word(work.task.channel), "quiet"), 8, 12,
               rank=5),
        Column("outcome", N_("What came of it"), lambda work: Cell(outcome_label(work)), 18, 40, rank=3,
               weight=3),
        Column("playbook", N_("Playbook"), lambda work: Cell(work.playbook, "quiet"), 14, 30, rank=4,
               weight=2),
    ]


def _state(work: Work) -> Cell:
    words, colour = {
        "open": ("▸ " + _("to do"), "warning"),
        "done": ("✓ " + _("done"), "success"),
        "skipped": ("– " + _("skipped"), "quiet"),
    }.get(work.task.state, (one_line(work.task.state), ""))
    return Cell(words, colour)


def outcome_label(work: Work) -> str:
    """What came of a task: outcome, reason, note."""
    task = work.task
    parts = [
        outcome_words(task.outcome) if task.outcome else "",
        reason_words(work.enrolment.reason) if work.enrolment.reason and task.outcome else "",
        f"“{one_line(task.note)}”" if task.note else "",
    ]
    return " · ".join(one_line(part) for part in parts if part)
