"""What the ledger's own past says about a definition."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.conditions import RhythmCondition
from activetui.activity.consistency.deeds import all_leaves
from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.order import window_of
from activetui.activity.consistency.probes import alone
from activetui.activity.definition import Definition
from activetui.activity.past.suggestion_words import within_sentence
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_number, format_share

_FAR = 2.0
"""A window is far from the suggested one where it is so many times as long, or as short."""
_LATE = 1.5
"""At risk is not late before so many of the suggested windows."""
HORIZON = 90
"""Days after a silence in which a return is looked for."""
_FEWEST_SILENCES = 30
_MANY_RETURN = 0.2


def rhythm_without_regularity(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C28: the gate before the own-rhythm rule."""
    if ledger.regularity is None or ledger.regularity.regular is not False:
        return
    if any(isinstance(leaf, RhythmCondition) for leaf in all_leaves(definition)):
        yield Told(
            ledger.regularity.in_words(),
            _("Take the condition on the own rhythm out; window_used warns of everybody who falls silent."),
            Severity.WARNING,
            ledger.regularity.k and round(ledger.regularity.k, 4),
        )


def nobody_has_a_rhythm(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C29"""
    fewest = [leaf.min_purchases for leaf in all_leaves(definition) if isinstance(leaf, RhythmCondition)]
    if not fewest or ledger.past is None:
        return
    number = ledger.past.history.number()
    most = int(number.max()) if len(number) else 0
    if most < min(fewest):
        message = ngettext(
            "The condition on the own rhythm holds for nobody yet: it asks for {needed} purchase days, and "
            "the most that a customer has is {n}.",
            "The condition on the own rhythm holds for nobody yet: it asks for {needed} purchase days, and "
            "the most that a customer has is {n}.",
            most,
        )
        yield Told(
            message.format(needed=format_number(min(fewest)), n=format_number(most)),
            _("Nothing need be done: it begins to hold as the ledger grows."),
            Severity.NOTE,
            most,
        )


def far_from_suggestion(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C30"""
    window, found = window_of(definition, Kind.PURCHASE), ledger.suggestion
    if window is None or found is None or found.window_days is None:
        return
    if found.window_days / _FAR < window < found.window_days * _FAR:
        return
    message = _("[active] waits {window} after a purchase, the ledger suggests {suggested}. {why}")
    yield Told(
        message.format(
            window=days_words(window), suggested=days_words(found.window_days),
            why=within_sentence(found, found.window_days),
        ),
        _("See how often each was right: activetui definition backtest --windows {windows}").format(
            windows=",".join(map(str, sorted((window, found.window_days))))
        ),
        Severity.WARNING,
        found.window_days,
    )


def risk_too_late(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C31"""
    found = ledger.suggestion
    risk = min(
        (
            deed.risk_days for deed in alone(definition)
            if deed.event.kind == Kind.PURCHASE and deed.risk_days is not None
        ),
        default=None,
    )
    if risk is None or found is None or found.lost_silence is None or found.window_days is None:
        return
    # Customers with a rhythm come on time or not at all: to warn soon after they are due is not late.
    if risk <= max(found.lost_silence, _LATE * found.window_days):
        return
    by_then, ever = found.share_within(min(risk, found.horizon)), found.share_within(found.horizon)
    if not by_then or not ever:
        return
    message = ngettext(
        "At risk begins after {days} of silence: by then {share} of those who come back at all have come "
        "({n} return).",
        "At risk begins after {days} of silence: by then {share} of those who come back at all have come "
        "({n} returns).",
        found.closed,
    )
    yield Told(
        message.format(
            days=days_words(risk), share=format_share(by_then / ever), n=format_number(found.closed)
        ),
        _("Let [at_risk] begin sooner: the ledger suggests {days}.").format(
            days=days_words(found.at_risk_days)
        ),
        Severity.WARNING,
        round(by_then / ever, 4),
    )


def lost_but_returning(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C32"""
    window = window_of(definition, Kind.PURCHASE)
    if window is None or definition.lost_days is None or ledger.past is None:
        return
    silence = window + definition.lost_days
    found = ledger.past.returned(silence, HORIZON)
    if found.n < _FEWEST_SILENCES or found.share is None or found.share < _MANY_RETURN:
        return
    message = ngettext(
        "Lost after {days} of silence, yet {share} of those silent for so long bought again within {horizon} "
        "({n} silence in the ledger).",
        "Lost after {days} of silence, yet {share} of those silent for so long bought again within {horizon} "
        "({n} silences in the ledger).",
        found.n,
    )
    yield Told(
        message.format(
            days=days_words(silence), share=format_share(found.share), horizon=days_words(HORIZON),
            n=format_number(found.n),
        ),
        _("Choose more [lost] days: those customers are not gone yet."),
        Severity.WARNING,
        round(found.share, 4),
    )
