"""Reading a playbook's file: what it says, and every mistake with its place and what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.kinds import Kind
from activetui.reactivation.playbooks.playbook import SHELF, Playbook
from activetui.reactivation.playbooks.playbook_types import Goal
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, Known, RuleError

WHOLE = """\
title = "Silent gardeners"
rank = 12
why = "They plant in spring."
for = "status:inactive tag:garden"
rest_days = 10
again_after_days = 200
offer = "A bag of seeds"
stop = ["success", "do_not_contact", "complaint:open"]
serves = false

[success]
any = ["purchase", "visit"]
within_days = 60

[[steps]]
after_days = 0
channel = "phone"
title = "Call about the garden"

[[steps]]
after_days = 9
channel = "letter"
title = "Send the seeds"
marketing = true
offer = true
template = "come_again"
only = "active:no"
"""


def read(text: str, known: Known = NOTHING_OWN) -> Playbook:
    return SHELF.read("garden", text, known, "garden.toml")


def mistakes(text: str, known: Known = NOTHING_OWN) -> list[str]:
    with pytest.raises(RuleError) as refused:
        read(text, known)
    return refused.value.message.splitlines()


def changed(old: str, new: str) -> str:
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)


def test_a_file_is_read_as_it_stands() -> None:
    found = read(WHOLE)
    assert (found.key, found.title, found.rank) == ("garden", "Silent gardeners", 12)
    assert (found.rest_days, found.again_after_days) == (10, 200)
    assert found.audience == "status:inactive tag:garden"
    assert found.goals == (Goal("purchase", Kind.PURCHASE), Goal("visit", Kind.VISIT))
    assert (found.within_days, found.stops_on_success, found.stop_queries) == (60, True, ("complaint:open",))
    assert [(step.after_days, step.channel, step.offer, step.only) for step in found.steps] == [
        (0, "phone", False, ""), (9, "letter", True, "active:no"),
    ]


def test_what_is_left_out_is_as_usual() -> None:
    short = 'title = "x"\nfor = "status:lost"\n[[steps]]\nafter_days = 0\nchannel = "chat"\ntitle = "Write"\n'
    found = read(short)
    assert (found.rank, found.rest_days, found.again_after_days, found.within_days) == (50, None, 90, 90)
    assert found.goals == (Goal("purchase", Kind.PURCHASE),)
    assert (found.stops_on_success, found.stop_queries, found.serves, found.offer) == (True, (), False, "")


MISTAKES = [
    ('title = "Silent gardeners"', 'titel = "Silent"', "1:1: titel is not known here; did you mean title?"),
    ('title = "Silent gardeners"\n', "", '1:1: title is missing, such as title = "Inactive regular"'),
    ("rank = 12", 'rank = "first"', '2:8: rank must be a whole number from 1 to 999, not "first"'),
    ("rank = 12", "rank = 12 13", "2:11: this is not valid TOML"),
    ('for = "status:inactive tag:garden"\n', "", "1:1: for is missing: a query that says whom it fits"),
    ('for = "status:inactive tag:garden"', 'for = ""', "4:1: for is empty, which would be everyone"),
    ("status:inactive tag:garden", "tag:garden statsu:lost",
     "4:19: There is no field 'statsu'. Did you mean status?"),
    ("status:inactive tag:garden", "status:lost as-of:2026-01-01", "4:20: as-of: cannot stand here"),
    ("status:inactive tag:garden", "segment:champion", "4:8: There is no segment 'champion'."),
    ('"complaint:open"]', '"sucess"]',
     '8:38: "sucess" is no reason to stop, nor a query such as status:active; did you mean success?'),
    ('"complaint:open"]', '"complaint:opne"]', "8:49: 'opne' is no value of complaint. Did you mean open?"),
    ('"success", "do_not_contact"', '"success"', "8:1: do_not_contact cannot be left out"),
    ('"purchase", "visit"', '"purchse"', '12:8: "purchse" is no kind of event; did you mean purchase?'),
    ('"purchase", "visit"', '"refund"', "12:8: refund is nothing by which a customer comes back"),
    ('"purchase", "visit"', '"subscription:renewed"', '12:8: "renewed" is no action of subscription by which '
     "a customer comes back; did you mean renewal?"),
    ('"purchase", "visit"', '"subscription:cancel"', '12:8: "cancel" is no action of subscription by which'),
    ('"purchase", "visit"', '"visit:often"', '12:8: "often" is no action of visit'),
    ("within_days = 60", "within_days = 5",
     "13:1: the last step is on day 9, and success counts for 5 days; take at least 9"),
    ("after_days = 0", "after_days = 1",
     "16:1: the first step is done on the day on which the playbook begins: after_days = 0"),
    ("after_days = 9", "after_days = 0",
     "21:1: the steps stand in the order of their days; this one must be after day 0"),
    ('channel = "phone"', 'channel = "telephone"',
     '17:1: "telephone" is no way to reach a customer; did you mean phone?'),
    ('channel = "phone"\n', "", "15:1: channel is missing"),
    ('title = "Send the seeds"', 'title = ""', "23:1: title is empty; write such as title ="),
    ("marketing = true\n", "",
     "24:1: an offer is marketing and needs the customer's consent; add marketing = true"),
    ("template = ", "rank = 3 # ", "26:1: rank is not known here; it belongs to the top"),
    ('"active:no"', '"active:n"', "27:16: 'n' is no value of active. Did you mean no?"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_is_told_where_it_stands_and_what_was_meant(old: str, new: str, said: str) -> None:
    found = mistakes(changed(old, new))
    assert any(each.startswith(f"garden.toml:{said}") for each in found), found


def test_an_offer_that_no_step_makes_is_told() -> None:
    [found] = mistakes(WHOLE.replace("\noffer = true", ""))
    assert found == (
        "garden.toml:7:1: no step makes this offer; add offer = true to the one that does"
    )


@pytest.mark.parametrize(("steps", "said"), [
    ("", "1:1: the playbook needs a step"),
    ("steps = []", "1:1: the playbook needs a step"),
    ("steps = 3", "15:1: each of them begins with [[steps]]"),
    ("[steps]\nafter_days = 0", "15:1: each of them begins with [[steps]]"),
])
def test_a_playbook_without_steps_is_refused(steps: str, said: str) -> None:
    head = WHOLE[: WHOLE.index("[[steps]]")].replace('offer = "A bag of seeds"\n', "#\n")
    if steps.startswith("steps"):
        head, said = f"{steps}\n{head}", said.replace("15:", "1:")
    found = mistakes(head + ("" if steps.startswith("steps") else steps))
    assert any(each.startswith(f"garden.toml:{said}") for each in found), found


def test_all_mistakes_are_told_at_once_in_their_order() -> None:
    text = changed("rank = 12", "rank = 0").replace("tag:garden", "tga:garden").replace('"visit"', '"vist"')
    assert [each.split(":")[1] for each in mistakes(text)] == ["2", "4", "12"]


def test_a_mistake_in_a_query_is_found_behind_escaped_quotes() -> None:
    text = changed('"status:inactive tag:garden"', r'"product:\"olive oil\" statsu:lost"')
    [found] = mistakes(text)
    place = text.splitlines()[3].index("statsu") + 1
    assert found.startswith(f"garden.toml:4:{place}: ")


def test_own_kinds_and_segments_of_the_store_may_be_named() -> None:
    from activetui.segments.nested import Named

    text = changed('"visit"', '"workshop"').replace("tag:garden", "segment:gardeners")
    assert len(mistakes(text)) == 2
    found = read(text, Known((("workshop", 101),), (("gardeners", Named("gardeners", "tag:garden")),)))
    assert found.goals[1] == Goal("workshop", 101)


def test_a_kind_alone_counts_only_what_turns_to_us() -> None:
    found = read(changed('"purchase", "visit"', '"subscription", "contact", "review", "loyalty:join"'))
    assert [(goal.actions, goal.rating_at_least) for goal in found.goals] == [
        (("start", "renewal"), None), (("in",), None), ((), 3), (("join",), None),
    ]


DAMAGE = (
    "", '"', "[", "]", "\n", "=", "#", "-1", "1e400", "true", '""', "{}", "[[steps]]", "\\", "é\u202e",
    "\x00", "0" * 5000,
)


@given(st.integers(0, len(WHOLE)), st.integers(0, 12), st.sampled_from(DAMAGE))
def test_no_damage_to_a_file_does_more_than_refuse_it(at: int, length: int, instead: str) -> None:
    try:
        found = read(WHOLE[:at] + instead + WHOLE[at + length :])
    except RuleError as refused:
        assert refused.problems
        assert all(min(problem.line, problem.column) >= 1 for problem in refused.problems)
    else:
        assert found.steps and found.audience and found.title
        assert found.within_days >= found.steps[-1].after_days


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(RuleError):
        read(text)
