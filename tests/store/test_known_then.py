"""A day is seen as it was known then: what the store said that evening is what it says when asked later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as example_settings

from activetui.store import as_of
from activetui.store.known_then import NothingKnownError
from tests.store.days_of_work import FIRST, Deed, Work, weeks, what_it_says

quick = example_settings(max_examples=60, deadline=None)


def asked_later(work: Work) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each day what the store says now of what was known then."""
    for day in work.days:
        try:
            as_of.look_from(work.conn, day, known_then=True)
        except NothingKnownError:
            yield day, {}
        else:
            yield day, what_it_says(work.conn)


@quick
@given(weeks)
def test_what_was_said_in_the_evening_is_said_again_when_asked_later(week: list[list[Deed]]) -> None:
    work = Work(week)
    as_if = Work(week, frozenset(work.taken_back | work.idle)) if work.taken_back else work
    try:
        for (day, found), said in zip(list(asked_later(work)), as_if.said, strict=True):
            if not found:
                assert not (said["customers"] or said["events"]), day - FIRST
                continue
            for table, rows in said.items():
                assert found[table] == rows, (day - FIRST, table)
    finally:
        work.close()
        as_if.close()
