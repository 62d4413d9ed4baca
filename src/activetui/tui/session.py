"""What all screens share: the file, the day that is looked at, the customer that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.list_place import ListPlace
from activetui.tui.reading import Connection, Reader, View


class Overview(NamedTuple):
    """What every screen needs to know of the store."""

    business: str = ""
    """The owner's name for the business; empty if none was given."""
    currency: str = ""
    definition: str = ""
    version: int = 0
    empty: bool = False
    """Whether there is no customer yet."""
    preset: str = ""
    """The sort of business that the owner has chosen: a preset's key, `own`, or empty for none yet."""


def overview(conn: Connection) -> Overview:
    """Ask the store for what every screen needs to know."""
    from activetui.store import definitions, settings
    from activetui.store.overview import has_customers

    definition = definitions.in_force(conn)
    return Overview(
        business=one_line(settings.get(conn, "business")),
        currency=settings.currency(conn),
        definition=one_line(definition.name),
        version=definition.version,
        empty=not has_customers(conn),
        preset=settings.get(conn, "business_chosen"),
    )


@dataclass
class Session:
    """One file that is open in the app."""

    path: Path
    today: Day
    day: Day
    """The as-of day."""
    made_at: Callable[[], str]
    """This moment as ISO UTC text, for what a change records."""
    known_then: bool = False
    """Whether the ledger is seen as it stood at the end of the as-of day; it can then only be looked at."""
    version: int = 0
    """Grows with every change of the store, so that screens know when to look again."""
    customer: int | None = None
    """The customer that Timeline shows."""
    place: ListPlace | None = None
    """Where that customer stands in the list from which Timeline was opened; None for no list."""
    demo: bool = False
    """Whether it is the private copy of the demo."""
    own: Session | None = None
    """The owner's session, to go back to from the demo."""
    folder: TemporaryDirectory[str] | None = None
    """A folder that goes when the app ends."""
    query: str | None = None
    """A query that Customers is to show next; None once it does."""
    bearings: object = None
    """What the screen that is opened next takes up, where one comes back to it; None once it does."""
    overview: Overview = field(default_factory=Overview)
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Be ready for questions, also after `close`."""
        self.reader = Reader(self.path, self.today)
        self.reader.only_looks = self.known_then

    def close(self) -> None:
        """Answer no question any more."""
        self.reader.end()

    def look_from(self, view: View) -> None:
        """Look from a day. What is known at the end of today, or of a later day, is what is known now."""
        self.day = view.day
        self.known_then = view.known_then and view.day < self.today
        self.reader.only_looks = self.known_then

    @property
    def view(self) -> View:
        """What of the ledger is seen."""
        return View(self.day, self.known_then)

    def view_from(self, day: Day | None) -> View:
        """What is seen from another day, by the same clock; None for the day looked at."""
        return self.view if day is None else View(day, self.known_then and day < self.today)

    @property
    def known_until(self) -> Day:
        """The last day of which it is known, in what is seen, what happened."""
        return self.day if self.known_then else self.today

    @property
    def title(self) -> str:
        """What the header says of the business."""
        business = self.overview.business
        return _("Demo: {business}").format(business=business) if self.demo else business

    @property
    def state(self) -> tuple[Path, Day, bool, int]:
        """What the data on a screen depend on."""
        return self.path, self.day, self.known_then, self.version
