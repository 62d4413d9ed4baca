"""One customer as `customer show` gives it to programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from activetui.cli.stamp import Stamp
from activetui.ledger import money
from activetui.ledger.days import Day, iso
from activetui.store import customers, events, receipts, tasks
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.listing.subscription_years import Subscription, subscriptions
from activetui.store.privacy.machine_rows import event_row, task_row
from activetui.store.same_person import merging


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """What is known of one customer on one day."""

    day: Day
    today: Day
    person: people.Person
    customer: customers.Customer
    receipt: receipts.FullReceipt
    spans: Sequence[spans.StatusSpan]
    events: Sequence[events.EventRow]
    """What the business knew on the day, the newest first."""
    tasks: Sequence[tasks.Task]
    merged: Sequence[merging.Merged]
    """Who was made one with this customer."""
    subscriptions: Sequence[Subscription]
    """What the customer pays for subscriptions, or has paid for the last, as far as is known."""


def customer_page(conn: sqlite3.Connection, number: int, *, day: Day, today: Day) -> CustomerPage:
    """Everything about an existing customer; the connection looks from `day` already."""
    return CustomerPage(
        day=day,
        today=today,
        person=people.by_ids(conn, [number])[0],
        customer=customers.get(conn, number),
        receipt=receipts.receipt_of(conn, number, day),
        spans=spans.spans_of(conn, number),
        events=events.events_of(conn, number, up_to=day),
        tasks=tasks.tasks_of(conn, number),
        merged=merging.merged_into(conn, number),
        subscriptions=subscriptions(conn, [number], day).get(number, ()),
    )


def page_row(page: CustomerPage, mark: Stamp) -> dict[str, Any]:
    """The page under the names of the JSON contract."""
    customer = page.customer
    return {
        **people.machine_row(page.person),
        "first_name": customer.first_name or None,
        "language": customer.language or None,
        "consent": customer.consent,
        "do_not_contact": customer.do_not_contact,
        "note": customer.note or None,
        "as_of": iso(page.day),
        "known": mark.known,
        "subscriptions": [_subscription_row(each, page.person.currency) for each in page.subscriptions],
        "receipt": _receipt_row(page),
        "spans": [
            {"status": span.status.word, "start": iso(span.start), "end": iso(span.end)}
            for span in page.spans
        ],
        "events": [event_row(event) for event in page.events],
        "tasks": [task_row(task) for task in page.tasks],
        "merged": [{"id": one.id, "name": one.name, "made_at": one.made_at} for one in page.merged],
    }


def _subscription_row(of: Subscription, currency: str) -> dict[str, Any]:
    return {
        "product": of.product or None, "amount": money.plain(of.amount, currency), "period_days": of.days,
        "year": money.plain(of.year, currency), "currency": currency, "until": iso(of.last), "runs": of.runs,
    }


def _receipt_row(page: CustomerPage) -> dict[str, Any]:
    receipt = page.receipt
    return {
        "status": receipt.status.word,
        "since": iso(receipt.since),
        "until": iso(receipt.until),
        "next_status": receipt.next_status.word,
        "rule": receipt.rule,
        "event": _named_event(page, receipt.event_id),
        "threshold": receipt.threshold,
        "ended_by": _named_event(page, receipt.ended_by_id),
        "flips_on": iso(receipt.flips_on),
        "would_change": receipt.would_change,
        "known_from": iso(receipt.known_from),
        "definition": receipt.definition,
        "version": receipt.version,
    }


def _named_event(page: CustomerPage, number: int | None) -> dict[str, Any] | None:
    return next((event_row(event) for event in page.events if event.id == number), None)
