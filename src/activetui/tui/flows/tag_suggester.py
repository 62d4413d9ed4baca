"""Completes the last of some tags while they are typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import Suggester

from activetui.ledger.text import one_line


class TagSuggester(Suggester):
    """Offers tags that are in use, the first that begins as typed."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(case_sensitive=True)
        self._known = [one_line(name) for name in known]

    async def get_suggestion(self, value: str) -> str | None:
        """The text with its last tag completed."""
        before, comma, last = value.rpartition(",")
        begun = last.lstrip()
        if not begun:
            return None
        space = last[: len(last) - len(begun)]
        for name in self._known:
            if name.startswith(begun.lower()) and name != begun:
                return f"{before}{comma}{space}{begun}{name[len(begun) :]}"
        return None
