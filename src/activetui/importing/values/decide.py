"""Date order and decimal mark of a column: decided once, from evidence, or left to the owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from activetui.importing.values.amounts import Mark, proof_of
from activetui.importing.values.bad import shown
from activetui.importing.values.dates import Order, named_order, parts_of, shape_of
from activetui.ledger.money import digits
from activetui.locales import _

_SEEN = 100_000
_SLIP = 50
"""One impossible day among more than so many is a mistake, not another order."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for a column, why, and whether the owner must be asked."""

    choice: str | None
    """An order or a mark; None: nothing in the column depends on it, or it is open."""
    why: str = ""
    open: bool = False
    example: str = ""
    """A cell that can be read in two ways."""
    mixed: bool = False
    """Days: whether two orders stand in the column, so that each cell is read by its own proof first."""
    later_base: bool = False
    """Days: whether a spreadsheet counted them from 1904."""
    cents: bool = False
    """Amounts: whether they are written in hundredths."""


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
    first_proofs: int = 0
    """How many cells prove that the day stands first."""
    second_proofs: int = 0
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
            self.first_proofs += 1
        elif parts.second > 12 >= parts.first:
            self.month_first = self.month_first or cell
            self.second_proofs += 1
        elif parts.first != parts.second:
            self.either = self.either or cell
        if parts.separator == ".":
            self.dotted = self.dotted or cell

    def decide(self, wanted: str = "", usual: str = "", usual_why: str = "") -> Decision:
        """The order: the owner's, else what the cells prove, else a known system's, else open."""
        two_sources = self._two_sources()
        if wanted and not self._proves_another(wanted):
            return Decision(wanted, _("as you said"), mixed=two_sources)
        if two_sources:
            why = _("{one} and {other} stand in one column: two sources were put together").format(
                one=shown(self.day_first), other=shown(self.month_first)
            )
            example = shown(self.either)
            return Decision(None, why, open=bool(example), example=example, mixed=True)
        if self.first_proofs > self.second_proofs:
            why = _("{cell} can only have the day first").format(cell=shown(self.day_first))
            return Decision("dmy", why)
        if self.second_proofs:
            return Decision(
                "mdy", _("{cell} can only have the month first").format(cell=shown(self.month_first))
            )
        if self.dotted:
            why = _("dates with full stops ({cell}) have the day first").format(cell=shown(self.dotted))
            return Decision("dmy", why)
        if usual and self.shapes["triple"]:
            return Decision(usual, usual_why)
        if self.either:
            example = shown(self.either)
            return Decision(None, _("{cell} can be read in two ways").format(cell=example), True, example)
        return self._without_triples()

    def _proves_another(self, wanted: str) -> bool:
        """Whether all that leaves no doubt is against what was said: another column is meant."""
        against = {"dmy": self.second_proofs, "mdy": self.first_proofs}.get(wanted, 0)
        return against > 0 and not self.first_proofs * self.second_proofs

    def _two_sources(self) -> bool:
        """Whether days of both orders stand in the column, and not only a slip of the pen among many."""
        few, many = sorted((self.first_proofs, self.second_proofs))
        return few > 0 and few * _SLIP >= many

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
    open_signs: Counter[str] = field(default_factory=Counter)
    """The signs of cells such as 1.234 that prove nothing."""
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
        if proof == "open":
            self.open_signs["," if "," in cell else "."] += 1
        if proof not in self.examples or (proof == "open" and len(cell) < len(self.examples[proof])):
            self.examples[proof] = shown(cell)

    def decide(
        self, wanted: str = "", usual: str = "", usual_why: str = "", currency: str = ""
    ) -> Decision:
        """The mark: the owner's, else what the cells prove, else a system's or the currency's, else open.

        `currency` is that of the column: with three decimal places, or none, it settles what 1.234 is.
        """
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
        return self._open(currency) if self.proofs["open"] else Decision(None)

    def _open(self, currency: str) -> Decision:
        example, places = self.examples["open"], digits(currency)
        if len(self.open_signs) == 1 and places != 2:
            (sign,) = self.open_signs
            if places:
                why = _("{code} has three decimal places").format(code=currency)
                return Decision(sign, why)
            return Decision("," if sign == "." else ".", _("{code} has no cents").format(code=currency))
        return Decision(None, _("{cell}: thousands or decimals?").format(cell=example), True, example)


def look_at(evidence: DateEvidence | MarkEvidence, cells: Iterable[str]) -> None:
    """Look at cells until they settle the matter."""
    for cell in cells:
        evidence.add(cell)
