"""Each rule that needs no ledger: a definition in which it fires, and one in which it does not."""

from __future__ import annotations

import pytest

from activetui.activity.consistency import CODES, Severity, check
from activetui.activity.consistency.rules import BY_ITSELF
from activetui.activity.reading.parsing import parse

SOUND = 'event = "purchase"\nwithin_days = 30'
REST = "\n[new]\ndays = 30\n[reactivated]\ndays = 30\n[at_risk]\nwindow_used = 0.8\n[lost]\ndays = 365\n"
OR_PURCHASE = 'any = [{{ {} }}, {{ event = "purchase", within_days = 30 }}]'
SUBSCRIBED = 'subscription = "any"'


def active(text: str, rest: str = REST) -> str:
    return f'name = "x"\n[active]\n{text}{rest}'


def rest(old: str, new: str) -> str:
    """A sound definition with a part of the other sections in another way."""
    assert old in REST
    return active(SOUND, REST.replace(old, new))


def at_risk(condition: str) -> str:
    return rest("window_used = 0.8", condition)


def codes(text: str) -> list[str]:
    return [finding.code for finding in check(parse(text))]


FIRES: dict[str, list[str]] = {
    "C01": [
        active('none = [{ event = "complaint", within_days = 30 }]'),
        active('any = [{ none = [{ event = "visit", within_days = 9 }] }, { subscription = "any" }]'),
    ],
    "C02": [
        active('all = [{ event = "visit", within_days = 3 }]\nnone = [{ event = "visit", within_days = 9 }]'),
        active('all = [{ tenure_at_least = 90 }, { tenure_at_most = 30 }]'),
        active('all = [{ event = "purchase", within_days = 9 }]\n'
               'none = [{ event = "purchase", within_days = 30, count = 1 }]'),
    ],
    "C03": [
        rest("[new]\ndays = 30\n", ""),
        rest("[new]\ndays = 30", "[new]\ndays = 0"),
        at_risk('event = "purchase"\nwithin_days = 10').replace("[new]\ndays = 30", "[new]\ndays = 11"),
    ],
    "C04": [
        rest("[reactivated]\ndays = 30\n", ""),
        active("tenure_at_most = 90"),
        rest("[reactivated]\ndays = 30", "[reactivated]\ndays = 3").replace(
            "window_used = 0.8",
            'all = [{ event = "purchase", within_days = 3 }]\nnone = [{ tenure_at_most = 20 }]',
        ),
    ],
    "C05": [
        rest("[at_risk]\nwindow_used = 0.8\n", ""),
        at_risk('none = [{ event = "purchase", within_days = 60 }]'),
        active('event = "booking"\nahead = true'),
        active("tenure_at_least = 30"),
    ],
    "C06": [
        rest("[lost]\ndays = 365\n", ""),
        active("any = [{ tenure_at_most = 10 }, { tenure_at_least = 60 }]"),
    ],
    "C07": [
        at_risk('event = "purchase"\nwithin_days = 40'),
        at_risk("tenure_at_least = 0"),
    ],
    "C08": [active('event = "purchase"\nwithin_days = 20')],
    "C09": [rest("365", "29")],
    "C10": [
        active('event = ["purchase", "complaint"]\nwithin_days = 30',
               REST.replace("window_used = 0.8", 'event = "complaint"\nwithin_days = 10')),
    ],
    "C11": [
        active(OR_PURCHASE.format('event = "contact", direction = "in", within_days = 30')),
        active(OR_PURCHASE.format('all = [{ event = "note", within_days = 30 }]')),
        active('event = "newsletter"\naction = "open"\nwithin_days = 30\ncount = 2'),
        active('event = ["purchase", "social"]\nwithin_days = 30'),
    ],
    "C12": [active(OR_PURCHASE.format('event = ["purchase", "contact"], within_days = 30'))],
    "C13": [active(OR_PURCHASE.format('event = "refund", within_days = 30'))],
    "C14": [
        active(OR_PURCHASE.format('event = ["purchase", "newsletter"], within_days = 30')),
        active(OR_PURCHASE.format('event = "subscription", action = ["start", "cancel"], within_days = 30')),
    ],
    "C18": [
        active("tenure_at_most = 20"),
        at_risk('none = [{ tenure_at_most = 29 }]').replace("[reactivated]\ndays = 30", ""),
    ],
    "C19": [
        active("tenure_at_least = 30"),
        active("any = [{ tenure_at_least = 365 }, { event = \"purchase\", within_days = 30 }]"),
    ],
    "C20": [active('event = "purchase"\nwithin_days = 3660')],
    "C21": [rest("[reactivated]\ndays = 30", "[reactivated]\ndays = 40")],
    "C22": [
        active('event = "purchase"\nwithin_days = 20'),
        active(SOUND) + '[types.recent_buyer]\nevent = "purchase"\nwithin_days = 60\n',
    ],
    "C23": [
        active(OR_PURCHASE.format('event = "purchase", within_days = 20')),
        active(OR_PURCHASE.format('spend = "50", within_days = 30')),
        active(OR_PURCHASE.format('all = [{ event = "purchase", within_days = 9 }, { rhythm = 2 }]')),
        active('all = [{ event = "purchase", within_days = 30 }, '
               '{ event = ["purchase", "visit"], within_days = 60 }]'),
        at_risk("any = [{ window_used = 0.8 }, { window_used = 0.9 }]"),
        active('any = [{ subscription = "product" }, { subscription = "any", grace_days = 7 }]'),
    ],
    "C24": [
        active(OR_PURCHASE.format(
            'all = [{ event = "visit", within_days = 3 }, { none = [{ event = "visit", within_days = 9 }] }]'
        )),
        at_risk('any = [{ window_used = 0.8 }, { none = [{ event = "purchase", within_days = 60 }] }]'),
        at_risk("any = [{ window_used = 0.8 }, { rhythm = 31 }]"),
    ],
    "C25": [
        active('event = ["purchase", "review"]\nwithin_days = 30',
               REST.replace("window_used = 0.8", 'event = "review"\nrating_at_most = 2\nwithin_days = 10')),
        active('event = ["purchase", "visit"]\nwithin_days = 30',
               REST.replace("window_used = 0.8", 'event = "visit"\nwithin_days = 10')),
    ],
    "C42": [rest("0.8", "0.99")],
    "C43": [active("rhythm = 1.5"), active(OR_PURCHASE.format("rhythm = 2"))],
    "C44": [
        active('all = [{ event = "purchase", within_days = 90 }]\n'
               'none = [{ event = "purchase", within_days = 10 }]'),
        active('all = [{ event = "purchase", within_days = 30 }]\nnone = [{ subscription = "any" }]'),
    ],
    "C45": [
        active(OR_PURCHASE.format('event = "review", rating_at_least = 1, within_days = 30')),
        at_risk('event = "feedback"\nrating_at_most = 10\nwithin_days = 9'),
    ],
    "C46": [at_risk('event = ["review", "feedback"]\nrating_at_most = 2\nwithin_days = 9')],
    "C47": [
        active(SOUND) + '[types.loyal]\nall = [{ event = "visit", within_days = 3 }]\n'
                        'none = [{ event = "visit", within_days = 9 }]\n',
        active(SOUND) + '[types.advocate]\nnone = [{ event = "complaint", within_days = 9 }]\n',
    ],
}
"""For each code definitions in which it fires."""

SILENT: dict[str, list[str]] = {
    "C01": [
        active('all = [{ event = "visit", within_days = 30 }]\n'
               'none = [{ event = "complaint", within_days = 10 }]'),
    ],
    "C02": [
        active('all = [{ event = "visit", within_days = 30 }]\n'
               'none = [{ event = "visit", within_days = 9 }]'),
        active('all = [{ tenure_at_least = 30 }, { tenure_at_most = 90 }]'),
        active('all = [{ event = "purchase", within_days = 30, count = 500 }]\n'
               'none = [{ event = "purchase", within_days = 90, count = 900 }]'),
        active("seasonal = 3"),
        active("rhythm = 1.5"),
    ],
    "C03": [at_risk('event = "complaint"\nwithin_days = 30')],
    "C04": [active('any = [{ tenure_at_most = 90 }, { event = "purchase", within_days = 30 }]')],
    "C05": [at_risk("rhythm = 1.5"), at_risk('none = [{ event = "purchase", within_days = 20 }]')],
    "C06": [active('all = [{ event = "purchase", within_days = 30 }]\n'
                   'none = [{ event = "complaint", within_days = 900 }]')],
    "C07": [at_risk('event = "purchase"\nwithin_days = 20')],
    "C08": [
        active(SUBSCRIBED),                                       # new may well be longer than no window
        active('any = [{ subscription = "any" }, { event = "purchase", within_days = 20 }]'),
        active(SOUND, REST.replace("[new]\ndays = 30", "[new]\ndays = 31")),
    ],
    "C09": [rest("365", "30"), active(SUBSCRIBED, REST.replace("365", "5"))],
    "C10": [
        active('event = ["purchase", "complaint"]\nwithin_days = 30'),
        at_risk('event = "complaint"\nwithin_days = 10'),
    ],
    "C11": [
        active('all = [{ event = "contact", within_days = 30, direction = "in" }, '
               '{ event = "purchase", within_days = 60 }]'),
        'agreed = ["Q3"]\n' + FIRES["C11"][0],
    ],
    "C12": [active(OR_PURCHASE.format('event = "contact", direction = "in", within_days = 30'))],
    "C13": [active('spend = "100"\nwithin_days = 365')],
    "C14": [
        active(OR_PURCHASE.format('event = "newsletter", action = "open", within_days = 30')),
        active(OR_PURCHASE.format('event = "subscription", action = ["start", "renewal"], within_days = 30')),
    ],
    "C18": [active('any = [{ tenure_at_most = 20 }, { event = "purchase", within_days = 30 }]')],
    "C19": [
        active(SUBSCRIBED),                                       # open until it is cancelled
        active('all = [{ tenure_at_least = 365 }, { event = "purchase", within_days = 30 }]'),
    ],
    "C20": [active('event = "purchase"\nwithin_days = 400'), active("seasonal = 5")],
    "C21": [active(SUBSCRIBED)],
    "C22": [
        active('event = "purchase"\nwithin_days = 20')
        + '[types.recent_buyer]\nevent = "purchase"\nwithin_days = 14\n',
        active(SUBSCRIBED),
    ],
    "C23": [
        active(OR_PURCHASE.format('event = "purchase", within_days = 60, count = 2')),
        active(OR_PURCHASE.format('event = "purchase", within_days = 60, nature = "service"')),
        active(OR_PURCHASE.format('spend = "50", within_days = 60')),
        at_risk('any = [{ window_used = 0.8 }, { rhythm = 1.5 }]'),
    ],
    "C24": [
        at_risk('any = [{ window_used = 0.8 }, { rhythm = 1.5 }, { event = "complaint", within_days = 9 }]'),
        active(OR_PURCHASE.format('all = [{ event = "review", rating_at_least = 4, within_days = 30 }, '
                                  '{ none = [{ event = "review", rating_at_most = 3, within_days = 9 }] }]')),
    ],
    "C25": [
        active('event = "review"\nrating_at_least = 4\nwithin_days = 30',
            REST.replace("window_used = 0.8", 'event = "review"\nrating_at_most = 2\nwithin_days = 10')),
        at_risk('all = [{ event = "purchase", within_days = 30 }]\n'
                'none = [{ event = "purchase", within_days = 20 }]'),
    ],
    "C42": [rest("0.8", "0.9"), active('event = "purchase"\nwithin_days = 7', REST)],
    "C43": [active('all = [{ event = "purchase", within_days = 90 }]\nnone = [{ rhythm = 2 }]')],
    "C44": [active('all = [{ event = "purchase", within_days = 90 }]\n'
                   'none = [{ event = "complaint", within_days = 10 }]')],
    "C45": [at_risk('event = "review"\nrating_at_most = 4\nwithin_days = 9')],
    "C46": [at_risk('event = ["review", "feedback"]\nwithin_days = 9')],
    "C47": [active(SOUND) + '[types.loyal]\nall = [{ event = "visit", within_days = 30 }]\n'
                            'none = [{ event = "complaint", within_days = 9 }]\n'],
}
"""For each code definitions in which it does not fire, though it nearly might."""


def test_every_code_has_a_case_of_each_sort() -> None:
    assert set(FIRES) == set(SILENT) == set(BY_ITSELF)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FIRES.items() for text in texts])
def test_it_fires(code: str, text: str) -> None:
    found = {finding.code: finding for finding in check(parse(text))}
    assert code in found
    assert found[code].message and found[code].advice


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SILENT.items() for text in texts])
def test_it_does_not_fire(code: str, text: str) -> None:
    assert code not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        active(SOUND),
        active(SUBSCRIBED),
        active('event = "purchase"\ncount = 2\nwithin_days = 90'),
        active('spend = "100"\nwithin_days = 365'),
    ],
)
def test_sound_definitions_have_no_findings(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("code", ["C01", "C02", "C07", "C19"])
def test_what_follows_from_another_finding_is_not_told_again(code: str) -> None:
    assert [other for other in codes(FIRES[code][0]) if other not in ("C05", code)] == []


def test_a_definition_that_contradicts_itself_is_a_mistake_and_a_missing_section_is_not() -> None:
    [impossible] = check(parse(FIRES["C02"][0]))
    [without_lost] = check(parse(FIRES["C06"][0]))
    assert impossible.severity is Severity.MISTAKE
    assert without_lost.severity is Severity.WARNING


def test_codes_are_stable() -> None:
    assert [f"C{number:02}" for number in range(1, 48)] == list(CODES)
