"""Sentences broken into lines as wide as the terminal."""

from __future__ import annotations

import shutil
import textwrap

WIDEST = 120
"""Cells. Longer lines are hard to read, however wide the terminal is."""


def across() -> int:
    """The cells that text may take."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def paragraph(text: str) -> list[str]:
    """The lines of a sentence or two; none for an empty text."""
    return textwrap.wrap(text, max(across(), 20), break_on_hyphens=False)
