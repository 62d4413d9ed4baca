"""What an owner can cause: said in words, with an exit code, never as a traceback."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    NEEDS_ANSWER = 3


class OwnerError(Exception):
    """Something the owner can cause and mend.

    `message` says what happened and where; `hint` says what to do; both are already translated.
    """

    exit_code = Exit.REFUSED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def excerpt(self) -> str:
        """Lines that show the place of the mistake, already safe for a terminal; empty if none."""
        return ""


class UsageError(OwnerError):
    """The command's words are wrong."""

    exit_code = Exit.USAGE


class NeedsAnswer(OwnerError):
    """Only the owner can decide; `options` are the command-line options that would answer."""

    exit_code = Exit.NEEDS_ANSWER

    def __init__(self, message: str, options: tuple[str, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.options = options
