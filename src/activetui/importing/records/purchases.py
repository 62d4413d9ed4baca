"""Rows that tell what was bought: orders with their lines, refunds, and rows that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.classes import RowClasses
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.groups import Groups, OrderRows
from activetui.importing.records.keys import Keys
from activetui.importing.records.orders import OrderParts, Part
from activetui.importing.records.outgoings import Outgoings
from activetui.importing.records.packages import Packages
from activetui.importing.records.quick import Quick, quick_reader
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.records.sums import ColumnSums
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Left
from activetui.importing.tables.totals import is_total
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal
from activetui.ledger.settlement import VOID_STATES
from activetui.locales import _

Record = EventRecord | CustomerRecord | Refusal

_FAR = 366 * 10
_MANY = 4_000
_OLDEST: Day = -25567
"""1 January 1900."""
_CAREFUL = (
    "items", "payment_ref", "adjusted_total", "line_refunded", "quantity_refunded", "paid_so_far",
    "cancelled", "fully_refunded", "charged_back", "time_zone", "discount_percent",
)
"""Fields that the quick way does not know."""
_COUNTED = ("", "sale", "refund", "chargeback")
"""Classes of rows that are taken."""
_GIVEN_BACK = ("refund", "chargeback")
"""Those of them that give money back, with or without a minus."""


class PurchaseReader:
    """Makes the purchases and refunds of one file."""

    def __init__(self, understood: Understanding, found: Found, left: Left, *, gather: bool = False) -> None:
        self._understood, self._found, self._left = understood, found, left
        self._today = understood.setting.today
        self._values = RowValues(understood, found)
        self._customers = CustomerReader(understood, found)
        self._groups = Groups(understood, left, gather=gather)
        self._parts = OrderParts(understood, self._values)
        self._sums = ColumnSums(understood, found, several_signs=self._values.several_signs)
        self._waiting: OrderRows = []
        self._classes = RowClasses(understood)
        self._outgoings = Outgoings(understood, self._values)
        self._packages = Packages(self._values, found)
        self._keys = Keys()
        self._has_orders = understood.layout.has("order_id")

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """Every record of the file, as its rows come; plain purchases many at a time."""
        plain = not (self._values.amounts_are_of_orders or self._classes or self._is_particular())
        quick = quick_reader(
            self._understood, self._values, self._customers, self._keys, self._found, self._today + _FAR
        ) if plain else None
        for rows, alone in self._groups:
            if not alone:
                self._add_up(rows)
                yield from self._order(list(rows))
                continue
            if quick is None:
                self._sums.add(rows)
            for part in (rows,) if quick is None else self._added_up(rows, quick):
                if isinstance(part, PaidPurchases):
                    yield part
                else:
                    for one in part:
                        yield from self._order([one])
        self._sums.add(self._waiting)
        yield from self._told(self._packages.end())
        yield from self._left.refusals
        self._values.check_totals(self._left.totals)

    def _added_up(self, rows: Sequence[Row], quick: Quick) -> Iterator[PaidPurchases | Sequence[Row]]:
        """Rows the quick way; they take part in the sums, for which no amount is looked up twice."""
        amount = self._understood.layout.one("amount")
        if amount is None or not self._sums.are_of(amount):
            self._sums.add(rows)
            yield from quick(rows)
            return
        for part in quick(rows):
            if isinstance(part, PaidPurchases):
                self._sums.add_to(amount, sum(part.amount))
            else:
                self._sums.add(part)
            yield part

    def _add_up(self, rows: Sequence[Row]) -> None:
        """Let rows take part in the sums of their columns, many at a time."""
        self._waiting += rows
        if len(self._waiting) > _MANY:
            self._sums.add(self._waiting)
            self._waiting.clear()

    def _is_particular(self) -> bool:
        """Whether the file or its system says more than the quick way reads."""
        system = self._understood.system
        by_system = system is not None and bool(
            system.adds or system.subtracts or system.fixed or system.unpaid_without
        )
        proof = self._understood.unpaid_without is not None
        return by_system or proof or self._understood.layout.has(*_CAREFUL)

    def _order(self, rows: OrderRows) -> Iterator[Record]:
        customer, who = self._customer(rows)
        given_back: set[int] = set()
        counted = self._counted(rows, given_back) if self._classes else rows
        rows = self._not_spent(counted, given_back)
        if not rows:
            if customer is not None and not counted:
                yield customer
            return
        try:
            if self._packages.open:
                if self._packages.takes(rows, who):
                    return
                yield from self._told(self._packages.end())
            parts = self._parts.of(rows, given_back)
        except BadCell:
            if len(rows) == 1 and is_total(rows[0][1], self._groups.keys):
                self._left.totals.append(rows[0])
            else:
                self._values.add_up(rows)
                yield from self._refused(rows, self._values.reason(rows), customer)
            return
        self._values.add_up(rows)
        day = parts[0].moment.day
        if customer is None and self._tells_nothing(rows, parts):
            self._found.classes["nobody"] += 1
        elif day is None:
            yield from self._without_day(parts[0], customer)
        elif not all(self._can_be(part.moment.day) for part in parts):
            cell = self._values.day_cell(rows[0][1])
            yield from self._refused(rows, _("{cell} is too far away to be true").format(cell=cell), customer)
        else:
            self._found.orders += 1
            self._found.lines += self._parts.count(rows)
            yield from self._events(parts, day, customer, who)
            if len(rows) > 1:
                yield from self._companions(rows, customer)

    def _tells_nothing(self, rows: OrderRows, parts: list[Part]) -> bool:
        """Whether a row names no amount, no product and no order: a time at which nobody came."""
        part, row = parts[0], rows[0][1]
        return (
            len(rows) == 1 and part.total is None and not part.product and part.quantity is None
            and not (self._has_orders and self._values.order(row))
        )

    def _can_be(self, day: Day | None) -> bool:
        return day is None or _OLDEST <= day <= self._today + _FAR

    def _events(
        self, parts: list[Part], day: Day, customer: CustomerRecord | None, who: str
    ) -> Iterator[EventRecord]:
        """The events of one order; money given back was so on its own day."""
        for part in parts:
            event = self._event(part, day if part.moment.day is None else part.moment.day, customer, who)
            if self._packages.begins(part.rows[0], event, who):
                return
            yield from self._told(event)

    def _told(self, event: EventRecord | None) -> Iterator[EventRecord]:
        if event is not None:
            self._found.add(event, "", self._today)
            yield event

    def _counted(self, rows: OrderRows, given_back: set[int]) -> OrderRows:
        """The rows that tell of a sale or a refund; the others are counted by their class.

        The lines of those that are refunds by their class are added to `given_back`.
        """
        kept = []
        for one in rows:
            name = self._classes.of(one[1])
            if name == "aggregate" and not self._values.product(one[1]):
                if self._packages.announces(one, self._customers.of(one[1], one[0])[1]):
                    kept.append(one)
                    continue
            elif name in (*_COUNTED, "aggregate"):
                if name in ("refund", "chargeback"):
                    given_back.add(one[0])
                kept.append(one)
                continue
            self._found.classes[name] += 1
            if self._understood.system is None:  # the total of a list kept by hand is that of all its rows
                self._values.add_up([one])
        return kept

    def _not_spent(self, rows: OrderRows, given_back: set[int]) -> OrderRows:
        """The rows without those of money that went to nobody who had paid it; these are counted apart."""
        spent = {
            line: sort for line, row in rows if line not in given_back and (sort := self._outgoings.of(row))
        }
        if not spent:
            return rows
        self._found.classes.update(spent.values())
        self._values.add_up([one for one in rows if one[0] in spent])
        return [one for one in rows if one[0] not in spent]

    def _customer(self, rows: OrderRows) -> tuple[CustomerRecord | None, str]:
        """The customer of the first row that names one."""
        for line, row in rows:
            known = self._customers.of(row, line)
            if known[0] is not None:
                return known
        return known

    def _companions(self, rows: OrderRows, buyer: CustomerRecord | None) -> Iterator[CustomerRecord]:
        """Others whom the rows of an order name, such as those who come along to an event."""
        known = set(buyer.identities) if buyer else set()
        for line, row in rows[1:]:
            other, _who = self._customers.of(row, line)
            if other is not None and known.isdisjoint(other.identities):
                known.update(other.identities)
                yield other

    def _event(self, part: Part, day: Day, customer: CustomerRecord | None, who: str) -> EventRecord:
        line, row = part.rows[0]
        values = self._values
        order = values.order(row) if self._has_orders else ""
        total = part.total
        if total is not None and (total < 0 or self._classes.of(row) in _GIVEN_BACK):
            kind, word, total = Kind.REFUND, "refund", abs(total)
            state, refunded = (part.state if part.state in VOID_STATES else ""), 0
        else:
            kind, word = Kind.PURCHASE, "purchase"
            state, refunded = self._settled(row, part)
        key = (
            self._keys.of_order(word, order) if order
            else self._keys.of_contents(word, day, who, total, part.product)
        )
        return EventRecord(
            kind, day, key, customer, time=part.moment.time, amount=total,
            currency=values.currency(row) if total is not None else "", refunded=refunded, state=state,
            product=part.product, quantity=part.quantity, channel=values.channel(row), order_ref=order,
            note=self._packages.note(row, who, values.note(row)), line=line, lines=part.lines,
            payment_refs=values.payment_refs(row),
        )

    def _settled(self, row: list[str], part: Part) -> tuple[str, int]:
        """The state of a purchase and what was given back of it, where the columns tell it together."""
        values = self._values
        total, refunded, state = part.total or 0, part.refunded, part.state
        if state == "refunded":
            return state, refunded or max(0, total - part.told)
        if state in VOID_STATES:
            return state, refunded
        if refunded:
            return ("refunded" if refunded >= total > 0 else "partially_refunded"), refunded
        if values.is_void(row) or (values.is_cancelled(row) and part.outstanding >= total > 0):
            return "cancelled", 0
        if not state and values.is_unpaid(row, total):
            return "unpaid", 0
        return state, 0

    def _without_day(self, part: Part, customer: CustomerRecord | None) -> Iterator[Record]:
        """Nothing happened on no day: such a row is at most a customer."""
        bought = part.total is not None or any(self._values.product(row) for _line, row in part.rows)
        if customer is not None and not bought:
            yield customer
        else:
            reason = _("the day is missing (if it is that of the row above, write it here as well)")
            yield from self._refused(part.rows, reason, customer)

    def _refused(self, rows: OrderRows, reason: str, customer: CustomerRecord | None) -> Iterator[Record]:
        """Rows that cannot be taken, all of an order together; the customer is known nevertheless."""
        if customer is not None:
            yield customer
        first, row = rows[0]
        yield Refusal(first, reason, tuple(row))
        for line, row in rows[1:]:
            yield Refusal(
                line, _("belongs to the order refused in line {line}").format(line=first), tuple(row)
            )
