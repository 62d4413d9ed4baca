"""The purchases of CDNOW: known figures, known people."""

from __future__ import annotations

import csv
import gzip
import sqlite3
from pathlib import Path

from tests.importing.files import CDNOW, plan, take


def cdnow_csv(path: Path) -> Path:
    """The published text as a CSV with the columns customer_id, date, quantity, amount."""
    with (
        gzip.open(CDNOW, "rt", encoding="ascii") as text,
        path.open("w", encoding="ascii", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(["customer_id", "date", "quantity", "amount"])
        for line in text:
            _number, customer, date, quantity, amount = line.split()
            writer.writerow([customer, f"{date[:4]}-{date[4:6]}-{date[6:]}", quantity, amount])
    return path


def test_everybody_and_every_purchase_comes_in(store: sqlite3.Connection, tmp_path: Path) -> None:
    path = cdnow_csv(tmp_path / "cdnow.csv")
    found = plan(store, path)
    assert (found["found"]["customers"], found["found"]["purchases"], found["total"]) == (
        2357,
        6919,
        "244091.94",
    )
    assert (found["first_date"], found["last_date"]) == ("1997-01-01", "1998-06-30")
    take(store, path)
    assert store.execute("SELECT count(*), sum(amount) FROM event").fetchone() == (6919, 24_409_194)
    assert store.execute("SELECT count(*) FROM customer").fetchone() == (2357,)
    assert take(store, path) is None
