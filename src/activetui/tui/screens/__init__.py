"""The screens, one module each, in the order of their number keys.

To add a screen:

1. Write `screens/<name>.py` with a class that extends `screens.base.ActiveScreen`. It declares its
   commands once in `KEYS` (and `BINDINGS = bindings(KEYS)`), composes its widgets in `compose_body`, and
   asks for its data in `refresh_data`, with `self.ask(question, then, group=...)`: `question` gets a
   connection that looks from the as-of day, runs in a worker thread and returns plain values; `then` gets
   them on the screen's thread. `refresh_data` is called when the screen is first seen, and again when the
   day or the store has changed. A question that may take long on a large store says `slow=True`, so that
   no page waits for it; one about another day than the app's says `day=...`. A change of the store goes
   through `self.change(what, then)`, which refreshes every screen afterwards.
2. Add its entry to `SCREENS` below. Key, header, palette and help follow from the entry.
3. Say in `bearings` what the screen needs to be as it is now, and take that up in `take_bearings`: so one
   can go back to it. Say in `values_to_copy` what `y` copies, where that is more than the row of a list.
4. Where there is nothing to show, call `self.show_empty(...)`: it says what to do next. `show_body()`
   brings the widgets back.

Text that came from a file or a person goes through `ledger.text.one_line` into `Content` or a `Cell`,
never into markup. A count leads somewhere: `self.app.show_customers(query)` opens the list behind it and
`self.app.show_customer(id)` the timeline.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from activetui.locales import N_

if TYPE_CHECKING:
    from activetui.tui.screens.base import ActiveScreen


class ScreenEntry(NamedTuple):
    """One screen of the app."""

    mode: str
    """Its name in actions and bindings."""
    key: str
    """The number key that opens it."""
    title: str
    """In English; translated where it is shown."""
    meaning: str
    """What the key does, for help and palette, in English."""
    place: str
    """`module:class`, imported when the screen is first opened."""

    def make(self) -> ActiveScreen:
        """A new screen."""
        module, name = self.place.split(":")
        screen: ActiveScreen = getattr(import_module(module), name)()
        return screen


SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry("today", "1", N_("Today"), N_("Figures of the day and whom to call"),
                "activetui.tui.screens.today.screen:TodayScreen"),
    ScreenEntry("customers", "2", N_("Customers"), N_("The list of customers"),
                "activetui.tui.screens.customers.screen:CustomersScreen"),
    ScreenEntry("timeline", "3", N_("Timeline"), N_("The story of one customer"),
                "activetui.tui.screens.timeline.screen:TimelineScreen"),
    ScreenEntry("segments", "4", N_("Segments"), N_("Groups of customers, built in and your own"),
                "activetui.tui.screens.segments.screen:SegmentsScreen"),
    ScreenEntry("checklist", "5", N_("Checklist"), N_("The steps to win customers back"),
                "activetui.tui.screens.checklist.screen:ChecklistScreen"),
    ScreenEntry("definition", "7", N_("Definition"), N_("What counts as active, and what a change would do"),
                "activetui.tui.screens.definition.screen:DefinitionScreen"),
    ScreenEntry("imports", "8", N_("Imports"), N_("What was imported, and files on their way in"),
                "activetui.tui.screens.imports.screen:ImportsScreen"),
)
