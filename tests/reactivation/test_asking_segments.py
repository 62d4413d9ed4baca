"""A segment that a playbook or an alert asks for is neither deleted nor renamed away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.reactivation.alerts.shelf import SHELF as ALERTS
from activetui.reactivation.playbooks.playbook import SHELF as PLAYBOOKS
from activetui.reactivation.rules.asking_segments import delete_segment, rename_segment, rules_asking_for
from activetui.segments import library
from tests.store.building import MADE_AT, Building

PLAYBOOK = """\
title = "Letters"
rank = 1
for = "{audience}"
stop = ["do_not_contact", "segment:stopped"]
[[steps]]
after_days = 0
channel = "phone"
title = "Call"
only = "-in:noisy"
"""
ALERT = """\
title = "Gone quiet"
says = "{name} complained"
tone = "problem"
rank = 5
within_days = 30
who = "segment:vips"
[each]
event = "complaint"
"""


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = Building(tmp_path / "shop.db").ready()
    for name in ("worth a letter", "stopped", "noisy", "vips", "free"):
        library.save(conn, name, "status:lost", made_at=MADE_AT)
    playbook = PLAYBOOK.format(audience="segment:worth_a_letter")
    PLAYBOOKS.use(conn, "letters", playbook, what="use", made_at=MADE_AT)
    return conn


@pytest.mark.parametrize("name", ["worth a letter", "Worth_a_letter", "stopped", "noisy"])
def test_a_segment_of_a_playbook_stays_and_keeps_its_name(conn: sqlite3.Connection, name: str) -> None:
    assert rules_asking_for(conn, name) == ["Letters"]
    with pytest.raises(OwnerError, match="Letters"):
        delete_segment(conn, name, made_at=MADE_AT)
    with pytest.raises(OwnerError, match="Letters"):
        rename_segment(conn, name, "other", made_at=MADE_AT)


def test_another_spelling_of_the_same_name_is_given(conn: sqlite3.Connection) -> None:
    assert rename_segment(conn, "noisy", "Noisy", made_at=MADE_AT) == "Noisy"
    assert rules_asking_for(conn, "noisy") == ["Letters"]


def test_others_are_renamed_and_deleted(conn: sqlite3.Connection) -> None:
    assert rename_segment(conn, "free", "freer", made_at=MADE_AT) == "freer"
    assert delete_segment(conn, "freer", made_at=MADE_AT) == "freer"


def test_a_segment_of_an_alert_stays(conn: sqlite3.Connection) -> None:
    assert rules_asking_for(conn, "vips") == []
    ALERTS.use(conn, "quiet", ALERT, what="use", made_at=MADE_AT)
    with pytest.raises(OwnerError, match="Gone quiet"):
        delete_segment(conn, "vips", made_at=MADE_AT)
