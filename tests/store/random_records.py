"""Files of random records, for the tests of imports."""

from __future__ import annotations

from hypothesis import strategies as st

from activetui.ledger.records import LineRecord
from tests.store.ledgers import person, purchase, refund

_PEOPLE = st.builds(
    lambda signs, **fields: person(*signs, **fields),
    st.lists(
        st.sampled_from(
            [
                *(("id", str(n)) for n in range(3)),
                *(("email", f"{n}@example.pt") for n in range(3)),
                *(("phone", f"+35191200000{n}") for n in range(2)),
                ("name", "Ana Sousa"),
            ]
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda sign: sign[0],
    ),
    city=st.sampled_from(["", "Porto", "Braga"]),
    consent=st.sampled_from([None, True, False]),
    tags=st.sampled_from([(), ("vip",), ("a", "b")]),
)
_LINES = st.lists(
    st.builds(LineRecord, st.sampled_from(["Soap", "Tea"]), st.sampled_from([None, 0.3])), max_size=2
)
_EVENTS = st.builds(
    purchase,
    st.integers(0, 11),
    st.one_of(_PEOPLE, st.none()),
    amount=st.integers(0, 3000),
    ago=st.integers(-3, 800),
    state=st.sampled_from(["paid", "refunded", "pending", ""]),
    refunded=st.sampled_from([0, 0, 500]),
    currency=st.sampled_from(["EUR", "EUR", "USD"]),
    lines=_LINES,
)
_REFUNDS = st.builds(
    refund, st.integers(0, 5), st.integers(0, 11), st.integers(1, 2000), ago=st.integers(0, 300)
)
RECORDS = st.lists(st.one_of(_EVENTS, _EVENTS, _REFUNDS, _PEOPLE), max_size=12)
"""Files of any records."""
_KNOWN = [
    person(("id", str(n)), ("email", f"{n}@example.pt"), name=f"Name {n}", city="Porto" if n % 2 else "")
    for n in range(4)
]
SIMPLE = st.lists(
    st.one_of(
        st.builds(
            purchase,
            st.integers(0, 11),
            st.sampled_from([*_KNOWN, None]),
            amount=st.integers(0, 3000),
            ago=st.integers(0, 800),
            state=st.sampled_from(["paid", "refunded", "pending"]),
        ),
        _REFUNDS,
    ),
    max_size=12,
)
"""Files of purchases and refunds by customers who are always said the same."""
