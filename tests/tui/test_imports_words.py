"""What the Imports screen says: meanings, changes, past imports, what is decided about a file."""

from __future__ import annotations

from activetui.importing.columns.field_words import field_words, fields_to_choose
from activetui.importing.columns.vocabulary import FIELDS, IGNORE
from activetui.ledger.days import from_iso
from activetui.ledger.records import Refusal
from activetui.store.imports.batches import BatchRow
from activetui.store.imports.plans import Change
from activetui.store.imports.undoing import Left, Undone
from activetui.tui.screens.imports.batch_words import batch_sections, moment
from activetui.tui.screens.imports.change_words import change_words
from activetui.tui.screens.imports.plan_words import without_options
from activetui.tui.screens.imports.undone_dialog import undone_sections


def test_every_meaning_of_a_column_has_words_of_its_own() -> None:
    from activetui.importing.columns.field_words import _WORDS

    assert set(_WORDS) == set(FIELDS)
    said = [field_words(name) for name in FIELDS]
    assert len(set(said)) == len(said)
    assert field_words(None) == field_words(IGNORE) == "not used"


def test_every_meaning_can_be_chosen_and_none_twice() -> None:
    offered = fields_to_choose()
    assert sorted(offered) == sorted(FIELDS)
    assert offered[0] == IGNORE


def test_a_change_is_told_as_people_read_it() -> None:
    assert change_words(Change("event", 1, "7", "amount", 1250, 900), "EUR") == "amount: €12.50 → €9.00"
    state = Change("event", 1, "7", "state", "paid", "refunded")
    assert change_words(state, "EUR").endswith("paid → refunded")
    day = Change("event", 1, "7", "day", from_iso("2026-10-01"), from_iso("2026-10-02"))
    assert change_words(day, "EUR") == "day: 1 Oct 2026 → 2 Oct 2026"
    assert "– →" in change_words(Change("customer", 1, "Ana", "phone", "", "+351"), "EUR")


def test_hints_at_options_are_left_out_where_keys_do_the_same() -> None:
    assert without_options("the usual one (--currency says another)") == "the usual one"
    assert without_options("10 (of 12) rows") == "10 (of 12) rows"


def test_a_past_import_tells_what_it_kept_whatever_version_wrote_it() -> None:
    batch = BatchRow(
        3, "2026-11-20T10:00:00Z", "till", "sales.csv", "", "",
        {"encoding": "utf-8", "delimiter": ";", "date_order": "dmy", "date_order_why": "31 is no month",
         "currency_why": "the usual one (--currency says another)",
         "currency": "EUR", "columns": {"Valor": "amount"},
         "assumptions": [
             {"about": "currency", "value": "EUR", "why": "the usual one (--currency says another)"},
         ]},
        {"found": {"customers": 2, "purchases": 3, "own kind": 1}, "classes": {"fee": 4},
         "plan": {"new": 3, "changed": 0, "unchanged": 1}, "total": "12.50", "refunded": "0.00",
         "first_date": "2026-10-01", "last_date": "2026-10-31"},
        None, 1, None,
    )
    found = {section.title: section.lines for section in batch_sections(batch, [Refusal(7, "no day", ())])}
    said = {line.name: line.text for lines in found.values() for line in lines}
    assert said["Customers"] == "2"
    assert said["own kind"] == "1"
    assert said["fees"] == "4"
    assert said["Paid"] == "€12.50"
    assert "Given back" not in said
    assert said["Valor"] == "amount"
    assert said["Separator"] == "semicolon"
    assert said["Line 7"] == "no day"
    assert not any("--currency" in line.quiet for lines in found.values() for line in lines)
    assert said["Rows"] == "3 new, 0 changed, 1 as they were"

    empty = BatchRow(1, "no moment", "s", "f", "", "", {}, {}, None, 0, None)
    assert [section.title for section in batch_sections(empty, []) if section.lines] == ["f"]


def test_moments_are_told_by_the_clock_of_this_computer() -> None:
    assert moment("2026-11-20T10:05:00Z") == "20 Nov 2026 10:05"
    assert moment("2026-11-20T10:05:00Z", time=False) == "20 Nov 2026"
    assert moment("whenever\x1b[2J") == "whenever"


def test_the_three_buckets_of_an_undo_are_told_apart() -> None:
    undone = Undone(5, (Left("customer", 1, "Ana", "changed since by: edit"),),
                    (Left("event", 2, "", "the customer it belonged to is gone"),), "/data/shop.db.before")
    found = {section.title: section.lines for section in undone_sections("sales.csv", undone, kept=True)}
    assert any("5 rows are as before" in line.text for line in found["Taken back"])
    assert found["Kept, because of something later"][0].name == "Ana"
    assert found["Not brought back"][0].name == "2"
    assert any("/data/shop.db.before" in line.text for line in found["And back again"])
