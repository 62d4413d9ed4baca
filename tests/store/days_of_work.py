"""Random weeks of an owner's work on a store: imports, notes by hand, corrections, deletions, undoing.

`Work` does the work of a week on a store in memory and keeps what the store said at the end of each day. The
same week can be done again without the work that was taken back in the end: as if it had never been.
"""

from __future__ import annotations

import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord
from activetui.store import customers, definitions, events, settings
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from activetui.store.opening import functions
from activetui.store.opening.file import open_store, transaction
from activetui.store.same_person import merging
from tests.store.building import MADE_AT
from tests.store.ledgers import person

DEFINITION = """
name = "A short shop"
[active]
any = [
  { event = "purchase", within_days = 4 },
  { spend = "30.00", within_days = 9 },
  { subscription = "any", grace_days = 2 },
  { event = "booking", ahead = true },
]
[new]
days = 2
[reactivated]
days = 2
[at_risk]
any = [ { window_used = 0.6 }, { event = "complaint", within_days = 5, unless_resolved = true } ]
[lost]
days = 6
"""
FIRST: Day = 20_000
SOURCE = "till"
Deed = tuple[Any, ...]

_who = st.integers(1, 3)
_ago = st.integers(0, 9)
_purchase = st.tuples(
    st.just("purchase"), st.integers(1, 4), _who, _ago, st.sampled_from([500, 1500, 4000]),
    st.sampled_from(["paid", "paid", "refunded", "cancelled"]), st.integers(0, 2),
)
_refund = st.tuples(st.just("refund"), st.integers(1, 2), _who, _ago, st.integers(1, 4), st.just(500))
_email = st.tuples(st.just("customer"), _who, st.sampled_from(["a@example.com", "b@example.com"]))
_in_a_file = st.one_of(_purchase, _purchase, _refund, _email)
_files = st.lists(_in_a_file, min_size=1, max_size=4, unique_by=lambda row: row[:2])
_by_hand = st.sampled_from(
    ["purchase", "booking", "complaint", "complaint_resolved", "subscription", "contact"]
)
_deeds = st.one_of(
    st.tuples(st.just("import"), _files),
    st.tuples(st.just("import"), _files),
    st.tuples(st.just("log"), _who, _by_hand, _ago),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("history"), _who, _ago),
    st.tuples(st.just("tag"), _who),
    st.tuples(st.just("untag"), _who),
    st.tuples(st.just("merge"), _who, _who),
    st.tuples(st.just("undo")),
    st.tuples(st.just("undo import"), st.integers(0, 3)),
)
weeks = st.lists(st.lists(_deeds, max_size=3), min_size=2, max_size=7)
"""For each day, what the owner does."""


class Done(NamedTuple):
    """A deed that can be taken back: its place in the week, and what the store calls it."""

    deed: tuple[int, int]
    number: int


@cache
def _fresh() -> sqlite3.Connection:
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with tempfile.TemporaryDirectory() as folder:
        conn = open_store(Path(folder) / "shop.db", today=FIRST, create=True)
        settings.put(conn, "currency", "EUR")
        definitions.save(conn, DEFINITION, note="", made_at=MADE_AT, today=FIRST)
        conn.commit()
        conn.backup(kept)
        conn.close()
    return kept


class Work:
    """A week of work, done; or, with `but_for`, done as if what that one took back had never been."""

    def __init__(self, week: list[list[Deed]], but_for: Work | None = None) -> None:
        self.conn = sqlite3.connect(":memory:", isolation_level="IMMEDIATE")
        _fresh().backup(self.conn)
        self.conn.execute("PRAGMA foreign_keys = ON")
        functions.register(self.conn)
        self.files: list[tuple[tuple[int, int], frozenset[str], frozenset[str]]] = []
        self.imports: list[Done] = []
        self.by_hand: list[Done] = []
        self.taken_back: set[tuple[int, int]] = set()
        self.idle: set[tuple[int, int]] = set()
        """The deeds that left no trace, such as to import the same file again."""
        self.deleted: dict[tuple[int, int], str] = {} if but_for is None else but_for.deleted
        """Which event each deletion meant."""
        self.days: list[Day] = []
        self.said: list[dict[str, Any]] = []
        for number, deeds in enumerate(week):
            self.today = FIRST + number
            for place, deed in enumerate(deeds):
                if but_for is None or not but_for.came_to_nothing((number, place), deed):
                    self._do((number, place), deed)
            with transaction(self.conn):
                self._let_the_day_pass()
            self.days.append(self.today)
            self.said.append(what_it_says(self.conn))

    def came_to_nothing(self, place: tuple[int, int], deed: Deed) -> bool:
        """Whether the deed left no trace, was taken back in the end, or is the taking back itself."""
        return place in self.taken_back or place in self.idle or deed[0].startswith("undo")

    def close(self) -> None:
        self.conn.close()

    @property
    def _now(self) -> str:
        return MADE_AT  # the moment tells nothing here: the day is what counts

    def _let_the_day_pass(self) -> None:
        from activetui.store.facts.refresh import roll

        roll(self.conn, self.today)

    def _do(self, place: tuple[int, int], deed: Deed) -> None:
        what, *rest = deed
        before = self._last_operation()
        try:
            getattr(self, "_" + what.replace(" ", "_"))(place, *rest)
        except OwnerError:
            self.conn.rollback()
        after = self._last_operation()
        if after == before:
            self.idle.add(place)
        elif what != "import":
            self.by_hand.append(Done(place, after))

    def _last_operation(self) -> int:
        return int(self.conn.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()[0])

    def _import(self, place: tuple[int, int], rows: list[Deed]) -> None:
        with Staging(self.conn, SOURCE, self.today) as staging:
            for row in rows:
                staging.add(self._record(row))
            number = staging.apply(
                file_name="till.csv", file_hash=str(place), system="test", assumptions={}, counts={},
                made_at=self._now,
            )
        told = frozenset(f"{row[0]}:{row[1]}" for row in rows)
        whose = {f"customer:{row[2]}" for row in rows if row[0] != "customer"}
        self.files.append((place, told | whose, told))
        if number is not None:
            self.imports.append(Done(place, number))

    def _record(self, row: Deed) -> Any:
        if row[0] == "customer":
            return person(("id", f"K{row[1]}"), email=row[2])
        if row[0] == "refund":
            _word, number, who, ago, order, amount = row
            return EventRecord(
                Kind.REFUND, self.today - ago, f"refund:{number}", person(("id", f"K{who}")), amount=amount,
                currency="EUR", order_ref=str(order),
            )
        _word, number, who, ago, amount, state, lines = row
        return EventRecord(
            Kind.PURCHASE, self.today - ago, f"purchase:{number}", person(("id", f"K{who}")), amount=amount,
            currency="EUR", state=state, refunded=amount if state == "refunded" else 0, order_ref=str(number),
            lines=[LineRecord(f"thing {ago}", 1.0, None, amount) for _line in range(lines)],
        )

    def _customer(self, who: int) -> int:
        row = self.conn.execute("SELECT id FROM customer WHERE key = ?", (f"K{who}",)).fetchone()
        if row is None:
            raise OwnerError("nobody")
        return int(row[0])

    def _log(self, place: tuple[int, int], who: int, word: str, ago: int) -> None:
        day = self.today + ago if word == "booking" else self.today - ago
        record = EventRecord(
            Kind[word.upper()], day, "", amount=1200 if word == "purchase" else None,
            currency="EUR" if word == "purchase" else "", until=day + 5 if word == "subscription" else None,
            action={"subscription": "start", "contact": "out"}.get(word, ""),
            lines=[LineRecord("by hand", 2.0)] if word == "purchase" else [], note=f"by hand: {place}",
        )
        events.log_event(self.conn, self._customer(who), record, today=self.today, made_at=self._now)

    def _delete(self, place: tuple[int, int], nth: int) -> None:
        label = "coalesce(nullif(note, ''), key)"
        if place not in self.deleted:
            found = self.conn.execute(f"SELECT {label} FROM event ORDER BY day, 1").fetchall()
            if nth >= len(found):
                return
            self.deleted[place] = found[nth][0]
        row = self.conn.execute(f"SELECT id FROM event WHERE {label} = ?", (self.deleted[place],)).fetchone()
        if row is not None:
            events.delete_event(self.conn, row[0], today=self.today, made_at=self._now)

    def _history(self, _place: tuple[int, int], who: int, ago: int) -> None:
        changes = {"history_from": self.today - ago}
        customers.edit(self.conn, self._customer(who), changes, made_at=self._now, today=self.today)

    def _tag(self, _place: tuple[int, int], who: int) -> None:
        customers.tag(self.conn, [self._customer(who)], "vip", made_at=self._now, today=self.today)

    def _untag(self, _place: tuple[int, int], who: int) -> None:
        customers.untag(self.conn, [self._customer(who)], "vip", made_at=self._now, today=self.today)

    def _merge(self, _place: tuple[int, int], keep: int, other: int) -> None:
        found = self._customer(keep), self._customer(other)
        merging.merge_customers(self.conn, *found, today=self.today, made_at=self._now)

    def _undo(self, _place: tuple[int, int]) -> None:
        newest = self.conn.execute(
            "SELECT max(id) IN (SELECT operation_id FROM merged_customer) FROM operation"
            " WHERE batch_id IS NULL AND undone_at IS NULL"
        ).fetchone()[0]
        if newest:
            return  # what files have told of either since stays with the one who was kept
        if undo_last(self.conn, today=self.today, made_at=self._now) is not None:
            self.taken_back.add(self.by_hand.pop().deed)

    def _undo_import(self, _place: tuple[int, int], nth: int) -> None:
        """An import of which nothing stays: what later work holds would be there without it, too."""
        if nth >= len(self.imports):
            return
        one = self.imports[nth]
        brought = next(brought for place, brought, _told in self.files if place == one.deed)
        if any(brought & told for place, _brought, told in self.files if place > one.deed):
            return  # the later file told the same, and would have brought it
        with transaction(self.conn):
            undone = batches.undo(self.conn, one.number, today=self.today, made_at=self._now)
            if undone.kept or undone.failed:
                raise OwnerError("something stays")
        self.taken_back.add(self.imports.pop(nth).deed)


QUESTIONS = {
    "customers": "SELECT key, email, history_from, (SELECT group_concat(name) FROM tag"
                 " WHERE customer_id = customer.id) FROM customer ORDER BY key",
    "identities": "SELECT customer.key, identity.kind, value FROM identity"
                  " JOIN customer ON customer.id = customer_id ORDER BY 1, 2, 3",
    "facts": "SELECT customer.key, fact.* FROM fact JOIN customer ON customer.id = customer_id ORDER BY key",
    "lives": "SELECT customer.key, life.* FROM life JOIN customer ON customer.id = customer_id ORDER BY key",
    "changes": "SELECT * FROM status_change ORDER BY status, day",
    "subscriptions": "SELECT customer.key, subscription.* FROM subscription"
                     " JOIN customer ON customer.id = customer_id ORDER BY key, first_day",
    "events": "SELECT customer.key, kind, day, event.amount, refunded, net, counts, state, until, order_ref,"
              " recorded, event.entered, source_id, line.position, line.product, line.quantity, line.amount"
              " FROM event LEFT JOIN customer ON customer.id = event.customer_id"
              " LEFT JOIN line ON line.event_id = event.id"
              " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14",
}
_BY_NUMBER = ("facts", "lives", "subscriptions")


def what_it_says(conn: sqlite3.Connection) -> dict[str, Any]:
    """Everything that the store answers about the ledger, by the keys of customers, not by their numbers."""
    said: dict[str, Any] = {name: conn.execute(query).fetchall() for name, query in QUESTIONS.items()}
    for name in _BY_NUMBER:
        said[name] = [(row[0], *row[2:]) for row in said[name]]
    return said
