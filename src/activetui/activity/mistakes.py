"""The mistakes of a definition: each with its place and what was meant."""

from __future__ import annotations

from dataclasses import dataclass

from activetui.ledger.errors import OwnerError
from activetui.locales import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a definition, where it stands (both from 1) and what was meant."""

    line: int
    column: int
    message: str


class DefinitionError(OwnerError):
    """A definition with mistakes, all of them; it is refused and the one in force stays."""

    def __init__(self, problems: list[Problem], where: str = "definition") -> None:
        said = "\n".join(f"{where}:{p.line}:{p.column}: {p.message}" for p in problems)
        super().__init__(said, _("Nothing was changed. Correct the definition and try again."))
        self.problems = problems
        self.where = where
