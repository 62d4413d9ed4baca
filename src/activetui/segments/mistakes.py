"""What a reader of values raises: the parser knows the place and adds it."""

from __future__ import annotations


class Mistake(Exception):
    """A value that does not fit its field; becomes a `QueryError` with its place.

    `whole`: the proposal stands for the test with its field, not for the value alone.
    """

    def __init__(self, message: str, hint: str = "", proposal: str = "", *, whole: bool = False) -> None:
        super().__init__(message)
        self.whole = whole
        self.message = message
        self.hint = hint
        self.proposal = proposal
