"""`definition edit` in a real terminal, with a real editor: a program that changes the file it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.store import definitions
from activetui.store.opening.file import open_store
from tests.cli.conftest import Program, Run, contents
from tests.cli.desk import Desk
from tests.cli.small_shop import TODAY


class DefinitionDesk(Desk):
    """A terminal at which the definition is edited."""

    def __init__(self, folder: Path, db: Path) -> None:
        super().__init__(folder, db, "definition", "edit")

    def saved(self) -> list[tuple[str, str, str]]:
        """Name, note and text of every version, the latest first."""
        conn = open_store(self.db, today=TODAY)
        try:
            return [(saved.name, saved.note, saved.text) for saved in definitions.history(conn)]
        finally:
            conn.close()


@pytest.fixture
def desk(tmp_path: Path, demo: Path) -> DefinitionDesk:
    return DefinitionDesk(tmp_path, demo)


def test_what_is_edited_is_compared_and_put_in_force(desk: DefinitionDesk) -> None:
    desk.changes("within_days = 35 => within_days = 90")
    with desk.editing("--note", "agreed with Eva") as child:
        child.expect("active: a purchase within 90 days instead of a purchase within 35 days")
        child.expect("active base +200 → 223")
        child.expect("Into the active base: 23, worth")
        child.expect("Put it in force.*")
        assert len(desk.saved()) == 2
        child.sendline("y")
        child.expect(r"Casa Verde is in force \(version 3\)")
    assert child.exitstatus == 0
    [(_name, note, text), (_before, _note, old), *_first] = desk.saved()
    assert note == "agreed with Eva"
    assert text == old.replace("within_days = 35", "within_days = 90")
    assert desk.kept == []


def test_after_a_mistake_editing_goes_on_with_the_text_as_it_is(desk: DefinitionDesk) -> None:
    desk.changes("within_days = 35 => within_day = 40", "within_day = 40 => within_days = 40")
    with desk.editing() as child:
        child.expect(r"definition\.toml:5:\d+: within_day is not known here; did you mean within_days\?")
        child.expect("Go on editing.*")
        child.sendline("")
        child.expect("Put it in force.*")
        child.sendline("yes")
    assert child.exitstatus == 0
    assert "within_days = 40" in desk.saved()[0][2]


def test_what_is_not_saved_is_kept_and_can_be_gone_on_with(desk: DefinitionDesk) -> None:
    before = contents(desk.db)
    desk.changes("[active] => [actve]")
    with desk.editing() as child:
        child.expect("did you mean active")
        child.sendline("n")
        child.expect("Your text is kept; to go on: activetui definition edit ([^\r]*)\r")
        kept = child.match[1]
        child.expect("Nothing was changed")
    assert child.exitstatus == 1
    assert contents(desk.db) == before
    assert [str(path) for path in desk.kept] == [kept]
    desk.changes("[actve] => [active]")
    with desk.editing(kept) as child:
        child.expect("in force already")


def test_a_definition_that_makes_sense_can_still_be_left(desk: DefinitionDesk) -> None:
    before = contents(desk.db)
    desk.changes("within_days = 35 => within_days = 50", "within_days = 50 => within_days = 60")
    with desk.editing() as child:
        child.expect("Put it in force.*")
        child.sendline("")
        child.expect("Go on editing.*")
        child.sendline("y")
        child.expect("active: a purchase within 60 days")
        child.expect("Put it in force.*")
        child.sendline("n")
        child.expect("Go on editing.*")
        child.sendline("")
        child.expect("Nothing was changed")
    assert child.exitstatus == 1
    assert contents(desk.db) == before
    assert "within_days = 60" in desk.kept[0].read_text()


def test_nothing_is_kept_and_no_version_made_where_nothing_was_edited(desk: DefinitionDesk) -> None:
    desk.changes("nowhere => somewhere")
    with desk.editing() as child:
        child.expect("in force already")
    assert child.exitstatus == 0
    assert (len(desk.saved()), desk.kept) == (2, [])


def test_another_definition_can_be_what_one_begins_with(desk: DefinitionDesk) -> None:
    desk.changes("Salon or studio => Barber Leo")
    with desk.editing("salon") as child:
        child.expect("name: Barber Leo instead of Casa Verde")
        child.expect("Put it in force.*")
        child.sendline("y")
    assert desk.saved()[0][0] == "Barber Leo"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("/nowhere/editor", "The editor /nowhere/editor cannot be started"),
        ("false", "The editor false ended with the error 1"),
        ('vi "', "EDITOR cannot be read"),
    ],
)
def test_an_editor_that_fails_changes_nothing(desk: DefinitionDesk, editor: str, said: str) -> None:
    before = contents(desk.db)
    with desk.editing(EDITOR=editor) as child:
        child.expect_exact(said)
    assert child.exitstatus == 1
    assert (contents(desk.db), desk.kept) == (before, [])


def test_ctrl_c_at_a_question_keeps_the_text_and_the_definition(desk: DefinitionDesk) -> None:
    before = contents(desk.db)
    desk.changes("within_days = 35 => within_days = 50")
    with desk.editing() as child:
        child.expect("Put it in force.*")
        child.sendintr()
        child.expect("Your text is kept")
        child.expect("Stopped; nothing was changed")
    assert child.exitstatus == 1
    assert contents(desk.db) == before
    assert len(desk.kept) == 1


@pytest.mark.parametrize("there", [True, False])
def test_without_a_terminal_the_other_way_is_told(
    there: bool, program: Program, run: Run, db: Path
) -> None:
    if there:
        assert run("definition", "use", "cafe").exit_code == 0
    found = program("definition", "edit", EDITOR="true")
    assert found.returncode == 3
    assert "activetui definition use FILE" in found.stderr
    assert db.exists() is there
