"""What the probes call impossible never happens, in whatever ledger.

The probes search, they do not prove: a definition contrived enough may have a status that they do not find.
So the cases here are the same each time, unless more of them are asked for, and what is then found is taught
to the probes.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.block import block_of
from activetui.activity.consistency.parts import implies
from activetui.activity.consistency.probes import idle, possible
from activetui.activity.evaluate import evaluate
from activetui.activity.holding import Holding
from activetui.activity.intervals import difference, intersection
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from tests.activity.ledgers import EXAMPLES, THEMES, conditions, definitions, ledgers, toml_of


@pytest.mark.parametrize("theme", THEMES)
def test_what_occurs_is_what_can(theme: str) -> None:
    chosen = THEMES[theme]

    @settings(max_examples=EXAMPLES, deadline=None, derandomize="ACTIVITY_EXAMPLES" not in os.environ)
    @given(definitions(chosen), st.lists(ledgers(chosen), min_size=8, max_size=8))
    def holds(tables: dict[str, Any], customers: list[Any]) -> None:
        definition = parse(toml_of(tables))
        block = block_of(range(len(customers)), [
            event._replace(customer=number) for number, ledger in enumerate(customers) for event in ledger
        ])
        spans = evaluate(definition, block, -10_000)
        happened = {Status(status) for status in set(spans.status.tolist())}
        assert happened <= possible(definition) | {Status.UNKNOWN}
        holding = Holding(block, definition.active)
        active = holding.days(definition.active)
        for section, condition in idle(definition):
            days = holding.days(condition)
            assert not len(days if section == "active" else intersection(days, active)), condition

    holds()


@pytest.mark.parametrize("theme", ["buying", "rhythm", "subscribing", "talking", "everything"])
def test_a_condition_that_says_the_same_for_another_makes_no_difference(theme: str) -> None:
    chosen = THEMES[theme]

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(conditions(chosen), conditions(chosen), st.lists(ledgers(chosen), min_size=4, max_size=4))
    def holds(one: dict[str, Any], other: dict[str, Any], customers: list[Any]) -> None:
        narrow, wide = (parse(toml_of({"name": "x", "active": table})).active for table in (one, other))
        if not implies(narrow, wide):
            return
        block = block_of(range(len(customers)), [
            event._replace(customer=number) for number, ledger in enumerate(customers) for event in ledger
        ])
        holding = Holding(block)
        beyond = difference(holding.days(narrow), holding.days(wide), len(customers))
        assert not len(beyond)

    holds()
