"""Customers whose cells are plain are read together: each is who they are when read alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from activetui.importing.records import customers
from activetui.ledger.plain_people import PlainPeople
from activetui.ledger.records import PaidPurchases
from tests.importing.files import Writer, reading

KEYS = st.sampled_from(["K1", "77", "0", "-1", "", "NA", "none", "1E5", "2.0E+15", "K 2", "é1", "x_1"])
NAMES = st.sampled_from([
    "Ana", "João Pé", "O'Neill, Bo", "n/a", "NULL", "", " Ana", "A  B", "a&amp;b", "Ana <b>", '="A"', "'7",
    "Guest", "ana@example.pt", "Joa\u0303o", "Ана Ёж", "a_x000D_b", "C:\\new", "-", "Ωμέγα", "x" * 30,
])
ADDRESSES = st.sampled_from([
    "ana@example.pt", "ANA@Example.PT", "", "test@test.com", "noemail@shop.pt", "aaa@aaa.com", "a@b",
    "info@info.com", "Ana <ana@example.pt>", "a@b.c.", "é@example.pt", f"{'a' * 70}@example.pt",
    "ana@marketplace.amazon.com", "a@b.com / c@d.com", "1x2@q.com", "no.email@q.com", "a b@example.pt",
])
slow = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(
    people=st.lists(st.tuples(KEYS, NAMES, ADDRESSES), min_size=1, max_size=4),
    left=st.sampled_from([set(), set(), {"Customer ID"}, {"Email"}, {"Name"}]),
)
@example(people=[("K1", "João Pé", "ANA@Example.PT")], left=set())
@example(people=[("K1", "", "")], left=set())
def test_people_of_every_sort_are_told_alike(
    write: Writer, people: list[tuple[str, str, str]], left: set[str]
) -> None:
    path = write(table([("K0", "Zoe", "zoe@example.pt"), *people], left))
    assert told(path, together=True) == told(path, together=False)


def test_the_people_of_a_plain_file_are_read_together(write: Writer) -> None:
    people = [(f"K{number}", f"José {number}", f"j{number}@example.pt") for number in range(9)]
    introduced = [
        part.introduced for part in reading(write(table(people, set()))).parts()
        if isinstance(part, PaidPurchases)
    ]
    assert all(isinstance(some, PlainPeople) for some in introduced if some)
    assert [one.name for some in introduced for one in some] == [name for _key, name, _email in people]


def table(people: list[tuple[str, str, str]], left: set[str]) -> str:
    head = ("Order", "Date", "Total", "Customer ID", "Name", "Email")
    rows = [(str(1000 + n), "2026-03-13", "9.50", *one) for n, one in enumerate(people * 2)]
    kept = [place for place, name in enumerate(head) if name not in left]
    return "".join("\t".join(row[place] for place in kept) + "\n" for row in (head, *rows))


def told(path: Path, *, together: bool) -> list[object]:
    usual = customers.plain_people
    if not together:
        customers.plain_people = lambda *_columns: None
    try:
        read = reading(path)
        found = list(read.again(gather=True).records()) if not read.understood.questions else []
        return [*map(asdict, found), asdict(read.found)]
    finally:
        customers.plain_people = usual
