"""The customers whom the records of a file name, numbered and staged as hints."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import repeat

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.plain_people import PlainPeople
from activetui.ledger.records import CustomerRecord, PaidPurchases
from activetui.ledger.repeats import Repeats
from activetui.store import identity
from activetui.store.customers import tag_name
from activetui.store.imports import staged_hints

_FEW = 500
"""Fewer purchases than this are not worth loading numpy, for which a short file has no other use."""
_REMEMBERED = 50_000
_SIGN = "INSERT INTO staging.sign VALUES (?, ?, ?, ?)"
_TAG = "INSERT OR IGNORE INTO staging.tag VALUES (?, ?)"


class StagedPeople:
    """Numbers what a file says of its customers, in the order in which it does.

    The same words get the same number, their hint. They are told apart by a hash of 64 bits with a secret
    key, not kept: among a million different ones the chance that any two are confused is below 1 in 10
    million.
    """

    def __init__(self, source: str, first: int, local: Callable[[str], int]) -> None:
        """Hints are numbered from `first` on; `local` gives the number of a source in the staging tables."""
        self.first = first
        self.days = array("q")
        """The last day of each hint."""
        self.rows: dict[str, list[tuple[object, ...]]] = {
            sql: [] for sql in (staged_hints.INSERT, staged_hints.INSERT_BRIEF, _SIGN, _TAG)
        }
        """What is to be staged next, by statement."""
        self._said, self._said_briefly, self._signs, self._tags = self.rows.values()
        self._source, self._local = source, local
        self._hints: dict[int, int] = {}
        self._recent: dict[int, tuple[CustomerRecord, int | None]] = {}
        self._marks = Repeats()
        self._numbered = array("i", (0,))
        """The hint of each customer by the number that they were introduced with; 0: none yet."""
        self._waiting: dict[int, CustomerRecord] = {}

    @property
    def pending(self) -> int:
        """How many hints wait in `rows`."""
        return len(self._said) + len(self._said_briefly)

    def forget_words(self) -> None:
        """All records have come: what only spared time by now goes, as what follows needs the memory."""
        self._recent.clear()
        self._hints.clear()

    def all_apart(self) -> bool:
        """Whether no sign belongs to two hints."""
        return not self._marks.seen()

    def note(self, hint: int, day: Day) -> None:
        """A hint has done something on a day."""
        if day > self.days[hint - self.first]:
            self.days[hint - self.first] = day

    def always(self, record: CustomerRecord) -> None:
        """A record that tells of a customer alone: it is as recent as any."""
        hint = self.hint(record)
        if hint is not None:
            self.days[hint - self.first] = FAR_FUTURE

    def hint(self, record: CustomerRecord) -> int | None:
        """The number of what a record says of its customer; None for nobody."""
        recent = self._recent.get(id(record))  # readers give the same object for the same cells
        if recent is not None and recent[0] is record:
            return recent[1]
        hint = self._hint_of_words(record)
        if len(self._recent) >= _REMEMBERED:
            self._recent.clear()
        self._recent[id(record)] = (record, hint)
        return hint

    def hints(self, many: PaidPurchases) -> array[int]:
        """The same for each of many purchases; 0 for nobody."""
        self._introduce(many)
        if len(many) < _FEW:
            return array("i", map(self._numbered.__getitem__, many.customer))
        import numpy as np

        hints = np.frombuffer(self._numbered, np.int32)[np.asarray(many.customer, np.int64)]
        return array("i", hints.tobytes())

    def _introduce(self, many: PaidPurchases) -> None:
        """Give a hint to everyone who has bought something for the first time."""
        if many.first == 1:
            self._numbered = array("i", (0,))
            self._waiting.clear()
        if isinstance(many.introduced, PlainPeople) and not self._waiting:
            numbers = range(many.first, many.first + len(many.introduced))
            if set(many.customer).issuperset(numbers):
                self._numbered.extend(hint or 0 for hint in self._hints_of_plain(many.introduced))
                return
        self._waiting.update(enumerate(many.introduced, start=many.first))
        self._numbered.extend(repeat(0, len(many.introduced)))
        if self._waiting:
            for number in sorted(self._waiting.keys() & set(many.customer)):
                self._numbered[number] = self._hint_of_words(self._waiting.pop(number)) or 0

    def _hint_of_words(self, record: CustomerRecord) -> int | None:
        mark = staged_hints.mark(record)
        hint = self._hints.get(mark)
        if hint is not None:
            return hint if hint >= 0 else None
        signs = identity.signs(record.identities, self._source)
        if not signs:
            self._hints[mark] = -1
            return None
        hint = self.first + len(self.days)
        self._hints[mark] = hint
        self.days.append(FAR_PAST)
        if staged_hints.is_brief(record):
            self._said_briefly.append(staged_hints.brief(hint, record))
        else:
            self._said.append(staged_hints.whole(hint, record))
        for sign in signs:
            known = (sign.kind, self._local(sign.source) if sign.source else 0, sign.value)
            self._marks.add(hash(known))
            self._signs.append((*known, hint))
        for name in filter(None, map(tag_name, record.tags)):
            self._tags.append((hint, name))
        return hint

    def _hints_of_plain(self, people: PlainPeople) -> Sequence[int | None]:
        marks = staged_hints.marks(people)
        fresh = dict.fromkeys(marks)
        if len(fresh) < len(marks) or not self._hints.keys().isdisjoint(fresh):
            return list(map(self._hint_of_words, people))
        first = self.first + len(self.days)
        hints = range(first, first + len(marks))
        self._hints.update(zip(marks, hints, strict=True))
        self.days.extend(repeat(FAR_PAST, len(marks)))
        self._said_briefly.extend(staged_hints.briefs(first, people))
        for kind, source, values in (
            ("id", self._local(self._source), people.key), ("email", 0, people.email)
        ):
            self._marks.add_all(hash((kind, source, value)) for value in values if value)
            self._signs.extend(
                (kind, source, value, hint) for hint, value in enumerate(values, start=first) if value
            )
        return hints
