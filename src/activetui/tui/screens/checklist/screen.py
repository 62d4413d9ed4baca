"""Checklist: every step that waits, by due day and by what is at stake; beside it what came of it all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_money, format_number
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.reading import Connection
from activetui.tui.screens.calls import CALL_KEYS, CallsScreen, call_columns, due_words, is_item
from activetui.tui.screens.checklist.panel import ChecklistPanel
from activetui.tui.screens.checklist.playbooks_panel import PlaybooksPanel
from activetui.tui.screens.checklist.results_panel import ResultsPanel
from activetui.tui.screens.checklist.rounds_panel import RoundsPanel
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.checklist.checklist import Checklist, Item
    from activetui.tui.screens.checklist.line import Known

LIST = "list"
TABS = {
    LIST: N_("To do"), "results": N_("Results"), "rounds": N_("Rounds"), "playbooks": N_("Playbooks"),
}
"""The panels and their titles; each has the key of the command of its name."""
_EVERY = ""
_LIST_ACTIONS = frozenset({*(command.action for command in CALL_KEYS), "filter", "export"})


class ChecklistScreen(CallsScreen):
    """The reactivation work."""

    MODE = "checklist"
    AUTO_FOCUS = "#calls"
    DEFAULT_CSS = """
    ChecklistScreen {
        & ContentSwitcher { height: 1fr; }
        & ContentSwitcher > * { height: 1fr; }
        & .counts { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .passed { height: auto; max-height: 3; padding: 0 1; color: $warning; display: none; }
        & .passed.-shown { display: block; }
        & .halves { layout: vertical; height: 1fr; }
        & .nobody { display: none; padding: 2 4; height: 1fr; }
        & .-nobody .nobody { display: block; }
        & .-nobody .halves { display: none; }
        & #calls { padding: 0 0 0 1; height: 1fr; }
        & #line { height: 47%; }
        &.-wide .halves { layout: horizontal; }
        &.-wide #calls { width: 5fr; }
        &.-wide #line { width: 3fr; height: 1fr; }
        &.-wide #playbooks .panel--halves { layout: horizontal; }
        &.-wide #playbooks .panel--halves > * { width: 1fr; height: 1fr; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("checklist.filter", "f", "filter", N_("playbook"), N_("Show the steps of one playbook only"),
                footer=7),
        Command("checklist.list", "l,escape", "to_list", N_("to do"),
                N_("The steps that wait; while something is counted, stop that")),
        Command("checklist.results", "r", "panel('results')", N_("results"),
                N_("What came of it: won back, against those left in peace"), footer=8),
        Command("checklist.playbooks", "p", "panel('playbooks')", N_("playbooks"),
                N_("The playbooks behind the steps; switch one off or on")),
        Command("checklist.export", "e", "export", N_("export"),
                N_("Write the mails or letters that are due to a file; of the playbook shown, or of all")),
        Command("checklist.rounds", "R", "panel('rounds')", N_("rounds"),
                N_("A playbook for many at once, some of them left in peace to compare with")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.shown = LIST
        self._found: Checklist | None = None
        self._playbook = _EVERY
        """Only the steps of this playbook are shown."""
        self._go_to: int | None = None
        """The customer to whom the cursor goes as soon as the list is there."""

    def compose_body(self) -> Iterable[Widget]:
        """The line of panels, and the panels: first the list with the line under the cursor explained."""
        tabs = [PanelTab(panel, key_of(f"checklist.{panel}"), _(title)) for panel, title in TABS.items()]
        yield PanelTabs(tabs, self.shown)
        yield ContentSwitcher(
            Container(
                Static(classes="counts", markup=False),
                Static(classes="passed", markup=False),
                Container(
                    VirtualList(call_columns(self.session.day, with_due=True), id="calls"),
                    ReceiptPanel(id="line"),
                    classes="halves",
                ),
                Static(classes="nobody", markup=False),
                id=LIST,
            ),
            ResultsPanel(id="results"),
            RoundsPanel(id="rounds"),
            PlaybooksPanel(id="playbooks"),
            initial=self.shown,
        )

    # -- the list -----------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for everything that waits; the first look of a day may take seconds on a large store."""
        if self._found is None:
            words = _("Looking for whom the playbooks fit…")
            self.query_one(".counts", Static).update(Content.styled(words, "$quiet"))
        self.ask(partial(_checklist, day=self.session.day), self._list_came, group="checklist", slow=True)
        for panel in self.query(ChecklistPanel):
            panel.stale = True
        self._ask_panel()

    def _list_came(self, found: Checklist) -> None:
        self._found = found
        if self.session.overview.empty:
            self.show_start()
            return
        self.show_body()
        self._show_list(found)

    def _show_list(self, found: Checklist) -> None:
        keys = {item.playbook.key for item in found.items}
        if self._playbook not in keys:
            self._playbook = _EVERY
        items = [item for item in found.items if self._playbook in (_EVERY, item.playbook.key)]
        self.query_one(".counts", Static).update(_counts(
            found, items, filtered=bool(self._playbook), today=self.session.day == self.session.today
        ))
        passed = self.query_one(".passed", Static)
        passed.update(Content("\n".join(one_line(mistake) for mistake in found.mistakes)))
        passed.set_class(bool(found.mistakes), "-shown")
        self.show_calls(items, with_due=True)
        self._go_to_line(items)
        self.query_one(f"#{LIST}").set_class(not items, "-nobody")
        if not items:
            self.query_one("#line", ReceiptPanel).clear()
            self.query_one(".nobody", Static).update(_nobody())
            self.ask(partial(_lack, day=self.session.day), self._lack_came, group="lack")

    def _lack_came(self, why: str) -> None:
        self.query_one(".nobody", Static).update(_nobody(why))

    def _go_to_line(self, items: list[Item]) -> None:
        wanted, self._go_to = self._go_to, None
        if wanted is None:
            return
        at = next((place for place, item in enumerate(items) if item.person.id == wanted), None)
        if at is None:
            self.active_app.tell(_("This customer has no step that waits."))
        else:
            self.calls.cursor = at

    @on(VirtualList.Highlighted, "#calls")
    def _line_highlighted(self, event: VirtualList.Highlighted) -> None:
        item = event.row
        if is_item(item):
            self._explain(item, None)
            question = partial(_known_of, item=item, day=self.session.day)
            self.ask(question, partial(self._explain, item), group="line")

    def _explain(self, item: Item, known: Known | None) -> None:
        from activetui.tui.screens.checklist.line import line_rows

        self.query_one("#line", ReceiptPanel).show("", None, line_rows(item, self.session.day, known))

    def action_filter(self) -> None:
        """Choose the playbook of which steps are shown."""
        if self._found is None:
            return
        numbers: dict[str, int] = {}
        titles: dict[str, str] = {}
        for item in self._found.items:
            numbers[item.playbook.key] = numbers.get(item.playbook.key, 0) + 1
            titles[item.playbook.key] = item.playbook.title
        keys = sorted(numbers, key=lambda key: (-numbers[key], key))
        words = _("{title}: {n}")
        choices = [Choice(_EVERY, _("all playbooks: {n}").format(n=format_number(len(self._found.items)))), *(
            Choice(key, words.format(title=one_line(titles[key]), n=format_number(numbers[key])))
            for key in keys
        )]
        self.app.push_screen(PickDialog(_("Which steps?"), choices, self._playbook), self._playbook_chosen)

    def _playbook_chosen(self, key: str | None) -> None:
        if key is not None and self._found is not None:
            self._playbook = key
            self._show_list(self._found)

    def action_export(self) -> None:
        """Write the messages of the steps that are due to a file."""
        from activetui.tui.flows import due_file

        name = self._playbook or _("due today")
        due_file.begin(self, due_file.Which(name, self._playbook))

    # -- panels -------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a line is done in the list only."""
        if action in _LIST_ACTIONS and self.shown != LIST:
            return False
        return super().check_action(action, parameters)

    def action_panel(self, panel: str) -> None:
        """Show a panel, and give it the keys."""
        self.shown = panel
        self.query_one(ContentSwitcher).current = panel
        self.query_one(PanelTabs).show(panel)
        self._ask_panel()
        self.query_one(f"#{panel}").query(VirtualList).first().focus()
        self.refresh_bindings()

    def action_to_list(self) -> None:
        """Back to the list; while something is counted, stop that first."""
        panel = self._panel
        if panel is not None and panel.is_working:
            panel.stop_work()
        else:
            self.action_panel(LIST)

    @property
    def _panel(self) -> ChecklistPanel | None:
        """The panel that is seen; None for the list."""
        return None if self.shown == LIST else self.query_one(f"#{self.shown}", ChecklistPanel)

    def _ask_panel(self) -> None:
        panel = self._panel
        if panel is not None:
            panel.show_again()

    @on(PanelTabs.Opened)
    def _tab_clicked(self, event: PanelTabs.Opened) -> None:
        self.action_panel(event.panel)

    # -- coming back --------------------------------------------------------------------------------------

    def bearings(self) -> object:
        """The panel, and of which playbook the steps are shown."""
        return self.shown, self._playbook

    def take_bearings(self, bearings: object) -> None:
        """Show that panel and those steps again; of a customer's number, the customer's line."""
        match bearings:
            case int(customer):         # to whose line another screen leads
                self._playbook = _EVERY
                if self.shown != LIST:
                    self.action_panel(LIST)
                self._go_to = customer
                if self._found is not None and self._seen == self.session.state:
                    self._show_list(self._found)
            case (str(panel), str(playbook)):
                self._playbook = playbook
                if panel != self.shown:
                    self.action_panel(panel)


def _checklist(conn: Connection, day: Day) -> Checklist:
    from activetui.reactivation.checklist.checklist import checklist

    return checklist(conn, day)


def _known_of(conn: Connection, item: Item, day: Day) -> Known:
    from activetui.tui.screens.checklist.line import known_of

    return known_of(conn, item, day)


def _lack(conn: Connection, day: Day) -> str:
    from activetui.insights.lacking import lack_of

    found = lack_of(conn, day)
    return "" if found is None else found.why


def _nobody(why: str = "") -> Content:
    """What stands where no step waits: why, such as what the store lacks, and what can be done."""
    parts: list[tuple[str, str]] = [
        (_("Nobody needs to be won back"), "bold"), ("\n\n", ""),
        (_("Customers come here when they slip away, lapse or complain, with the steps to take."), "$quiet"),
        ("\n\n", ""),
    ]
    if why:
        parts += [(why, ""), ("\n\n", "")]
    for command, words in (
        *([("app.import", _("import more"))] if why else []),
        ("app.customers", _("see all customers")),
        ("checklist.playbooks", _("see whom the playbooks fit")),
        ("checklist.results", _("see what came of what was done")),
    ):
        parts += [(f"{key_of(command)}  ", "bold $accent"), (f"{words}\n", "")]
    return Content.assemble(*parts)


def _counts(found: Checklist, items: list[Item], *, filtered: bool, today: bool) -> Content:
    """What has been done on the day, how many steps wait, and what is at stake."""
    from activetui.reactivation.checklist.checklist import Due

    words = _("{done} of {capacity} done today") if today else _("{done} of {capacity} done that day")
    done = words.format(
        done=format_number(found.done), capacity=format_number(found.capacity)
    )
    parts: list[tuple[str, str]] = [(done, "bold")]
    if filtered and items:
        parts.append((f" · {one_line(items[0].playbook.title)}", "$accent"))
    for group in Due:
        number = sum(item.group is group for item in items)
        if number:
            said = f"{due_words(group)} {format_number(number)}"
            parts += [(" · ", "$quiet"), (said, "$warning" if group is Due.LATE else "$quiet")]
    if items:
        stake = format_money(sum(item.stake for item in items), items[0].person.currency)
        parts.append((" · " + _("at stake {money} a year").format(money=stake), "$quiet"))
    if found.is_cut:
        parts.append((" · " + _("more fit, the dearest are listed"), "$quiet"))
    return Content.assemble(*parts)
