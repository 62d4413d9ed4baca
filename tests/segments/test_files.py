"""Lists of customers written to files."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from activetui.activity.status import Status
from activetui.ledger.errors import OwnerError, UsageError
from activetui.segments.asking import ask
from activetui.segments.files import Form, form_of, write_customers
from activetui.store.listing import people
from tests.segments.small_store import TODAY, Someone, store_of
from tests.store.building import Building, day_of

NASTY = [
    Someone(name="=HYPERLINK(1)", tags=("b", "a"), spend=1250),
    Someone(name="two\nlines", note="never written"),
    Someone(name="pi|pe *star* [x]", phone="+351 912 345 678"),
    Someone(name="\x1b[31mred", status=Status.LOST),
    Someone(name="", email="-1+2@example.org"),
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_has_the_fields_of_the_contract_and_no_formula(tmp_path: Path) -> None:
    conn = store_of(NASTY)
    path = tmp_path / "all.csv"
    assert write_customers(conn, people.EVERYONE, path) == 5
    rows = {row["id"]: row for row in rows_of(path)}
    assert list(rows["1"]) == list(people.MACHINE_FIELDS)
    assert rows["1"]["name"] == "'=HYPERLINK(1)"
    assert rows["1"]["tags"] == "a, b"
    assert rows["1"]["spend"] == "12.50"
    assert rows["2"]["name"] == "two lines"
    assert rows["3"]["phone"] == "+351 912 345 678"
    assert rows["4"]["name"] == "red"
    assert rows["5"]["email"] == "'-1+2@example.org"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_json_says_what_the_command_says(tmp_path: Path) -> None:
    conn = store_of(NASTY)
    path = tmp_path / "some.json"
    assert write_customers(conn, [3, 1], path) == 2
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found == [people.machine_row(person) for person in people.by_ids(conn, [3, 1])]


def test_markdown_is_a_table_whose_cells_are_letters(tmp_path: Path) -> None:
    path = tmp_path / "some.md"
    assert write_customers(store_of(NASTY), [3], path) == 1
    title, _blank, heading, _line, row = path.read_text(encoding="utf-8").splitlines()
    assert title.startswith("1 customer · ")
    assert heading.startswith("| id | key | name |")
    assert r"pi\|pe \*star\* \[x\]" in row
    assert heading.count("|") == row.replace(r"\|", "").count("|")


@pytest.mark.parametrize(
    ("form", "text"), [("json", "[]\n"), ("csv", ",".join(people.MACHINE_FIELDS) + "\n")]
)
def test_nobody_is_written_as_nobody(form: Form, text: str, tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    assert write_customers(store_of([]), people.EVERYONE, path, form) == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_clause_is_written_by_name_and_numbers_in_their_own_order(tmp_path: Path) -> None:
    conn = store_of([Someone(name="Zoe"), Someone(name="Ana"), Someone(name="Mia")])
    write_customers(conn, people.EVERYONE, tmp_path / "a.csv")
    write_customers(conn, [1, 3, 99, 2], tmp_path / "b.csv")
    assert [row["name"] for row in rows_of(tmp_path / "a.csv")] == ["Ana", "Mia", "Zoe"]
    assert [row["name"] for row in rows_of(tmp_path / "b.csv")] == ["Zoe", "Mia", "Ana"]


@pytest.mark.parametrize("name", ["list", "list.txt", ".csv", "list.csv.bak"])
def test_a_name_that_says_no_format_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="does not say"):
        form_of(Path(name))


def test_endings_are_read_in_any_case() -> None:
    assert [form_of(Path(f"x{ending}")) for ending in (".CSV", ".Json", ".md", ".markdown")] == [
        "csv", "json", "markdown", "markdown",
    ]


def test_what_is_there_stays_and_what_fails_leaves_nothing(tmp_path: Path) -> None:
    conn = store_of([Someone(name=f"n{number}") for number in range(5)])
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(OwnerError, match="exists already"):
        write_customers(conn, people.EVERYONE, there)
    assert there.read_text() == "mine"

    def stop(done: int, of: int) -> None:
        raise OwnerError("stopped")

    with pytest.raises(OwnerError, match="stopped"):
        write_customers(conn, people.EVERYONE, tmp_path / "new.csv", progress=stop)
    assert list(tmp_path.iterdir()) == [there]


def test_another_day_has_the_figures_of_that_day(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", "2026-01-10", amount=1000)
    shop.event(ana, "purchase", "2026-11-10", amount=500)
    conn = shop.ready()
    march = day_of("2026-03-31")
    write_customers(conn, ask(conn, "", march).clause, tmp_path / "march.csv", day=march)
    write_customers(conn, people.EVERYONE, tmp_path / "today.csv", day=TODAY)
    assert [row["spend"] for row in rows_of(tmp_path / "march.csv")] == ["10.00"]
    assert [row["spend"] for row in rows_of(tmp_path / "today.csv")] == ["15.00"]
