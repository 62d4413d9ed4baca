"""`checklist round`, `checklist results` and `report winback`, as an owner uses them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEADING = "customer_id,name,email,date,amount,currency\n"
LATER = "2027-03-01"


@pytest.fixture
def shop(run: Run, db: Path, tmp_path: Path) -> Path:
    """Forty customers who bought monthly until August, in a ledger of three years; the file."""
    rows = [
        f"C{number},Name {number},c{number}@example.org,2026-{month:02d}-10,{10 + number}.00,EUR"
        for number in range(40) for month in range(3, 9)
    ]
    rows += ["Z,Old one,old@example.org,2023-01-01,5.00,EUR", "Z,Old one,old@example.org,2026-11-21,5.00,EUR"]
    file = tmp_path / "orders.csv"
    file.write_text(HEADING + "\n".join(rows) + "\n", encoding="utf-8")
    assert run("import", file, "--yes").exit_code == 0
    return file


def bought(run: Run, tmp_path: Path, lines: list[str], **env: str) -> None:
    file = tmp_path / "later.csv"
    file.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    assert run("import", file, "--yes", **env).exit_code == 0


def sides(db: Path) -> dict[str, int]:
    with closing(sqlite3.connect(db)) as conn:
        return dict(conn.execute(
            "SELECT customer.key, held_out FROM round_member JOIN customer ON customer.id = customer_id"
        ).fetchall())


def test_a_round_is_shown_before_it_starts(run: Run, shop: Path, db: Path) -> None:
    asked = run("checklist", "round", "start", "regular")
    assert asked.exit_code == 3 and "--yes" in asked.stderr
    assert "40 customers" in asked.stdout and not sides(db)
    begun = run("checklist", "round", "start", "regular", "--yes", "--name", "Autumn")
    assert begun.exit_code == 0 and "Left in peace until 20 Feb 2027" in begun.stdout
    drawn = sides(db)
    assert len(drawn) == 40 and 0 < sum(drawn.values()) < 20
    everyone = json.loads(run("checklist", "today", "--all", "--format", "json").stdout)
    with closing(sqlite3.connect(db)) as conn:
        number_of = dict(conn.execute("SELECT key, id FROM customer").fetchall())
    listed = {row["customer"] for row in everyone}
    assert listed.isdisjoint(number_of[key] for key, side in drawn.items() if side)
    key = min(key for key, side in drawn.items() if side)
    one = ("checklist", "message", f"Name {key[1:]}", "--message", "missed_you")
    assert "A round leaves Name" in run(*one).stdout
    assert json.loads(run(*one, "--format", "json").stdout)["left_in_peace"]
    assert run("undo").exit_code == 0 and not sides(db)
    assert "leaves" not in run(*one).stdout


def test_the_draw_is_the_same_after_backup_restore_and_another_import(
    run: Run, shop: Path, db: Path, tmp_path: Path
) -> None:
    run("checklist", "round", "start", "regular", "--yes", "--hold-out", 30)
    drawn = sides(db)
    copy = tmp_path / "copy.db"
    assert run("backup", copy).exit_code == 0
    assert run("imports", "undo", 1).exit_code == 0
    assert run("import", shop, "--yes").exit_code == 0
    assert sides(db) == drawn
    run("undo")
    assert run("restore", copy).exit_code == 0
    assert sides(db) == drawn


def test_a_round_started_anew_after_another_import_draws_the_same(run: Run, shop: Path, db: Path) -> None:
    run("checklist", "round", "start", "regular", "--yes")
    drawn = sides(db)
    run("undo")
    run("imports", "undo", 1)
    run("import", shop, "--yes")
    run("checklist", "round", "start", "regular", "--yes")
    assert sides(db) == drawn


def test_what_cannot_be_is_refused_in_words(run: Run, shop: Path, db: Path) -> None:
    assert run("checklist", "round", "start", "regular", "--hold-out", 70).exit_code == 2
    assert run("checklist", "round", "start", "complaint", "--hold-out", 20, "--yes").exit_code == 1
    assert run("checklist", "round", "start", "no_such").exit_code == 1
    assert run("checklist", "round", "show", 9).exit_code == 1
    assert run("checklist", "round", "end", 9, "--yes").exit_code == 1
    assert run("checklist", "results", "--by", "weather").exit_code == 2
    assert run("checklist", "results", "--since", "2026-05-01", "--until", "2026-04-01").exit_code == 2
    nobody = run("checklist", "round", "start", "lost", "--yes")
    assert nobody.exit_code == 0 and "Nothing was changed" in nobody.stdout
    assert not sides(db)


def test_with_time_a_round_has_a_result_that_can_be_recomputed(
    run: Run, shop: Path, db: Path, tmp_path: Path
) -> None:
    run("checklist", "round", "start", "regular", "--yes", "--hold-out", 40)
    drawn = sides(db)
    treated = sorted(key for key, side in drawn.items() if not side)
    left = sorted(key for key, side in drawn.items() if side)
    with closing(sqlite3.connect(db)) as conn:
        number_of = dict(conn.execute("SELECT key, id FROM customer").fetchall())
    for key in treated[:5]:
        done = run("checklist", "done", number_of[key], "--outcome", "coming_back", "--reason", "price")
        assert done.exit_code == 0
    back = [*treated[:4], treated[9], left[0]]
    lines = [
        f"{key},,{key.lower()}@example.org,2026-12-0{place},20.00,EUR"
        for place, key in enumerate(back, start=1)
    ]
    bought(run, tmp_path, [*lines, "Z,,old@example.org,2027-02-28,5.00,EUR"], ACTIVETUI_TODAY=LATER)
    shown = run("checklist", "round", "list", "--format", "json", ACTIVETUI_TODAY=LATER)
    [row] = json.loads(shown.stdout)
    assert (row["to_contact_window_over"], row["to_contact_back"]) == (len(treated), 5)
    assert (row["held_out_window_over"], row["held_out_back"]) == (len(left), 1)
    assert (row["to_contact_contacted"], row["held_out_contacted"]) == (5, 0)
    assert (row["to_contact_revenue"], row["held_out_revenue"]) == ("100.00", "20.00")
    expected = 5 / len(treated) - 1 / len(left)
    assert row["difference"] == pytest.approx(expected, abs=1e-6) and row["verdict"] == "not_proven"
    text = run("checklist", "round", "show", 1, ACTIVETUI_TODAY=LATER).stdout
    assert "not proven yet" in text and "more customers needed" in text

    [result] = json.loads(run("checklist", "results", "--format", "json", ACTIVETUI_TODAY=LATER).stdout)
    assert (result["begun"], result["contacted"], result["won_back"]) == (len(treated), 5, 4)
    assert (result["by_themselves"], result["window_over"], result["won_back_of_over"]) == (1, 5, 4)
    assert (result["revenue"], result["currency"], result["verdict"]) == ("80.00", "EUR", "not_proven")
    reasons = json.loads(
        run("checklist", "results", "--by", "reason", "--format", "json", ACTIVETUI_TODAY=LATER).stdout
    )
    assert {row["reason"]: row["contacted"] for row in reasons} == {"price": 5, None: 0}


def test_every_format_of_the_results_names_the_same_fields(run: Run, demo: Path) -> None:
    for words in (("checklist", "results"), ("checklist", "results", "--by", "step")):
        rows = json.loads(run(*words, "--format", "json").stdout)
        table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
        assert rows and list(rows[0]) == list(table[0])
        assert run(*words, "--format", "markdown").stdout.startswith("| by |")
    report = list(csv.DictReader(io.StringIO(run("report", "winback", "--format", "csv").stdout)))
    assert list(report[0]) == list(rows[0]) and report[0]["by"] == ""
    whole = json.loads(run("report", "winback", "--format", "json").stdout)
    assert whole["whole"]["begun"] == sum(row["begun"] for row in whole["rows"])
    assert {"as_of", "sales_known_to", "rounds", "definition", "known"} <= whole.keys()


def test_the_words_of_the_results_stay_within_what_is_known(run: Run, shop: Path, tmp_path: Path) -> None:
    run("checklist", "round", "start", "regular", "--yes", "--hold-out", 40)
    early = run("checklist", "results").stdout
    assert "too early to say: the window runs until 20 Feb 2027" in early
    unknown = run("report", "winback", ACTIVETUI_TODAY=LATER).stdout
    assert "Sales are known up to 21 Nov 2026 only" in " ".join(unknown.split())
    assert "too early to say" in unknown


def test_a_round_can_be_ended_and_taken_back(run: Run, shop: Path, db: Path) -> None:
    run("checklist", "round", "start", "regular", "--yes")
    assert run("checklist", "round", "end", 1).exit_code == 3
    assert run("checklist", "round", "end", 1, "--yes").exit_code == 0
    assert run("checklist", "round", "end", 1, "--yes").exit_code == 1
    assert run("checklist", "round", "add", 1, "--yes").exit_code == 1
    assert run("undo").exit_code == 0
    nobody_new = run("checklist", "round", "add", 1, "--yes")
    assert nobody_new.exit_code == 1 and "Nobody can be drawn" in nobody_new.stderr
