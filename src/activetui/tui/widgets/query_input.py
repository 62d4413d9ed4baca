"""A line on which a query is typed, with what is wrong in it underlined."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from activetui.ledger.errors import OwnerError
from activetui.segments.errors import QueryError


class _Mistake(Highlighter):
    """Underlines one piece of a text, for as long as the text up to there is the one that was read."""

    def __init__(self, text: str = "", start: int = 0, end: int = 0) -> None:
        self._before, self._start, self._end = text[:end], start, end

    def stands_in(self, text: str) -> bool:
        """Whether the text is wrong there still."""
        return self._end > self._start and text.startswith(self._before)

    def highlight(self, text: Text) -> None:
        """Underline it."""
        if self.stands_in(text.plain):
            text.stylize("bold underline", self._start, self._end)


class QueryInput(Input):
    """The line; what cannot be read is underlined, whatever is typed behind it."""

    mistake = _Mistake()

    def show_mistake(self, error: OwnerError | None) -> None:
        """Underline where the query is wrong; None for nowhere."""
        self.mistake = _Mistake()
        if isinstance(error, QueryError):
            start = min(error.start, max(0, error.end - 1))     # the letter before what is missing
            self.mistake = _Mistake(error.text, start, error.end)
        self.highlighter = self.mistake
        self.refresh()

    @property
    def still_wrong(self) -> bool:
        """Whether the mistake that was shown stands in the line still."""
        return self.mistake.stands_in(self.value)
