"""The page on the check has every code, and no other."""

from __future__ import annotations

import re

from activetui.activity.agreed import QUESTION_CODES
from activetui.activity.consistency import CODES, Severity
from activetui.activity.presets import preset_text
from activetui.activity.questions import questions
from activetui.activity.reading.parsing import parse
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_codes_on_the_page_are_those_of_the_check() -> None:
    rows = re.findall(r"^\| ([CQ]\d+) \|", PAGE, re.MULTILINE)
    assert sorted(rows) == [*CODES, *QUESTION_CODES]


def test_the_questions_on_the_page_are_those_that_are_asked() -> None:
    rows = dict(re.findall(r"^\| (Q\d) \| ([^|]+) \|", PAGE, re.MULTILINE))
    assert rows == {asked.code: asked.question for asked in questions(parse(preset_text("shop")))}


def test_every_weight_is_explained() -> None:
    assert not [severity.value for severity in Severity if f"**{severity.value}**" not in PAGE]
