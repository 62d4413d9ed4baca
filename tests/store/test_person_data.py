"""Everything that is known of one person, in one file."""

from __future__ import annotations

import csv
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store import customers, events
from activetui.store.opening.new_file import AlreadyThereError
from activetui.store.privacy.person_data import person_data, write_person
from activetui.store.same_person import merging
from tests.store.known_person import INES, SECRETS, shop_of
from tests.store.ledgers import NOW, TODAY, bring, person


@pytest.fixture
def shop(tmp_path: Path) -> sqlite3.Connection:
    return shop_of(tmp_path)


def test_every_word_that_is_kept_of_a_person_is_in_it(shop: sqlite3.Connection) -> None:
    text = json.dumps(person_data(shop, 1, TODAY), ensure_ascii=False).lower().encode()
    assert [word for word in SECRETS if word.lower() not in text] == []


def test_nothing_of_anybody_else_is_in_it(shop: sqlite3.Connection) -> None:
    text = json.dumps(person_data(shop, 1, TODAY)).lower()
    assert "bea" not in text
    assert "1002" not in text


def test_it_says_what_where_from_and_what_it_was(shop: sqlite3.Connection) -> None:
    found = person_data(shop, 1, TODAY)
    assert found["customer"]["name"] == "Inês Carvalho"
    assert found["customer"]["from_file"] == "shop.csv"
    assert {"kind": "id", "source": "shop", "value": "K-77"} in found["signs"]
    assert found["status"]["status"] in ("active", "new", "at_risk", "reactivated")
    by_hand = next(event for event in found["events"] if event["source"] == "hand")
    assert by_hand["corrected"] == [
        {"made_at": NOW, "note": {"before": "autumn box", "after": "for Inês Carvalho"}}
    ]
    assert [event["label"] for event in found["deleted_events"]] == ["1003"]
    assert [task["title"] for task in found["tasks"]] == ["Call Inês Carvalho"]
    first = found["rows_of_files"][0]
    assert (first["file"], first["line"], first["cells"]["Phone"]) == ("shop.csv", 2, "911 222 333")
    assert [row["line"] for row in found["rows_of_files"] if row["refused"]] == [9]
    assert any(change["before"].get("name") == "Ines Novo" for change in found["changes"])


def test_whoever_was_merged_into_them_is_in_it(shop: sqlite3.Connection) -> None:
    bring(shop, [person(("id", "77x"), name="I. Carvalho", city="Faro")], "other")
    merging.merge_customers(shop, 1, 3, today=TODAY, made_at=NOW)
    [same] = person_data(shop, 1, TODAY)["same_person"]
    assert (same["id"], same["name"], same["city"]) == (3, "I. Carvalho", "Faro")


def test_it_is_written_as_a_file_of_the_owners_alone(shop: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "ines.json"
    write_person(shop, 1, TODAY, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == person_data(shop, 1, TODAY)
    with pytest.raises(AlreadyThereError):
        write_person(shop, 1, TODAY, path)


def test_as_csv_every_value_has_a_row_and_no_formula_runs(shop: sqlite3.Connection, tmp_path: Path) -> None:
    customers.edit(shop, 1, {"note": "=1+1"}, made_at=NOW, today=TODAY)
    path = tmp_path / "ines.csv"
    write_person(shop, 1, TODAY, path)
    with path.open(encoding="utf-8", newline="") as file:
        cells = {(what, number, name): value for what, number, name, value in csv.reader(file)}
    assert cells["customer", "", "email"] == "ines@example.org"
    assert cells["customer", "", "tags.1"] == "olive"
    assert not cells["customer", "", "note"].startswith("=")
    assert ("events", "1", "date") in cells


def test_nobody_and_other_endings_are_refused_and_leave_no_file(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    with pytest.raises(OwnerError):
        write_person(shop, 99, TODAY, tmp_path / "nobody.json")
    with pytest.raises(UsageError):
        write_person(shop, 1, TODAY, tmp_path / "ines.pdf")
    assert not list(tmp_path.glob("*nobody*"))


def test_what_lies_ahead_is_in_it_too(shop: sqlite3.Connection) -> None:
    ahead = EventRecord(Kind.BOOKING, TODAY + 30, "")
    events.log_event(shop, 1, ahead, today=TODAY, made_at=NOW)
    assert any(event["kind"] == "booking" for event in person_data(shop, 1, TODAY)["events"])


def test_a_person_without_any_event_has_a_file(shop: sqlite3.Connection) -> None:
    bring(shop, [person(("id", "new"), name="New One")], "other")
    assert person_data(shop, 3, TODAY)["events"] == []
    assert INES.name not in json.dumps(person_data(shop, 3, TODAY), ensure_ascii=False)
