"""The right half of the Segments screen: what the segment under the cursor is, seen from four sides."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.segments.library import Worth
from activetui.store.listing.people import Person
from activetui.tui.commands import key_of
from activetui.tui.people import people_columns
from activetui.tui.screens.segments.changes import ChangesPanel
from activetui.tui.screens.segments.side_by_side import BesidePanel
from activetui.tui.screens.segments.trend import TrendPanel
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs
from activetui.tui.widgets.virtual_list import VirtualList

MEMBERS = ("name", "status", "year", "last", "turns", "spend", "purchases", "rhythm", "since", "tags")
"""The columns of the members, who come in the order of what they spent in a year."""
TABS = {
    "members": N_("members"), "changes": N_("changes"), "trend": N_("trend"), "beside": N_("side by side"),
}
"""The panels and their titles; each has the key of the command of its name."""


class SegmentPanels(Vertical):
    """What the segment is, a line of panels, and the one that is seen."""

    DEFAULT_CSS = """
    SegmentPanels {
        & > .reading { height: auto; max-height: 8; padding: 0 1; margin-bottom: 1; }
        & > ContentSwitcher { height: 1fr; }
        & > ContentSwitcher > * { height: 1fr; }
    }
    """

    class TabChosen(Message):
        """A click on the title of a panel."""

        def __init__(self, panel: str) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, day: Day, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._day = day
        self.shown = "members"

    def compose(self) -> Iterable[Widget]:
        """The head, the titles, the panels."""
        yield Static(classes="reading", markup=False)
        tabs = [PanelTab(panel, key_of(f"segments.{panel}"), _(title)) for panel, title in TABS.items()]
        yield PanelTabs(tabs, self.shown)
        yield ContentSwitcher(
            VirtualList(people_columns(self._day, MEMBERS), id="members"),
            ChangesPanel(id="changes"),
            TrendPanel(id="trend"),
            BesidePanel(id="beside"),
            initial=self.shown,
        )

    @property
    def members(self) -> VirtualList[Person]:
        """The customers of the segment."""
        return self.query_one("#members", VirtualList)

    @property
    def changes(self) -> ChangesPanel:
        """Who entered and left."""
        return self.query_one(ChangesPanel)

    @property
    def trend(self) -> TrendPanel:
        """The month-ends."""
        return self.query_one(TrendPanel)

    @property
    def beside(self) -> BesidePanel:
        """Two segments."""
        return self.query_one(BesidePanel)

    def describe(self, worth: Worth, words: str, paid: str = "") -> None:
        """Say what a segment is; `words` is its query in plain words, `paid` what is paid by subscription."""
        self.query_one(".reading", Static).update(_head(worth, words, paid))

    def open(self, panel: str) -> None:
        """Show a panel."""
        self.shown = panel
        self.query_one(ContentSwitcher).current = panel
        self.query_one(PanelTabs).show(panel)

    def enter(self) -> None:
        """Give the keys to the list of the panel that is seen."""
        found = self.query_one(f"#{self.shown}")
        place = found if isinstance(found, VirtualList) else found.query(VirtualList).first()
        place.focus()

    @on(PanelTabs.Opened)
    def _opened(self, event: PanelTabs.Opened) -> None:
        event.stop()
        self.post_message(self.TabChosen(event.panel))


def _head(worth: Worth, words: str, paid: str) -> Content:
    segment = worth.segment
    parts: list[tuple[str, str]] = [(one_line(segment.title), "bold")]
    if worth.problem and not words:
        parts.append(("\n" + one_line(worth.problem), "$error"))
    elif segment.meaning and one_line(segment.meaning) != one_line(words):
        parts.append(("\n" + one_line(f"{segment.meaning} {segment.why}"), ""))
    if words:
        parts.append(("\n" + one_line(words), "$quiet"))
    parts.append(("\n" + one_line(segment.query), "$accent"))
    if paid:
        words = _("Beside the revenue: subscriptions, running or ended last, of {money} a year")
        parts.append(("\n" + words.format(money=paid), ""))
    return Content.assemble(*parts)
