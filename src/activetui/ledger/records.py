"""What an import hands to the store: customers, events and order lines, not yet numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind


@dataclass(slots=True)
class CustomerRecord:
    """What one row says of a customer. Empty text and None mean: the row does not say.

    `key` is the id that the source gave. A record without key, e-mail, phone and tax id is known by its
    name alone, and only within its source. One without even a name is nobody: a walk-in.
    """

    key: str = ""
    name: str = ""
    first_name: str = ""
    email: str = ""
    """As written; matched by `identity_email`."""
    phone: str = ""
    """E.164 where it could be read, else as written."""
    tax_id: str = ""
    company: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    """ISO 3166 alpha-2 where it could be read, else as written."""
    language: str = ""
    birthday: Day | None = None
    history_from: Day | None = None
    """The day from which the source holds what the customer did; None: from its start."""
    note: str = ""
    consent: bool | None = None
    do_not_contact: bool | None = None
    tags: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    identities: tuple[tuple[str, str], ...] = ()
    """(kind, value) by which the customer is matched, strongest first: kinds `id`, `email`, `phone`,
    `tax`, `name`. `id` and `name` hold within the source only: that of the import, or the one that the
    kind names itself, such as `id@shopify` (the native CSV carries the identities of every source)."""
    entered: Day | None = None
    """The day on which a store learned of the customer; None: the day of this import."""


@dataclass(slots=True)
class LineRecord:
    """One line of an order."""

    product: str
    quantity: float | None = None
    unit_price: int | None = None
    amount: int | None = None
    sku: str = ""
    category: str = ""


@dataclass(slots=True)
class EventRecord:
    """One dated fact, with the customer it is about (None: a walk-in)."""

    kind: int
    day: Day
    key: str
    """Unique within the source and the same at every import of the same fact."""
    customer: CustomerRecord | None = None
    time: str = ""
    amount: int | None = None
    currency: str = ""
    refunded: int = 0
    state: str = ""
    action: str = ""
    nature: str = ""
    product: str = ""
    quantity: float | None = None
    rating: int | None = None
    channel: str = ""
    until: Day | None = None
    order_ref: str = ""
    note: str = ""
    recorded: Day | None = None
    """The day on which the business knew; None: the day of the import, or of the event if that is earlier."""
    source: str = ""
    """Set only where the file itself names the source of each row (the native CSV)."""
    line: int = 0
    """Physical line of the file on which the record begins."""
    lines: list[LineRecord] = field(default_factory=list)
    entered: Day | None = None
    """The day on which a store learned of it; None: the day on which it is written down or imported."""
    payment_refs: tuple[str, ...] = ()
    """Numbers by which other programs may know the same sale: of the payment, the invoice, the order."""


@dataclass(slots=True)
class PaidPurchases:
    """Purchases that were paid in full and say little else, as columns: most rows of most files.

    They mean what `records` gives, and spare a million rows an object each. A column that may be empty is so
    where no purchase says anything there.
    """

    currency: str
    day: Sequence[Day]
    time: Sequence[str]
    """May be empty."""
    key: Sequence[str]
    """May be empty: then every key is `purchase:` and the order's number."""
    customer: Sequence[int]
    """Numbers of customers introduced here or in an earlier part of the file; 0 is nobody."""
    introduced: Sequence[CustomerRecord]
    """Customers who appear for the first time, in the order of their numbers."""
    first: int
    """The number of the first one introduced. Numbers count from 1; where they do so again, all are forgotten
    that were introduced before."""
    amount: Sequence[int]
    """Never negative."""
    state: Sequence[str]
    """`paid` or empty text; may be empty."""
    product: Sequence[str]
    """May be empty."""
    quantity: Sequence[float | None]
    """May be empty."""
    order_ref: Sequence[str]
    line: Sequence[int]

    def __len__(self) -> int:
        return len(self.day)

    def keys(self) -> Sequence[str]:
        """The key of each purchase."""
        return self.key or [f"purchase:{order}" for order in self.order_ref]

    def only(self, wanted: Sequence[bool]) -> PaidPurchases:
        """Those of the purchases that are wanted; everyone stays introduced, whether they bought or not."""

        def some(column: Sequence[Any]) -> Sequence[Any]:
            return list(compress(column, wanted))

        return PaidPurchases(
            self.currency, some(self.day), some(self.time), some(self.key), some(self.customer),
            self.introduced, self.first, some(self.amount), some(self.state), some(self.product),
            some(self.quantity), some(self.order_ref), some(self.line),
        )

    def introduce(self, people: list[CustomerRecord]) -> None:
        """Bring the list of everyone introduced in a file up to this part; at its beginning it is empty."""
        del people[self.first - 1 :]
        people += self.introduced

    def records(self, people: Sequence[CustomerRecord]) -> Iterator[EventRecord]:
        """The same purchases, one by one, after `introduce`."""
        nothing = [""] * len(self)
        for day, time, key, customer, amount, state, product, quantity, order_ref, line in zip(
            self.day, self.time or nothing, self.keys(), self.customer, self.amount, self.state or nothing,
            self.product or nothing, self.quantity or [None] * len(self), self.order_ref, self.line,
            strict=True,
        ):
            yield EventRecord(
                int(Kind.PURCHASE), day, key, people[customer - 1] if customer else None, time=time,
                amount=amount, currency=self.currency, state=state, product=product, quantity=quantity,
                order_ref=order_ref, line=line,
            )


@dataclass(slots=True)
class Refusal:
    """A row that could not be taken, and why."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()
    column: str = ""
