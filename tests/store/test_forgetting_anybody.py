"""Whoever is forgotten, of whatever people with whatever signs: the money holds, and nobody returns."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.store.facts import refresh
from activetui.store.privacy import forgetting, traces
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, purchase, refund, rows

_SIGNS = {
    "id": ["A1", "A2", "A3"],
    "email": ["ana@example.org", "rui@example.org", "eva@example.org"],
    "phone": ["+351911222333", "+351922333444"],
    "tax": ["PT111222333", "PT444555666"],
}


@st.composite
def _people(draw: st.DrawFn) -> CustomerRecord:
    kinds = draw(st.lists(st.sampled_from(sorted(_SIGNS)), min_size=1, max_size=3, unique=True))
    signs = [(kind, draw(st.sampled_from(_SIGNS[kind]))) for kind in sorted(kinds)]
    return person(*signs, name=draw(st.sampled_from(["Ana Reis", "Rui Melo", "Eva Luz"])))


@st.composite
def _files(draw: st.DrawFn) -> list[EventRecord]:
    people = draw(st.lists(_people(), min_size=1, max_size=5))
    return [
        record for number, customer in enumerate(people, start=1)
        for record in (
            purchase(number, customer, amount=1000 * number, note=f"for {customer.name}"),
            *([refund(number, number, 100, customer=customer)] if number % 2 else []),
        )
    ]


def _money(conn: object) -> list[tuple[int, int]]:
    return rows(conn, "SELECT count(*), sum(net) FROM event")  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(_files(), st.integers(0, 9))
def test_the_money_holds_and_no_sign_of_theirs_returns(file: list[EventRecord], which: int) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(new_store(Path(folder))) as conn:
        bring(conn, file)
        numbers = [number for (number,) in rows(conn, "SELECT id FROM customer ORDER BY id")]
        number = numbers[which % len(numbers)]
        who = traces.of_customer(conn, number)
        others = set(rows(conn, "SELECT kind, value FROM identity WHERE customer_id <> ?", number))
        before = _money(conn)
        forgetting.forget(conn, number, today=TODAY, made_at=NOW)
        assert _money(conn) == before
        stored = dump(conn)
        with conn:
            refresh.refresh_all(conn, TODAY)
        assert dump(conn) == stored
        theirs = {(sign.kind, sign.value) for sign in who.signs} - others
        assert not theirs & set(rows(conn, "SELECT kind, value FROM identity"))

        bring(conn, [*file, purchase(99)])
        assert _money(conn)[0][0] == before[0][0] + 1
        assert not theirs & set(rows(conn, "SELECT kind, value FROM identity"))
        text = json.dumps(dump(conn, leave_out=()), ensure_ascii=False, default=str)
        words = {value for _kind, value in theirs} - {value for _kind, value in others}
        assert [word for word in words if len(word) > 2 and word in text] == []
