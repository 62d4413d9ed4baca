"""From the invented shop to `demo.db`, by the way every import goes."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.demo_shop.books import BOOKINGS, NEWSLETTER, NOTEBOOK
from activetui.demo_shop.lives import CURRENCY
from activetui.demo_shop.people import TILL, TODAY
from activetui.demo_shop.shop import Shop, invent
from activetui.demo_shop.winning_back import moment, win_back
from activetui.ledger.days import Day, iso, to_date
from activetui.ledger.kinds import Kind
from activetui.ledger.money import plain
from activetui.ledger.records import EventRecord, Refusal
from activetui.ledger.settlement import settle

if TYPE_CHECKING:
    from activetui.store.imports.plans import StagedPlan

SEGMENTS: tuple[tuple[str, str, str], ...] = (
    ("Call this week", "status:at_risk purchases>=6 has:phone dnc:no", "Regulars who are slipping"),
    ("Christmas list", "tag:christmas dnc:no", "They come every December: invite them in November"),
    ("Restaurants and offices", "tag:wholesale", ""),
    ("Good customers gone", "status:inactive,lost spend>500 dnc:no", "Worth a visit or a letter"),
)
"""Name, query and note of the owner's own segments."""

STEM = {TILL: "till", BOOKINGS: "bookings", NEWSLETTER: "newsletter", NOTEBOOK: "notebook"}


class _File(NamedTuple):
    """One import of the shop's history."""

    name: str
    source: str
    events: list[EventRecord]
    day: Day
    """The day on which the owner imported it."""


def build(target: Path) -> Shop:
    """Write the demo to `target`, replacing what is there; the shop that it holds."""
    from activetui.store import definitions, saved_segments, settings
    from activetui.store.copies.compact import compact
    from activetui.store.opening.file import open_store, transaction

    shop = invent()
    papers = list(_files(shop))
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "demo.db"
        with closing(open_store(draft, today=papers[0].day, create=True)) as conn:
            with transaction(conn):
                for key, value in _settings():
                    settings.put(conn, key, value)
            for file in papers:
                _take(conn, file, shop)
            agreed = "As agreed at the counter"
            definitions.save(conn, definition_text(), note=agreed, made_at=moment(TODAY - 30), today=TODAY)
            for name, query, note in SEGMENTS:
                saved_segments.save(conn, name, query, note=note, made_at=moment(TODAY - 20))
            win_back(conn)
            target.unlink(missing_ok=True)
            compact(conn, target, moment(TODAY))
    return shop


def definition_text() -> str:
    """The definition of the invented shop, as TOML."""
    return (files(__package__) / "casa_verde.toml").read_text(encoding="utf-8")


def _settings() -> Iterator[tuple[str, str]]:
    yield "business", "Casa Verde"
    yield "business_chosen", "shop"
    yield "currency", "EUR"
    yield "country", "PT"
    yield "demo_today", str(TODAY)


def _take(conn: Connection, file: _File, shop: Shop) -> None:
    from activetui.store.imports.staging import Staging

    with Staging(conn, file.source, file.day) as staging:
        if file.source == NEWSLETTER:
            for person in shop.people:
                staging.add(person.record)
        for event in file.events:
            staging.add(event)
        if file.name == "notebook.csv":
            staging.refuse(Refusal(17, "There is no day in the column date.", ("", "Rosa", "called back")))
            staging.refuse(Refusal(203, "31/02/2026 is not a day.", ("31/02/2026", "Sr. Abel", "will come")))
        plan = staging.plan()
        staging.apply(
            file_name=file.name, file_hash=hashlib.sha256(file.name.encode()).hexdigest(), system="ActiveTUI",
            assumptions=_assumptions(file), counts=_counts(file.events, plan), made_at=moment(file.day),
        )


def _files(shop: Shop) -> Iterator[_File]:
    """The files in which the history came: the till by year, the other papers whole."""
    till = shop.events[TILL]
    for year in sorted({to_date(event.day).year for event in till}):
        events = [event for event in till if to_date(event.day).year == year]
        yield _File(f"till-{year}.csv", TILL, events, max(event.day for event in events) + 1)
    for source in (BOOKINGS, NEWSLETTER, NOTEBOOK):
        yield _File(f"{STEM[source]}.csv", source, shop.events[source], TODAY)


def _assumptions(file: _File) -> dict[str, Any]:
    """How the file was read, as an import keeps it."""
    return {
        "path": file.name, "system": "ActiveTUI", "meaning": "native", "source": file.source,
        "encoding": "utf-8", "delimiter": ";", "header_row": 0, "date_order": "dmy", "decimal_mark": ",",
        "currency": CURRENCY, "assumptions": [],
    }


def _counts(events: list[EventRecord], plan: StagedPlan) -> dict[str, Any]:
    """What was found and changed, as an import keeps it."""
    words = Counter(Kind(event.kind).word for event in events)
    bought = [event for event in events if event.kind == Kind.PURCHASE]
    counting = [event for event in bought if settle("purchase", event.state, event.amount, 0).counts]
    given_back = sum(event.amount or 0 for event in events if event.kind == Kind.REFUND)
    return {
        "found": {
            "customers": plan.customers_new + plan.customers_changed + plan.customers_unchanged,
            "orders": len(bought), "lines": sum(max(1, len(event.lines)) for event in bought),
            "purchases": len(counting), "refunds": words["refund"], "visits": words["visit"],
            "subscriptions": words["subscription"], "contacts": words["contact"],
            "not_counted": len(bought) - len(counting),
        },
        "plan": {
            "new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged, "refused": plan.refused,
        },
        "first_date": iso(min(event.day for event in events)),
        "last_date": iso(max(event.day for event in events)),
        "total": plain(sum(event.amount or 0 for event in counting), CURRENCY),
        "refunded": plain(given_back, CURRENCY),
    }
