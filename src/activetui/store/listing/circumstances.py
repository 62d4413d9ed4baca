"""What is going on with some customers, beside their figures: whether and why to get in touch."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store.listing.event_tests import CANCELLED
from activetui.store.listing.numbers import LISTED
from activetui.store.listing.renewals import ENDS


class Circumstances(NamedTuple):
    """What is going on with one customer."""

    contactable: bool = True
    """Whether they have not said that they want no contact."""
    agreed: bool = False
    """Whether they have agreed to marketing."""
    last_contact: Day | None = None
    """The day of their last contact."""
    complained: Day | None = None
    """The last complaint that has not been put right."""
    runs_until: Day | None = None
    """The last day of the subscription that ends first."""
    birthday: Day | None = None
    """The day of birth."""
    ran_until: Day | None = None
    """The last day of the subscription that is over since the shortest time."""
    expires: Day | None = None
    """The first end of a subscription that does not renew by itself; only from `with_ends`."""
    unrenewed: Day | None = None
    """The end of one that is over and was not renewed; only from `with_ends`."""
    cancelled: Day | None = None
    """The day on which a subscription was cancelled that was not begun again; only from `with_ends`."""


SOON = 30
"""Ends of subscriptions are told of so many days before, and after."""
NOTHING = Circumstances()

_FOUND = f"""
SELECT customer.id, customer.do_not_contact = 0, customer.consent IS 1, fact.last_contact,
  (SELECT max(event.day) FROM event WHERE event.kind = {Kind.COMPLAINT} AND event.kind <> {Kind.PURCHASE}
    AND event.customer_id = customer.id AND event.counts AND event.day <= ?1
    AND NOT EXISTS (SELECT 1 FROM event AS answer WHERE answer.kind = {Kind.COMPLAINT_RESOLVED}
      AND answer.kind <> {Kind.PURCHASE} AND answer.customer_id = customer.id AND answer.counts
      AND answer.day BETWEEN event.day AND ?1)),
  (SELECT min(last_day) FROM subscription WHERE subscription.customer_id = customer.id
    AND first_day <= ?1 AND last_day >= ?1),
  customer.birthday,
  (SELECT max(last_day) FROM subscription WHERE subscription.customer_id = customer.id AND last_day < ?1)
FROM customer JOIN fact ON fact.customer_id = customer.id
WHERE customer.id IN ({LISTED.replace('?', '?2')})"""


def circumstances(conn: sqlite3.Connection, ids: Sequence[int], day: Day) -> dict[int, Circumstances]:
    """What is going on with each of the customers on a day."""
    rows = conn.execute(_FOUND, (day, json.dumps([int(number) for number in ids])))
    return {
        number: Circumstances(bool(contactable), bool(agreed), *rest)
        for number, contactable, agreed, *rest in rows
    }


def with_ends(
    conn: sqlite3.Connection, around: Mapping[int, Circumstances], day: Day
) -> dict[int, Circumstances]:
    """The same with what became of subscriptions: ends that one has to ask about, cancellations."""
    ending = [number for number, each in around.items() if _ends(each.runs_until, day)]
    ended = [number for number, each in around.items() if _ends(each.ran_until, day)]
    subscribed = [number for number, each in around.items() if each.runs_until or each.ran_until]
    expires, unrenewed = _end(conn, "expires", ending, day), _end(conn, "unrenewed", ended, day)
    cancelled = _found(conn, f"{CANCELLED} HAVING event.customer_id IN ({LISTED})", subscribed, day)
    return {
        number: each._replace(
            expires=expires.get(number), unrenewed=unrenewed.get(number), cancelled=cancelled.get(number)
        )
        for number, each in around.items()
    }


def _ends(end: Day | None, day: Day) -> bool:
    return end is not None and abs(end - day) <= SOON


def _end(conn: sqlite3.Connection, what: str, customers: Sequence[int], day: Day) -> dict[int, Day]:
    """The ends of one sort of subscriptions, of some customers."""
    return _found(conn, ENDS[what].format(near=f"AND event.customer_id IN ({LISTED})"), customers, day)


def _found(conn: sqlite3.Connection, sql: str, customers: Sequence[int], day: Day) -> dict[int, Day]:
    """The day that a condition on events finds; the last `?` is for the customers, all others are the day."""
    if not customers:
        return {}
    return dict(conn.execute(sql, (*[day] * (sql.count("?") - 1), json.dumps(customers))).fetchall())
