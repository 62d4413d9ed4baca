"""Whatever stands in the cells of a list about people: every row is taken, or refused with a reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from tests.importing.files import SAMPLES, reading

PEOPLE = SAMPLES / "people"
FILES = [
    "unsubscribed_members_export_0a1b2c.csv", "email_list.garden.csv", "Members_000001.csv",
    "google_contacts.csv",
    "typeform_responses.csv", "acuity_appointments.csv", "resenas.csv", "reclami.csv", "bally_ru.csv",
    "parrainages.csv", "bonos.csv",
]
CELLS = st.one_of(
    st.sampled_from([
        "", "-", "0", "-5", "11", "1e9", "31/02/2026", "2026-13-01", "13/05/2026", "1.234,5", "★★", "yes",
        "nope",
        "a@b", "x@y.com; z@y.com", "+0", "=1+1", "\x1b[31m", "Total", "9999-12-31", "0001-01-01", "n/a", "–",
    ]),
    st.text(max_size=12),
)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cells_are_taken_or_refused(tmp_path: Path, name: str, data: st.DataObject) -> None:
    text = (PEOPLE / name).read_text(encoding="utf-8-sig")
    sign = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    head, *rows = list(csv.reader(io.StringIO(text), delimiter=sign))
    for row in rows:
        for place in data.draw(st.lists(st.integers(0, len(head) - 1), max_size=4)):
            row[place % len(row)] = data.draw(CELLS)
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=sign).writerows([head, *rows])
    try:
        found = list(reading(path).records())
    except OwnerError as refused:
        assert str(refused)
        return
    for one in found:
        assert isinstance(one, (CustomerRecord, EventRecord, Refusal))
        if isinstance(one, Refusal):
            assert one.reason
        if isinstance(one, EventRecord):
            assert one.key
