"""A block of customers with their events, as arrays: what the evaluator works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import ACTION_CODES, NATURES
from activetui.ledger.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LedgerBlock:
    """Some customers and all their events, sorted by customer, day, event number.

    The event arrays have one element an event; `owner[i]` is the position of its customer in `customers`.
    Columns that no condition asks for may be None.
    """

    customers: NDArray[np.int64]
    """Customer numbers, ascending; also those without events."""
    owner: NDArray[np.int32]
    day: NDArray[np.int32]
    kind: NDArray[np.int16]
    counts: NDArray[np.bool_]
    """Whether the event is activity (`ledger.settlement`)."""
    net: NDArray[np.int64]
    """Minor units in the store's currency that remain of a purchase; negative for a refund on its own."""
    until: NDArray[np.int32]
    """Last day of a subscription; FAR_FUTURE where it has no end."""
    known: NDArray[np.int32]
    """Day on which the business knew of the event (a booking is known before its day)."""
    action: NDArray[np.int8]
    """`ledger.kinds.ACTION_CODES`, 0 for none."""
    nature: NDArray[np.int8]
    """`ledger.kinds.NATURES`, 0 for unknown."""
    rating: NDArray[np.int16]
    """Stars or points; -1 for none."""
    product: NDArray[np.object_] | None = None
    """Product, service or feature as folded text. Subscription events always need theirs (periods are told
    apart by it); those of other kinds only where `Definition.columns` asks."""
    channel: NDArray[np.object_] | None = None
    vip: NDArray[np.bool_] | None = None
    """One element a customer: tagged as VIP by the owner."""
    history: NDArray[np.int32] | None = None
    """One element a customer: the day from which the ledger holds what they did; FAR_PAST where that is the
    start of the whole ledger. A business that was taken over brings customers without their past."""


class BlockEvent(NamedTuple):
    """One event as plain values: what `block_of` takes. The fields are those of the ledger's table."""

    customer: int
    day: Day
    kind: int
    counts: bool | int = True
    net: int = 0
    until: Day | None = None
    """None: no end."""
    known: Day | None = None
    """None: known on its day."""
    action: str = ""
    nature: str = ""
    rating: int | None = None
    product: str = ""
    channel: str = ""


def block_of(
    customers: Iterable[int],
    events: Iterable[tuple[Any, ...]],
    *,
    vip: Iterable[int] = (),
    history: Mapping[int, Day] | None = None,
) -> LedgerBlock:
    """A block from plain values: customer numbers, events (`BlockEvent` or a tuple in its order), VIPs, and
    the days from which the ledger knows some of the customers.

    Nothing need be sorted; events of one customer on one day stay in the order given, which is to be that
    of their event numbers. Events of a customer who is not among `customers` raise `KeyError`.
    """
    import numpy as np

    numbers = np.array(sorted(set(customers)), dtype=np.int64)
    rows = [BlockEvent(*event) for event in events]
    place = {number: position for position, number in enumerate(numbers.tolist())}
    rows.sort(key=lambda row: (row.customer, row.day))
    tagged = set(vip)

    def column(values: Iterable[Any], dtype: Any) -> Any:
        return np.fromiter(values, dtype=dtype, count=len(rows))

    return LedgerBlock(
        customers=numbers,
        owner=column((place[row.customer] for row in rows), np.int32),
        day=column((row.day for row in rows), np.int32),
        kind=column((row.kind for row in rows), np.int16),
        counts=column((bool(row.counts) for row in rows), np.bool_),
        net=column((row.net for row in rows), np.int64),
        until=column((_last_day(row.until) for row in rows), np.int32),
        known=column((row.day if row.known is None else row.known for row in rows), np.int32),
        action=column((ACTION_CODES.get(row.action, 0) for row in rows), np.int8),
        nature=column((NATURES.get(row.nature, 0) for row in rows), np.int8),
        rating=column((-1 if row.rating is None else row.rating for row in rows), np.int16),
        product=column((fold(row.product) for row in rows), np.object_),
        channel=column((fold(row.channel) for row in rows), np.object_),
        vip=np.fromiter((number in tagged for number in numbers.tolist()), np.bool_, len(numbers)),
        history=history_of(numbers.tolist(), history or {}),
    )


def history_of(customers: Sequence[int], history: Mapping[int, Day]) -> NDArray[np.int32] | None:
    """The column `history` for customers in their order; None where the ledger knows all from its start."""
    import numpy as np

    if not history:
        return None
    return np.fromiter((history.get(number, FAR_PAST) for number in customers), np.int32, len(customers))


def variants(block: LedgerBlock, events: Sequence[BlockEvent]) -> LedgerBlock:
    """What the ledger of one customer would be with each of the events: a customer for each of them.

    The added event is the last of its day. Customers are numbered from 0.
    """
    import numpy as np

    copies, length = len(events), len(block.day)
    added = block_of(range(copies), [event._replace(customer=n) for n, event in enumerate(events)])
    owner = np.concatenate((np.repeat(added.owner, length), added.owner))
    order = np.lexsort((np.concatenate((np.tile(block.day, copies), added.day)), owner))

    def column(name: str) -> Any:
        once = getattr(block, name)
        return None if once is None else np.concatenate((np.tile(once, copies), getattr(added, name)))[order]

    names = {field.name for field in fields(LedgerBlock)} - {"customers", "owner", "vip", "history"}
    columns = {name: column(name) for name in names}
    history = None if block.history is None else np.repeat(block.history, copies)
    return LedgerBlock(customers=added.customers, owner=owner[order], history=history, **columns)


def _last_day(until: Day | None) -> Day:
    """The column `until`: open ends, and ends beyond all calendars, are FAR_FUTURE."""
    return FAR_FUTURE if until is None else min(until, FAR_FUTURE)
