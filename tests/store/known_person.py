"""A store that knows one person, Inês, in every place where somebody can be known."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord, Refusal
from activetui.store import customers, events
from activetui.store.imports.staging import Staging
from tests.store.ledgers import NOW, TODAY, new_store, person, purchase

SECRETS = (
    b"carvalho", b"ines@", b"911222333", b"911 222 333", b"alecrim", b"pt123456789", b"autumn box",
    "Inês".encode(), b"k-77", b"ines novo", b"novo@example",
)
"""What is known of Inês and of nobody else."""

INES = person(
    ("id", "K-77"), ("email", "ines@example.org"), ("phone", "+351911222333"), ("tax", "PT123456789"),
    name="Inês Carvalho", address="Rua do Alecrim 7", city="Lisboa", note="asked about the autumn box",
    tags=("vip",), tax_id="PT123456789",
)
BEA = person(("id", "K-78"), ("email", "bea@example.org"), name="Bea Mota", city="Porto")

FILE = (
    "Order;Date;Customer ID;Name;E-mail;Phone;Product;Total;Comment\n"
    "1001;01/10/2026;K-77;Inês Carvalho;ines@example.org;911 222 333;Basket;25,00;autumn box\n"
    "1002;02/10/2026;K-78;Bea Mota;bea@example.org;;Tea;10,00;\"from\nines@example.org\"\n"
    "1003;03/10/2026;K-77;Inês Carvalho;INES@example.org;+351 911-222-333;\"Basket,\nbig\";15,00;\n"
)
COLUMNS = {
    "Order": "order_id", "Date": "date", "Customer ID": "customer_id", "Name": "name", "E-mail": "email",
    "Phone": "phone", "Product": "product", "Total": "amount", "Comment": "note",
}
SALES = [
    purchase(1001, INES, amount=2500, ago=52, line=2, note="autumn box", lines=[LineRecord("Basket", 1.0)]),
    purchase(1002, BEA, amount=1000, ago=51, line=3),
    purchase(1003, INES, amount=1500, ago=50, line=5, product="Basket, big"),
]
CONTACT = EventRecord(
    Kind.CONTACT, TODAY - 9, "contact:1", INES, note="Inês called: ines@example.org", action="in", line=6
)


ASSUMED = {
    "encoding": "utf-8", "delimiter": ";", "header_row": 0, "meaning": "purchases", "columns": COLUMNS
}


def take(
    conn: sqlite3.Connection,
    records: Iterable[Any],
    path: Path | None = None,
    *,
    refused: Iterable[Refusal] = (),
) -> int | None:
    """Import records as if they stood in the file at `path`, which is kept."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    with Staging(conn, "shop", TODAY, file_hash=digest) as staging:
        for record in records:
            staging.add(record)
        for refusal in refused:
            staging.refuse(refusal)
        return staging.apply(
            file_name=path.name if path else "shop.csv", file_hash=digest, system="test", made_at=NOW,
            path=path, assumptions=ASSUMED, counts={},
        )


def shop_of(folder: Path) -> sqlite3.Connection:
    """The store `shop.db` in a folder, from a file that is kept, changes by hand, tasks and a second file."""
    conn = new_store(folder)
    file = folder / "shop.csv"
    file.write_text(FILE, encoding="utf-8")
    take(conn, [*SALES, CONTACT], file, refused=[
        Refusal(9, "“ines@example.org” is no amount", ("1009", "", "K-77", "Inês Carvalho")),
    ])
    customers.edit(conn, 1, {"email": "novo@example.org", "name": "Ines Novo"}, made_at=NOW, today=TODAY)
    customers.edit(conn, 1, {"email": "ines@example.org", "name": "Inês Carvalho"}, made_at=NOW, today=TODAY)
    customers.tag(conn, [1, 2], "olive", made_at=NOW, today=TODAY)
    customers.untag(conn, [1], "vip", made_at=NOW, today=TODAY)
    sale = EventRecord(Kind.PURCHASE, TODAY, "", amount=700, note="autumn box")
    by_hand = events.log_event(conn, 1, sale, today=TODAY, made_at=NOW)
    events.correct_event(conn, by_hand, {"note": "for Inês Carvalho"}, today=TODAY, made_at=NOW)
    note = events.log_event(
        conn, 1, EventRecord(Kind.NOTE, TODAY, "", note="Inês Carvalho moved"), today=TODAY, made_at=NOW
    )
    events.delete_event(conn, note, today=TODAY, made_at=NOW)
    events.delete_event(conn, 3, today=TODAY, made_at=NOW)
    conn.execute("INSERT INTO enrolment (id, customer_id, playbook, started) VALUES (1, 1, 'call', 20000)")
    conn.execute(
        "INSERT INTO task (enrolment_id, customer_id, step, title, channel, due, note)"
        " VALUES (1, 1, 1, 'Call Inês Carvalho', 'phone', ?, 'autumn box')", (TODAY,),
    )
    conn.commit()
    take(conn, [person(("email", "ines@example.org"), name="Carvalho, I.")])
    return conn


def bytes_left(path: Path, *, files: bool = True) -> dict[str, list[bytes]]:
    """Which of Inês's words stand in the store and the files beside it, packed parts unpacked."""
    found = {
        file.name: [word for word in SECRETS if word.lower() in file.read_bytes().lower()]
        for file in path.parent.iterdir() if file.name.startswith(path.name)
    }
    if files:
        with closing(sqlite3.connect(path)) as conn:
            for batch, part, packed in conn.execute("SELECT batch_id, part, bytes FROM batch_file"):
                raw = zlib.decompress(packed).lower()
                found[f"file {batch}.{part}"] = [word for word in SECRETS if word.lower() in raw]
    return {name: words for name, words in found.items() if words}
