"""Rows that are too wide: cells that a stray delimiter parted, put together where only one way is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from activetui.importing.tables.profile import Shape

_DECIMALS = re.compile(r"[^\d,]*\d{1,9},\d{1,2}\D*")
_WIDEST = 400
_WRONG = -100


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way to put the first pieces into the first cells."""

    points: int
    only: bool
    """Whether no other way has as many points."""
    cells: tuple[str, ...]


class Mender:
    """Puts rows together that have more cells than there are headings."""

    def __init__(self, shapes: Sequence[Shape], delimiter: str) -> None:
        self._shapes = shapes
        self._delimiter = delimiter
        self._knows = any(shape.kind in ("day", "number", "email") for shape in shapes)

    def mend(self, row: Sequence[str], text: str = "") -> list[str] | None:
        """The row with as many cells as there are headings; None where that is not certain.

        `text` is the line as it stands in the file, where it has quotation marks. A way is certain if days,
        numbers and addresses all fall into their columns, and no other way does so as well.
        """
        pieces = text.rstrip("\r\n").split(self._delimiter) if text else list(row)
        width, surplus = len(self._shapes), len(pieces) - len(self._shapes)
        if surplus < 1 or surplus > 40 or width > _WIDEST or not pieces:
            return None
        ways: dict[int, _Way] = {0: _Way(0, True, ())}
        for shape in self._shapes:
            ways = self._one_more(ways, pieces, shape, surplus)
        best = ways.get(len(pieces))
        if best is None or not best.only or best.points <= _WRONG // 2:
            return None
        return list(best.cells)

    def _one_more(
        self, ways: dict[int, _Way], pieces: Sequence[str], shape: Shape, surplus: int
    ) -> dict[int, _Way]:
        """The best ways to fill one more cell, by how many pieces they have taken."""
        found: dict[int, _Way] = {}
        for taken, way in ways.items():
            for number in range(1, min(surplus, len(pieces) - taken - 1) + 2):
                part = pieces[taken : taken + number]
                if len(part) < number:
                    break
                cell = self._cell(part, shape)
                if cell is None:
                    continue
                points = way.points + cell[1]
                before = found.get(taken + number)
                if before is None or points > before.points:
                    found[taken + number] = _Way(points, way.only, (*way.cells, cell[0]))
                elif points == before.points:
                    found[taken + number] = _Way(points, False, before.cells)
        return found

    def _cell(self, part: Sequence[str], shape: Shape) -> tuple[str, int] | None:
        """One cell made of pieces, with its points; None where they cannot be one."""
        first, last = part[0].strip(), part[-1].strip()
        closed = len(first) > 1 if len(part) == 1 else True
        if first.startswith('"'):
            if not (closed and last.endswith('"')):
                return None
            text = _unquoted(self._delimiter.join(part).strip())
            return text, self._points(shape, text) + _quoting(part)
        if len(part) == 1:
            return part[0], self._points(shape, part[0])
        return self._joined(part, shape)

    def _joined(self, part: Sequence[str], shape: Shape) -> tuple[str, int] | None:
        """A cell that a delimiter parted without quotation marks."""
        text = self._delimiter.join(part)
        if all(one.endswith("\\") for one in part[:-1]):
            return text.replace("\\" + self._delimiter, self._delimiter), 3
        if shape.kind == "number":
            fits = self._delimiter == "," and _DECIMALS.fullmatch(text.strip())
            return (text, 1) if fits else None
        blanks = sum(1 for one in part[1:] if one[:1].isspace() and one.strip())
        if shape.kind not in ("text", "empty") or (not self._knows and blanks < len(part) - 1):
            return None
        return text, 2 * blanks - (len(part) - 1 - blanks)

    @staticmethod
    def _points(shape: Shape, cell: str) -> int:
        fits = shape.fits(cell)
        return _WRONG if fits < 0 else fits


def _quoting(part: Sequence[str]) -> int:
    """Points for the quotation marks around a cell: for enclosing what would not be whole without."""
    whole = [_is_whole(one.strip()) for one in part]
    if len(part) == 1:
        return 0 if whole[0] else -2
    return -6 if all(whole) else 2


def _is_whole(piece: str) -> bool:
    """Whether a piece is a cell by itself: in quotation marks, and inner ones doubled."""
    return len(piece) > 1 and piece[0] == piece[-1] == '"' and '"' not in piece[1:-1].replace('""', "")


def _unquoted(cell: str) -> str:
    """What quotation marks enclose; inner ones stand as they are, or doubled."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 else cell
