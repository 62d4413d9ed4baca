"""Conditions on the events of the customer of a row, as SQL texts; every `?` is the day that is asked of."""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

from activetui.ledger.kinds import Kind

KNOWN = "event.day <= ?"
BOOKED = "(event.day <= ? OR event.recorded <= ?)"
"""A booking is known before its day."""

RARE = f"<> {Kind.PURCHASE}"
"""Said with every other kind, for the index over the events that are no purchases (`event_by_kind`)."""

_COMPLAINTS = f"event.kind = {Kind.COMPLAINT} AND event.kind {RARE}"

COMPLAINT = f"""EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id
  AND {_COMPLAINTS} AND event.counts AND event.day <= ?)"""

OPEN_COMPLAINT = f"""EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id
  AND {_COMPLAINTS} AND event.counts AND event.day <= ?
  AND NOT EXISTS (SELECT 1 FROM event AS answer WHERE answer.customer_id = event.customer_id
    AND answer.kind = {Kind.COMPLAINT_RESOLVED} AND answer.kind {RARE} AND answer.counts
    AND answer.day BETWEEN event.day AND ?))"""

COMPLAINED = f"""(SELECT max(event.day) FROM event WHERE event.customer_id = customer.id
  AND {_COMPLAINTS} AND event.counts AND event.day <= ?)"""

RENEWAL = f"""(SELECT min(event.until) FROM event WHERE event.customer_id = customer.id
  AND event.kind = {Kind.SUBSCRIPTION} AND event.kind {RARE} AND event.counts
  AND event.action NOT IN ('pause', 'cancel') AND event.day <= ? AND event.until >= ?
  AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.customer_id = event.customer_id
    AND later.kind = {Kind.SUBSCRIPTION} AND later.kind {RARE} AND later.counts AND later.day <= ?
    AND fold(later.product) = fold(event.product) AND (later.day, later.id) > (event.day, event.id)
    AND (later.action IN ('pause', 'cancel') OR later.until IS NULL OR later.until >= event.until)))"""

BOUGHT = f"""EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id
  AND event.kind = {Kind.PURCHASE} AND event.counts AND event.day <= ?
  AND ({{own}} OR EXISTS (SELECT 1 FROM line WHERE line.event_id = event.id AND {{line}})))"""
