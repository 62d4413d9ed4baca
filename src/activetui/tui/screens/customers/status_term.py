"""The status that a filter asks for, as the counts of the statuses set it: one word of the filter."""

from __future__ import annotations

import re

from activetui.activity.status import STATUS_OF_WORD, Status

_TERM = re.compile(r"(?<!\S)status[:=](\w+)(?!\S)", re.IGNORECASE)
_BRANCHES = re.compile(r"[()]|(?<!\S)or(?!\S)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)


def status_of(text: str) -> Status | None:
    """The one status that a plain filter asks for; None if it asks for none, or for more than one."""
    found = _term(text)
    return None if found is None else STATUS_OF_WORD.get(found[1].lower())


def without_status(text: str) -> str:
    """The filter without that word, as it is if there is no such word."""
    found = _term(text)
    if found is None or status_of(text) is None:
        return text
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()


def with_status(text: str, status: Status) -> str:
    """The filter that asks for this status in addition, or in the place of another; without it if it did."""
    before, rest = status_of(text), without_status(text)
    if before is status:
        return rest
    if before is None and _BRANCHES.search(_unquoted(text)):
        rest = f"({text.strip()})"
    return f"{rest} status:{status.word}".strip()


def _term(text: str) -> re.Match[str] | None:
    """The word for the status in a filter of plain conditions, if there is exactly one."""
    plain = _unquoted(text)
    found = list(_TERM.finditer(plain))
    return found[0] if len(found) == 1 and not _BRANCHES.search(plain) else None


def _unquoted(text: str) -> str:
    """The text with every quoted piece blotted out, as long as it was."""
    return _QUOTED.sub(lambda piece: "-" * len(piece[0]), text)
