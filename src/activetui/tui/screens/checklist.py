"""Checklist: every step that waits, by due day and by what is at stake, with its playbook below."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import days_words, format_money, format_number
from activetui.reactivation.checklist import Due, Item
from activetui.tui.commands import press_of
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.calls import CallsScreen, call_columns, channel_words, due_words
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.virtual_list import VirtualList


class ChecklistScreen(CallsScreen):
    """The reactivation work."""

    MODE = "checklist"
    AUTO_FOCUS = "#calls"
    DEFAULT_CSS = """
    ChecklistScreen {
        & .counts { height: 1; padding: 0 1; color: $quiet; }
        & #calls { padding: 0 0 0 1; }
        & .plan { height: auto; max-height: 9; padding: 0 1; margin-top: 1; }
    }
    """

    def compose_body(self) -> Iterable[Widget]:
        """Counts, the list, the playbook of the line under the cursor."""
        yield Vertical(
            Static(classes="counts", markup=False),
            VirtualList(call_columns(self.session.day, with_due=True), id="calls"),
            Static(classes="plan", markup=False),
        )

    def refresh_data(self) -> None:
        """Ask for everything that waits."""
        self.ask(partial(_items, day=self.session.day), self._items_came, group="checklist")

    def _items_came(self, found: tuple[list[Item], bool]) -> None:
        items, cut = found
        if self.session.overview.empty:
            self.show_start()
            return
        if not items:
            self.show_empty(
                _("Nobody needs to be won back"),
                _("Customers come here when they slip away, lapse or complain, with the steps to take."),
                [NextStep(press_of("app.customers"), _("see all customers"))],
            )
            return
        self.show_body()
        self.query_one(".counts", Static).update(Content(_counts(items, cut)))
        self.show_calls(items, with_due=True)

    @on(VirtualList.Highlighted, "#calls")
    def _show_plan(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, Item):
            self.query_one(".plan", Static).update(_plan(event.row))


def _items(conn: Connection, day: Day) -> tuple[list[Item], bool]:
    from activetui.reactivation.checklist import checklist

    found = checklist(conn, day)
    return list(found.items), found.is_cut


def _counts(items: list[Item], cut: bool) -> str:
    parts = []
    for group in Due:
        number = sum(item.group is group for item in items)
        if number:
            parts.append(f"{due_words(group)} {format_number(number)}")
    stake = sum(item.stake for item in items)
    total = _("at stake {money} a year").format(money=format_money(stake, items[0].person.currency))
    if cut:
        parts.append(_("more fit, the dearest are listed"))
    return " · ".join([*parts, total])


def _plan(item: Item) -> Content:
    """The steps of the playbook: done, now, to come."""
    parts: list[tuple[str, str]] = [
        (display_name(item.person), "bold"), (f"   {item.playbook.title}\n", "$accent"),
        (f"{item.why}\n", ""),
    ]
    for number, step in enumerate(item.playbook.steps):
        sign = "✓" if number < item.step else "▸" if number == item.step else "·"
        wait = _("after {days}").format(days=days_words(step.after_days)) if step.after_days else _("at once")
        words = f"{sign} {channel_words(step.channel)}, {wait}: {step.title}"
        if step.marketing:
            words += " " + _("(needs consent)")
        parts.append((words + "\n", "bold" if number == item.step else "$quiet"))
    return Content.assemble(*parts)
