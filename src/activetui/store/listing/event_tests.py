"""Conditions on what happened to a customer, as SQL texts; every `?` is the day that is asked of.

Events are looked through once for a whole question, not once for each customer, unless few customers are
looked at (`one_by_one`).
"""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

from collections.abc import Collection

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.kinds import Kind
from activetui.store.facts import lives, lives_in_sql

_RARE = f"<> {Kind.PURCHASE}"
"""Said with every other kind, for the index over the events that are no purchases (`event_by_kind`)."""

_SOMEBODYS = "event.counts AND event.customer_id IS NOT NULL"
_COMPLAINTS = f"event.kind = {Kind.COMPLAINT} AND event.kind {_RARE} AND {_SOMEBODYS} AND event.day <= ?"

_HAS_EVENT = "customer.id IN (SELECT event.customer_id FROM event WHERE"
_HAS_LINE = "event.id IN (SELECT line.event_id FROM line WHERE"
_ONE_BY_ONE = {
    _HAS_EVENT: "EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id AND",
    _HAS_LINE: "EXISTS (SELECT 1 FROM line WHERE line.event_id = event.id AND",
}

KIND = f"""{_HAS_EVENT}
  event.kind = (SELECT kind.id FROM kind WHERE kind.name = {{name}}) AND event.kind {_RARE}
  AND {_SOMEBODYS} AND {{known}})"""

KNOWN = "event.day <= ?"
BOOKED = "(event.day <= ? OR event.recorded <= ?)"
"""A booking is known before its day."""

COMPLAINT = f"{_HAS_EVENT} {_COMPLAINTS})"

OPEN_COMPLAINT = f"""{_HAS_EVENT} {_COMPLAINTS}
  AND NOT EXISTS (SELECT 1 FROM event AS answer WHERE answer.customer_id = event.customer_id
    AND answer.kind = {Kind.COMPLAINT_RESOLVED} AND answer.kind {_RARE} AND answer.counts
    AND answer.day BETWEEN event.day AND ?))"""

COMPLAINED = f"""SELECT event.customer_id, max(event.day) AS at FROM event
  WHERE {_COMPLAINTS} GROUP BY event.customer_id"""
"""Who has complained, and when last."""

CANCELLED = f"""SELECT event.customer_id, max(event.day) AS at FROM event
  WHERE event.kind = {Kind.SUBSCRIPTION} AND event.kind {_RARE} AND {_SOMEBODYS}
  AND event.action = 'cancel' AND event.day <= ?
  AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.customer_id = event.customer_id
    AND later.kind = {Kind.SUBSCRIPTION} AND later.kind {_RARE} AND later.counts AND later.day <= ?
    AND fold(later.product) = fold(event.product) AND (later.day, later.id) > (event.day, event.id)
    AND later.action NOT IN ('pause', 'cancel'))
  GROUP BY event.customer_id"""
"""Who has cancelled a subscription and not begun it again, and when last."""

RENEWABLE = f"""FROM event
  WHERE event.kind = {Kind.SUBSCRIPTION} AND event.kind {_RARE} AND {_SOMEBODYS}
  AND event.action NOT IN ('pause', 'cancel') AND event.day <= ? AND event.until >= ?
  AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.customer_id = event.customer_id
    AND later.kind = {Kind.SUBSCRIPTION} AND later.kind {_RARE} AND later.counts AND later.day <= ?
    AND fold(later.product) = fold(event.product) AND (later.day, later.id) > (event.day, event.id)
    AND (later.action IN ('pause', 'cancel') OR later.until IS NULL OR later.until >= event.until))"""
"""The subscriptions that run and are not renewed."""

RENEWAL = f"""SELECT event.customer_id, min(event.until) AS at {RENEWABLE}
  GROUP BY event.customer_id"""
"""Who has a subscription that runs and is not renewed, and when the first of them ends."""

_YEARLY = """SELECT customer_id, min(at) AS at FROM (
  SELECT customer_id, strftime('%s', first, printf('%+d years', years + more)) / 86400 AS at FROM (
    SELECT customer_id, date(first * 86400, 'unixepoch') AS first,
      strftime('%Y', ? * 86400, 'unixepoch') - strftime('%Y', first * 86400, 'unixepoch') AS years
    FROM ({first})), (SELECT 0 AS more UNION ALL SELECT 1)
  WHERE years + more >= {fewest}) WHERE at >= ? GROUP BY customer_id"""

YEARLY = {
    "birthday": _YEARLY.format(
        first="SELECT id AS customer_id, birthday AS first FROM customer"
        " WHERE birthday IS NOT NULL{near}", fewest=-200,
    ),
    "anniversary": _YEARLY.format(
        first="SELECT customer_id, first_purchase AS first FROM fact"
        " WHERE first_purchase IS NOT NULL{near}", fewest=1,
    ),
}
"""What comes round every year, with a place for what leaves out most of those for whom it is not near."""
NEAR = {
    name: f" AND ((? - {column}) * 10000 + 14609700000) % 3652425 <= ?"
    for name, column in (("birthday", "birthday"), ("anniversary", "first_purchase"))
}
"""For whom it comes within a stretch of days, or nearly: first its last day and `SLACK`, then ten thousand
times its days and twice `SLACK`. A year has 365.2425 days, and no calendar is far from that."""
SLACK = 3

BIRTHDAY = YEARLY["birthday"].format(near="")
"""Whose birthday is known, and when the next is; of 29 February 1 March, where there is none."""

ANNIVERSARY = YEARLY["anniversary"].format(near="")
"""Who has bought, and when that will next be a whole number of years ago."""

_REST = frozenset(Status) - ACTIVE_BASE
_GONE = frozenset((Status.INACTIVE, Status.LOST))


def _flip(before: Collection[Status], after: Collection[Status]) -> str:
    return lives_in_sql.FLIPPED.format(
        before=lives.bits(before), after=lives.bits(after), first="{first}", last="{last}"
    )


FLIPS = {
    "joined": _flip(_REST - _GONE, ACTIVE_BASE),
    "returned": _flip(_GONE, ACTIVE_BASE),
    "lapsed": _flip(ACTIVE_BASE, _REST),
}
"""Who came into the active base, came back to it or left it on the days from `{first}` to `{last}`, as the
bridge counts it. Whoever did so on or after a day has been in the present status since that day or later."""

IN_PLAYBOOK = """customer.id IN (SELECT enrolment.customer_id FROM enrolment
  WHERE {which} AND enrolment.started <= ? AND (enrolment.ended IS NULL OR enrolment.ended > ?))"""

REASON = """customer.id IN (SELECT customer_id FROM (
  SELECT enrolment.customer_id, enrolment.reason, max(enrolment.id) FROM enrolment
  WHERE enrolment.reason <> '' AND enrolment.started <= ? GROUP BY enrolment.customer_id) WHERE {which})"""
"""The reason that was given last."""

ANY_PRODUCT = f"""EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id
  AND event.kind = {Kind.PURCHASE} AND event.counts AND event.day <= ?
  AND (event.product <> '' OR EXISTS (
    SELECT 1 FROM line WHERE line.event_id = event.id AND line.product <> '')))"""

BOUGHT = f"""{_HAS_EVENT}
  event.kind = {Kind.PURCHASE} AND {_SOMEBODYS} AND event.day <= ?
  AND ({{own}} OR {_HAS_LINE} {{line}})))"""


def one_by_one(sql: str) -> str:
    """A condition that looks up each customer's own events, for a list of which only the beginning is read:
    going through all events first would take longer than the list. It has the same `?` signs."""
    for of_all, of_one in _ONE_BY_ONE.items():
        sql = sql.replace(of_all, of_one)
    return lives_in_sql.one_by_one(sql)


def goes_through_purchases(sql: str) -> bool:
    """Whether a condition, unless it is asked one by one, goes through all purchases."""
    return _HAS_LINE in sql
