"""Sales of a file that the ledger has already from another program: shown, and never added silently."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from activetui.importing.asking.questions import Question
from activetui.importing.records.marks import Marks
from activetui.importing.telling.found import Found
from activetui.ledger.errors import UsageError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money
from activetui.store.imports import same_sales
from activetui.store.imports.same_sales import Known
from activetui.store.imports.settling import PURCHASE_KEY

Part = EventRecord | CustomerRecord | Refusal | PaidPurchases

SKIP, BOTH = "skip", "both"
ANSWERS = (SKIP, BOTH)
CLASS = "same_sale"
"""The class under which rows that are left out are counted."""
_SHOWN = 3
_LONG = 2_000
"""From so many rows on it pays to gather the numbers that the ledger has."""


class SameSales:
    """Looks, while the records of a file go by, for sales that another export has told of."""

    def __init__(self, conn: sqlite3.Connection, source: str, answer: str, found: Found) -> None:
        self._conn, self._source, self._found = conn, source, found
        self.answer = answer
        """What the owner said: one of `ANSWERS`, or nothing yet."""
        if answer and answer not in ANSWERS:
            raise UsageError(
                _("{text!r} is no answer to what becomes of sales that are known.").format(text=answer),
                _("Give skip (it is left out) or both (it is counted twice)."),
            )
        self.count = 0
        """Sales and refunds of which a number says that they are known."""
        self.alike = 0
        """Sales that are like a known one: the same customer and amount, at most a day apart."""
        self._examples: list[tuple[int, Known]] = []
        self._alike: list[tuple[int, Known]] = []
        self._left_out: set[str] = set()
        self._lines: set[int] = set()
        self._others = same_sales.other_sources(conn, source)
        self._known_here = bool(self._others) or next(same_sales.payment_numbers(conn), None) is not None
        self._asked = 0
        self._numbers: Marks | None = None
        self._own: Marks | None = None

    def through(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The records that are to be taken, in their order."""
        people: list[CustomerRecord] = []
        for part in parts:
            if isinstance(part, PaidPurchases):
                if not self._known_here:
                    yield part
                    continue
                part.introduce(people)
                if self._touches(part):
                    yield part.only([not self._leaves_out(record) for record in part.records(people)])
                else:
                    yield part
            elif not isinstance(part, EventRecord) or not self._leaves_out(part):
                yield part

    def look_for_alike(self) -> None:
        """Compare the planned sales with those of other sources; while the plan of the file stands."""
        if self.answer != BOTH:
            alike = same_sales.alike(self._conn, self._source)
            self._alike = [one for one in alike if one[0] not in self._lines]
            self.alike = len(self._alike)

    @property
    def question(self) -> Question | None:
        """What only the owner can say, where a number says that sales are known and nothing was answered."""
        if not self.count or self.answer:
            return None
        why = ngettext(
            "{n} row tells of a sale that you have already from another file ({examples}). Leave it out, or "
            "count both?",
            "{n} rows tell of sales that you have already from other files ({examples}). Leave them out, or "
            "count both?",
            self.count,
        ).format(n=self.count, examples=_words(self._examples))
        return Question("same_sale", why, "--same-sale skip|both")

    @property
    def warnings(self) -> list[str]:
        """What the owner should know although nothing has to be answered."""
        said = []
        if self.answer == BOTH and self.count:
            said.append(ngettext(
                "{n} row tells of a sale that you have already ({examples}); both are counted, as you said.",
                "{n} rows tell of sales that you have already ({examples}); both are counted, as you said.",
                self.count,
            ).format(n=self.count, examples=_words(self._examples)))
        if self.alike:
            said.append(self._of_alike())
        return said

    def _of_alike(self) -> str:
        return ngettext(
            "{n} sale is like one from another file: the same customer and amount, at most a day apart "
            "({examples}). If it is the same sale, it is counted twice.",
            "{n} sales are like some from other files: the same customer and amount, at most a day apart "
            "({examples}). If they are the same sales, they are counted twice.",
            self.alike,
        ).format(n=self.alike, examples=_words(self._alike[:_SHOWN]))

    def _touches(self, many: PaidPurchases) -> bool:
        self._asked += len(many)
        return any(self._may_be(number) for number in map(same_sales.normal, many.order_ref))

    def _leaves_out(self, record: EventRecord) -> bool:
        """Whether a record is left out: it is known, and the owner said that such sales are."""
        if record.kind not in (Kind.PURCHASE, Kind.REFUND):
            return False
        known = self._known(record)
        if known is None and record.kind == Kind.REFUND and record.order_ref in self._left_out:
            self._leave_out(record)
            return True
        if known is None:
            return False
        self.count += 1
        self._lines.add(record.line)
        if len(self._examples) < _SHOWN:
            self._examples.append((record.line, known))
        if self.answer != SKIP:
            return False
        self._leave_out(record)
        return True

    def _leave_out(self, record: EventRecord) -> None:
        if record.kind == Kind.PURCHASE and record.order_ref:
            self._left_out.add(record.order_ref)
        self._found.leave_out(record, CLASS)

    def _known(self, record: EventRecord) -> Known | None:
        own = [record.order_ref] if record.order_ref else []
        if record.kind == Kind.PURCHASE and record.key.startswith(PURCHASE_KEY):
            own.append(record.key[len(PURCHASE_KEY):])
        numbers = [same_sales.normal(one) for one in own]
        named = [one for one in map(same_sales.normal, record.payment_refs) if one]
        if not self._may_be_known(numbers, named):
            return None
        source = record.source or self._source
        keys = [record.key]
        if record.kind == Kind.REFUND:
            keys.append(PURCHASE_KEY + record.order_ref)
        if any(same_sales.is_known(self._conn, source, key) for key in keys):
            return None
        return same_sales.find(self._conn, record, source, numbers, named)

    def _may_be_known(self, numbers: Sequence[str], named: Sequence[str]) -> bool:
        """Whether a purchase may have such a number, asked quickly."""
        self._asked += 1
        if self._known_here and any(map(self._may_be, (*numbers, *named))):
            return True
        return bool(named) and any(map(self._may_be_own, named))

    def _may_be(self, number: str) -> bool:
        """Whether a number may stand in the ledger: the numbers of all purchases are only gathered for a long
        file, and all may while they are not."""
        if self._numbers is None:
            if self._asked < _LONG:
                return True
            self._numbers = _marks(same_sales.numbers_of(self._conn, self._others))
            for payment in same_sales.payment_numbers(self._conn):
                self._numbers.add(hash(payment))
        return hash(number) in self._numbers

    def _may_be_own(self, number: str) -> bool:
        if self._own is None:
            if self._asked < _LONG:
                return True
            own = same_sales.source_ids(self._conn, self._source)
            self._own = _marks(same_sales.numbers_of(self._conn, own))
        return hash(number) in self._own


def _marks(numbers: Iterable[str]) -> Marks:
    marks = Marks()
    for number in numbers:
        marks.add(hash(number))
    return marks


def _words(examples: Iterable[tuple[int, Known]]) -> str:
    return "; ".join(
        _("line {line}: {source} {number}, {day}, {amount}").format(
            line=line, source=one_line(known.source), number=one_line(known.order_ref or "–"),
            day=format_day(known.day), amount=format_money(known.amount, known.currency),
        )
        for line, known in examples
    )

