"""One column of a file, and what it was taken for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from activetui.importing.columns.vocabulary import IGNORE


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its meaning, how sure that is, and why."""

    index: int
    name: str
    field: str | None
    """A field of `columns.vocabulary`; None: not used."""
    confidence: float
    """0 to 1."""
    why: str
    rank: int = 0
    """Place among the columns of the same meaning."""


class Layout:
    """Which columns mean what, for quick asking."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns: tuple[Column, ...] = tuple(columns)
        self._of: dict[str, list[int]] = {}
        for column in sorted(self.columns, key=lambda one: (one.rank, -one.confidence, one.index)):
            if column.field and column.field != IGNORE:
                self._of.setdefault(column.field, []).append(column.index)

    def of(self, field: str) -> Sequence[int]:
        """The columns with a meaning, the likelier first."""
        return self._of.get(field, ())

    def one(self, field: str) -> int | None:
        """The first column with a meaning."""
        found = self._of.get(field)
        return found[0] if found else None

    def has(self, *fields: str) -> bool:
        """Whether any of the meanings has a column."""
        return any(field in self._of for field in fields)

    @property
    def fields(self) -> frozenset[str]:
        """All meanings that have a column."""
        return frozenset(self._of)

    def name_of(self, index: int) -> str:
        """The heading of a column."""
        return next((column.name for column in self.columns if column.index == index), str(index + 1))
