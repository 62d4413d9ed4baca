"""The draft of a definition: its steps, its mistakes, and what happens when another one is put in force."""

from __future__ import annotations

from dataclasses import replace

from activetui.tui.screens.definition.draft import Draft, Ground

TEXT = 'name = "Shop"\n[active]\nevent = "purchase"\nwithin_days = 30\n'
GROUND = Ground(TEXT, "Shop", 3)


def test_steps_are_taken_back_one_by_one() -> None:
    draft = Draft(GROUND)
    assert draft.change(TEXT.replace("30", "40"))
    assert draft.change(TEXT.replace("30", "50"))
    assert not draft.change(draft.text), "the same text is no step"
    assert draft.undo()
    assert "= 40" in draft.text
    assert draft.undo()
    assert not draft.changed
    assert not draft.undo()


def test_letters_typed_in_a_row_are_one_step_and_another_change_ends_it() -> None:
    draft = Draft(GROUND)
    for days in ("4", "45", "450"):
        draft.change(TEXT.replace("30", days), typed=True)
    draft.change(TEXT.replace("30", "60"))
    draft.change(TEXT.replace("30", "600"), typed=True)
    for days in ("60", "450", "30"):
        assert draft.undo()
        assert f"= {days}\n" in draft.text


def test_discarding_is_a_step_too() -> None:
    draft = Draft(GROUND)
    assert not draft.discard()
    draft.change(TEXT.replace("30", "40"))
    assert draft.discard()
    assert draft.text == TEXT
    assert draft.undo()
    assert "= 40" in draft.text


def test_mistakes_are_told_with_their_lines_until_they_are_corrected() -> None:
    draft = Draft(GROUND)
    draft.change(TEXT.replace("within_days", "withn_days"))
    assert draft.definition is None
    assert "within_days" in draft.problems[0].message
    assert draft.problems[0].line == 4
    draft.change(TEXT.replace("30", "40"))
    assert draft.definition is not None
    assert not draft.problems


def test_a_text_that_was_not_changed_follows_what_is_put_in_force() -> None:
    other = replace(GROUND, text=TEXT.replace("30", "90"), version=4)
    untouched, changed = Draft(GROUND), Draft(GROUND)
    changed.change(TEXT.replace("30", "40"))
    untouched.stand_on(other)
    changed.stand_on(other)
    assert untouched.text == other.text
    assert not untouched.changed
    assert "= 40" in changed.text
    assert changed.changed
    assert changed.in_force.version == 4


def test_own_kinds_that_come_later_make_a_text_readable() -> None:
    draft = Draft(GROUND)
    draft.change(TEXT.replace("purchase", "tasting"))
    assert draft.definition is None
    draft.stand_on(replace(GROUND, own_kinds={"tasting": 100}))
    assert draft.definition is not None
