"""Days and times of one column, in the business's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from activetui.importing.values import dates
from activetui.importing.values.dates import LATER_BASE, Moment, Order, read_written
from activetui.importing.values.zones import at_home, zone_of

_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a column writes its days."""

    order: Order | None = None
    mixed: bool = False
    """Whether days such as 25/01/2024 and 01/25/2024 stand together, each read by its own proof."""
    later_base: bool = False
    """Whether a spreadsheet counted the days from 1904."""
    zone: tzinfo | None = None
    """The zone of moments that name none."""
    home: tzinfo | None = None
    """The business's zone; None: the day that is written is taken."""

    @property
    def is_plain(self) -> bool:
        """Whether only the order matters."""
        return not self.mixed and not self.later_base and self.home is None


def read_spelt(cell: str, spelling: Spelling, zone: str = "") -> Moment:
    """The moment of a cell in the business's calendar; `BadCell` as `read_moment`.

    `zone` is what another column says of the zone; what the cell itself says goes before it.
    """
    read = read_written(cell, spelling.order, own_proof=spelling.mixed)
    day, clock = read.moment
    if day is None:
        return read.moment
    if spelling.later_base and read.shape == "serial":
        day += LATER_BASE
    if spelling.home is not None and clock:
        named = read.zone or zone
        from_zone = zone_of(named) if named else spelling.zone
        if from_zone is not None:
            day, clock = at_home(day, clock, from_zone, spelling.home)
    return Moment(day, clock)


def moment_reader(spelling: Spelling) -> Callable[[str], Moment]:
    """`read_spelt` for one column, remembering what it has seen."""
    if spelling.is_plain:
        return dates.moment_reader(spelling.order)
    seen: dict[str, Moment] = {}

    def read(cell: str) -> Moment:
        known = seen.get(cell)
        if known is None:
            if len(seen) > _REMEMBERED:
                seen.clear()
            known = seen[cell] = read_spelt(cell, spelling)
        return known

    return read
