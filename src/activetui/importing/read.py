"""A file read: what it was understood as, and its records as often as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from activetui.importing.answers import Answers, Setting
from activetui.importing.found import Found
from activetui.importing.records.groups import Scattered
from activetui.importing.records.lists import ListReader
from activetui.importing.records.movements import MovementReader
from activetui.importing.records.native import NativeReader
from activetui.importing.records.purchases import PurchaseReader
from activetui.importing.records.visits import VisitReader
from activetui.importing.tables.table import Left
from activetui.importing.understand import Understanding, understand
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal

Record = EventRecord | CustomerRecord | Refusal

__all__ = ["READERS", "FileReading", "Record", "Scattered", "read_file"]


class Reader(Protocol):
    """Makes the records of one file, once."""

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """Every record, as the rows come; plain purchases many at a time."""


READERS: Mapping[str, Callable[[Understanding, Found, Left, bool], Reader]] = {
    "purchases": lambda *file: PurchaseReader(*file[:3], gather=file[3]),
    "movements": lambda *file: MovementReader(*file[:3]),
    "visits": lambda *file: VisitReader(*file[:3]),
    "customers": lambda *file: ListReader(*file[:3]),
    "native": lambda *file: NativeReader(*file[:3]),
}
"""What reads a file of each meaning (`columns.system.MEANINGS`); the flag is `FileReading.gather`."""


@dataclass(slots=True)
class FileReading:
    """One file, and one going through its rows.

    `found` and `left` are filled while `records` is gone through; `again` gives a fresh reading.
    """

    understood: Understanding
    gather: bool = False
    """Whether all rows are held to bring those of one order together."""
    found: Found = field(default_factory=Found)
    left: Left = field(default_factory=Left)
    new_kinds: dict[str, int] = field(default_factory=dict)
    """Kinds of event that the file brings along, with the numbers that they will get."""

    def records(self) -> Iterator[Record]:
        """Every customer, event and refused row. `Scattered` where the file must be read with `gather`."""
        for part in self.parts():
            if isinstance(part, PaidPurchases):
                yield from part.records()
            else:
                yield part

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """The same, plain purchases many at a time."""
        reader = READERS[self.understood.meaning](self.understood, self.found, self.left, self.gather)
        if isinstance(reader, NativeReader):
            self.new_kinds = reader.new_kinds
        return reader.parts()

    def again(self, *, gather: bool = False) -> FileReading:
        """A fresh reading of the same file."""
        return FileReading(self.understood, gather)


def read_file(path: Path, answers: Answers, setting: Setting) -> FileReading:
    """Look into a file and decide how it is read. `OwnerError` if it cannot be; questions stand in
    `understood.questions`."""
    return FileReading(understand(path, answers, setting))
