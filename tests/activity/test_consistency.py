"""Each consistency rule fires where it should, and is silent where it should not speak."""

from __future__ import annotations

import pytest

from activetui.activity.consistency import RULES, LedgerFigures, check
from activetui.activity.parsing import parse
from activetui.ledger.kinds import Kind

SOUND = 'event = "purchase"\nwithin_days = 30'
REST = "\n[new]\ndays = 30\n[reactivated]\ndays = 30\n[at_risk]\nwindow_used = 0.8\n[lost]\ndays = 365\n"
FULL = LedgerFigures(
    customers=100, events_of_kind={Kind.PURCHASE: 900, Kind.SUBSCRIPTION: 5}, usual_gap=14.0,
    with_rhythm=60, subscribers=5,
)


def codes(text: str, ledger: LedgerFigures | None = None) -> list[str]:
    return [finding.code for finding in check(parse(f'name = "x"\n{text}'), ledger)]


def codes_of_active(active: str, ledger: LedgerFigures | None = None) -> list[str]:
    return codes(f"[active]\n{active}{REST}", ledger)


ANY = "any = [{{ {} }}, {{ event = 'purchase', within_days = 30 }}]"


@pytest.mark.parametrize(
    ("code", "active"),
    [
        ("C01", 'none = [{ event = "complaint", within_days = 30 }]'),
        ("C02", 'all = [{ event = "visit", within_days = 3 }]\n'
                'none = [{ event = "visit", within_days = 9 }]'),
        ("C08", 'event = "purchase"\nwithin_days = 20'),
        ("C11", ANY.format('event = "contact", direction = "in", within_days = 30')),
        ("C11", ANY.format('all = [{ event = "note", within_days = 30 }]')),
        ("C12", ANY.format('event = ["purchase", "contact"], within_days = 30')),
        ("C13", ANY.format('event = "refund", within_days = 30')),
        ("C14", ANY.format('event = ["purchase", "newsletter"], within_days = 30')),
        ("C14", ANY.format('event = "subscription", action = ["renewal", "cancel"], within_days = 30')),
    ],
)
def test_what_is_wrong_with_active(code: str, active: str) -> None:
    assert codes_of_active(active.replace("'", '"')) == [code]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("C03", REST.replace("[new]\ndays = 30", "")),
        ("C03", REST.replace("[new]\ndays = 30", "[new]\ndays = 0")),
        ("C04", REST.replace("[reactivated]\ndays = 30", "")),
        ("C05", REST.replace("[at_risk]\nwindow_used = 0.8", "")),
        ("C06", REST.replace("[lost]\ndays = 365", "")),
        ("C07", REST.replace("window_used = 0.8", 'event = "purchase"\nwithin_days = 40')),
        ("C09", REST.replace("365", "29")),
    ],
)
def test_what_is_wrong_with_the_other_sections(code: str, text: str) -> None:
    assert codes(f"[active]\n{SOUND}{text}") == [code]


def test_a_complaint_is_activity_or_a_risk_not_both() -> None:
    active = 'event = ["purchase", "complaint"]\nwithin_days = 30'
    risk = REST.replace("window_used = 0.8", 'event = "complaint"\nwithin_days = 10')
    assert "C10" in codes(f"[active]\n{active}{risk}")
    assert "C10" not in codes(f"[active]\n{SOUND}{risk}")
    assert "C10" not in codes(f"[active]\n{active}{REST}")


@pytest.mark.parametrize(
    ("code", "ledger"),
    [
        ("C15", LedgerFigures(100, {Kind.VISIT: 3})),
        ("C16", LedgerFigures(100, {Kind.PURCHASE: 3}, usual_gap=34.5, with_rhythm=60)),
        ("C17", LedgerFigures(100, {Kind.PURCHASE: 3, Kind.SUBSCRIPTION: 40}, subscribers=20)),
    ],
)
def test_what_does_not_fit_the_ledger(code: str, ledger: LedgerFigures) -> None:
    assert codes_of_active(SOUND, ledger) == [code]
    assert codes_of_active(SOUND, FULL) == []


def test_the_figure_of_the_own_ledger_is_named() -> None:
    ledger = LedgerFigures(100, {Kind.PURCHASE: 3}, usual_gap=34.5, with_rhythm=61)
    [finding] = check(parse(f'name = "x"\n[active]\n{SOUND}{REST}'), ledger)
    assert "34.5 days is the median of 61 customers" in finding.message
    assert finding.advice


def test_an_empty_ledger_says_nothing_about_a_definition() -> None:
    assert codes_of_active(SOUND, LedgerFigures(0)) == []


@pytest.mark.parametrize(
    "active",
    [
        SOUND,
        'subscription = "any"',                            # new is longer than no window at all
        'all = [{ event = "visit", within_days = 30 }]\nnone = [{ event = "visit", within_days = 10 }]',
        'all = [{ event = "contact", within_days = 30, direction = "in" }, '
        '{ event = "purchase", within_days = 60 }]',
        'event = "newsletter"\naction = "open"\nwithin_days = 30\ncount = 2',
        'spend = "100"\nwithin_days = 365',
    ],
)
def test_sound_definitions_have_no_findings(active: str) -> None:
    found = codes_of_active(active)
    assert found == (["C11"] if "newsletter" in active else [])


def test_codes_are_stable() -> None:
    assert list(RULES) == [f"C{n:02}" for n in range(1, 18)]
