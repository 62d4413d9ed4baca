"""What an import is going to change, in numbers and examples, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from activetui.ledger.days import Day
from activetui.store.imports.packing import Packing
from activetui.store.imports.paid_sales import PaidSales


@dataclass(frozen=True, slots=True)
class Change:
    """One example of a value that the import changes. Values are as stored: words, minor units, days."""

    table: str
    """`event` or `customer`."""
    id: int
    """The number of the event or customer."""
    label: str
    """The order number or key of an event; the name, e-mail or key of a customer."""
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class StagedPlan:
    """What an import is going to change."""

    new: int = 0
    """Events that the ledger does not have."""
    changed: int = 0
    """Events that the ledger has otherwise, such as a paid order that is refunded by now."""
    unchanged: int = 0
    """Events that the ledger has already, or has in a later version."""
    refused: int = 0
    repeated: int = 0
    """Events whose key stands in the file more than once; the last one is taken."""
    customers_new: int = 0
    customers_changed: int = 0
    customers_unchanged: int = 0
    walk_ins: int = 0
    """Events without a customer."""
    first_day: Day | None = None
    last_day: Day | None = None
    state_changes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many changed events go from one state to another, such as ("paid", "refunded")."""
    samples: tuple[Change, ...] = ()
    turned_back: tuple[Change, ...] = ()
    """Examples of what the file would turn back, and the import leaves as it is: refunds, cancellations,
    unsubscriptions. `before` is what the ledger has, `after` what the file says."""
    turned_back_count: int = 0
    """How many events and customers that concerns."""
    asks_older: bool = False
    """Whether the owner is to say what holds: the file, or what the ledger has."""
    older_unclear: bool = False
    """Whether nothing shows which of the two is the more recent; else the file is the older one."""
    forgotten: int = 0
    """Events of the file that were deleted by hand and stay away."""
    forgotten_people: int = 0
    """Customers of the file who were forgotten for good: their sales count without a person."""
    warnings: tuple[str, ...] = ()
    """For people, translated: what the owner should know before accepting."""
    nothing_to_do: bool = True
    """Whether the file changes nothing at all."""

    @property
    def customers(self) -> int:
        """How many customers the file knows."""
        return self.customers_new + self.customers_changed + self.customers_unchanged


SAMPLES = 20
"""How many examples of changes are kept, of customers and of events each."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What is known of a file once all its records are staged."""

    source: str
    file_hash: str
    days: Sequence[Day]
    """The last day of each hint."""
    first_hint: int
    """The number of the first hint: that of the first new customer, when staging began."""
    events: int
    """How many were staged, repeated ones among them."""
    first_day: Day | None
    last_day: Day | None
    walk_ins: int
    """Events without a customer, repeated ones among them."""
    currencies: frozenset[str]
    keys_repeat: bool
    """Whether a key may stand in the file twice."""
    refused: int
    today: Day
    older: str = ""
    """The owner's answer where the file would turn back what the ledger has: `keep` or `take`."""
    bring_back: bool = False
    """Whether events that were deleted by hand come back."""
    batch: int = 0
    """The number of the batch, if nothing else is written before it."""
    sales: PaidSales | None = None
    """All events, where the ledger is empty and the file has nothing but paid purchases."""
    all_apart: bool = False
    """Whether no sign belongs to two hints: within the file, each is someone else."""
    rows_are_lines: bool = False
    """Whether files with these headings are known to write each line of an order in a row of its own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the plan of a file must know of the file itself."""

    source_id: int
    """The number of its source; not stored yet if nothing has come from there."""
    last_day: Day | None
    """The day of its last event: how recent it is."""
    newer: frozenset[int]
    """Batches of the file's sources from more recent files: what they say, this file does not turn back."""
    unclear: bool = False
    """Whether a file of its sources has been imported that may be more recent."""
    older: str = ""
    """As in `Staged`."""


@dataclass(slots=True)
class CustomerPlan:
    """What happens to customers."""

    first_new: int
    """New customers are numbered from here."""
    new: int = 0
    known: int = 0
    changed: int = 0
    first_hint: int = 1
    """The number of the first hint."""
    as_staged: bool = False
    """Whether every hint is a new customer, who gets its number."""
    stand_ins: bool = False
    """Whether some hints are nobody after all."""
    new_signs: bool = False
    """Whether a known customer is matched by one more sign, or has said what a merged one said."""
    samples: list[Change] = field(default_factory=list)
    turned_back: int = 0
    """Customers who have unsubscribed and whom the file calls subscribed: they stay as they are."""
    turned_back_samples: list[Change] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class EventPlan:
    """What happens to events."""

    first_id: int
    """The staged event `seq` gets the number `first_id` + `seq`, if it is new."""
    staged: int = 0
    last_seq: int = 0
    known: int = 0
    changed: int = 0
    repeated: int = 0
    walk_ins: int = 0
    currency: str = ""
    """The currency in which the store will add money up; empty if the file has no money."""
    state_changes: dict[tuple[str, str], int] = field(default_factory=dict)
    samples: list[Change] = field(default_factory=list)
    turned_back: int = 0
    turned_back_samples: list[Change] = field(default_factory=list)
    asks_older: bool = False
    older_unclear: bool = False
    forgotten: int = 0
    """Events that were deleted by hand and stay away."""
    forgotten_people: int = 0
    """Customers who were forgotten for good and stay away."""
    left_out: int = 0
    """Events that tell of them and are no sales."""
    corrected: int = 0
    """Events of which the file says what was corrected by hand; they stay as they were corrected."""
    forgotten_anew: list[tuple[int, str, str | None]] = field(default_factory=list)
    """Of those, what the file tells otherwise: source, key, and the row as it is now; None: it comes back."""
    warnings: list[str] = field(default_factory=list)
    batch: int = 0
    """The batch whose number they have, if they stand in `staging.event` as they will in the ledger; else 0.
    """
    sales: PaidSales | None = None
    """All that the ledger is going to hold, if the events are nothing but paid purchases."""

    @property
    def new(self) -> int:
        """Events that the ledger does not have."""
        return self.staged - self.known


@dataclass(frozen=True, slots=True)
class Plans:
    """Everything that is known once a file has been compared with the ledger."""

    context: Context
    customers: CustomerPlan
    events: EventPlan
    summary: StagedPlan
    made_for: tuple[int, int]
    """The state of the connection and the store for which this holds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is kept of an import beside its rows."""

    file_name: str
    file_hash: str
    system: str
    assumptions: Mapping[str, Any]
    counts: Mapping[str, Any]
    made_at: str
    new_kinds: Mapping[str, int] = field(default_factory=dict)
    """Kinds of the owner's own that the file brings, with the numbers that its events use."""
    path: Path | None = None
    """The file itself, which is kept with the batch; it must be what `file_hash` says. None: not kept."""
    packing: Packing | None = None
    """The same file, if it is being packed already."""
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What of the owner's answers holds for later files, by signature (`store.answers`)."""
    business: Mapping[str, str] = field(default_factory=dict)
    """Settings of the business that the answers tell; those that the store has stay."""
