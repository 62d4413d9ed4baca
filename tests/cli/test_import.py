"""`import`, `imports` and `export` as an owner uses them."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import TODAY, Program, Run

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "csv"
ORDERS, LATER = SAMPLES / "shopify_orders.csv", SAMPLES / "shopify_orders_reexport.csv"

CONTRACT = {
    "path",
    "system",
    "encoding",
    "delimiter",
    "header_row",
    "date_order",
    "decimal_mark",
    "currency",
    "columns",
    "found",
    "plan",
    "first_date",
    "last_date",
    "total",
    "refunded",
    "refusals",
    "questions",
}
FOUND = {
    "customers",
    "orders",
    "lines",
    "purchases",
    "refunds",
    "visits",
    "subscriptions",
    "contacts",
    "not_counted",
}


def test_a_dry_run_says_everything_in_json_and_writes_nothing(run: Run, db: Path) -> None:
    result = run("import", ORDERS, SAMPLES / "hand_ru_cp1251.csv", "--dry-run", "--format", "json")
    assert result.exit_code == 0
    shopify, russian = json.loads(result.stdout)
    assert set(shopify) >= CONTRACT and set(shopify["found"]) >= FOUND
    assert {"new", "changed", "unchanged", "refused"} <= set(shopify["plan"])
    assert shopify["total"] == "289.90" and shopify["refunded"] == "140.00"
    assert shopify["columns"][0] == {
        "name": "Name", "field": "order_id", "confidence": 0.99, "why": "Shopify orders calls it so",
        "sum": None,
    }
    assert russian["refusals"] == [{"line": 7, "reason": "Дата: 31.02.2024 is not a day of the calendar"}]
    assert not db.exists()


def test_a_plan_is_shown_in_words_and_needs_a_yes(run: Run, db: Path) -> None:
    result = run("import", SAMPLES / "hand_fr_cp1252.csv")
    assert result.exit_code == 3
    assert "--yes" in result.stderr
    for words in (
        "Montant TTC",
        "amount",
        "13/01/2024 can only have the day first",
        "3 new",
        "€1,299.50",
        "FR",
    ):
        assert words in result.stdout
    assert not db.exists()


def test_yes_imports_and_says_how_to_take_it_back(run: Run, db: Path) -> None:
    result = run("import", ORDERS, "--yes")
    assert result.exit_code == 0 and "imports undo 1" in result.stdout
    assert stat.S_IMODE(db.stat().st_mode) == 0o600
    again = run("import", ORDERS, "--yes")
    assert again.exit_code == 0 and "already" in again.stdout
    assert len(json.loads(run("imports", "list", "--format", "json").stdout)) == 1


def test_an_open_question_ends_with_3_and_names_the_option(run: Run, db: Path) -> None:
    result = run("import", SAMPLES / "hand_pt_pt.csv", "--yes")
    assert result.exit_code == 3 and "--date-order dmy|mdy" in result.stderr
    assert not db.exists()
    assert run("import", SAMPLES / "hand_pt_pt.csv", "--yes", "--date-order", "dmy").exit_code == 0
    (person,) = json.loads(run("customers", "--format", "json").stdout)
    assert (person["purchases"], person["spend"], person["first_purchase"]) == (1, "25.00", "2024-01-05")


def test_a_list_without_headings_imports_with_the_option_that_it_names(run: Run) -> None:
    result = run("import", SAMPLES / "hand_no_header.csv", "--dry-run", "--format", "json")
    assert result.exit_code == 3
    (asked,) = json.loads(result.stdout)[0]["questions"]
    assert run("import", SAMPLES / "hand_no_header.csv", "--yes", *asked["option"].split()).exit_code == 0
    names = [one["name"] for one in json.loads(run("customers", "--format", "json").stdout)]
    assert sorted(names) == ["Luigi Verdi", "Mario Rossi"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nothing.csv"], 1, "no file"),
        (["."], 1, "folder"),
        ([str(ORDERS), "--date-order", "ydm"], 2, "dmy"),
        ([str(ORDERS), "--decimal", ";"], 2, "comma"),
        ([str(ORDERS), "--encoding", "nope"], 2, "utf-8"),
        ([str(ORDERS), "--country", "XX"], 2, "PT"),
        ([str(ORDERS), "--currency", "EURO"], 2, "EUR"),
        ([str(ORDERS), "--map", "Name"], 2, "--map"),
        ([str(ORDERS), "--map", "Nmae=name"], 2, "Name"),
        ([str(ORDERS), "--map", "Name=nmae"], 2, "name"),
        ([str(ORDERS), "--format", "csv"], 2, "JSON"),
        ([], 2, "FILE"),
    ],
)
def test_mistakes_are_said_in_words_and_change_nothing(
    run: Run, db: Path, arguments: list[str], code: int, says: str
) -> None:
    result = run("import", "--yes", *arguments)
    assert result.exit_code == code, result.stderr
    assert says in result.stderr and "Traceback" not in result.stderr
    assert not db.exists()


def test_one_bad_file_among_several_stops_all(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    assert run("import", ORDERS, tmp_path / "empty.csv", "--yes").exit_code == 1
    assert not db.exists()


def test_refused_rows_can_be_corrected_and_imported(run: Run, db: Path) -> None:
    run("import", SAMPLES / "hand_ru_cp1251.csv", "--yes")
    aside = db.parent / "hand_ru_cp1251.refused.csv"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    text = aside.read_text(encoding="utf-8-sig")
    assert "31.02.2024" in text and "refused_reason" in text
    aside.write_text(text.replace("31.02.2024;", "29.02.2024;", 1), encoding="utf-8-sig")
    result = run("import", aside, "--yes", "--format", "json")
    assert result.exit_code == 0, result.stderr
    (done,) = json.loads(result.stdout)
    assert (done["plan"]["new"], done["plan"]["customers_new"], done["refusals"]) == (1, 0, [])
    assert done["batch"] == 2


def test_corrected_rows_belong_to_the_source_that_was_named(run: Run, db: Path) -> None:
    run("import", SAMPLES / "hand_ru_cp1251.csv", "--yes", "--source", "till")
    aside = db.parent / "hand_ru_cp1251.refused.csv"
    plan = json.loads(run("import", aside, "--dry-run", "--format", "json").stdout)[0]
    assert (plan["source"], plan["plan"]["customers_new"]) == ("till", 0)


def test_refused_rows_go_where_they_are_wanted(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "wrong rows.csv"
    assert run("import", SAMPLES / "hand_ru_cp1251.csv", "--yes", "--refused", target).exit_code == 0
    assert "31.02.2024" in target.read_text(encoding="utf-8-sig")


def test_what_was_assumed_is_kept_with_the_import(run: Run) -> None:
    run("import", SAMPLES / "hand_fr_cp1252.csv", "--yes")
    shown = json.loads(run("imports", "show", "1", "--format", "json").stdout)
    assert shown["assumptions"]["date_order"] == "dmy"
    assert "13/01/2024" in shown["assumptions"]["date_order_why"]
    assert shown["counts"]["total"] == "1299.50"
    words = run("imports", "show", "1").stdout
    assert "hand_fr_cp1252.csv" in words and "13/01/2024 can only have the day first" in words


def test_an_import_is_taken_back(run: Run) -> None:
    run("import", ORDERS, "--yes")
    before = run("customers", "--format", "json").stdout
    run("import", LATER, "--yes")
    assert run("customers", "--format", "json").stdout != before
    result = run("imports", "undo", "2", "--format", "json")
    assert result.exit_code == 0
    undone = json.loads(result.stdout)
    assert (undone["id"], undone["kept"], undone["failed"]) == (2, [], [])
    assert run("customers", "--format", "json").stdout == before
    assert run("imports", "undo", "2").exit_code == 1
    assert run("imports", "undo", "77").exit_code == 1


def test_imports_of_a_store_that_is_not_there(run: Run, db: Path) -> None:
    assert run("imports", "list").exit_code == 1
    assert run("imports", "show", "1").exit_code == 1
    assert not db.exists()


def test_a_dragged_path_is_taken(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "vendas março.csv"
    path.write_text("name,email\nAna,ana@example.com\n")
    assert run("import", f"'{path}'", "--yes").exit_code == 0
    assert run("import", "file://" + str(path).replace(" ", "%20"), "--yes").exit_code == 0


def test_hostile_cells_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.csv"
    path.write_text("date,customer,amount\n2026-01-13,\x1b]0;owned\x07Ana,\x1b[2Jmany\n2026-01-14,Bo,1.00\n")
    for arguments in (["--dry-run"], ["--yes"], ["--dry-run", "--format", "json"]):
        result = run("import", path, *arguments)
        assert "\x1b" not in result.stdout + result.stderr and "\x07" not in result.stdout


def test_a_person_is_asked_and_may_say_no(db: Path) -> None:
    environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": TODAY}
    for answer, code in (("n", 1), ("", 1), ("y", 0)):
        child = pexpect.spawn(
            sys.executable,
            ["-m", "activetui", "import", str(ORDERS)],
            env=environment,
            encoding="utf-8",
            timeout=60,
        )
        child.expect(r"Import\? \[y/N\]")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == code
        assert db.exists() == (answer == "y")


def test_the_ledger_leaves_and_returns(run: Run, db: Path, tmp_path: Path) -> None:
    run("import", ORDERS, "--yes")
    target = tmp_path / "ledger.csv"
    assert run("export", "ledger", target).exit_code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = run("customers", "--format", "json").stdout
    assert run("import", target, "--yes").exit_code == 0
    assert len(json.loads(run("imports", "list", "--format", "json").stdout)) == 1
    assert run("--db", tmp_path / "other.db", "import", target, "--yes").exit_code == 0
    assert run("--db", tmp_path / "other.db", "customers", "--format", "json").stdout == before


def test_an_export_never_overwrites(run: Run, tmp_path: Path) -> None:
    run("import", ORDERS, "--yes")
    target = tmp_path / "there.csv"
    target.write_text("mine")
    assert run("export", "ledger", target).exit_code == 1
    assert run("export", "customers", target).exit_code == 1
    assert target.read_text() == "mine"


def test_customers_are_exported_as_the_list_shows_them(run: Run, tmp_path: Path) -> None:
    run("import", ORDERS, "--yes")
    assert run("export", "customers", tmp_path / "all.csv").exit_code == 0
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = json.loads(run("customers", "--format", "json").stdout)
    assert [(row["name"], row["status"], row["spend"]) for row in rows] == [
        (one["name"], one["status"], one["spend"]) for one in listed
    ]
    assert run("export", "customers", tmp_path / "some.csv", "ana").exit_code == 0


def test_no_terminal_is_no_trouble(program: Program) -> None:
    done = program("import", ORDERS, "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_an_import_can_be_stopped_and_leaves_nothing(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("date,customer,email,amount\n")
        file.writelines(f"2026-01-13,Customer {n},c{n}@example.com,{n}.50\n" for n in range(150_000))
    environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": TODAY}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "activetui", "import", str(path), "--yes"],
        env=environment, encoding="utf-8", timeout=120,
    )
    child.expect("reading")
    child.sendintr()
    child.expect("nothing was changed")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    with closing(sqlite3.connect(db)) as conn:
        for table in ("event", "customer", "batch"):
            assert conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert sorted(one.name for one in tmp_path.iterdir() if "staging" in one.name) == []


def test_a_person_answers_what_the_file_leaves_open(db: Path) -> None:
    environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": TODAY}
    for answer, code in (("", 3), ("1", 0)):
        child = pexpect.spawn(
            sys.executable, ["-m", "activetui", "import", str(SAMPLES / "hand_pt_pt.csv")],
            env=environment, encoding="utf-8", timeout=60,
        )
        child.expect("1  day, month, year")
        child.expect("a number")
        child.sendline(answer)
        if answer:
            child.expect(r"next time without asking: --date-order dmy")
            child.expect(r"Import\? \[y/N\]")
            child.sendline("y")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == code
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT min(day) FROM event").fetchone()[0] == 19727  # 5 January 2024


def test_the_ending_of_the_name_says_how_customers_are_written(run: Run, tmp_path: Path) -> None:
    run("import", ORDERS, "--yes")
    assert run("export", "customers", tmp_path / "all.json").exit_code == 0
    listed = run("customers", "--format", "json").stdout
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8")) == json.loads(listed)
    refused = run("export", "customers", tmp_path / "all.xlsx")
    assert refused.exit_code == 2
    assert not (tmp_path / "all.xlsx").exists()
    negated = run("export", "customers", tmp_path / "calm.md", "-kind:complaint")
    assert negated.exit_code == 0, negated.stderr
