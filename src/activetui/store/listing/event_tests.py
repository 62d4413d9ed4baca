"""Conditions on the events of a customer, as SQL texts; every `?` is the day that is asked of.

Events are looked through once for a whole question, not once for each customer.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

from activetui.ledger.kinds import Kind

_RARE = f"<> {Kind.PURCHASE}"
"""Said with every other kind, for the index over the events that are no purchases (`event_by_kind`)."""

_SOMEBODYS = "event.counts AND event.customer_id IS NOT NULL"
_COMPLAINTS = f"event.kind = {Kind.COMPLAINT} AND event.kind {_RARE} AND {_SOMEBODYS} AND event.day <= ?"

KIND = f"""customer.id IN (SELECT event.customer_id FROM event
  WHERE event.kind = (SELECT kind.id FROM kind WHERE kind.name = {{name}}) AND event.kind {_RARE}
  AND {_SOMEBODYS} AND {{known}})"""

KNOWN = "event.day <= ?"
BOOKED = "(event.day <= ? OR event.recorded <= ?)"
"""A booking is known before its day."""

COMPLAINT = f"customer.id IN (SELECT event.customer_id FROM event WHERE {_COMPLAINTS})"

OPEN_COMPLAINT = f"""customer.id IN (SELECT event.customer_id FROM event WHERE {_COMPLAINTS}
  AND NOT EXISTS (SELECT 1 FROM event AS answer WHERE answer.customer_id = event.customer_id
    AND answer.kind = {Kind.COMPLAINT_RESOLVED} AND answer.kind {_RARE} AND answer.counts
    AND answer.day BETWEEN event.day AND ?))"""

COMPLAINED = f"""SELECT event.customer_id, max(event.day) AS at FROM event
  WHERE {_COMPLAINTS} GROUP BY event.customer_id"""
"""Who has complained, and when last."""

RENEWAL = f"""SELECT event.customer_id, min(event.until) AS at FROM event
  WHERE event.kind = {Kind.SUBSCRIPTION} AND event.kind {_RARE} AND {_SOMEBODYS}
  AND event.action NOT IN ('pause', 'cancel') AND event.day <= ? AND event.until >= ?
  AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.customer_id = event.customer_id
    AND later.kind = {Kind.SUBSCRIPTION} AND later.kind {_RARE} AND later.counts AND later.day <= ?
    AND fold(later.product) = fold(event.product) AND (later.day, later.id) > (event.day, event.id)
    AND (later.action IN ('pause', 'cancel') OR later.until IS NULL OR later.until >= event.until))
  GROUP BY event.customer_id"""
"""Who has a subscription that runs and is not renewed, and when the first of them ends."""

ANY_PRODUCT = f"""EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id
  AND event.kind = {Kind.PURCHASE} AND event.counts AND event.day <= ?
  AND (event.product <> '' OR EXISTS (
    SELECT 1 FROM line WHERE line.event_id = event.id AND line.product <> '')))"""

BOUGHT = f"""customer.id IN (SELECT event.customer_id FROM event
  WHERE event.kind = {Kind.PURCHASE} AND {_SOMEBODYS} AND event.day <= ?
  AND ({{own}} OR event.id IN (SELECT line.event_id FROM line WHERE {{line}})))"""
