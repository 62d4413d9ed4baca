"""What only the owner can decide: what a definition answers now, and what the other answer would be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.agreed import QUESTION_CODES
from activetui.activity.block import block_of
from activetui.activity.consistency.absent import same_for
from activetui.activity.evaluate import evaluate
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.questions import Question, questions
from activetui.activity.reading.parsing import parse
from activetui.ledger.kinds import KIND_OF_WORD
from tests.activity.ledgers import EXAMPLES, THEMES, definitions, ledgers, toml_of

REST = """
[at_risk]
any = [{ window_used = 0.8 }]

[lost]
days = 365
"""


def definition(active: str, rest: str = REST, top: str = "") -> str:
    return f'name = "Mine"\n{top}\n[active]\n{active}\n{rest}'


def asked(text: str) -> dict[str, Question]:
    return {question.code: question for question in questions(parse(text))}


def other(text: str, code: str) -> str:
    """The definition with the other answer, as plain tables without layout."""
    toml = asked(text)[code].toml
    assert toml is not None
    return toml


BOUGHT = 'event = "purchase"\nwithin_days = 30'
COMPLAINT = '{ event = "complaint", within_days = 14, unless_resolved = true }'
RISKY = REST.replace("{ window_used = 0.8 }", "{ window_used = 0.8 }, " + COMPLAINT)


@pytest.mark.parametrize(
    ("code", "text", "now", "answer", "condition"),
    [
        ("Q1", definition(BOUGHT), "one is enough (a purchase within 30 days)",
         "at least 2 purchases within 60 days", "at least 2 purchases within 60 days"),
        ("Q1", definition('event = "purchase"\ncount = 3\nwithin_days = 180'),
         "regular ones only (at least 3 purchases within 180 days)", "a purchase within 60 days",
         "a purchase within 60 days"),
        ("Q2", definition(BOUGHT), "as neither", "as risk", "a purchase within 30 days"),
        ("Q2", definition(BOUGHT, RISKY), "as risk", "as contact",
         "a purchase within 30 days, or a complaint within 30 days"),
        ("Q2", definition('event = ["purchase", "complaint"]\nwithin_days = 30'), "as contact", "as risk",
         "a purchase within 30 days"),
        ("Q2", definition('event = ["purchase", "complaint"]\nwithin_days = 30', RISKY), "as both", "as risk",
         "a purchase within 30 days"),
        ("Q2", definition(f"all = [{{ event = \"purchase\", within_days = 30 }}]\nnone = [{COMPLAINT}]"),
         "as risk: it ends the activity", "as contact",
         "a purchase within 30 days, or a complaint within 30 days"),
        ("Q3", definition(BOUGHT), "no", "yes",
         "a purchase within 30 days, or a contact (from the customer) within 30 days"),
        ("Q3", definition('event = ["purchase", "social"]\nwithin_days = 30'), "yes", "no",
         "a purchase within 30 days"),
        ("Q4", definition(BOUGHT), "a result", "a criterion",
         "a purchase within 30 days, or a review or a referral within 30 days"),
        ("Q4", definition('any = [{ event = "purchase", within_days = 30 },\n'
                          '  { event = "review", rating_at_least = 4, within_days = 90 }]'),
         "a criterion (a review (rated 4 or more) within 90 days)", "a result", "a purchase within 30 days"),
        ("Q5", definition(BOUGHT), "the same for everyone", "the own rhythm",
         "a purchase within 30 days, and not silent for 2 × the own usual gap"),
        ("Q5", definition('all = [{ event = "purchase", within_days = 90 }]\nnone = [{ rhythm = 2 }]'),
         "the own rhythm decides", "the same window", "a purchase within 90 days"),
    ],
)
def test_what_the_definition_says_now_and_what_else_it_could_say(
    code: str, text: str, now: str, answer: str, condition: str
) -> None:
    question = asked(text)[code]
    assert question.question.endswith("?")
    assert now in question.now
    assert answer in question.other
    assert parse(other(text, code)).in_words().replace("(", "").replace(")", "") == (
        condition.replace("(", "").replace(")", "")
    )


def test_a_complaint_is_moved_between_the_sections() -> None:
    as_contact = parse(other(definition(BOUGHT, RISKY), "Q2"))
    assert as_contact.at_risk is not None
    assert as_contact.at_risk == parse(definition(BOUGHT)).at_risk
    as_risk = parse(other(definition(BOUGHT), "Q2"))
    assert as_risk.at_risk == parse(definition(BOUGHT, RISKY.replace("14", "30"))).at_risk


def test_what_stands_in_agreed_is_settled() -> None:
    assert list(asked(definition(BOUGHT))) == list(QUESTION_CODES)
    assert list(asked(definition(BOUGHT, top='agreed = ["Q4", "Q1"]'))) == ["Q2", "Q3", "Q5"]


def test_what_a_definition_does_not_touch_is_not_asked() -> None:
    assert list(asked(definition('subscription = "any"'))) == ["Q2", "Q3", "Q4"]
    assert list(asked(definition('spend = "100"\nwithin_days = 365'))) == ["Q2", "Q3", "Q4"]


def test_nothing_is_asked_while_nobody_can_be_active_or_everybody_is() -> None:
    assert asked(definition('none = [{ event = "complaint", within_days = 30 }]')) == {}
    assert asked(definition('all = [{ tenure_at_least = 90 }, { tenure_at_most = 30 }]')) == {}


def test_where_the_other_answer_would_leave_nothing_there_is_none() -> None:
    text = definition('event = "contact"\ndirection = "in"\nwithin_days = 30')
    assert asked(text)["Q3"].now == "yes"
    assert asked(text)["Q3"].toml is None


@pytest.mark.parametrize("preset", [preset.key for preset in PRESETS])
def test_the_other_answer_can_be_asked_back(preset: str) -> None:
    before = parse(preset_text(preset))
    for question in questions(before):
        assert question.toml is not None
        after = parse(question.toml)
        assert (after.active, after.at_risk) != (before.active, before.at_risk), question.code
        again = {each.code: each for each in questions(after)}
        assert again[question.code].now != question.now, question.code


def test_comments_survive_the_other_answer() -> None:
    text = definition(
        "any = [\n  { event = \"purchase\", within_days = 30 },  # every month\n]  # agreed with Eva"
    )
    for code in asked(text):
        assert "# every month" in other(text, code)
        assert "# agreed with Eva" in other(text, code)


@pytest.mark.parametrize("theme", ["complaining", "everything"])
def test_definitions_that_are_the_same_without_some_kinds_are_so_for_every_ledger(theme: str) -> None:
    chosen = THEMES[theme]
    kinds = sorted({KIND_OF_WORD[word] for word in chosen.kinds})

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(definitions(chosen), st.sets(st.sampled_from(kinds)), st.lists(ledgers(chosen), max_size=4))
    def holds(tables: dict[str, Any], held: set[int], customers: list[Any]) -> None:
        before = parse(toml_of(tables))
        block = block_of(range(4), [
            event._replace(customer=number)
            for number, ledger in enumerate(customers) for event in ledger if event.kind in held
        ])
        for question in questions(before):
            after = parse(question.toml) if question.toml else before
            if same_for(before, after, held):
                one, other = (evaluate(each, block, -100) for each in (before, after))
                assert [list(column) for column in (one.owner, one.start, one.status)] == [
                    list(column) for column in (other.owner, other.start, other.status)
                ]

    holds()
