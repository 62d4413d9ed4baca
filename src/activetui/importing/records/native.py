"""Rows of ActiveTUI's own CSV: every kind of event, every column of a customer, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from activetui.importing.deciding.understand import Understanding
from activetui.importing.ledger_csv import CUSTOMER, LINE
from activetui.importing.records.keys import Keys
from activetui.importing.records.native_cells import NativeCells
from activetui.importing.records.native_customers import NativeCustomers
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.ledger.days import Day
from activetui.ledger.kinds import ACTIONS, FIRST_OWN_KIND, NATURES, Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, Refusal
from activetui.locales import _

Record = EventRecord | CustomerRecord | Refusal

_PURCHASE, _REFUND, _REVIEW, _FEEDBACK = (
    int(Kind.PURCHASE),
    int(Kind.REFUND),
    int(Kind.REVIEW),
    int(Kind.FEEDBACK),
)
_RATINGS = {_REVIEW: (1, 5), _FEEDBACK: (0, 10)}


class NativeReader:
    """Makes the records of one native file."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        self._understood, self._found, self._left = understood, found, left
        self._today = understood.setting.today
        self._cells = NativeCells(understood, found)
        self._customers = NativeCustomers(understood, found)
        self._keys = Keys()
        self._kinds = dict(understood.setting.kinds)
        self._words = {code: word for word, code in self._kinds.items()}
        self.new_kinds: dict[str, int] = {}
        """Kinds that the file brings along, with the numbers that they will get."""
        layout = understood.layout
        keys = [layout.one(name) for name in ("date", "customer_id", "event_key", "kind")]
        self._key_columns = [place for place in keys if place is not None]
        self._loose = layout.has("order_id") and not layout.has("event_key")
        self._order_total = layout.one("order_total")

    def parts(self) -> Iterator[Record]:
        """Every record of the file; an event waits for the lines that may follow it."""
        waiting: EventRecord | None = None
        for line, row in self._understood.table.rows(self._key_columns, self._left):
            try:
                made = self._read(line, row, waiting)
            except BadCell as bad:
                yield Refusal(line, bad.reason, tuple(row))
                continue
            if made is None or made is waiting:
                continue
            if waiting is not None:
                yield self._counted(waiting)
                waiting = None
            if isinstance(made, EventRecord):
                waiting = made
            else:
                yield made
        if waiting is not None:
            yield self._counted(waiting)
        yield from self._left.refusals

    def _read(
        self, line: int, row: list[str], waiting: EventRecord | None
    ) -> EventRecord | CustomerRecord | None:
        cells = self._cells
        word = cells.word("kind", row)
        if word == LINE:
            return self._line(row, waiting)
        customer, who = self._customers.of(row, line)
        day, time = cells.moment(row)
        if word == CUSTOMER or (day is None and not word):
            if customer is None:
                raise BadCell(_("nothing in the row tells who the customer is"))
            entered = cells.day("entered", row)
            return customer if entered is None else replace(customer, entered=entered)
        if day is None:
            raise BadCell(_("the day is missing"))
        kind = self._kind(word or "purchase")
        event = self._event(line, row, kind, day, time, customer, who)
        return self._joined(waiting, event, row) or self._with_key(event, row, who)

    def _event(
        self,
        line: int,
        row: list[str],
        kind: int,
        day: Day,
        time: str,
        customer: CustomerRecord | None,
        who: str,
    ) -> EventRecord:
        cells = self._cells
        amount = cells.money("amount", row)
        if self._order_total is not None and kind in (_PURCHASE, _REFUND):
            total = cells.money("order_total", row)
            amount = amount if total is None else total
        unit, quantity = cells.money("unit_price", row), cells.number("quantity", row)
        if amount is None and unit is not None:
            amount = round(unit * (1.0 if quantity is None else quantity))
        if kind == _PURCHASE and amount is not None and amount < 0:
            kind, amount = _REFUND, -amount
        state, refunded = cells.state(row), abs(cells.money("refunded", row) or 0)
        if kind == _PURCHASE and state == "refunded" and not refunded:
            refunded = amount or 0
        lines = [self._line_of(row, amount)] if self._loose and cells.has_line(row) else []
        return EventRecord(
            kind, day, "", customer, time or cells.time(row), amount,
            cells.currency(row) if amount is not None else "", refunded, state,
            self._action(kind, cells.word("action", row)), self._nature(cells.word("nature", row)),
            cells.text("product", row), quantity, self._rating(kind, row), cells.text("channel", row),
            cells.day("until", row), cells.text("order_id", row), cells.text("note", row),
            cells.day("recorded", row), cells.text("source", row), line, lines,
            cells.day("entered", row),
        )

    def _with_key(self, event: EventRecord, row: list[str], who: str) -> EventRecord:
        key = self._cells.text("event_key", row)
        word = self._words[event.kind]
        if not key and event.order_ref and event.kind in (_PURCHASE, _REFUND):
            key = self._keys.of_order(word, event.order_ref)
        event.key = key or self._keys.of_contents(
            word, event.day, who, event.product, event.amount, event.action
        )
        return event

    def _joined(self, waiting: EventRecord | None, event: EventRecord, row: list[str]) -> EventRecord | None:
        """The purchase above, if the row is one more line of the same order."""
        if (
            waiting is None or not self._loose or not event.order_ref or waiting.kind != _PURCHASE
            or (event.kind, event.order_ref, event.day) != (_PURCHASE, waiting.order_ref, waiting.day)
            or event.customer is not waiting.customer
        ):
            return None
        if not waiting.lines:
            waiting.lines.append(LineRecord(waiting.product, waiting.quantity, None, waiting.amount))
        waiting.lines.extend(event.lines or [LineRecord(event.product, event.quantity, None, event.amount)])
        if event.product and event.product not in waiting.product.split(" + "):
            waiting.product = f"{waiting.product} + {event.product}"[:200]
        if self._order_total is None and event.amount is not None:
            waiting.amount = (waiting.amount or 0) + event.amount
            waiting.currency = waiting.currency or event.currency
            waiting.refunded += event.refunded
        known = waiting.quantity is not None and event.quantity is not None
        waiting.quantity = (waiting.quantity or 0) + (event.quantity or 0) if known else None
        return waiting

    def _line(self, row: list[str], waiting: EventRecord | None) -> EventRecord:
        key = self._cells.text("event_key", row)
        if waiting is None or (key and key != waiting.key):
            raise BadCell(_("a line of an order must stand below its order"))
        waiting.lines.append(self._line_of(row, self._cells.money("amount", row)))
        return waiting

    def _line_of(self, row: list[str], amount: int | None) -> LineRecord:
        cells = self._cells
        return LineRecord(
            cells.text("product", row), cells.number("quantity", row), cells.money("unit_price", row), amount,
            cells.text("sku", row), cells.text("category", row),
        )

    def _kind(self, word: str) -> int:
        code = self._kinds.get(word)
        if code is not None:
            return code
        near = get_close_matches(word, self._kinds, n=1, cutoff=0.75)
        if near:
            raise BadCell(
                _("kind: {word} is no kind of event; did you mean {near}?").format(word=word, near=near[0])
            )
        if not word.isidentifier() or len(word) > 40:
            raise BadCell(_("kind: {word} cannot be the name of a kind of event").format(word=word))
        code = max(FIRST_OWN_KIND, max(self._kinds.values()) + 1)
        self._kinds[word] = self.new_kinds[word] = code
        self._words[code] = word
        return code

    def _action(self, kind: int, word: str) -> str:
        known = ACTIONS.get(self._words[kind])
        if known is None or word in known:
            return word
        if not word:
            return "start" if kind == Kind.SUBSCRIPTION else ""
        raise BadCell(_("action: {word} is none of {known}").format(word=word, known=", ".join(known)))

    def _nature(self, word: str) -> str:
        if word and word not in NATURES:
            raise BadCell(_("nature: {word} is none of {known}").format(word=word, known=", ".join(NATURES)))
        return word

    def _rating(self, kind: int, row: list[str]) -> int | None:
        rating = self._cells.number("rating", row)
        if rating is None:
            return None
        low, high = _RATINGS.get(kind, (-1_000_000, 1_000_000))
        if rating != int(rating) or not low <= rating <= high:
            raise BadCell(
                _("rating: {n} does not lie between {low} and {high}").format(n=rating, low=low, high=high)
            )
        return int(rating)

    def _counted(self, event: EventRecord) -> EventRecord:
        if event.kind == _PURCHASE or event.kind == _REFUND:
            self._found.orders += 1
            self._found.lines += max(1, len(event.lines))
        self._found.add(event, self._words[event.kind], self._today)
        return event


