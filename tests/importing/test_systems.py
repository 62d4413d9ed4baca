"""The files that describe programs: how their headings are found, and that each describes what can be."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from activetui.importing.columns.column import Layout
from activetui.importing.columns.named import Headings
from activetui.importing.columns.system import System
from activetui.importing.columns.system_files import read_system
from activetui.importing.columns.systems import recognise, system_columns, systems, systems_by_file
from tests.house.source import ROOT

ALL = sorted(systems_by_file())
_SMALLEST = """
name = "Till"
source = "till"
meaning = "purchases"
recognise = [["Receipt", "Amount"]]
"""


def test_a_heading_that_stands_twice_is_told_apart_by_its_number() -> None:
    headings = Headings(["Estado", "Total", "ESTADO", "Estado "])
    assert headings.places("Estado") == [0, 2, 3]
    assert (headings.places("Estado#2"), headings.places("Estado#3")) == ([2], [3])
    assert headings.places("Estado#4") == [] and headings.places("Total#1") == [1]


def test_a_sign_of_numbers_in_a_heading_is_no_count_of_it() -> None:
    headings = Headings(["Order #", "# de anúncio", "N.º de venda"])
    assert headings.places("Order #") == [0]
    assert headings.places("# de anúncio") == [1]
    assert headings.places("Nº de venda") == [2]


@pytest.mark.parametrize(
    ("wanted", "fits", "others"),
    [
        ("Tax * Value", ["Tax 1 Value", "Tax 12 Value", "Tax Value"], ["Tax 1 Name", "Taxi Value"]),
        ("Total Consumido *", ["Total Consumido (BRL)", "Total consumido"], ["Total Consumidores"]),
        ("*InvoiceNumber", ["*InvoiceNumber", "Invoice Number", "Our invoice number"], ["Invoice Numbers"]),
    ],
)
def test_a_star_stands_for_any_whole_words_or_none(wanted: str, fits: list[str], others: list[str]) -> None:
    assert Headings(fits).places(wanted) == list(range(len(fits)))
    assert Headings(others).places(wanted) == []


def test_a_star_gives_all_its_columns_and_a_heading_only_the_first() -> None:
    system = read_system("till", _SMALLEST + '[columns]\nitems = ["Item *"]\nnote = ["Remark"]\n')
    header = ["Receipt", "Item 1", "Remark", "Item 2", "Remark"]
    layout = Layout(system_columns(system, header, {}))
    assert list(layout.of("items")) == [1, 3]
    assert list(layout.of("note")) == [2]


def test_the_name_of_a_file_decides_only_between_equals() -> None:
    here, gone = (
        read_system(stem, _SMALLEST + f'file_name = ["{stem}_*.csv"]\n') for stem in ("here", "gone")
    )
    assert (here.fits_name("here_2026.csv"), gone.fits_name("here_2026.csv")) == (1, -1)
    assert here.fits_name("HERE_1.CSV") == 1
    assert read_system("any", _SMALLEST).fits_name("here_2026.csv") == 0
    assert here.fits(["Total", "Something"]) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        '[columns]\nno_such_field = ["A"]', '[states]\nno_such_state = ["A"]',
        '[classes]\nno_such_class = ["A"]',
        '[fixed]\nno_such_field = "A"', 'adds = ["no_such_field"]', 'totals = "sometimes"', 'decimal = ";"',
        'date_order = "ydm"', 'no_such_key = true', 'negative = "yes"', '[patterns]\nno_such_field = "A"',
        "[fixed]\nconsent = true",
    ],
)
def test_a_file_that_says_what_cannot_be_is_told(wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape("systems/till.toml")):
        read_system("till", _SMALLEST + wrong + "\n")


def test_words_of_states_and_classes_are_looked_up_by_the_word() -> None:
    words = '[states]\npaid = ["Done"]\n[classes]\nfee = ["Cost"]\nother = "ignored"\n'
    system = read_system("till", _SMALLEST + words)
    assert (system.states, system.classes, system.other) == ({"Done": "paid"}, {"Cost": "fee"}, "ignored")


def _header(headings: tuple[str, ...]) -> list[str]:
    """Headings of a file that has what a system names."""
    return [re.sub(r"(?<=\S)#[1-9]$", "", heading).replace("*", " 1 ") for heading in headings]


@pytest.mark.parametrize("stem", ALL)
def test_every_system_is_recognised_by_each_of_its_sets_of_headings(stem: str) -> None:
    system = systems_by_file()[stem]
    for headings in system.recognise:
        found = recognise(_header(headings) if not system.exact else list(headings))
        assert found is not None
        assert found is system or _may_stand_for(found, system)


def _may_stand_for(found: System, system: System) -> bool:
    """Whether only the name of the file or more headings part the two: they read the same in the same way."""
    return found.source == system.source and found.meaning == system.meaning


def test_the_document_names_every_key_and_its_example_is_one() -> None:
    text = (ROOT / "docs" / "describing-a-program.md").read_text(encoding="utf-8")
    keys = " ".join(line.split("|")[1] for line in text.splitlines() if line[:2] == "| ")
    told = set(re.findall(r"`\[?(\w+)\]?`", keys))
    assert told >= {field.name for field in fields(System)} - {"stem", "other"}
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert read_system("shop", example[1]).fits(["Item", "Order no.", "Paid total"]) == 3


def test_names_of_systems_are_their_own() -> None:
    names = [system.name for system in systems()]
    assert len(names) == len(set(names))
