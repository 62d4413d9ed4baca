"""What a reader of values raises: the parser knows the place and adds it."""

from __future__ import annotations


class Mistake(Exception):
    """A value that does not fit its field; becomes a `QueryError` with its place."""

    def __init__(self, message: str, hint: str = "", proposal: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.proposal = proposal
