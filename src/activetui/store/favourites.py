"""What customers buy most, and when they were here last: what a message to them can speak of."""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from activetui.ledger.days import FAR_FUTURE, Day
from activetui.ledger.kinds import Kind
from activetui.store.listing.numbers import LISTED, parts


def favourite_products(conn: sqlite3.Connection, customers: Sequence[int], day: Day) -> dict[int, str]:
    """For each of the customers who has one, the product bought on most days up to `day`; then by money."""
    found: dict[int, str] = {}
    for _at, part in parts(customers):
        found.update(conn.execute(_FAVOURITES, {"customers": json.dumps(part), "day": day}))
    return found


def last_visits(conn: sqlite3.Connection, customers: Sequence[int], day: Day) -> dict[int, Day]:
    """For each of the customers who has one, the day of the last purchase or visit that counts."""
    found: dict[int, Day] = {}
    for _at, part in parts(customers):
        found.update(conn.execute(_VISITS, {"customers": json.dumps(part), "day": day}))
    return found


_OF_THEM = f"customer_id IN ({LISTED.replace('?', ':customers')}) AND counts <> 0 AND day <= :day"

_FAVOURITES = f"""
SELECT customer_id, product FROM (
  SELECT customer_id, product, row_number() OVER (
    PARTITION BY customer_id ORDER BY count(DISTINCT day) DESC, sum(money) DESC, product) AS place
  FROM (
    SELECT event.customer_id, event.day, coalesce(line.product, event.product) AS product,
      coalesce(line.amount, event.net) AS money
    FROM event LEFT JOIN line ON line.event_id = event.id
    WHERE {_OF_THEM} AND kind = {Kind.PURCHASE:d})
  WHERE product <> '' GROUP BY customer_id, product)
WHERE place = 1"""

_VISITS = f"""
SELECT customer_id, max(day) FROM event
WHERE {_OF_THEM} AND kind IN ({Kind.PURCHASE:d}, {Kind.VISIT:d}) GROUP BY customer_id"""


def subscriptions(
    conn: sqlite3.Connection, customers: Sequence[int], day: Day
) -> dict[int, tuple[str, Day]]:
    """For each of the customers who has one: product and last day of the subscription that ends next.

    Where none runs on `day`, of the one that ended last. Those without an end are passed over.
    """
    found: dict[int, tuple[str, Day]] = {}
    for _at, part in parts(customers):
        rows = conn.execute(_SUBSCRIPTIONS, {"customers": json.dumps(part), "day": day})
        found.update((customer, (product, last)) for customer, product, last in rows)
    return found


_SUBSCRIPTIONS = f"""
SELECT customer_id, product, last_day FROM (
  SELECT customer_id, product, last_day, row_number() OVER (
    PARTITION BY customer_id ORDER BY last_day < :day, abs(last_day - :day), product) AS place
  FROM subscription
  WHERE customer_id IN ({LISTED.replace('?', ':customers')}) AND last_day < {FAR_FUTURE - 1})
WHERE place = 1"""
