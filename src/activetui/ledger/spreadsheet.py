"""Cells that a spreadsheet would run as a formula, made harmless, and the way back without loss."""

from __future__ import annotations

import re

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d+(?:[ \u00a0\u202f.,']\d+)*(?: ?%)?")
_PHONE = re.compile(r"\+\d[\d ().\-/]*")


def _would_run(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith(_RUNS) and not (_NUMBER.fullmatch(text) or _PHONE.fullmatch(text))


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe goes before it.

    Numbers and telephone numbers stay as they are. An own apostrophe before such a text is doubled, so
    that `unguard(guard(text)) == text` for every text.
    """
    return "'" + text if _would_run(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _would_run(text[1:]) else text
