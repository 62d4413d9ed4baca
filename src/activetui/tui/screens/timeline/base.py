"""What the parts of the Timeline screen share: whose story it is, and where one stands in it."""

from __future__ import annotations

from activetui.store.events import EventRow
from activetui.tui.people import display_name
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.timeline.events import EventLine, Line
from activetui.tui.screens.timeline.story import Story
from activetui.tui.widgets.virtual_list import VirtualList


class StoryScreen(ActiveScreen):
    """A screen with a story, once the store has told it."""

    def __init__(self) -> None:
        super().__init__()
        self.story: Story | None = None
        self.panel = "events"
        """Which list is shown."""

    @property
    def told(self) -> Story:
        """The story; only to be asked for by what works on one."""
        assert self.story is not None
        return self.story

    @property
    def events(self) -> VirtualList[Line]:
        """The list of events."""
        return self.query_one("#events", VirtualList)

    @property
    def event(self) -> EventRow | None:
        """The event under the cursor of the list that is shown; None where there is none."""
        if self.story is None or self.panel != "events" or not self.is_mounted:
            return None
        line = self.events.current
        return line.event if isinstance(line, EventLine) else None

    @property
    def called(self) -> str:
        """What the customer is called."""
        return display_name(self.told.card.customer)
