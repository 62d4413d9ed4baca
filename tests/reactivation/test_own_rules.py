"""The program's rules with the owner's laid over them: changed, switched off, forgotten, passed over."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError, UsageError
from activetui.reactivation.playbooks.playbook import (
    SHELF,
    builtin_playbooks,
    faults,
    playbook,
    playbooks,
    rules,
)
from activetui.reactivation.rules.own_rules import Origin
from activetui.reactivation.rules.rule_reading import RuleError
from activetui.segments import library
from activetui.store.changes.taking_back import undo_last
from activetui.store.copies.backup import backup
from activetui.store.opening.file import open_store
from activetui.store.rule_texts import Sort, save_text
from tests.store.building import MADE_AT, TODAY, Building, everything

OWN = """\
title = "Own"
rank = 1
for = "status:lost"
[[steps]]
after_days = 0
channel = "phone"
title = "Call"
"""


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return Building(tmp_path / "shop.db").ready()


def use(conn: sqlite3.Connection, key: str, toml: str) -> None:
    SHELF.use(conn, key, toml, what="use", made_at=MADE_AT)


def switch(conn: sqlite3.Connection, key: str, *, on: bool) -> bool:
    return SHELF.switch(conn, key, on, what="switch", made_at=MADE_AT)


def forget(conn: sqlite3.Connection, key: str) -> bool:
    return SHELF.forget(conn, key, what="forget", made_at=MADE_AT)


def keys(conn: sqlite3.Connection) -> list[str]:
    return [plan.key for plan in playbooks(conn)]


def keep_unread(conn: sqlite3.Connection, key: str, toml: str) -> None:
    """A text as another version of the program may have left it."""
    save_text(conn, Sort.PLAYBOOK, key, toml, what="by another version", made_at=MADE_AT)


def test_a_store_without_own_rules_has_those_of_the_program(conn: sqlite3.Connection) -> None:
    assert playbooks(conn) == builtin_playbooks()
    assert {rule.origin for rule in rules(conn)} == {Origin.PROGRAM}


def test_an_own_rule_stands_beside_the_others_by_its_rank(conn: sqlite3.Connection) -> None:
    use(conn, "mine", OWN)
    assert keys(conn) == ["mine", *(plan.key for plan in builtin_playbooks())]
    found = SHELF.rule(conn, "mine")
    assert found is not None and (found.origin, found.toml, found.in_use) == (Origin.OWN, OWN, True)


def test_a_changed_rule_takes_the_place_of_the_program_s(conn: sqlite3.Connection) -> None:
    use(conn, "regular", OWN)
    assert keys(conn).count("regular") == 1
    plan = playbook(conn, "regular")
    assert plan is not None and plan.title == "Own"
    assert forget(conn, "regular")
    assert playbooks(conn) == builtin_playbooks()
    assert not forget(conn, "regular")


@pytest.mark.parametrize("change", ["none", "changed", "own"])
def test_a_rule_that_is_off_is_begun_for_nobody_and_still_known(
    conn: sqlite3.Connection, change: str
) -> None:
    key = "mine" if change == "own" else "regular"
    if change != "none":
        use(conn, key, OWN)
    before = playbook(conn, key)
    assert switch(conn, key, on=False)
    assert not switch(conn, key, on=False)
    assert key not in keys(conn)
    assert playbook(conn, key) == before
    assert switch(conn, key, on=True)
    assert not switch(conn, key, on=True)
    assert key in keys(conn) and playbook(conn, key) == before


def test_every_change_of_a_rule_is_taken_back(conn: sqlite3.Connection) -> None:
    states = [everything(conn)["rule_text"]]
    for change in (
        lambda: use(conn, "regular", OWN), lambda: use(conn, "mine", OWN.replace("Own", "Mine")),
        lambda: switch(conn, "regular", on=False), lambda: switch(conn, "lost", on=False),
        lambda: forget(conn, "regular"), lambda: switch(conn, "lost", on=True), lambda: forget(conn, "mine"),
    ):
        change()
        states.append(everything(conn)["rule_text"])
    for before in reversed(states[:-1]):
        assert undo_last(conn, made_at=MADE_AT, today=TODAY)
        assert everything(conn)["rule_text"] == before


def test_a_text_that_cannot_be_read_any_more_is_passed_over_and_told_of(conn: sqlite3.Connection) -> None:
    keep_unread(conn, "regular", OWN.replace("status:lost", "statsu:lost"))
    keep_unread(conn, "mine", "no toml at all")
    assert keys(conn) == [plan.key for plan in builtin_playbooks() if plan.key != "regular"]
    assert playbook(conn, "regular") is None
    assert [fault.where for fault in faults(conn)] == ["regular.toml", "mine.toml"]
    assert faults(conn)[0].message.startswith("regular.toml:3:8: There is no field 'statsu'")
    assert switch(conn, "mine", on=False)
    assert [fault.where for fault in faults(conn)] == ["regular.toml"]
    with pytest.raises(RuleError):
        switch(conn, "mine", on=True)


def test_a_rule_of_another_version_that_is_off_is_not_there(conn: sqlite3.Connection) -> None:
    save_text(conn, Sort.PLAYBOOK, "gone", "", in_use=False, what="off", made_at=MADE_AT)
    assert SHELF.rule(conn, "gone") is None
    assert "gone" not in SHELF.keys(conn)


def test_a_segment_that_is_deleted_takes_its_playbook_out_until_it_is_back(conn: sqlite3.Connection) -> None:
    library.save(conn, "gardeners", "tag:garden", made_at=MADE_AT)
    use(conn, "mine", OWN.replace("status:lost", "segment:gardeners"))
    library.delete(conn, "gardeners", made_at=MADE_AT)
    assert "mine" not in keys(conn)
    assert "There is no segment 'gardeners'" in faults(conn)[0].message
    assert undo_last(conn, made_at=MADE_AT, today=TODAY)
    assert "mine" in keys(conn)


def test_own_kinds_of_event_can_be_named(tmp_path: Path) -> None:
    building = Building(tmp_path / "kinds.db")
    number = building.kind("workshop")
    conn = building.ready()
    use(conn, "mine", OWN.replace("[[steps]]", '[success]\nany = ["workshop"]\n[[steps]]'))
    plan = playbook(conn, "mine")
    assert plan is not None and [goal.kind for goal in plan.goals] == [number]


@pytest.mark.parametrize("key", ["", "My own", "Ω", "1st", "a" * 41, "a-b", "../x"])
def test_what_cannot_be_a_key_is_refused(conn: sqlite3.Connection, key: str) -> None:
    with pytest.raises(UsageError):
        use(conn, key, OWN)
    assert playbooks(conn) == builtin_playbooks()


def test_a_text_with_mistakes_changes_nothing(conn: sqlite3.Connection) -> None:
    use(conn, "mine", OWN)
    before = everything(conn)
    with pytest.raises(RuleError):
        use(conn, "mine", OWN.replace("phone", "fax"))
    with pytest.raises(OwnerError):
        switch(conn, "nothing", on=False)
    assert everything(conn) == before


def test_a_backup_has_the_own_rules(conn: sqlite3.Connection, tmp_path: Path) -> None:
    use(conn, "mine", OWN)
    backup(conn, tmp_path / "copy.db")
    copy = open_store(tmp_path / "copy.db", today=TODAY)
    assert playbooks(copy) == playbooks(conn)
    copy.close()
