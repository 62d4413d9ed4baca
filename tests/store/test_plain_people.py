"""People who are told of as columns are staged as if each were told of by a record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.plain_people import PlainPeople
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, purchase

KEYS = st.sampled_from(["K1", "K2", "K3", "k1"])
NAMES = st.sampled_from(["Ana", "João Pé", ""])
ADDRESSES = st.sampled_from(["ana@example.pt", "bo@example.pt", ""])
PEOPLE = st.lists(st.tuples(KEYS, NAMES, ADDRESSES), min_size=1, max_size=6)


def sold_to(people: Sequence[CustomerRecord], first: int, bought: Sequence[int]) -> PaidPurchases:
    """A purchase of each of these, counted from 0; those who bought nothing are introduced all the same."""
    return PaidPurchases(
        currency="EUR", day=[TODAY - 9] * len(bought), time=(), key=(),
        customer=[first + place for place in bought], introduced=people, first=first,
        amount=[100] * len(bought), state=(), product=(), quantity=(),
        order_ref=[f"{first}{place}" for place in bought], line=range(2, 2 + len(bought)),
    )


def imported(parts: list[PaidPurchases], more: list[EventRecord], known: bool) -> tuple[StagedPlan, object]:
    with TemporaryDirectory() as folder, closing(new_store(Path(folder))) as conn:
        if known:
            bring(conn, [purchase("other", CustomerRecord(email="bo@example.pt", identities=(
                ("email", "bo@example.pt"),
            )))], "till")
        with Staging(conn, "shopify", TODAY) as staging:
            for part in parts:
                staging.add_purchases(part)
            for record in more:
                staging.add(record)
            plan = staging.plan()
            staging.apply(
                file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW
            )
        return plan, dump(conn, leave_out=("_sqlite_migrations",))


@given(first=PEOPLE, second=PEOPLE, known=st.booleans(), silent=st.booleans(), again=st.booleans())
@settings(max_examples=25, deadline=None)
def test_people_as_columns_are_people_one_by_one(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]], known: bool, silent: bool,
    again: bool,
) -> None:
    columns = [PlainPeople(*zip(*some, strict=True)) for some in (first, second)]
    bought = [range(silent, len(first)), range(len(second))]  # perhaps somebody's rows were left out
    more = [purchase("more", columns[0][0])] if again else []
    found = []
    for groups in (columns, [list(some) for some in columns]):
        parts = [
            sold_to(groups[0], 1, bought[0]), sold_to(groups[1], 1 + len(first), bought[1]),
        ]
        found.append(imported(parts, more, known))
    assert found[0] == found[1]


def test_people_as_columns_can_be_cut_and_are_records_one_by_one() -> None:
    people = PlainPeople(["K1", "K2", "K3"], (), ["ana@example.pt", "", "bo@example.pt"])
    assert [one.identities for one in people[1:]] == [
        (("id", "K2"),), (("id", "K3"), ("email", "bo@example.pt")),
    ]
    assert people[0] == next(iter(people))
    assert len(people) == 3
