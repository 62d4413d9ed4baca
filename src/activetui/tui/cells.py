"""Text measured in terminal cells: fitted to a width without splitting a character."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

ELLIPSIS = "…"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells, cut with an ellipsis where it is longer.

    `right` puts the blanks before the text, as for numbers.
    """
    if width <= 0:
        return ""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)
    blanks = " " * (width - length)
    return blanks + text if right else text + blanks


def shorten(text: str, width: int) -> str:
    """The text in at most `width` cells, cut with an ellipsis where it is longer."""
    return text if cell_len(text) <= width else fit(text, width).rstrip()


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at blanks, and inside a word only if it must."""
    width = max(1, width)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, width) or [""]
        lines += whole
    return [*lines, line]
