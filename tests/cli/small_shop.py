"""A store of five customers, imported like any file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from activetui.ledger.days import from_iso
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.store.imports.staging import Staging
from tests.store.made import open_new

TODAY = from_iso("2026-11-22")

ANA = CustomerRecord(
    key="K1", name="Ana Silva", email="ana@example.com", country="PT", tags=("vip",),
    identities=(("id", "K1"), ("email", "ana@example.com")),
)
BENTO = CustomerRecord(key="K2", name="Bento Dias", identities=(("id", "K2"),))
CARLA = CustomerRecord(
    key="K3", name="Carla Prospect", email="carla@example.com", identities=(("id", "K3"),)
)
ELIO = CustomerRecord(key="K4", name="[red]Élio[/]", identities=(("id", "K4"),), country="ES")
IVAN = CustomerRecord(key="K5", name="Иван Петров", email="ivan@example.com", identities=(("id", "K5"),))

PURCHASES = [
    (ANA, "2026-09-02", 3_000), (ANA, "2026-10-01", 3_050), (ANA, "2026-11-02", 3_000),
    (ANA, "2026-11-17", 3_000),
    (BENTO, "2026-01-10", 50_000), (BENTO, "2026-02-20", 25_000),
    (ELIO, "2026-09-20", 1_000),
    (IVAN, "2026-11-05", 999),
]


def open_shop(path: Path) -> None:
    """Make the store."""
    with closing(open_new(path, TODAY)) as conn:
        staging = Staging(conn, "small shop", TODAY)
        staging.add(CARLA)
        for number, (customer, day, amount) in enumerate(PURCHASES, start=1):
            staging.add(EventRecord(
                kind=int(Kind.PURCHASE), day=from_iso(day), key=f"order {number}", customer=customer,
                amount=amount, currency="EUR", product="Olive oil",
            ))
        staging.add(EventRecord(
            kind=int(Kind.COMPLAINT), day=from_iso("2026-11-20"), key="complaint 1", customer=ANA
        ))
        staging.plan()
        staging.apply(
            file_name="shop.csv", file_hash="0", system="native", assumptions={}, counts={},
            made_at="2026-11-22T09:00:00Z",
        )
