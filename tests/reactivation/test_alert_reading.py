"""Alert rules as TOML: what is understood, and how every mistake is told with its place and a proposal."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.reactivation.alerts.fields import fields_of
from activetui.reactivation.alerts.reading import TOP_KEYS, read_alert
from activetui.reactivation.alerts.shelf import SHELF
from activetui.reactivation.alerts.types import (
    AlertRule,
    Begins,
    EachEvent,
    EndsSoon,
    Leavers,
    NoImport,
    Tone,
    Turns,
)
from activetui.reactivation.alerts.words import rule_lines
from activetui.reactivation.playbooks.playbook import builtin_playbooks
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, Known, RuleError
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "alerts.md").read_text(encoding="utf-8")
HEAD = 'title = "T"\ntone = "problem"\n'
EACH = '[each]\nevent = "review"\nrating_at_most = 2\n'


def read(text: str, known: Known = NOTHING_OWN) -> AlertRule:
    return read_alert("mine", text, "mine.toml", known)


def mistakes(text: str) -> list[str]:
    with pytest.raises(RuleError) as refused:
        read(text)
    assert all(line.startswith("mine.toml:") for line in refused.value.message.splitlines())
    return [line.removeprefix("mine.toml:") for line in refused.value.message.splitlines()]


def test_the_rules_of_the_program_cover_what_an_owner_waits_for() -> None:
    rules = {rule.key: rule for rule in SHELF.built_in()}
    assert {
        "vip_slips", "complaint", "bad_review", "refund", "renewal", "payment_failed",
        "subscription_cancelled", "first_purchase", "tenth_purchase", "referral", "unusual_gap",
        "leavers_of_product", "no_import",
    } <= set(rules)
    assert {rule.tone for rule in rules.values()} == set(Tone)
    assert len({rule.rank for rule in rules.values()}) == len(rules), "the order must not hang on the key"
    assert all(rule.why for rule in rules.values())


def test_the_rules_of_the_program_reach_every_stage_of_a_customers_life() -> None:
    reached: set[Status] = set()
    for rule in SHELF.built_in():
        turns = rule.trigger.to if isinstance(rule.trigger, Turns) else ()
        reached |= set(rule.stage) | set(turns)
    assert reached >= {Status.PROSPECT, *ACTIVE_BASE, Status.INACTIVE, Status.LOST}


def test_the_playbooks_that_answer_are_there_and_the_sentences_name_what_there_is() -> None:
    plans = {plan.key for plan in builtin_playbooks()}
    for rule in SHELF.built_in():
        assert not rule.playbook or rule.playbook in plans, rule.key
        named = {field for _text, field, _form, _how in Formatter().parse(rule.says_source) if field}
        assert named <= set(fields_of(rule.trigger)), rule.key


def test_the_document_lists_the_rules_as_they_are() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `") and line.count("|") == 7]
    cells = [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]
    assert [(row[0], row[1], row[2], row[5]) for row in cells] == [
        (rule.key, rule.tone.sign, rule.title_source, rule.playbook)
        for rule in sorted(SHELF.built_in(), key=lambda rule: rule.rank)
    ]
    days = {row[0]: row[4] for row in cells}
    for rule in SHELF.built_in():
        if isinstance(rule.trigger, EachEvent | Begins | Turns):
            assert days[rule.key] == f"{rule.within_days} days"


def test_the_example_in_the_document_is_understood_and_names_every_key() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert isinstance(read(example).trigger, Begins)
    assert not [key for key in TOP_KEYS if not re.search(rf"\b{key}\b", PAGE)]
    named = {field for rule in SHELF.built_in() for field in fields_of(rule.trigger)}
    assert not [field for field in named if f"{{{field}}}" not in PAGE]


def test_every_rule_can_be_said_in_words() -> None:
    for rule in SHELF.built_in():
        lines = rule_lines(rule)
        assert lines[0].endswith(rule.title)
        assert any(line.startswith("Set off by: ") for line in lines)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        (EACH, EachEvent),
        ('[when]\nevent = "purchase"\ncount = 10\nwithin_days = 36500\n', Begins),
        ("[when]\nwindow_used = 0.8\n", Begins),
        ('status = "lost"\n', Turns),
        ("renewal_days = 14\n", EndsSoon),
        ("no_import_days = 31\n", NoImport),
        ("leavers_days = 30\n", Leavers),
    ],
)
def test_what_sets_a_rule_off(text: str, trigger: type) -> None:
    assert type(read(HEAD + text).trigger) is trigger


def test_each_event_is_told_for_as_long_as_the_rule_says() -> None:
    rule = read(HEAD + "within_days = 9\n" + EACH)
    assert isinstance(rule.trigger, EachEvent)
    assert rule.trigger.condition.within_days == rule.within_days == 9


def test_own_kinds_may_be_asked_for() -> None:
    rule = read(HEAD + '[each]\nevent = "tasting"\n', Known(kinds=(("tasting", 100),)))
    assert isinstance(rule.trigger, EachEvent) and rule.trigger.condition.kinds == (100,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "T"\ntone = "problem"\n' + EACH, "1:1: titel is not known here; did you mean title?"),
        (HEAD.replace("problem", "problme") + EACH, '2:1: "problme" is no tone; did you mean problem?'),
        ('title = "T"\n' + EACH, "1:1: tone is missing"),
        (HEAD + '[each]\nevent = "reviwe"\n', '4:9: "reviwe" is no kind of event; did you mean review?'),
        (HEAD + '[each]\nrating_at_most = 2\n', "3:1: event is missing"),
        (HEAD + '[each]\nevent = "purchase"\ncount = 3\n', "5:1: count does not go with [each]; write"),
        (HEAD + '[each]\nevent = "review"\nwithin_days = 3\n', "5:1: within_days stands at the top"),
        (HEAD + '[each]\nevent = "review"\nstate = "faild"\n',
         '5:9: "faild" is no state of something that did not come about; did you mean failed?'),
        (HEAD + '[when]\nwithin_days = 3\n', "3:1: within_days needs to know of what"),
        (HEAD + 'status = "at risk"\n', '3:10: "at risk" is no status; did you mean at_risk?'),
        (HEAD + 'status = "lost"\nfrom = "lost"\n', '4:8: "lost" cannot be what it begins with'),
        (HEAD + 'from = "active"\n' + EACH, "3:1: from needs status beside it"),
        (HEAD + "least = 4\n" + EACH, "3:1: least needs leavers_days beside it"),
        (HEAD + 'status = "lost"\n' + EACH, "3:1: each, status cannot stand in one rule; make two of it"),
        (HEAD, "1:1: this says nothing that sets the alert off; it needs one of each, when, status"),
        (HEAD + "renewal_days = 0\n", "3:16: renewal_days must be a whole number from 1 to 366, not 0"),
        (HEAD + 'who = "type:vipp"\n' + EACH, "3:"),
        (HEAD + 'who = "as-of:2026-01-01"\n' + EACH, "3:8: as-of: cannot stand here"),
        (HEAD + 'who = "tag:x"\nno_import_days = 31\n', "3:1: who does not go with a rule about the whole"),
        (HEAD + 'says = "{nam} wrote"\n' + EACH, '3:10: there is no field "nam" here; did you mean name?'),
        (HEAD + 'says = "{name.title} wrote"\n' + EACH, "3:9: \"name.title\" cannot stand here"),
        (HEAD + 'says = "{name!r} wrote"\n' + EACH, "3:9: \"name\" cannot stand here"),
        (HEAD + 'says = "{name wrote"\n' + EACH, "3:8: a field is a word in braces"),
        (HEAD + 'says = "{rating}"\nstatus = "lost"\n', '3:10: there is no field "rating" here; known are'),
        (HEAD + 'playbook = "No such"\n' + EACH, "3:1: playbook is the key of a playbook"),
        (HEAD + 'playbook = "Complaint"\n' + EACH, '3:1: playbook is the key of a playbook, such as '
         '"complaint", not "Complaint"; did you mean complaint?'),
        (HEAD + 'says = "{nam}"\n[each]\nevent = "reviwe"\n', '3:10: there is no field "nam" here; did you'),
        (HEAD + "within_days = 500\n" + EACH, "3:15: within_days must be a whole number from 1 to 366"),
        ("title = \n", "1:9: this is not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_proposal(text: str, said: str) -> None:
    found = mistakes(text)
    assert any(line.startswith(said) for line in found), found


def test_all_mistakes_are_told_at_once() -> None:
    found = mistakes('tone = "bad"\nrank = 0\nwho = "spend>>"\n[each]\nevent = "reviwe"\n')
    assert [line.split(":")[0] for line in found] == ["1", "1", "2", "3", "5"]


@given(st.sampled_from(sorted(SHELF.texts().values())), st.integers(0, 400), st.text(max_size=3))
def test_a_rule_with_any_slip_of_the_hand_is_read_or_refused_with_places(
    text: str, at: int, slip: str
) -> None:
    try:
        read(text[:at] + slip + text[at + 1 :])
    except RuleError as refused:
        assert all(problem.line >= 1 and problem.column >= 1 for problem in refused.problems)
