"""Date order and decimal mark of a column: decided once, from evidence, or left to the owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from activetui.importing.values.amounts import Mark, proof_of
from activetui.importing.values.dates import Order, named_order, parts_of, shape_of
from activetui.locales import _

_SEEN = 100_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for a column, why, and whether the owner must be asked."""

    choice: str | None
    """An order or a mark; None: nothing in the column depends on it, or it is open."""
    why: str = ""
    open: bool = False
    example: str = ""
    """A cell that can be read in two ways."""


@dataclass(slots=True)
class DateEvidence:
    """What the cells of a column prove about the order of day, month and year."""

    shapes: Counter[str] = field(default_factory=Counter)
    day_first: str = ""
    """A cell whose first number is no month."""
    month_first: str = ""
    dotted: str = ""
    either: str = ""
    """A cell that names two different days."""
    named: Order | None = None
    filled: int = 0
    _seen: set[str] = field(default_factory=set)

    @property
    def settled(self) -> bool:
        """Whether more cells cannot change the decision (but to contradict it)."""
        if self.day_first or self.month_first or self.dotted:
            return True
        return self.filled >= 50 and not self.either and not self.shapes["triple"]

    def add(self, cell: str) -> None:
        """Look at one more cell."""
        if not cell or cell in self._seen:
            return
        if len(self._seen) < _SEEN:
            self._seen.add(cell)
        shape = shape_of(cell)
        self.shapes[shape] += 1
        if shape != "empty":
            self.filled += 1
        if shape == "named" and self.named is None:
            self.named = named_order(cell)
        parts = parts_of(cell) if shape == "triple" else None
        if parts is None:
            return
        if parts.first > 12 >= parts.second:
            self.day_first = self.day_first or cell
        elif parts.second > 12 >= parts.first:
            self.month_first = self.month_first or cell
        elif parts.first != parts.second:
            self.either = self.either or cell
        if parts.separator == ".":
            self.dotted = self.dotted or cell

    def decide(self, wanted: str = "", usual: str = "", usual_why: str = "") -> Decision:
        """The order: the owner's, else what the cells prove, else a known system's, else open."""
        if wanted:
            return Decision(wanted, _("as you said"))
        if self.day_first and self.month_first:
            why = _("{one} and {other} stand in one column: two sources were put together").format(
                one=self.day_first, other=self.month_first
            )
            return Decision(None, why, open=bool(self.either), example=self.either)
        if self.day_first:
            return Decision("dmy", _("{cell} can only have the day first").format(cell=self.day_first))
        if self.month_first:
            return Decision("mdy", _("{cell} can only have the month first").format(cell=self.month_first))
        if self.dotted:
            return Decision(
                "dmy", _("dates with full stops ({cell}) have the day first").format(cell=self.dotted)
            )
        if usual and self.shapes["triple"]:
            return Decision(usual, usual_why)
        if self.either:
            return Decision(
                None, _("{cell} can be read in two ways").format(cell=self.either), True, self.either
            )
        return self._without_triples()

    def _without_triples(self) -> Decision:
        if self.shapes["iso"]:
            return Decision("ymd", _("the year stands first"))
        if self.named:
            return Decision(self.named, _("months are written as words"))
        if self.shapes["serial"] or self.shapes["unix"]:
            return Decision(None, _("days are numbers of a spreadsheet or a clock"))
        return Decision(None)


@dataclass(slots=True)
class MarkEvidence:
    """What the cells of a column prove about its decimal mark."""

    proofs: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @property
    def settled(self) -> bool:
        """Whether more cells cannot change the decision."""
        return bool(self.proofs["."] or self.proofs[","])

    def add(self, cell: str) -> None:
        """Look at one more cell."""
        if not cell or cell in self._seen:
            return
        if len(self._seen) < _SEEN:
            self._seen.add(cell)
        proof = proof_of(cell)
        self.proofs[proof] += 1
        if proof not in self.examples or (proof == "open" and len(cell) < len(self.examples[proof])):
            self.examples[proof] = cell.strip()

    def decide(self, wanted: str = "", usual: str = "", usual_why: str = "") -> Decision:
        """The mark: the owner's, else what the cells prove, else what other columns do, else open."""
        if wanted:
            return Decision(wanted, _("as you said"))
        dot, comma = self.proofs["."], self.proofs[","]
        if dot and comma:
            why = _("{one} and {other} stand in one column; each cell is read by itself").format(
                one=self.examples["."], other=self.examples[","]
            )
            return Decision(None, why, open=False, example=self.examples.get("open", ""))
        if dot or comma:
            mark: Mark = "." if dot else ","
            return Decision(mark, _("{cell} shows it").format(cell=self.examples[mark]))
        if usual:
            return Decision(usual, usual_why)
        if self.proofs["open"]:
            example = self.examples["open"]
            return Decision(None, _("{cell}: thousands or decimals?").format(cell=example), True, example)
        return Decision(None)


def look_at(evidence: DateEvidence | MarkEvidence, cells: Iterable[str]) -> None:
    """Look at cells until they settle the matter."""
    for cell in cells:
        evidence.add(cell)
