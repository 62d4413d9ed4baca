"""What has been seen, as numbers packed closely: a million of them need 16 MB where a set needs 100."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_BITS = (1 << 64) - 1


class Marks:
    """A set of 64-bit numbers that can only grow (open addressing, at most half full)."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 << 10))
        self._mask = (1 << 10) - 1
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def add(self, mark: int) -> bool:
        """Add the number; whether it is new."""
        mark = (mark & _BITS) or 1
        table, mask = self._table, self._mask
        place = mark & mask
        while (there := table[place]):
            if there == mark:
                return False
            place = (place + 1) & mask
        table[place] = mark
        self._number += 1
        if self._number * 2 > mask:
            self._grow()
        return True

    def __contains__(self, mark: int) -> bool:
        mark = (mark & _BITS) or 1
        table, mask = self._table, self._mask
        place = mark & mask
        while (there := table[place]):
            if there == mark:
                return True
            place = (place + 1) & mask
        return False

    def add_all(self, marks: Iterable[int]) -> bool:
        """Add the numbers; whether all of them are new."""
        add, table, mask = self.add, self._table, self._mask
        for mark in marks:
            place = mark & mask
            if table[place] or not mark:
                if not add(mark):
                    return False
            else:
                table[place] = mark & _BITS
                self._number += 1
                if self._number * 2 > mask:
                    self._grow()
            table, mask = self._table, self._mask
        return True

    def _grow(self) -> None:
        known = self._table
        self._mask = (self._mask << 1) | 1
        self._table = array("Q", bytes(8 * (self._mask + 1)))
        table, mask = self._table, self._mask
        for mark in known:
            if mark:
                place = mark & mask
                while table[place]:
                    place = (place + 1) & mask
                table[place] = mark
