"""A share with its interval, drawn in plain cells; the same figures stand beside it or in a table."""

from __future__ import annotations

VALUE, LOW, HIGH, BETWEEN, EMPTY = "●", "├", "┤", "─", "·"


def interval(value: float, low: float, high: float, cells: int, top: float = 1.0) -> str:
    """`··├──●────┤···`: from 0 on the left to `top` on the right, all as shares of one."""
    if cells <= 0:
        return ""
    first, middle, last = (_cell(each, cells, top) for each in (low, value, high))
    drawn = [EMPTY] * cells
    drawn[first : last + 1] = [BETWEEN] * (last - first + 1)
    drawn[first], drawn[last], drawn[middle] = LOW, HIGH, VALUE
    return "".join(drawn)


def _cell(share: float, cells: int, top: float) -> int:
    return max(0, min(cells - 1, round(share / top * (cells - 1)))) if top > 0 else 0
