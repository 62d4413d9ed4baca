"""Changes of a definition one by one, and how what is typed is read."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from activetui.activity import editing
from activetui.activity.editing import FormField, RowKind
from activetui.activity.presets import preset_text
from activetui.ledger.errors import OwnerError
from tests.activity.definition_texts import (
    BY_HEADERS,
    CURRENCY,
    ONE_LINE,
    OUT_OF_ORDER,
    OWN,
    TEXTS,
    comments,
    meaning,
    read,
    rows_of,
    words,
)

VISIT: dict[str, editing.Value] = {"event": "visit", "within_days": 9}


def test_the_line_ends_and_the_mark_of_a_text_stay() -> None:
    text = "\ufeff" + preset_text("gym").replace("\n", "\r\n")
    row = next(row for row in rows_of(text) if row.kind is RowKind.CONDITION)
    after = editing.set_field(text, row.path, "grace_days", 21)
    assert after == text.replace("grace_days = 14", "grace_days = 21")
    assert editing.set_agreed(text, ["Q1"]).count("\n") == editing.set_agreed(text, ["Q1"]).count("\r\n")


def test_a_text_that_is_no_toml_is_not_changed() -> None:
    with pytest.raises(OwnerError, match="mistake"):
        editing.rename('name = "x', "y")


def test_a_condition_that_is_added_is_laid_out_like_its_neighbours() -> None:
    after = editing.add_condition(preset_text("shop"), ("active",), VISIT)
    assert """    # a visit already booked stops the clock
  { event = "visit", within_days = 9 },
]
""" in after
    one_line = 'name = "x"\n[active]\nany = [{ subscription = "any" }]\n'
    assert editing.add_condition(one_line, ("active", "any"), VISIT).endswith(
        'any = [{ subscription = "any" }, { event = "visit", within_days = 9 }]\n'
    )


def test_a_condition_is_not_added_into_a_comment() -> None:
    text = 'name = "x"\n[active]\nany = [\n  { subscription = "any" }\n  , { rhythm = 2 } # last\n]\n'
    after = editing.add_condition(text, ("active", "any"), VISIT)
    assert len(rows_of(after)) == len(rows_of(text)) + 1
    assert "# last\n" in after


def test_a_single_condition_becomes_one_of_two_with_its_comment() -> None:
    after = editing.add_condition(preset_text("subscription"), ("active",), VISIT)
    assert """[active]
any = [
  { subscription = "any", grace_days = 7 },  # a late renewal does not end it at once
  { event = "visit", within_days = 9 },
]
""" in after


def test_sections_come_back_in_their_usual_order() -> None:
    text = preset_text("shop")
    without = editing.set_days(editing.remove(text, ("at_risk",)), "new", None)
    assert meaning(without) != meaning(text)
    with_new = editing.set_days(without, "new", 30)
    back = editing.add_condition(with_new, ("at_risk",), {"window_used": Decimal("0.8")})
    sections = re.findall(r"^\[(.*?)\]", back, re.MULTILINE)
    assert sections == ["active", "new", "reactivated", "at_risk", "lost"]


def test_what_is_removed_from_the_end_of_a_section_leaves_the_next_ones_comment() -> None:
    after = editing.set_days(BY_HEADERS.replace("[lost]", "# What is lost\n[lost]"), "lost", None)
    assert "# What is lost" in after and "[lost]" not in after
    assert read(after).lost_days is None


@pytest.mark.parametrize("text", TEXTS)
def test_questions_are_settled_and_opened_again(text: str) -> None:
    settled = editing.set_agreed(text, ["Q2", "Q5"])
    assert read(settled).agreed == ("Q2", "Q5")
    assert read(editing.set_agreed(settled, ["Q1"])).agreed == ("Q1",)
    opened = editing.set_agreed(settled, [])
    assert meaning(opened) == meaning(text)
    assert comments(opened) == comments(text)


def test_windows_are_taken_over_from_a_suggestion() -> None:
    after = editing.set_window(
        preset_text("shop"), window_days=41, at_risk_share=Decimal("0.62"), lost_days=200
    )
    assert "within_days = 41" in after and "window_used = 0.62" in after and "[lost]\ndays = 200" in after
    assert comments(after) == comments(preset_text("shop"))
    subscription = editing.set_window(preset_text("subscription"), window_days=41)
    assert "a purchase within 41 days" in words(subscription)
    no_risk = editing.remove(preset_text("shop"), ("at_risk",))
    assert "62% of the time to inactivity has gone" in words(
        editing.set_window(no_risk, at_risk_share=Decimal("0.62")))


def test_a_window_that_must_not_hold_is_no_window_to_widen() -> None:
    text = (
        'name = "x"\n[active]\nall = [{ event = "visit", within_days = 9 },'
        ' { none = [{ event = "purchase", within_days = 2 }] }]\n'
    )
    after = editing.set_window(text, window_days=41)
    assert "purchase\", within_days = 2 }] }" in after


def test_every_template_can_be_added_where_it_is_offered() -> None:
    for section in ("active", "at_risk", "types"):
        path = ("types", "loyal") if section == "types" else (section,)
        for template in editing.templates(section, OWN):
            assert template.title and template.meaning
            read(editing.add_condition(preset_text("shop"), path, template.condition))
    offered = {template.key for template in editing.templates("active", OWN)}
    assert "window_used" not in offered and "own:tasting" in offered


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [("within_days", " 45 ", 45), ("spend", "12,5", "12.50"), ("spend", "1240.50", "1240.50"),
     ("product", "Olive oil , bread,", ("Olive oil", "bread")), ("count", "", None)],
)
def test_what_is_typed_is_read(key: str, typed: str, value: object) -> None:
    assert editing.read_typed(field_of("spend", key), typed, CURRENCY) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [("within_days", "-1"), ("within_days", "4.5"), ("within_days", "99999"), ("within_days", ""),
     ("within_days", "ten"), ("spend", "1.250"), ("spend", "0"), ("spend", "€5"), ("count", "0"),
     ("count", "1e3")],
)
def test_what_cannot_be_meant_is_refused(key: str, typed: str) -> None:
    with pytest.raises(OwnerError):
        editing.read_typed(field_of("spend", key), typed, CURRENCY)


def field_of(template: str, key: str) -> FormField:
    """A field of a condition that was just added."""
    condition = next(each for each in editing.TEMPLATES if each.key == template).condition
    text = editing.add_condition(preset_text("shop"), ("active",), condition)
    row = [row for row in rows_of(text) if row.section == "active" and row.fields][-1]
    return next(field for field in row.fields if field.key == key)


def test_another_kind_of_event_drops_what_it_cannot_have() -> None:
    review = {"event": "review", "within_days": 9, "rating_at_least": 4, "count": 2}
    text = editing.add_condition(preset_text("shop"), ("active",), review)
    path = ("active", "any", 3)
    visit = editing.set_field(text, path, "event", ("visit", "tasting"), OWN)
    assert '{ event = ["visit", "tasting"], within_days = 9, count = 2 }' in visit
    renewed = editing.set_field(visit, path, "event", ("subscription",), OWN)
    assert 'action = ["start", "renewal"]' in renewed
    booking = editing.set_field(renewed, path, "event", ("booking",), OWN)
    booked = editing.set_field(booking, path, "ahead", True)
    assert '{ event = "booking", ahead = true }' in booked
    assert "within_days = 30" in editing.set_field(booked, path, "ahead", False)
    read(booked)


def test_two_ratings_that_exclude_each_other_are_refused() -> None:
    review = {"event": "review", "within_days": 9, "rating_at_least": 4}
    text = editing.add_condition(preset_text("shop"), ("active",), review)
    with pytest.raises(OwnerError, match="no rating is at least 4 and at most 3"):
        editing.set_field(text, ("active", "any", 3), "rating_at_most", 3)


def test_the_last_thing_that_keeps_active_stays() -> None:
    with pytest.raises(OwnerError, match="keep a customer active"):
        editing.remove(ONE_LINE, ("active",))
    with pytest.raises(OwnerError, match="keep a customer active"):
        editing.remove(OUT_OF_ORDER.replace("none = [", "# none = ["), ("active", "all", 0))
