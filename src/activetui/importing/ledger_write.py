"""The ledger as ActiveTUI's own CSV: everything, so that an empty store that imports it is the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from activetui.importing.ledger_csv import COLUMNS, CUSTOMER, LINE, signs_to_text
from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.ledger.records import LineRecord
from activetui.ledger.spreadsheet import guard
from activetui.store.customers import Customer
from activetui.store.events import EventRow
from activetui.store.ledger_rows import LedgerRow

Cells = dict[str, str | None]


def write_ledger(rows: Iterable[LedgerRow], path: Path, currency: str) -> int:
    """Write every customer, each followed by its events; how many rows. `path` is overwritten.

    `currency` is that of amounts whose event names none.
    """
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for cells in ledger_cells(rows, currency):
            writer.writerow([guard(cells.get(name) or "") for name in COLUMNS])
            written += 1
    return written


def ledger_cells(rows: Iterable[LedgerRow], currency: str) -> Iterator[Cells]:
    """The rows of the file: a customer once with everything, its events with what tells whose they are."""
    told = 0
    for row in rows:
        signs = signs_to_text(row.identities)
        if row.customer is not None and row.customer.id != told:
            told = row.customer.id
            yield _customer(row.customer) | {"identities": signs}
        if row.event is not None:
            whose = _whose(row.customer, signs)
            yield whose | _event(row.event, currency)
            for line in row.event.lines:
                yield _line(row.event, line, currency)


def _customer(customer: Customer) -> Cells:
    return {
        "kind": CUSTOMER, "entered": iso(customer.entered),
        "customer_id": customer.key, "name": customer.name, "first_name": customer.first_name,
        "email": customer.email, "phone": customer.phone, "tax_id": customer.tax_id,
        "company": customer.company, "address": customer.address, "city": customer.city,
        "region": customer.region, "postcode": customer.postcode, "country": customer.country,
        "language": customer.language, "birthday": iso(customer.birthday),
        "history_from": iso(customer.history_from), "customer_note": customer.note,
        "consent": {True: "yes", False: "no", None: ""}[customer.consent],
        "do_not_contact": "yes" if customer.do_not_contact else "",
        "tags": ", ".join(customer.tags),
        "extra": json.dumps(dict(customer.extra), ensure_ascii=False) if customer.extra else "",
    }


def _whose(customer: Customer | None, signs: str) -> Cells:
    if customer is None:
        return {}
    return {
        "customer_id": customer.key, "name": customer.name, "email": customer.email, "phone": customer.phone,
        "identities": signs,
    }


def _event(event: EventRow, currency: str) -> Cells:
    code = event.currency or currency
    return {
        "date": iso(event.day), "kind": event.kind_word, "time": event.time,
        "amount": plain(event.amount, code),
        "currency": "" if event.amount is None and not event.refunded else code,
        "refunded": plain(event.refunded, code) if event.refunded else "",
        "product": event.product, "quantity": _number(event.quantity),
        "rating": "" if event.rating is None else str(event.rating),
        "channel": event.channel, "until": iso(event.until), "order_id": event.order_ref, "note": event.note,
        "action": event.action, "nature": event.nature, "state": event.state, "recorded": iso(event.recorded),
        "entered": iso(event.entered),
        "source": event.source, "event_key": event.key,
    }


def _line(event: EventRow, line: LineRecord, currency: str) -> Cells:
    code = event.currency or currency
    return {
        "kind": LINE, "product": line.product, "sku": line.sku, "category": line.category,
        "quantity": _number(line.quantity), "unit_price": plain(line.unit_price, code),
        "amount": plain(line.amount, code), "currency": code, "source": event.source, "event_key": event.key,
    }


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)
