"""What results are counted from: playbooks begun for customers, steps done, and what the customers did.

Rows only; what counts as won back is decided in `reactivation.results.won_back`.
"""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.listing.numbers import LISTED, parts
from activetui.store.listing.subscription_years import with_tax
from activetui.store.progress import Steps


class Begun(NamedTuple):
    """A playbook that was begun for a customer."""

    id: int
    customer_id: int
    playbook: str
    reason: str
    started: Day
    round_id: int | None


class Done(NamedTuple):
    """A step of a playbook that was done for a customer, whether it reached them or not."""

    id: int
    """The task's number."""
    step: int
    """Position in the playbook, from 0."""
    channel: str
    day: Day
    outcome: str
    event_id: int | None
    """The contact in the ledger; None if it was deleted there."""
    time: str
    """Its time of day, empty if not known."""


class Deed(NamedTuple):
    """An event of a customer that counts, of a kind that was asked for."""

    id: int
    customer_id: int
    kind: int
    action: str
    rating: int | None
    day: Day
    time: str
    net: int
    """Minor units that remain of a purchase, all refunds taken off; of a start or renewal its price, unless
    the payment stands in the ledger as a purchase too. 0 in a currency not the store's."""

    @property
    def paid(self) -> int:
        """What the customer paid with it, in minor units: 0 for what is neither bought nor subscribed to."""
        return self.net if self.kind in PAID_FOR else 0


PAID_FOR = frozenset((int(Kind.PURCHASE), int(Kind.SUBSCRIPTION)))
"""The kinds of event that bring money."""
_BOUGHT_WITHIN = 7
"""A purchase so few days from a charge, of its amount or of that with tax, is the same payment."""
_NET = f"""CASE WHEN event.kind <> {Kind.SUBSCRIPTION} THEN event.net
  WHEN event.action IN ('pause', 'cancel') OR event.amount IS NULL OR event.currency NOT IN ('', ?) THEN 0
  WHEN EXISTS (SELECT 1 FROM event AS bought WHERE bought.customer_id = event.customer_id
    AND bought.kind = {Kind.PURCHASE} AND bought.counts
    AND bought.day BETWEEN event.day - {_BOUGHT_WITHIN} AND event.day + {_BOUGHT_WITHIN}
    AND (bought.amount = event.amount OR {with_tax("bought.amount", "event.amount")}
      OR (event.product <> '' AND fold(bought.product) = fold(event.product)))) THEN 0
  ELSE event.amount - event.refunded END"""


class Past(NamedTuple):
    """What a customer had bought by a day."""

    purchases: int
    last: Day


def begun(conn: sqlite3.Connection, up_to: Day) -> list[Begun]:
    """Every playbook begun for a customer by the end of a day, in the order of their numbers."""
    rows = conn.execute(
        "SELECT id, customer_id, playbook, reason, started, round_id FROM enrolment WHERE started <= ?"
        " ORDER BY id",
        (up_to,),
    )
    return [Begun(*row) for row in rows]


def steps_done(conn: sqlite3.Connection, up_to: Day) -> dict[int, list[Done]]:
    """The steps done by the end of a day by enrolment, those of each in the order in which they were done."""
    found: dict[int, list[Done]] = defaultdict(list)
    for row in conn.execute(
        "SELECT enrolment_id, task.id, step, task.channel, closed, outcome, event_id,"
        " coalesce(event.time, '') FROM task LEFT JOIN event ON event.id = task.event_id"
        " WHERE task.state = 'done' AND closed <= ? ORDER BY enrolment_id, closed, task.id",
        (up_to,),
    ):
        found[row[0]].append(Done(*row[1:]))
    return found


def deeds(
    conn: sqlite3.Connection,
    customers: Sequence[int],
    kinds: Collection[int],
    since: Day,
    up_to: Day,
    steps: Steps | None = None,
) -> dict[int, list[Deed]]:
    """The events of some kinds that count, from `since` to `up_to`, by customer, in the order of days.

    Those of one day stand in the order in which they came into the ledger.
    """
    wanted, home = ", ".join(str(int(kind)) for kind in sorted(set(kinds))), settings.currency(conn)
    found: dict[int, list[Deed]] = defaultdict(list)
    for _at, part in parts(sorted(set(customers))):
        rows = conn.execute(
            f"SELECT id, customer_id, kind, action, rating, day, time, {_NET} FROM event"
            f" WHERE customer_id IN ({LISTED}) AND day BETWEEN ? AND ? AND counts <> 0"
            f" AND kind IN ({wanted}) ORDER BY customer_id, day, id",
            (home, json.dumps(part), since, up_to),
        )
        for row in rows:
            found[row[1]].append(Deed(*row))
        if steps is not None:
            steps.more(len(part))
    return found


def pasts(
    conn: sqlite3.Connection, days: Mapping[int, tuple[int, Day]], steps: Steps | None = None
) -> dict[int, Past]:
    """By the key of each customer and day in `days`, what the customer had bought before that day.

    Without those who had bought nothing that counts. The connection looks from a day that is before none of
    these.
    """
    found: dict[int, Past] = {}
    for _at, part in parts(sorted(days)):
        asked = {key: (key, *days[key]) for key in part}
        for query in (_NOT_BACK, _PAST):        # most have bought nothing since, and then the facts say it
            rows = conn.execute(query, (json.dumps(list(asked.values())),))
            for key, purchases, last in rows.fetchall():
                found[key] = Past(purchases, last)
                del asked[key]
        if steps is not None:
            steps.more(len(part))
    return found


_NOT_BACK = """
SELECT json_extract(value, '$[0]'), fact.purchases, fact.last_purchase
FROM json_each(?) CROSS JOIN fact ON fact.customer_id = json_extract(value, '$[1]')
WHERE fact.last_purchase < json_extract(value, '$[2]')"""
_PAST = f"""
SELECT json_extract(value, '$[0]') AS asked, count(*), max(event.day)
FROM json_each(?) CROSS JOIN event
  ON event.customer_id = json_extract(value, '$[1]') AND event.day < json_extract(value, '$[2]')
WHERE event.kind = {Kind.PURCHASE:d} AND event.counts <> 0
GROUP BY asked"""


def contacted_between(
    conn: sqlite3.Connection, spans: Mapping[int, tuple[Day, Day]], steps: Steps | None = None
) -> frozenset[int]:
    """Those of the customers whom the business has contacted from the first to the last day of their span.

    By a step of a playbook or not: every contact in the ledger that did not come from the customer.
    """
    found: set[int] = set()
    for _at, part in parts(sorted(spans)):
        rows = conn.execute(_CONTACTED, (json.dumps([[number, *spans[number]] for number in part]),))
        found.update(number for (number,) in rows)
        if steps is not None:
            steps.more(len(part))
    return frozenset(found)


_CONTACTED = f"""
SELECT DISTINCT event.customer_id FROM json_each(?) CROSS JOIN event
  ON event.kind = {Kind.CONTACT:d} AND event.customer_id = json_extract(value, '$[0]')
  AND event.day BETWEEN json_extract(value, '$[1]') AND json_extract(value, '$[2]')
WHERE event.action <> 'in' AND event.counts <> 0"""


SELDOM = 92
"""Where no file has brought purchases for so many days, the owner writes them all by hand."""


def sales_known_to(conn: sqlite3.Connection) -> Day | None:
    """The last day, up to the day looked from, of which it is known what customers have bought.

    Where files bring purchases, the last day that one tells of: a purchase written by hand says nothing of
    the others, and it is mostly of somebody whom the owner has just called. Else the day of the last
    purchase. What happened later is not known: the next file has not been imported yet. None without any.
    """
    last = conn.execute("SELECT max(last_purchase) FROM fact").fetchone()[0]
    told = conn.execute(
        "SELECT max(last_day) FROM batch WHERE undone_at IS NULL AND last_day IS NOT NULL"
        " AND json_extract(counts, '$.found.purchases') > 0"
    ).fetchone()[0]
    if last is None or told is None or last - told > SELDOM:
        return None if last is None else int(last)
    return min(int(last), int(told))
