"""Small charts of plain cells: a line of eighths, and bars over months."""

from __future__ import annotations

from collections.abc import Sequence

EIGHTHS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float], *, floor: float | None = None) -> str:
    """One cell a value, higher where the value is; blank where it is not above zero and floor is None.

    With `floor` the lowest step stands for `floor`, so that a trend far from zero shows its shape.
    """
    if not values:
        return ""
    least = 0.0 if floor is None else min(floor, *values)
    span = max(values) - least
    if span <= 0:
        return (EIGHTHS[0] if values[0] > 0 else " ") * len(values)
    cells = []
    for value in values:
        if floor is None and value <= 0:
            cells.append(" ")
        else:
            cells.append(EIGHTHS[min(7, int((value - least) / span * 7.999))])
    return "".join(cells)


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
