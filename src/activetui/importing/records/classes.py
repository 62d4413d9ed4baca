"""The sort of a row where one file holds sales, refunds, fees, payouts: by the words of its system."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from activetui.importing.deciding.day_sums import SKIP
from activetui.importing.deciding.understand import Understanding
from activetui.importing.values.words import is_nothing, plain, sort_of_row


class RowClasses:
    """Tells the class of each row of one file (`columns.system.CLASSES`)."""

    def __init__(self, understood: Understanding) -> None:
        layout, system = understood.layout, understood.system
        self._places = layout.of("row_class") or layout.of("state")
        self._of_all = understood.fixed.get("row_class", "")
        if understood.day_sums == SKIP:
            self._of_all = "day_sum"
        said = system.classes if system else {}
        self._words = {plain(word): name for word, name in said.items() if "*" not in word}
        self._patterns = [(plain(word), name) for word, name in said.items() if "*" in word]
        self._other = system.other if system else ""
        self._usual = system is None and layout.has("row_class")
        self._seen: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether the file's rows have a class at all."""
        return bool(self._of_all) or (
            bool(self._places) and bool(self._words or self._patterns or self._usual)
        )

    def of(self, row: Sequence[str]) -> str:
        """The class of a row: of its columns the first whose word is known.

        Empty where no word is known and the system does not say what others mean: then the row is a sale,
        or a refund where its amount is negative.
        """
        if self._of_all:
            return self._of_all
        for place in self._places:
            found = self._of_cell(row[place])
            if found:
                return found
        return self._other if any(not is_nothing(row[place]) for place in self._places) else ""

    def _of_cell(self, cell: str) -> str:
        known = self._seen.get(cell)
        if known is None:
            word = plain(cell)
            known = self._words.get(word) or next(
                (name for pattern, name in self._patterns if fnmatchcase(word, pattern)), ""
            )
            if not known and self._usual:
                known = sort_of_row(cell)
            if len(self._seen) < 1000:
                self._seen[cell] = known
        return known
