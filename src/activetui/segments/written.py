"""Values as they are written in a query."""

from __future__ import annotations

import re

_BARE = re.compile(r'[^\s()",\\]+')


def as_value(text: str) -> str:
    """The text as a value: in quotes where it needs them."""
    if _BARE.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
