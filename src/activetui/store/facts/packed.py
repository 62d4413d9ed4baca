"""Events packed by SQL into three whole numbers each, and unpacked into arrays.

Making a Python object of every cell costs more than all the rest; so several cells share a number, and the
usual event, which has none of the rarer cells, has 0 for all of those.

`key`: customer | day from FAR_PAST (22 bits) | kind (12 bits) | counts (1 bit); it sorts by customer and day.
`net`: money in the store's currency, 0 for another.
`rest`: 0 for the usual event; else, from the lowest bit: 1 | action (5) | nature (2) | rating + 1 (12) |
until from FAR_PAST (21) | day known from FAR_PAST (22).
"""

from __future__ import annotations

from array import array
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.block import LedgerBlock
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.kinds import ACTION_CODES, NATURES
from activetui.ledger.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_KINDS = 4096
"""Kinds are numbered below this: twelve bits."""
CUSTOMER_AT, DAY_AT, KIND_AT = 35, 13, 1
_DAY_BITS = (1 << 22) - 1


def _codes(column: str, codes: dict[str, int]) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {code}" for word, code in codes.items())
    return f"CASE {column} WHEN '' THEN 0 {cases} ELSE 0 END"


KEY = (
    f"(customer_id << {CUSTOMER_AT}) | ((day - {FAR_PAST}) << {DAY_AT}) | (kind << {KIND_AT}) | (counts <> 0)"
)
NET = "CASE WHEN currency IN ('', ?) THEN net ELSE 0 END"
"""Has one parameter: the store's currency."""
REST = f"""
CASE WHEN action = '' AND nature = '' AND rating IS NULL AND until IS NULL AND recorded >= day THEN 0
ELSE 1 | ({_codes("action", ACTION_CODES)} << 1) | ({_codes("nature", NATURES)} << 6)
  | ((min(max(coalesce(rating, -1), -1), 4000) + 1) << 8)
  | ((min(max(coalesce(until, {FAR_FUTURE}), {FAR_PAST}), {FAR_FUTURE}) - {FAR_PAST}) << 20)
  | ((max(min(recorded, day), {FAR_PAST}) - {FAR_PAST}) << 41) END"""


def numbers(text: str | None) -> NDArray[np.int64]:
    """The whole numbers of a text that `group_concat` made; none for NULL."""
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def kind_of(key: NDArray[np.int64]) -> NDArray[np.int16]:
    """The kinds in keys."""
    import numpy as np

    return (key >> KIND_AT & (MOST_KINDS - 1)).astype(np.int16)


def day_of(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """The days in keys."""
    return (key >> DAY_AT & _DAY_BITS) + FAR_PAST


def paid_purchases(columns: list[NDArray[np.int64]], order: NDArray[np.int64] | None = None) -> Packed:
    """Purchases that count, each worth its amount in the store's currency, known on their day.

    `columns` are customer, day and amount in the order of the events' numbers; those of customer 0 are
    nobody's and left out. `order` is that by customer and day, where it is known. The list is emptied and the
    arrays are used up: nothing is held twice.
    """
    import numpy as np

    from activetui.ledger.kinds import Kind

    amount, day, key = columns.pop(), columns.pop(), columns.pop()
    somebody = key > 0
    key <<= CUSTOMER_AT
    day -= FAR_PAST
    day <<= DAY_AT
    key |= day
    del day
    key |= int(Kind.PURCHASE) << KIND_AT | 1
    if order is None:
        order = np.argsort(key, kind="stable")  # all that follows the day in a key is the same here
    if not somebody.all():
        order = order[somebody[order]]
    key = key[order]
    amount = amount[order]
    nothing = Texts(np.empty(0, np.int64), np.empty(0, np.object_))
    return Packed(key, amount, np.broadcast_to(np.int64(0), len(key)), nothing, None)


class Texts(NamedTuple):
    """A text column of events, of which perhaps only some were read."""

    at: NDArray[np.int64]
    """Places of the events, ascending."""
    text: NDArray[np.object_]

    def rows(self, first: int, last: int) -> Texts:
        """Those of the events at the places `[first, last)`, which are then counted from 0."""
        import numpy as np

        low, high = np.searchsorted(self.at, (first, last)).tolist()
        return Texts(self.at[low:high] - first, self.text[low:high])

    def only(self, wanted: NDArray[np.bool_]) -> Texts:
        """Those of the wanted events, which are then the only ones."""
        kept = wanted[self.at]
        return Texts((wanted.cumsum() - 1)[self.at[kept]], self.text[kept])

    def moved(self, order: NDArray[np.int64]) -> Texts:
        """The column after the events were put into `order`."""
        import numpy as np

        if not len(self.at):
            return self
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        at = place[self.at]
        ascending = np.argsort(at)
        return Texts(at[ascending], self.text[ascending])

    def whole(self, count: int, folded: bool = False) -> NDArray[np.object_]:
        """One text for each of `count` events, empty where none was read; `folded`: as texts are matched."""
        import numpy as np

        column = np.full(count, "", dtype=np.object_)
        once = cache(fold)
        column[self.at] = [once(text) for text in self.text] if folded else self.text
        return column


def in_order(columns: list[array[int]], product: Texts, channel: Texts | None) -> Packed:
    """Events that come in the order of their numbers, by customer, day and number.

    `columns` are key, net and rest; the list is emptied, so that they are not held twice.
    """
    import numpy as np

    net, rest = (np.frombuffer(columns.pop(1), dtype=np.int64) for _column in range(2))
    key = np.frombuffer(columns.pop(), dtype=np.int64)
    order = np.argsort(key >> DAY_AT, kind="stable")
    key = key[order]
    net = net[order]
    rest = rest[order] if rest.any() else np.broadcast_to(np.int64(0), len(rest))
    return Packed(key, net, rest, product.moved(order), channel and channel.moved(order))


class Packed(NamedTuple):
    """Packed events, by customer, day and number."""

    key: NDArray[np.int64]
    net: NDArray[np.int64]
    rest: NDArray[np.int64]
    product: Texts
    channel: Texts | None

    def of(self, customers: NDArray[np.int64]) -> Packed:
        """The events of some customers (ascending numbers)."""
        import numpy as np

        low, high = (int(customers[0]), int(customers[-1]) + 1) if len(customers) else (0, 0)
        first, last = np.searchsorted(self.key, (low << CUSTOMER_AT, high << CUSTOMER_AT)).tolist()
        found = Packed(
            self.key[first:last], self.net[first:last], self.rest[first:last],
            self.product.rows(first, last), self.channel and self.channel.rows(first, last),
        )
        owners = found.key >> CUSTOMER_AT
        wanted = customers[np.searchsorted(customers, owners)] == owners if len(owners) else owners == 0
        if wanted.all():
            return found
        return Packed(
            found.key[wanted], found.net[wanted], found.rest[wanted],
            found.product.only(wanted), found.channel and found.channel.only(wanted),
        )

    def block(self, customers: NDArray[np.int64], vips: list[int]) -> LedgerBlock:
        """The arrays that the numbers stand for; the events are of `customers` only."""
        import numpy as np

        day = day_of(self.key)
        usual = self.rest == 0
        count = len(self.key)
        return LedgerBlock(
            customers=customers,
            owner=np.searchsorted(customers, self.key >> CUSTOMER_AT).astype(np.int32),
            day=day.astype(np.int32),
            kind=kind_of(self.key),
            counts=(self.key & 1).astype(np.bool_),
            net=self.net,
            until=np.where(usual, FAR_FUTURE, (self.rest >> 20 & 0x1FFFFF) + FAR_PAST).astype(np.int32),
            known=np.where(usual, day, (self.rest >> 41) + FAR_PAST).astype(np.int32),
            action=(self.rest >> 1 & 0x1F).astype(np.int8),
            nature=(self.rest >> 6 & 0x3).astype(np.int8),
            rating=np.where(usual, -1, (self.rest >> 8 & 0xFFF) - 1).astype(np.int16),
            product=self.product.whole(count, folded=True),
            channel=None if self.channel is None else self.channel.whole(count, folded=True),
            vip=np.isin(customers, vips),
        )
