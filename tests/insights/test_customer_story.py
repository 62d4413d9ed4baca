"""What a customer's events say together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.insights.customer_story import favourites, gaps, months, status_on
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day, from_iso, iso, to_date
from activetui.ledger.kinds import Kind
from activetui.ledger.records import LineRecord
from activetui.store.events import EventRow

FIRST, LAST = from_iso("2024-11-05"), from_iso("2026-11-22")


def event(number: int, day: Day | str, **what: object) -> EventRow:
    """A purchase of 10.00 that counts, unless `what` says otherwise."""
    when = from_iso(day) if isinstance(day, str) else day
    plain = EventRow(
        id=number, customer_id=1, kind=int(Kind.PURCHASE), day=when, time="", amount=1000, currency="EUR",
        refunded=0, net=1000, counts=True, state="", action="", nature="", product="", quantity=None,
        rating=None, channel="", until=None, order_ref="", note="", recorded=when, entered=when, source_id=1,
        key=str(number), line=0, batch_id=None, kind_word="purchase",
    )
    return replace(plain, **what)  # type: ignore[arg-type]


def line(product: str, quantity: float | None, amount: int | None, price: int | None = None) -> LineRecord:
    return LineRecord(product, quantity, price, amount)


def test_favourites_count_days_pieces_and_money_and_remember_the_last_day() -> None:
    found = favourites([
        event(1, "2026-01-05", lines=(line("Oil", 2, 2400), line("Bread", None, 150))),
        event(2, "2026-01-05", lines=(line("Oil", 1, 1200),)),
        event(3, "2026-03-01", lines=(line("Oil", 1, None, price=1250),)),
        event(4, "2026-02-01", product="Bread", net=300),
        event(5, "2026-02-02", product="Bread", net=0, counts=False, state="cancelled"),
        event(6, "2026-02-03", kind=int(Kind.USAGE), product="Recipes"),
    ])
    assert [one.product for one in found] == ["Bread", "Oil"][::-1]
    oil, bread = found
    assert (oil.days, oil.quantity, oil.spend, iso(oil.last)) == (2, 4, 4850, "2026-03-01")
    assert (bread.days, bread.quantity, bread.spend, iso(bread.first)) == (2, 2, 450, "2026-01-05")


def test_money_in_a_foreign_currency_is_not_added_up() -> None:
    (only,) = favourites([event(1, "2026-01-05", net=0, currency="USD", lines=(line("Oil", 1, 900),))])
    assert (only.days, only.spend) == (1, 0)


def test_gaps_lie_between_purchase_days() -> None:
    found = gaps([
        event(1, "2026-01-01"), event(2, "2026-01-11"), event(3, "2026-01-11"),
        event(4, "2026-01-15", kind=int(Kind.CONTACT)), event(5, "2026-01-31", counts=False),
        event(6, "2026-02-10"),
    ])
    assert found == {2: 10, 3: 10, 6: 30}


def test_a_month_says_its_status_at_the_end_and_what_changed_in_it() -> None:
    spans = [
        (Status.PROSPECT, FAR_PAST, from_iso("2026-01-10")),
        (Status.NEW, from_iso("2026-01-10"), from_iso("2026-02-09")),
        (Status.ACTIVE, from_iso("2026-02-09"), from_iso("2026-02-20")),
        (Status.INACTIVE, from_iso("2026-02-20"), FAR_FUTURE),
    ]
    bought = [event(1, "2026-01-10"), event(2, "2026-01-20"), event(3, "2026-02-01", kind=int(Kind.CONTACT))]
    february, january = months(bought, spans, first=from_iso("2026-01-10"), last=from_iso("2026-02-15"))
    assert (january.status, january.purchases, january.spend, january.others) == (Status.NEW, 2, 2000, 0)
    assert january.changes == [(from_iso("2026-01-10"), Status.NEW)]
    assert (february.status, february.purchases, february.others) == (Status.ACTIVE, 0, 1)
    assert february.changes == [(from_iso("2026-02-09"), Status.ACTIVE)], "what comes later is not known yet"


@given(st.lists(st.tuples(st.integers(FIRST, LAST), st.booleans()), max_size=60))
def test_the_months_are_gapless_and_nothing_is_lost_or_told_twice(made: list[tuple[Day, bool]]) -> None:
    events = [event(number, day, counts=counts) for number, (day, counts) in enumerate(made, start=1)]
    found = months(events, [(Status.ACTIVE, FAR_PAST, FAR_FUTURE)], first=FIRST, last=LAST)
    begins = [to_date(month.first) for month in found[::-1]]
    assert [(day.year, day.month) for day in begins] == [
        (2024 + place // 12, place % 12 + 1) for place in range(10, 35)
    ]
    assert sum(month.purchases for month in found) == sum(counts for _day, counts in made)
    assert sum(month.others for month in found) == sum(not counts for _day, counts in made)
    assert sum(month.spend for month in found) == 1000 * sum(counts for _day, counts in made)


@pytest.mark.parametrize(("day", "status"), [(4, None), (5, Status.NEW), (9, Status.NEW), (10, None)])
def test_a_span_holds_from_its_first_day_to_the_one_before_its_end(day: Day, status: Status | None) -> None:
    assert status_on([(Status.NEW, 5, 10)], day) is status
