"""What a long list says to whoever owns it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class FromList(Message):
    """Something that a list says."""

    of: Widget

    @property
    def control(self) -> Widget:
        """The list."""
        return self.of


@dataclass
class PageWanted(FromList):
    """Rows are about to be seen that have not come yet."""

    generation: int
    """To be given back with the rows, so that late ones for an older list are dropped."""
    first: int
    limit: int


@dataclass
class Highlighted(FromList):
    """The cursor stands on another row, or the row under it has come."""

    row: object
    index: int


@dataclass
class Chosen(FromList):
    """Enter, or a double click on the row under the cursor."""

    row: object


@dataclass
class SortWanted(FromList):
    """A click on a column's title."""

    sort: str


@dataclass
class MarkWanted(FromList):
    """A click on the place of the mark, or with Ctrl; with Shift for all rows up to this one."""

    index: int
    up_to_here: bool
