"""`customer export`, `forget`, `return`, and the fields that `customer edit` can change."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Run, contents
from tests.cli.small_shop import open_shop


@pytest.fixture
def shop(db: Path) -> Path:
    open_shop(db)
    return db


def test_everything_known_is_printed_or_written_to_a_private_file(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    printed = json.loads(run("customer", "export", "ana@example.com").stdout)
    assert printed["customer"]["name"] == "Ana Silva"
    assert len(printed["events"]) == 5
    file = tmp_path / "ana.json"
    assert run("customer", "export", "K1", file).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == printed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = run("customer", "export", "K1", file)
    assert again.exit_code == 1
    assert "exists already" in again.stderr


def test_a_person_is_forgotten_for_good_and_what_they_paid_stays(shop: Path, run: Run) -> None:
    before = json.loads(run("customers", "--format", "json").stdout)
    found = run("customer", "forget", "K1", "--yes")
    assert found.exit_code == 0, found.stderr
    assert "4 purchases and refunds stay" in found.stdout
    assert b"ana@example.com" not in shop.read_bytes()
    assert b"Ana Silva" not in shop.read_bytes()
    after = json.loads(run("customers", "--format", "json").stdout)
    assert [row["id"] for row in before if row["key"] != "K1"] == [row["id"] for row in after]
    assert len([row for row in contents(shop)["event"] if row[1] is None]) == 4
    gone = next(row["id"] for row in before if row["key"] == "K1")
    shown = run("customer", "show", gone)
    assert shown.exit_code == 1
    assert "was forgotten on" in shown.stderr


def test_where_nobody_can_be_asked_it_needs_an_answer(shop: Path, program: Program) -> None:
    before = contents(shop)
    found = program("customer", "forget", "K1")
    assert (found.returncode, contents(shop)) == (3, before)
    assert "--yes" in found.stderr


def test_a_customer_or_finish_must_be_named(shop: Path, run: Run) -> None:
    assert run("customer", "forget").exit_code == 2
    assert run("customer", "forget", "K1", "--finish").exit_code == 2
    assert run("customer", "forget", "--finish").exit_code == 0


def test_whoever_was_forgotten_may_return(shop: Path, run: Run) -> None:
    assert run("customer", "return", "ana@example.com").exit_code == 1
    run("customer", "forget", "K1", "--yes")
    assert run("customer", "return", "ANA@example.com").exit_code == 0
    assert run("customer", "return", "ana@example.com").exit_code == 1
    assert run("undo").exit_code == 0
    assert run("customer", "return", "K1").exit_code == 0


def test_every_field_can_be_edited_as_one_change(shop: Path, run: Run) -> None:
    before = contents(shop)
    found = run(
        "customer", "edit", "K1", "--first-name", "Anita", "--tax-id", "PT1", "--address", "Rua A 1",
        "--city", "Faro", "--postcode", "8000", "--region", "Algarve", "--birthday", "1980-02-01",
        "--consent", "unknown", "--history-from", "2025-01-01", "--tag", "olive", "--untag", "VIP",
        "--do-not-contact",
    )
    assert found.exit_code == 0, found.stderr
    known = json.loads(run("customer", "export", "K1").stdout)["customer"]
    assert (known["first_name"], known["tax_id"], known["birthday"], known["history_from"]) == (
        "Anita", "PT1", "1980-02-01", "2025-01-01"
    )
    assert (known["tags"], known["consent"], known["do_not_contact"]) == (["olive"], None, True)
    run("undo")
    after = contents(shop)
    for table in ("customer", "tag", "identity", "fact"):
        assert after[table] == before[table], table


def test_a_birthday_is_cleared_by_an_empty_text_and_must_be_a_day(shop: Path, run: Run) -> None:
    assert run("customer", "edit", "K1", "--birthday", "spring").exit_code == 2
    run("customer", "edit", "K1", "--birthday", "1980-02-01")
    assert run("customer", "edit", "K1", "--birthday", "").exit_code == 0
    assert json.loads(run("customer", "export", "K1").stdout)["customer"]["birthday"] is None
