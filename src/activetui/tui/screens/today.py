"""Today: how many are active, what is at stake, whom to call, who turns next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day, iso
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import (
    format_day_short,
    format_money,
    format_number,
    format_weekday,
    relative_day,
)
from activetui.store.listing.people import Person
from activetui.tui.cells import fit
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.calls import CallsScreen, call_columns
from activetui.tui.widgets.charts import spark
from activetui.tui.widgets.door import Door
from activetui.tui.widgets.trend_chart import TrendChart
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # the answer needs what they import, and another thread works it out
    from activetui.insights.today import Moving, Today
    from activetui.reactivation.checklist import Item


class Calls(NamedTuple):
    """Whom to call."""

    first: list[Item]
    waiting: int
    """How many steps are due, beyond what can be done in a day."""
    cut: bool
    """Whether even more are."""


class TodayScreen(CallsScreen):
    """The first screen of the morning."""

    MODE = "today"
    AUTO_FOCUS = "#calls"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    TodayScreen {
        & #base, & #bridge, & #stake { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .heading { height: 1; padding: 0 1; margin-top: 1; text-style: bold; }
        & #calls { height: auto; max-height: 40%; padding: 0 0 0 1; }
        & .nobody { height: 1; padding: 0 1; color: $quiet; display: none; }
        &.-nobody .nobody { display: block; }
        &.-nobody #calls { display: none; }
        & #trend { margin-top: 1; display: none; }
        &.-tall #trend { display: block; }
        & .below { height: 1fr; margin-top: 1; }
        & .below Door { width: 1fr; height: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-narrow .below { layout: vertical; }
        &.-narrow .below Door { width: 100%; height: 1fr; }
        &.-narrow .heading { margin-top: 0; }
    }
    """
    def __init__(self) -> None:
        super().__init__()
        self._moving: Moving | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Figures above, calls in the middle, what is ahead below."""
        yield Vertical(
            Door("active:yes", id="base"),
            Door("", id="bridge"),
            Door("", id="stake"),
            Static(classes="heading", id="heading", markup=False),
            VirtualList(call_columns(self.session.day, with_due=False), id="calls"),
            Static(classes="nobody", markup=False),
            TrendChart(id="trend"),
            Horizontal(Door("", id="turning"), Door("", id="usual"), classes="below"),
        )

    def refresh_data(self) -> None:
        """Ask how the business stands, then for whom to call and who moves, which may take longer."""
        day = self.session.day
        self.ask(partial(_figures, day=day), self._figures_came, group="today")
        self.ask(partial(_calls, day=day), self._calls_came, group="calls", slow=True)
        self.ask(partial(_moving, day=day), self._moving_came, group="moving", slow=True)

    def _figures_came(self, today: Today) -> None:
        if not today.summary.customers:
            self.show_start()
            return
        from activetui.insights.today import AT_STAKE, TURNING, USUALLY_HERE

        self.show_body()
        for door, query in (("#stake", AT_STAKE), ("#turning", TURNING), ("#usual", USUALLY_HERE)):
            self.query_one(door, Door).query_text = query
        self.query_one("#base", Door).say(_base_line(today))
        self.query_one("#stake", Door).say(_stake_line(today))
        self.query_one(TrendChart).show_trend(today.trend)

    def _moving_came(self, moving: Moving) -> None:
        bridge = self.query_one("#bridge", Door)
        bridge.query_text = f"since>={iso(moving.bridge.first)}"
        bridge.say(_bridge_line(moving))
        self._moving = moving
        self.call_after_refresh(self._show_people)

    def _calls_came(self, calls: Calls) -> None:
        words = _("Call today ({shown} of more than {waiting})") if calls.cut else _(
            "Call today ({shown} of {waiting})"
        )
        heading = words.format(
            shown=format_number(len(calls.first)), waiting=format_number(calls.waiting)
        )
        self.query_one("#heading", Static).update(Content(heading))
        self.show_calls(calls.first, with_due=False)
        self.set_class(not calls.first, "-nobody")
        nobody = _("Nobody needs a call today. 5 shows what is coming.")
        self.query_one(".nobody", Static).update(Content(nobody))

    def on_resize(self) -> None:
        """Fit the lines below to their new width."""
        self.call_after_refresh(self._show_people)

    def _show_people(self) -> None:
        if self._moving is None:
            return
        for door, lines in (("#turning", _turning_lines), ("#usual", _usual_lines)):
            place = self.query_one(door, Door)
            place.say(lines(self._moving, place.content_size.width))

    @on(Door.Opened)
    def _door_opened(self, event: Door.Opened) -> None:
        self.active_app.show_customers(event.query)


def _figures(conn: Connection, day: Day) -> Today:
    from activetui.insights import today

    return today.look_at(conn, day)


def _moving(conn: Connection, day: Day) -> Moving:
    from activetui.insights import today

    return today.moving(conn, day)


def _calls(conn: Connection, day: Day) -> Calls:
    from activetui.reactivation.checklist import checklist

    found = checklist(conn, day)
    return Calls(list(found.calls), found.could_be_done, found.is_cut)


def _base_line(today: Today) -> Content:
    summary = today.summary
    words = ngettext(
        "{active} active of {n} customer", "{active} active of {n} customers", summary.customers
    ).format(active=format_number(summary.active_base), n=format_number(summary.customers))
    values = [count for _day, count in today.trend]
    parts: list[tuple[str, str]] = [(words, "bold")]
    if len(values) > 1:
        change = values[-1] - values[-2]
        since = _("{change} since {day}").format(
            change=f"{change:+d}".replace("-", "−"), day=format_day_short(today.trend[-2][0], summary.as_of)
        )
        line = spark([float(value) for value in values], floor=min(values) * 0.8)
        parts += [("   ", ""), (since, ""), ("   ", ""), (line, "$accent")]
    rule = _("{name} v{version} ({rule})").format(
        name=one_line(summary.definition), version=summary.version, rule=today.definition_words
    )
    return Content.assemble(*parts, ("   ", ""), (rule, "$quiet"))


def _bridge_line(moving: Moving) -> Content:
    bridge = moving.bridge
    sums = _("{start} + {new} new + {back} back − {lapsed} lapsed = {end}").format(
        start=format_number(bridge.start), new=format_number(bridge.new),
        back=format_number(bridge.reactivated), lapsed=format_number(bridge.lapsed),
        end=format_number(bridge.end),
    )
    return Content.assemble((_("This month"), "$quiet"), "   ", (sums, ""))


def _stake_line(today: Today) -> Content:
    stake = today.at_stake
    words = ngettext(
        "{money} a year in {n} customer at risk", "{money} a year in {n} customers at risk", stake.customers
    ).format(money=format_money(stake.year_spend, today.currency), n=format_number(stake.customers))
    return Content.assemble((_("At stake"), "$quiet"), "     ", (words, ""))


def _turning_lines(moving: Moving, width: int) -> Content:
    title = _("Turning inactive in the next 7 days: {n}").format(n=format_number(moving.turning))
    worth = _("{money} a year").format(money=format_money(moving.turning_spend, moving.currency))
    days = [f"{format_weekday(day)} {format_number(count)}" for day, count in moving.turning_by_day if count]
    lines = [_person_line(person, person.status_until, moving, width) for person in moving.turning_first]
    return Content.assemble((title, "bold"), "\n", (" · ".join([worth, *days]), "$quiet"), "\n", *lines)


def _usual_lines(moving: Moving, width: int) -> Content:
    lines = [_person_line(person, person.next_expected, moving, width) for person in moving.usually_here]
    nobody = [(_("Nobody is missing."), "$quiet")]
    return Content.assemble((_("Usually here by now"), "bold"), "\n", *(lines or nobody))


def _person_line(person: Person, when: Day | None, moving: Moving, width: int) -> tuple[str, str]:
    near = fit("–" if when is None else relative_day(when, moving.bridge.last), 14)
    worth = fit(format_money(person.year_spend, person.currency), 11, right=True)
    name = fit(display_name(person), max(8, min(40, width - 14 - 11 - 2)))
    return f"{near} {name} {worth}\n", ""
