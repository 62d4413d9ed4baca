"""Imports by command, beyond one plain file: archives, patterns, a second look, rows as they stood."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run, contents

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "csv"
ORDERS = SAMPLES / "shopify_orders.csv"


def _left_behind(db: Path) -> list[str]:
    return [path.name for path in db.parent.iterdir() if "unpacked" in path.name]


def test_an_archive_brings_each_of_its_tables_as_an_import(run: Run, db: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup of the shop.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(ORDERS, "2024/orders.csv")
        zipped.write(SAMPLES / "shopify_customers.csv", "customers.csv")
    result = run("import", archive, "--yes")
    assert result.exit_code == 0, result.stderr
    files = [one["file"] for one in json.loads(run("imports", "list", "--format", "json").stdout)]
    assert sorted(files) == [
        "backup of the shop.zip › 2024/orders.csv", "backup of the shop.zip › customers.csv",
    ]
    assert _left_behind(db) == []


def test_a_compressed_file_is_the_file(run: Run, db: Path, tmp_path: Path) -> None:
    packed = tmp_path / "orders.csv.gz"
    packed.write_bytes(gzip.compress(ORDERS.read_bytes()))
    run("import", ORDERS, "--yes")
    result = run("import", packed, "--yes")
    assert result.exit_code == 0 and "already" in result.stdout
    assert _left_behind(db) == []


def test_a_pattern_means_every_file_that_fits(run: Run, tmp_path: Path) -> None:
    for name in ("one.csv", "two.CSV", "notes.md"):
        (tmp_path / name).write_text(f"Name,Email\n{name},{name}@example.com\n")
    assert run("import", tmp_path / "*.csv", "--yes").exit_code == 0
    assert len(json.loads(run("customers", "--format", "json").stdout)) == 2
    assert run("import", tmp_path / "*.tsv", "--yes").exit_code == 1


def test_an_import_is_read_again_with_another_answer(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("Data;Cliente;Valor\n03/04/2026;Ana;10,00\n05/04/2026;Rui;12,50\n")
    assert run("import", path, "--yes", "--date-order", "mdy").exit_code == 0
    path.unlink()
    assert _days(db) == ["2026-03-04", "2026-05-04"]
    before = contents(db)
    looked = run("imports", "reread", 1, "--date-order", "dmy", "--dry-run")
    assert looked.exit_code == 0 and "2 new" in looked.stdout
    assert run("imports", "reread", 1, "--date-order", "dmy").exit_code == 3
    assert contents(db) == before
    assert run("imports", "reread", 1, "--date-order", "dmy", "--yes").exit_code == 0
    assert _days(db) == ["2026-04-03", "2026-04-05"]
    listed = json.loads(run("imports", "list", "--format", "json").stdout)
    assert [(one["id"], one["undone_at"] is None) for one in listed] == [(2, True), (1, False)]
    assert _left_behind(db) == []


def test_reading_again_what_cannot_be_read_so_changes_nothing(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("Data;Cliente;Valor\n03/04/2026;Ana;10,00\n")
    run("import", path, "--yes", "--date-order", "mdy")
    before = contents(db)
    assert run("imports", "reread", 1, "--map", "Wert=amount", "--yes").exit_code == 2
    assert run("imports", "reread", 7, "--yes").exit_code == 1
    assert contents(db) == before


def test_a_row_is_shown_as_it_stood_in_the_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text('Data;Cliente;Valor\n2026-04-03;"Ana\nMaria";10,00\n2026-04-05;\x1b[31mRui;12,50\n')
    assert run("import", path, "--yes").exit_code == 0
    row = json.loads(run("imports", "row", 1, 2, "--format", "json").stdout)
    assert row["cells"][1] == {"heading": "Cliente", "cell": "Ana\nMaria"}
    shown = run("imports", "row", 1, 4).stdout
    assert "Valor: 12,50" in shown and "\x1b" not in shown
    assert run("imports", "row", 1, 99).exit_code == 1


def _days(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as conn:
        rows = conn.execute("SELECT date(day * 86400, 'unixepoch') FROM event ORDER BY day").fetchall()
    return [day for (day,) in rows]


def test_of_several_files_each_question_names_its_own(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "clear.csv").write_text("Data;Cliente;Valor\n2026-04-03;Ana;10,00\n")
    (tmp_path / "open.csv").write_text("Data;Cliente;Valor\n03/04/2026;Ana;10,00\n")
    result = run("import", tmp_path / "clear.csv", tmp_path / "open.csv", "--yes")
    assert result.exit_code == 3 and not db.exists()
    assert "--date-order dmy|mdy   (open.csv)" in result.stderr
