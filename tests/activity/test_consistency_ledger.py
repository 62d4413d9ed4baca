"""Each rule that looks at the ledger: figures for which it fires, and some for which it does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from random import Random

import pytest

from activetui.activity.consistency import Finding, LedgerFigures, Offer, Past, Severity, check
from activetui.activity.consistency.figures import spends_within
from activetui.activity.consistency.rules import FOR_A_LEDGER
from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.activity.past.regularity import regularity
from activetui.activity.past.suggestion import suggest
from activetui.activity.reading.parsing import parse
from activetui.ledger.kinds import Kind
from tests.activity.test_consistency import OR_PURCHASE, REST, SOUND, SUBSCRIBED, active, at_risk, rest

TODAY = 20_000
ENOUGH = {int(kind): 50 for kind in Kind}


def every(gap: int, customers: int = 60, since: int = 600, spend: int = 2_000) -> PurchaseHistory:
    """The purchases of customers who buy every so many days until today, each from another day on."""
    return history_of(
        (customer, day, spend)
        for customer in range(customers)
        for day in range(TODAY - since - customer % gap, TODAY + 1, gap)
    )


def once(customers: int, silent: int) -> PurchaseHistory:
    """Customers who bought once, so long ago."""
    return history_of((customer, TODAY - silent, 2_000) for customer in range(customers))


def shop(history: PurchaseHistory, rhythm: float | None = None, **figures: object) -> LedgerFigures:
    """The figures of a shop with that past; everybody with two purchases or more has that rhythm."""
    with_rhythm = int((history.number() >= 3).sum()) if rhythm else 0
    known = LedgerFigures(
        customers=len(history.customers),
        events_of_kind=ENOUGH,
        usual_gap=rhythm,
        with_rhythm=with_rhythm,
        rhythms=[rhythm] * with_rhythm if rhythm else [],
        as_of=TODAY,
        first_day_of_kind=dict.fromkeys(ENOUGH, TODAY - 2000),
        last_day=TODAY,
        most_purchases=int(history.number().max()),
        buyers=len(history.customers),
        regularity=regularity(history),
        suggestion=suggest(history),
        past=Past(history, TODAY),
    )
    return replace(known, **figures)  # type: ignore[arg-type]


FORTNIGHTLY = shop(every(14), 14.0)
MONTHLY = shop(every(34), 34.5)
_CHANCE = Random(1)
AT_RANDOM = history_of(
    (customer, TODAY - 700 + day, 2_000)
    for customer in range(200)
    for day in accumulate(1 + round(_CHANCE.expovariate(1 / 30)) for _time in range(6))
)
"""Purchases at any time, without a rhythm."""
NO_EVENTS_OF = {kind: {number: 0 if number == kind else 50 for number in ENOUGH} for kind in Kind}
SINCE_FEBRUARY = dict.fromkeys(ENOUGH, TODAY - 290)
NO_VIP = '[types.vip]\nevent = "purchase"\nwithin_days = 1\n'
RHYTHM = at_risk("any = [{ window_used = 0.8 }, { rhythm = 1.5 }]")
SPENDING = active(OR_PURCHASE.format('spend = "500", within_days = 60'))

FIRES: dict[str, list[tuple[str, LedgerFigures]]] = {
    "C15": [
        (active(SOUND), replace(FORTNIGHTLY, events_of_kind={Kind.VISIT: 3})),
        (active(OR_PURCHASE.format('subscription = "any"')),
         replace(FORTNIGHTLY, events_of_kind=NO_EVENTS_OF[Kind.SUBSCRIPTION])),
        (at_risk('event = "complaint"\nwithin_days = 9'),
         replace(FORTNIGHTLY, events_of_kind=NO_EVENTS_OF[Kind.COMPLAINT])),
    ],
    "C16": [(active(SOUND), MONTHLY), (active('event = "purchase"\ncount = 3\nwithin_days = 60'), MONTHLY)],
    "C17": [(active(SOUND), replace(FORTNIGHTLY, subscribers=12))],
    "C26": [(rest("0.8", "0.3"), FORTNIGHTLY)],
    "C27": [
        (at_risk('event = "complaint"\nwithin_days = 9'), FORTNIGHTLY),
        (at_risk("rhythm = 1.5"), shop(once(50, 10))),
        (at_risk("rhythm = 3"), FORTNIGHTLY),
    ],
    "C28": [(RHYTHM, shop(AT_RANDOM, 40.0))],
    "C29": [(RHYTHM, shop(once(50, 10)))],
    "C30": [
        (active('event = "purchase"\nwithin_days = 200'), FORTNIGHTLY),
        (active('event = "purchase"\nwithin_days = 6'), FORTNIGHTLY),
    ],
    "C31": [(active('event = "purchase"\nwithin_days = 200'), FORTNIGHTLY)],
    "C32": [
        (active('event = "purchase"\nwithin_days = 10', REST.replace("365", "11")), shop(every(34), 34.5)),
    ],
    "C33": [
        (SPENDING, FORTNIGHTLY),
        (active(SOUND) + '[types.vip]\nspend = "20000"\nwithin_days = 365\n', FORTNIGHTLY),
    ],
    "C34": [
        (active('event = "purchase"\ncount = 900\nwithin_days = 365'), FORTNIGHTLY),
        (active(SOUND) + '[types.loyal]\nevent = "purchase"\ncount = 100\nwithin_days = 30\n', FORTNIGHTLY),
    ],
    "C35": [(SPENDING, replace(FORTNIGHTLY, foreign_purchases=40))],
    "C36": [
        (active(OR_PURCHASE.format("seasonal = 3")), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
        (at_risk("tenure_at_least = 365"), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
        (at_risk("tenure_at_most = 365"), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
    ],
    "C37": [
        (active('event = "purchase"\nwithin_days = 300'),
         replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
        (active(SOUND), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
    ],
    "C38": [
        (active(SOUND), replace(FORTNIGHTLY, last_day=TODAY - 40)),
        (active(SUBSCRIBED), replace(FORTNIGHTLY, last_day=TODAY - 40)),
    ],
    "C39": [(active(SOUND), replace(FORTNIGHTLY, offers=[Offer("Small offer", 3, 2)]))],
    "C40": [(active(SUBSCRIBED), replace(FORTNIGHTLY, buyers_alone=50))],
    "C41": [(active(SOUND) + '[types.vip]\nspend = "40"\nwithin_days = 30\n', FORTNIGHTLY)],
}

SILENT: dict[str, list[tuple[str, LedgerFigures]]] = {
    "C15": [(active(SOUND), FORTNIGHTLY), (active("tenure_at_most = 9"), FORTNIGHTLY)],
    "C16": [
        (active(SOUND), FORTNIGHTLY),
        (active('event = "purchase"\ncount = 2\nwithin_days = 60'), FORTNIGHTLY),
        (active(SUBSCRIBED), MONTHLY),
    ],
    "C17": [
        (active(SOUND), replace(FORTNIGHTLY, subscribers=11)),
        (active(SUBSCRIBED), replace(FORTNIGHTLY, subscribers=60)),
    ],
    "C26": [(active(SOUND), FORTNIGHTLY), (active(SOUND), MONTHLY)],
    "C27": [
        (active(SOUND), FORTNIGHTLY),
        (at_risk("any = [{ rhythm = 3 }, { window_used = 0.8 }]"), FORTNIGHTLY),
        (at_risk("rhythm = 1.5"), FORTNIGHTLY),
    ],
    "C28": [
        (RHYTHM, FORTNIGHTLY),                                    # regular
        (active(SOUND), shop(AT_RANDOM, 40.0)),
        (RHYTHM, shop(every(34, customers=20), 34.0)),            # too few to say
    ],
    "C29": [(RHYTHM, FORTNIGHTLY), (active(SOUND), shop(once(50, 10)))],
    "C30": [
        (active('event = "purchase"\nwithin_days = 20'), FORTNIGHTLY),
        (active('event = "purchase"\nwithin_days = 200'), shop(once(50, 10))),
        (active(SUBSCRIBED), FORTNIGHTLY),
    ],
    "C31": [(active('event = "purchase"\nwithin_days = 17'), FORTNIGHTLY)],
    "C32": [(active(SOUND), shop(every(34), 34.5)), (active(SOUND), shop(once(50, 900)))],
    "C33": [(active(OR_PURCHASE.format('spend = "100", within_days = 60')) + NO_VIP, FORTNIGHTLY)],
    "C34": [(active('event = "purchase"\ncount = 3\nwithin_days = 60'), FORTNIGHTLY)],
    "C35": [(SPENDING, FORTNIGHTLY), (SPENDING, replace(FORTNIGHTLY, foreign_purchases=4))],
    "C36": [
        (active(OR_PURCHASE.format("seasonal = 3")), FORTNIGHTLY),
        (at_risk("tenure_at_least = 200"), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
        (at_risk("tenure_at_most = 100"), replace(FORTNIGHTLY, first_day_of_kind=SINCE_FEBRUARY)),
    ],
    "C37": [(active('event = "purchase"\nwithin_days = 400'), FORTNIGHTLY), (active(SOUND), FORTNIGHTLY)],
    "C38": [
        (active(SOUND), replace(FORTNIGHTLY, last_day=TODAY - 13)),
        (active(SOUND), shop(every(40, customers=1), 40.0, last_day=TODAY - 60)),
    ],
    "C39": [(active(SOUND), replace(FORTNIGHTLY, offers=[Offer("One", 3, 0), Offer("Other", 0, 9)]))],
    "C40": [
        (active(SUBSCRIBED), replace(FORTNIGHTLY, buyers_alone=20)),
        (active(OR_PURCHASE.format('subscription = "any"')), replace(FORTNIGHTLY, buyers_alone=60)),
    ],
    "C41": [(active(SOUND), FORTNIGHTLY)],
}


def found(text: str, ledger: LedgerFigures) -> dict[str, Finding]:
    """The first finding of each code."""
    return {finding.code: finding for finding in reversed(check(parse(text), ledger))}


def cases(table: dict[str, list[tuple[str, LedgerFigures]]]) -> list[object]:
    return [
        pytest.param(code, *case, id=f"{code}-{number}")
        for code, given in table.items() for number, case in enumerate(given)
    ]


def test_every_code_has_a_case_of_each_sort() -> None:
    assert set(FIRES) == set(SILENT) == set(FOR_A_LEDGER)


@pytest.mark.parametrize(("code", "text", "ledger"), cases(FIRES))
def test_it_fires(code: str, text: str, ledger: LedgerFigures) -> None:
    told = found(text, ledger)
    assert code in told
    assert told[code].message and told[code].advice
    assert told[code].figure is not None


@pytest.mark.parametrize(("code", "text", "ledger"), cases(SILENT))
def test_it_does_not_fire(code: str, text: str, ledger: LedgerFigures) -> None:
    assert code not in found(text, ledger)


@pytest.mark.parametrize("code", FOR_A_LEDGER)
def test_an_empty_ledger_says_nothing_about_a_definition(code: str) -> None:
    for text, ledger in FIRES[code]:
        assert code not in found(text, replace(ledger, customers=0))
        assert code not in {finding.code for finding in check(parse(text))}


def test_a_definition_that_fits_has_no_findings() -> None:
    fortnight = active('event = "purchase"\nwithin_days = 20', REST.replace("= 30", "= 20")) + NO_VIP
    recent = '[types.recent_buyer]\nevent = "purchase"\nwithin_days = 20\n'
    assert found(fortnight + recent, FORTNIGHTLY) == {}


@pytest.mark.parametrize(
    ("code", "number", "figure", "said"),
    [
        ("C16", 0, 34.5, "the median of the usual gaps is 34.5 days"),
        ("C16", 0, 34.5, "60 of 60 customers"),
        ("C17", 0, 0.2, "20% of the 60 customers"),
        ("C26", 0, 60, "60 of 60 customers"),
        ("C27", 1, 50, "50 of 50 buyers"),
        ("C29", 0, 1, "asks for 4 purchase days"),
        ("C33", 0, 0, "€500.00 within 60 days; the most of 60 buyers is €100.00"),
        ("C34", 0, 44, "the most of 60 buyers is 44"),
        ("C35", 0, 40, "80% of 50 purchases"),
        ("C36", 0, 290, "290 days"),
        ("C37", 0, 290, "looks back 300 days"),
        ("C38", 0, 40, "with a window of 30 days"),
        ("C39", 0, 3, "the active (3) and to the others (2)"),
        ("C40", 0, 50, "50 of 60 customers"),
    ],
)
def test_the_figure_of_the_own_ledger_is_named(code: str, number: int, figure: float, said: str) -> None:
    told = found(*FIRES[code][number])[code]
    assert said in told.message
    assert told.figure == pytest.approx(figure)


def test_kinds_that_are_missed_are_told_from_those_that_are_not() -> None:
    needed, beside, warning = (found(*case)["C15"] for case in FIRES["C15"])
    assert needed.severity is Severity.MISTAKE
    assert beside.severity is Severity.NOTE
    assert warning.severity is Severity.WARNING
    assert "purchase" in needed.message
    assert "subscription" in beside.message


def test_what_concerns_a_type_alone_is_a_note() -> None:
    section, own_type = (found(*case)["C33"] for case in FIRES["C33"])
    assert (section.severity, own_type.severity) == (Severity.WARNING, Severity.NOTE)
    assert "[active]" in section.message
    assert "VIP" in own_type.message


def test_the_best_spend_of_each_customer_within_a_window() -> None:
    history = history_of([(1, 0, 10), (1, 5, 20), (1, 11, 40), (2, 3, 7), (3, 0, 5), (3, 100, 6)])
    assert spends_within(history, 0).tolist() == [6, 7, 40]
    assert spends_within(history, 5).tolist() == [6, 7, 40]
    assert spends_within(history, 6).tolist() == [6, 7, 60]
    assert spends_within(history, 11).tolist() == [6, 7, 70]
    assert spends_within(history, 365).tolist() == [7, 11, 70]
    assert spends_within(history_of([]), 30).tolist() == []
