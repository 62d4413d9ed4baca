"""docs/playbooks.md says what the playbooks are, and how one is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from activetui.ledger.kinds import Kind
from activetui.reactivation.playbooks.playbook import SHELF, builtin_playbooks
from activetui.reactivation.playbooks.playbook_types import CONTENT, USUAL_PAUSE, USUAL_RANK, USUAL_WINDOW
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, RuleError

PAGE = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
[WHOLE] = [text for sort, text in BLOCKS if sort == "toml"]


def test_the_table_has_every_playbook_as_it_is() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| `\w+` \| \d+ \|", line)]
    assert rows == [
        f"| `{plan.key}` | {plan.rank} | {plan.title} | `{plan.audience}` | "
        f"{', '.join(str(step.after_days) for step in plan.steps)} |"
        for plan in builtin_playbooks()
    ]


def test_the_example_is_one_and_uses_every_key() -> None:
    plan = SHELF.read("garden", WHOLE, NOTHING_OWN)
    assert len(plan.steps) == 2 and plan.steps[1].offer and plan.steps[1].only and plan.steps[1].template
    assert plan.rest_days and plan.offer and plan.stop_queries and "serves = false" in WHOLE


def test_the_mistakes_shown_are_those_that_are_told() -> None:
    [shown] = [text for _sort, text in BLOCKS if "garden.toml:" in text]
    with pytest.raises(RuleError) as refused:
        text = WHOLE.replace("status:inactive", "statsu:inactive").replace('"phone"', '"fax"')
        SHELF.read("garden", text, NOTHING_OWN, "garden.toml")
    assert shown.splitlines() == [*refused.value.message.splitlines(), refused.value.hint]


def test_what_is_usual_and_what_counts_is_said() -> None:
    assert f"1 to 999; {USUAL_RANK} if you leave it out" in WHOLE
    assert f"{USUAL_PAUSE} if you leave it out" in WHOLE and f"first contact; {USUAL_WINDOW} if" in WHOLE
    assert (CONTENT[Kind.REVIEW], CONTENT[Kind.FEEDBACK]) == (3, 7)
    assert "from three stars, `feedback` from 7 of 10" in PAGE
