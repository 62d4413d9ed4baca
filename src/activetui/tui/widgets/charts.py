"""Small charts of plain cells: a line of eighths, and bars over months."""

from __future__ import annotations

from collections.abc import Sequence

EIGHTHS = "▁▂▃▄▅▆▇█"
ZERO = "_"
"""Stands for nothing at all: the ground, with no bar on it."""
UNKNOWN = "·"
"""Stands for what cannot be told."""
ALONE = "•"
"""Stands for the only value that can be told: it is not high or low beside any other."""
_FLOOR = 0.8


def spark(values: Sequence[float | None]) -> str:
    """One cell a value, higher where the value is; `ZERO` for zero, `UNKNOWN` where there is none.

    The lowest step stands for a bit less than the least value, so that a trend far from zero shows its shape.
    """
    known = [value for value in values if value is not None]
    least, most = _FLOOR * min(known, default=0.0), max(known, default=0.0)

    def cell(value: float | None) -> str:
        if value is None:
            return UNKNOWN
        if value <= 0:
            return ZERO
        if len(known) == 1:
            return ALONE
        return EIGHTHS[min(7, int((value - least) / (most - least) * 7.999))]

    return "".join(map(cell, values))


def columns_of(values: Sequence[float], height: int) -> list[str]:
    """Bars of up to `height` lines, top line first, one cell a value, in steps of an eighth of a line."""
    top = max(values, default=0.0)
    if top <= 0 or height < 1:
        return [" " * len(values)] * max(height, 1)
    steps = [0 if value <= 0 else max(1, round(value / top * height * 8)) for value in values]
    lines = []
    for line in reversed(range(height)):
        cells = (min(8, max(0, step - line * 8)) for step in steps)
        lines.append("".join(" " if cell == 0 else EIGHTHS[cell - 1] for cell in cells))
    return lines
