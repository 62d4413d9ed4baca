"""Values as programs and spreadsheets read them: the cells of CSV and Markdown, and JSON.

Never in the owner's language: ISO dates, decimal strings, nothing for what is not known.
"""

from __future__ import annotations

import json
import re

from activetui.ledger.spreadsheet import guard
from activetui.ledger.text import one_line

_ACTS = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARKDOWN = str.maketrans({sign: "\\" + sign for sign in "\\|`*<[]"})


def plain_cell(value: object) -> str:
    """A machine value as text of one cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def csv_cell(value: object) -> str:
    """The value as a cell that no spreadsheet runs as a formula, on one line."""
    return guard(one_line(plain_cell(value)))


def csv_text(value: object) -> str:
    """The value as a cell that no spreadsheet runs as a formula, its lines kept apart."""
    text = plain_cell(value)
    if "\n" not in text:
        return guard(one_line(text)) if text else ""
    return guard("\n".join(map(one_line, text.splitlines())))


def markdown_cell(value: object) -> str:
    """The value as a cell of a Markdown table: on one line, its signs read as letters."""
    return one_line(plain_cell(value)).translate(_MARKDOWN)


def json_text(value: object, indent: int | None = None) -> str:
    """JSON with letters of every script as they are; what could act on a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
