"""Words in cells, cleared of what spreadsheets and web shops left in them."""

from __future__ import annotations

import re
import unicodedata

from activetui.importing.values.contacts import unwrap_formula
from activetui.importing.values.words import is_nothing
from activetui.ledger.text import one_line

_XML_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});")
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|em|li|ol|ul|td|tr|th|h[1-6]|div|span|font|strong|table|small|xing)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?:\\r)?\\n|\\r(?![a-z])")
_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\|//")
_DAMAGED = re.compile(r"_x[0-9A-Fa-f]{4}_|&[A-Za-z#]|<|\\[rn]")


def clean(cell: str) -> str:
    """The text of a cell on one line: no formula, no `_x000D_`, no `&amp;`, no tags, no literal `\\n`.

    Letters with accents are single signs, whichever way they were written.
    """
    text = unwrap_formula(cell.strip())
    if _DAMAGED.search(text):
        text = _XML_ESCAPE.sub(_unescaped, text)
        if _ENTITY.search(text):
            from html import unescape  # with its two thousand names, which few files need

            text = unescape(text)
        text = _TAG.sub(" ", text)
        if not _PATH.search(text):
            text = _BREAK.sub(" ", text)
    text = one_line(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def text_of(cell: str) -> str:
    """`clean`, and nothing where the cell says nothing (`NULL`, `n/a`, `#REF!`)."""
    text = clean(cell)
    return "" if is_nothing(text) else text


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter.isprintable() else " "
