"""Every program whose export is known has a page that says where to get it and what is read."""

from __future__ import annotations

from collections import Counter

import pytest

from activetui.importing.columns.systems import systems_by_file
from tests.house import system_pages
from tests.house.system_pages import FOLDER

PAGES = system_pages.pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_where_to_click_and_what_is_read(path) -> None:  # type: ignore[no-untyped-def]
    page = path.read_text(encoding="utf-8")
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings[0].startswith("# ")
    assert headings[1:3] == ["## Where to click", "## What is read"]
    assert system_pages.described(page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_tables_of_a_page_are_those_of_the_program(path) -> None:  # type: ignore[no-untyped-def]
    page = path.read_text(encoding="utf-8")
    assert system_pages.with_columns(page) == page, "renew it with: python -m tests.house.pages"


def test_every_export_that_is_known_is_on_exactly_one_page() -> None:
    texts = (path.read_text(encoding="utf-8") for path in PAGES)
    told = Counter(file for text in texts for file in system_pages.described(text))
    own_format = {name for name, system in systems_by_file().items() if system.meaning == "native"}
    assert told == Counter(systems_by_file().keys() - own_format)


def test_the_list_of_programs_leads_to_every_page() -> None:
    listed = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert [path.name for path in PAGES if f"({path.name})" not in listed] == []
