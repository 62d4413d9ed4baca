"""Today: how many are active, what is at stake, whom to call, what has begun, who turns next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings, key_of, press_of
from activetui.tui.screens.calls import CALL_KEYS, call_columns, is_item
from activetui.tui.screens.today import data
from activetui.tui.screens.today.alerts import AlertList, AlertsScreen
from activetui.tui.screens.today.figures import TREND_VIEW, Known, figure_lines
from activetui.tui.screens.today.loop import loop_lines
from activetui.tui.screens.today.people import missed_lines, turning_lines
from activetui.tui.screens.today.trend import trend_lines
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.figures import Figures, Line, Part
from activetui.tui.widgets.trend_chart import TrendChart
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.bridge import Bridge
    from activetui.insights.loop import LoopRow
    from activetui.insights.today import Ahead, Missed, Today
    from activetui.reactivation.checklist.checklist import Item
    from activetui.store.listing.stakes import AtStake

_VIEWS = {"trend": "#table", "loop": "#whole-loop"}
"""What can have the screen instead of the day, and where it stands."""


class TodayScreen(AlertsScreen):
    """The first screen of the morning."""

    MODE = "today"
    AUTO_FOCUS = "#calls"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall"), (48, "-high")]  # noqa: RUF012
    DEFAULT_CSS = """
    TodayScreen {
        & .heading { height: 1; padding: 0 1; margin-top: 1; text-style: bold; }
        & #calls { height: auto; max-height: 6; padding: 0 0 0 1; }
        & #why { height: auto; max-height: 2; padding: 0 1; color: $quiet; text-overflow: ellipsis; }
        &.-low #why { height: 1; text-wrap: nowrap; }
        & .nobody { height: auto; max-height: 3; padding: 0 1; color: $quiet; display: none; }
        &.-nobody .nobody { display: block; }
        &.-nobody #calls, &.-nobody #why { display: none; }
        & .past { height: 8; margin-top: 1; }
        &.-low .past, &.-never #trend { display: none; }
        &.-never .past { height: auto; }
        & #trend { width: 1fr; }
        & #loop { display: none; width: 100; }
        &.-high.-wide .past { layout: horizontal; }
        &.-high.-wide #loop { display: block; }
        & .below { height: 1fr; margin-top: 1; }
        & AlertList { width: 3fr; height: 100%; padding: 0 0 0 1; }
        & .ahead { width: 2fr; height: 100%; }
        & #turning { height: auto; max-height: 50%; }
        & #usual { height: 1fr; margin-top: 1; }
        &.-narrow .below { layout: vertical; }
        &.-no-deeds .past, &.-no-deeds .ahead, &.-no-deeds #heading { display: none; }
        &.-no-deeds.-no-alerts .below { display: none; }
        &.-no-deeds .nobody { margin-top: 1; }
        &.-narrow .below AlertList { width: 100%; height: 1fr; min-height: 3; }
        &.-narrow .below .ahead { width: 100%; height: auto; }
        &.-narrow #turning { height: 2; }
        &.-narrow #usual { height: 3; margin-top: 0; }
        &.-narrow.-tall #turning, &.-narrow.-tall #usual { height: 5; }
        &.-narrow.-high #turning, &.-narrow.-high #usual { height: 9; }
        &.-low .heading, &.-low .below { margin-top: 0; }
        & .whole { display: none; height: 1fr; }
        &.-trend .morning, &.-loop .morning { display: none; }
        &.-trend #table, &.-loop #whole-loop { display: block; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("today.trend", "t", "view('trend')", N_("table"),
                N_("The trend as a table, or the day again"), footer=6),
        Command("today.loop", "L", "view('loop')", N_("loop"),
                N_("The loop by stage: event, alert, playbook, result; or the day again"), footer=7),
        Command("today.day", "escape", "view('')", N_("the day"), N_("Back from the table or the loop"),
                palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._known = Known()
        self._looked_from: tuple[Day, bool] | None = None
        self._faults: set[str] = set()
        self._explained: Item | None = None
        self._no_calls = ""

    def compose_body(self) -> Iterable[Widget]:
        """Figures above, calls in the middle, what has begun and what is ahead below."""
        yield Vertical(
            Figures(id="figures"),
            Static(Content(_("Call today")), classes="heading", id="heading"),
            VirtualList(call_columns(self.session.day, with_due=False), id="calls"),
            Static(classes="nobody", markup=False),
            Static(id="why", markup=False),
            Horizontal(TrendChart(id="trend"), Figures(id="loop"), classes="past"),
            Horizontal(
                AlertList(id="alerts"),
                Vertical(Figures(id="turning"), Figures(id="usual"), classes="ahead"),
                classes="below",
            ),
            classes="morning",
        )
        yield Figures(id="table", classes="whole")
        yield Figures(id="whole-loop", classes="whole")

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The keys of the alerts and of the figures, too."""
        return self._keys_of(
            (_("In the alerts"), "AlertList"), (_("On the figures"), "Figures"),
            (_("In the list"), "VirtualList"),
        )

    def on_mount(self) -> None:
        """Say what is to stand where nothing has come yet."""
        super().on_mount()
        titles = {"turning": _("Turning inactive in 7 days: {n}"), "usual": _("Usually here by now: {n}")}
        for name, title in titles.items():
            self._figures(name).show(partial(_waiting, title.format(n="…")))

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask how the business stands, then for everything that may take longer, the most wanted first."""
        day = self.session.day
        if self._looked_from != (day, self.session.known_then):
            self._looked_from, self._known = (day, self.session.known_then), Known()
        self.ask(partial(data.figures, day=day), self._figures_came, group="today")
        self.ask(partial(data.bridge, day=day), self._bridge_came, group="bridge", slow=True)
        self.ask(partial(data.calls, day=day), self._calls_came, group="calls", slow=True)
        self.ask(partial(data.at_stake, day=day), self._stake_came, group="stake", slow=True)
        self.ask(partial(data.ahead, day=day), self._ahead_came, group="ahead", slow=True)
        self._ask_alerts()
        self.ask(partial(data.loop, day=day), self._loop_came, group="loop", slow=True)

    def _ask_alerts(self) -> None:
        question = partial(data.alerts, day=self.session.day, with_done=self.alerts.with_done)
        self.ask(question, self._alerts_came, group="alerts", slow=True)

    def _figures_came(self, today: Today) -> None:
        if not today.summary.customers:
            self._show_start(today)
            return
        self.show_body()
        self._know(self._known._replace(today=today))
        self.query_one(TrendChart).show_trend(today.told)
        self.set_class(not any(number for _day, number in today.trend), "-never")
        self.set_class(today.without_deeds, "-no-deeds")
        self._say_nobody()
        self._figures("table").show(lambda _width: trend_lines(today))

    def _show_start(self, today: Today) -> None:
        """What stands where there is nobody: with sales of nobody in particular, that they are there."""
        if today.lack is None or today.lack.what != "customers":
            self.show_start()
            return
        words = _("Import a file that names who bought. If a column of yours does, choose its meaning in the "
                  "plan.")
        self.show_empty(_("Sales, and no customers"), f"{today.lack.why} {words}", [
            NextStep(press_of("app.import"), _("import a file")),
            NextStep(press_of("app.imports"), _("what was imported")),
        ])

    def _know(self, known: Known) -> None:
        """Show as much of the figures as is known."""
        self._known = known
        self._figures("figures").show(self._figure_lines)

    def _figure_lines(self, width: int) -> Sequence[Line]:
        return figure_lines(self._known, width, chart=not self.has_class("-low"))

    def _bridge_came(self, bridge: Bridge) -> None:
        self._know(self._known._replace(bridge=bridge))

    def _stake_came(self, found: tuple[AtStake, str]) -> None:
        at_stake, currency = found
        self._know(self._known._replace(at_stake=at_stake, currency=currency))

    def _ahead_came(self, found: tuple[Ahead, Missed]) -> None:
        (ahead, missed), day = found, self.session.day
        self._figures("turning").show(lambda width: turning_lines(ahead, day, width))
        self._figures("usual").show(lambda width: missed_lines(missed, day, width))

    def _loop_came(self, rows: list[LoopRow]) -> None:
        self._figures("loop").show(lambda width: loop_lines(rows, width, whole=False))
        self._figures("whole-loop").show(lambda width: loop_lines(rows, width, whole=True))

    def _figures(self, name: str) -> Figures:
        return self.query_one(f"#{name}", Figures)

    def on_resize(self) -> None:
        """The figures say more or less in another room."""
        self.call_after_refresh(self._figures_again)

    def _figures_again(self) -> None:
        self._know(self._known)
        self._explain()

    # -- calls --------------------------------------------------------------------------------------------

    def _calls_came(self, calls: data.Calls) -> None:
        words = _("Call today")
        if calls.waiting or calls.cut:
            words = _("Call today ({shown} of more than {waiting})") if calls.cut else _(
                "Call today ({shown} of {waiting})"
            )
        heading = words.format(
            shown=format_number(len(calls.first)), waiting=format_number(calls.waiting)
        )
        if calls.done:
            done = _("{n} of {all} done").format(
                n=format_number(calls.done), all=format_number(calls.capacity)
            )
            heading = f"{heading} · {done}"
        self.query_one("#heading", Static).update(Content(heading))
        self.show_calls(calls.first, with_due=False)
        self.set_class(not calls.first, "-nobody")
        self._no_calls = _nobody(calls)
        self._say_nobody()
        if not calls.first and self.focused is self.calls:
            self.set_focus(self._figures("figures"))
        self._tell_faults(calls.mistakes)

    def _say_nobody(self) -> None:
        """Why there is nobody to call, as far as that is known."""
        today = self._known.today
        parts = [self._no_calls]
        if today is not None and today.lack is not None:
            parts += [today.lack.why, _("{key} imports more.").format(key=key_of("app.import"))]
            if today.without_deeds:         # then there is nobody who could be called
                other = _("{key} chooses another business, {list} shows your customers.")
                parts = [*parts[1:], other.format(key=key_of("app.business"), list=key_of("app.customers"))]
        self.query_one(".nobody", Static).update(Content(" ".join(filter(None, parts))))

    @on(VirtualList.Highlighted, "#calls")
    def _tell_stake(self, event: VirtualList.Highlighted) -> None:
        if is_item(event.row):
            self._explained = event.row
            self._explain()

    def _explain(self) -> None:
        """Say how the money at stake in the line under the cursor comes about, in the room there is."""
        item, place = self._explained, self.query_one("#why", Static)
        if item is None:
            return
        words = item.worth.sentence
        if self.has_class("-low") and cell_len(words) > place.content_size.width:
            words = f"{item.worth.formula} · {item.why}"
        place.update(Content(words))

    # -- alerts -------------------------------------------------------------------------------------------

    def _alerts_came(self, found: data.Alerts) -> None:
        self.alerts.only_looks = self.session.known_then
        self.alerts.show_alerts(found, self.session.day)
        self.set_class(not found.inbox.alerts, "-no-alerts")
        self._tell_faults(found.inbox.faults)

    @on(AlertList.WithDone)
    def _with_done(self) -> None:
        self._ask_alerts()

    def _tell_faults(self, faults: Iterable[str]) -> None:
        """Say of a rule or a playbook once that it is passed over."""
        new = [each for each in dict.fromkeys(faults) if each not in self._faults]
        self._faults.update(new)
        if new:
            what_to_do = _(
                "The others go on. activetui playbooks list and activetui alerts rules list show all; edit "
                "mends one, forget brings the program's own back."
            )
            self.notify(
                "\n".join([*new, what_to_do]), title=_("Passed over"), severity="warning", timeout=15,
                markup=False,
            )

    # -- doors and views ----------------------------------------------------------------------------------

    @on(Figures.Opened)
    def _opened(self, event: Figures.Opened) -> None:
        part = event.part
        if part.mode == TREND_VIEW:
            self.action_view("trend")
        elif part.customer is not None:
            self.active_app.show_customer(part.customer)
        else:
            self.active_app.show_customers(part.query)
            if part.note:
                self.active_app.tell(part.note)

    @property
    def _view(self) -> str:
        """What has the screen instead of the day; empty for the day."""
        return next((each for each in _VIEWS if self.has_class(f"-{each}")), "")

    def action_view(self, name: str) -> None:
        """Give the whole screen to the table or the loop, or show the day again."""
        shown = self._view
        self.remove_class(*(f"-{each}" for each in _VIEWS))
        if name and name != shown:
            self.add_class(f"-{name}")
            self.set_focus(self.query_one(_VIEWS[name]))
        else:
            self.set_focus(self._figures("figures") if self.has_class("-nobody") else self.calls)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys for calls act where the cursor is: in the list of calls."""
        on_calls = self.focused is not None and self.focused.id == "calls"
        if not on_calls and any(command.action == action for command in CALL_KEYS):
            return False
        if action == "view" and parameters == ("",) and not self._view:
            return False
        return super().check_action(action, parameters)


def _waiting(title: str, _width: int) -> Sequence[Line]:
    return [[Part(title, "bold")]]


def _nobody(calls: data.Calls) -> str:
    if calls.waiting and calls.done >= calls.capacity:
        return _("The calls of the day are done. 5 shows what waits.")
    if calls.coming:
        return _("Nobody needs a call today. 5 shows what is coming.")
    return _("Nobody needs a call today.")
