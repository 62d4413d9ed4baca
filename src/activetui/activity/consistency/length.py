"""Ledgers that are too short for a definition, or end too early for the day that is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.condition_words import condition_in_words
from activetui.activity.conditions import Leaf, SeasonalCondition, TenureCondition, leaves
from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.order import window_of
from activetui.activity.consistency.trees import sections
from activetui.activity.definition import Definition, kinds_of, look_back
from activetui.locales import _
from activetui.locales.formats import days_words, format_day

_FEWEST_SILENT_DAYS = 14
_YEAR = 365


def too_short_for_condition(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C36"""
    for leaf in dict.fromkeys(leaf for _name, section in sections(definition) for leaf in leaves(section)):
        if not isinstance(leaf, TenureCondition | SeasonalCondition) or ledger.as_of is None:
            continue
        first = ledger.first_day(frozenset(kinds_of(leaf)))
        if first is None:
            continue
        so_far, needed = ledger.as_of - first, _days_needed(leaf)
        if so_far < needed:
            message = _("Nobody can fulfil “{condition}” before {day}: the ledger holds {days} of it so far.")
            yield Told(
                message.format(
                    condition=condition_in_words(leaf), day=format_day(first + needed),
                    days=days_words(so_far),
                ),
                _("Import older events, or leave the condition out until then."),
                Severity.WARNING,
                so_far,
            )
        elif isinstance(leaf, TenureCondition) and leaf.at_most is not None and so_far <= leaf.at_most:
            message = _("Everybody fulfils “{condition}”: the ledger begins only {days} ago.")
            yield Told(
                message.format(condition=condition_in_words(leaf), days=days_words(so_far)),
                _("Import older events: customers of long standing look new as long as they are missing."),
                Severity.WARNING,
                so_far,
            )


def too_short_to_tell(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C37: the status "can't say yet" in the place of inactive, or of lost."""
    first = ledger.first_day(definition.active_kinds)
    if first is None or ledger.as_of is None:
        return
    told_from = first + definition.reach
    if ledger.as_of < told_from:
        longest = max(leaves(definition.active), key=look_back)
        message = _(
            "Before {day} nobody can be called inactive: the ledger begins {days} before the day looked at, "
            "and “{condition}” looks back {reach}."
        )
        yield Told(
            message.format(
                day=format_day(told_from), days=days_words(ledger.as_of - first),
                condition=condition_in_words(longest), reach=days_words(definition.reach),
            ),
            _("Import older events, or take a shorter window."),
            Severity.WARNING,
            ledger.as_of - first,
        )
    elif definition.lost_days is not None and ledger.as_of < told_from + definition.lost_days:
        message = _(
            "Before {day} nobody can be called lost: the ledger begins {days} before the day looked at."
        )
        yield Told(
            message.format(
                day=format_day(told_from + definition.lost_days), days=days_words(ledger.as_of - first)
            ),
            _("Nothing need be done; older events would tell sooner."),
            Severity.NOTE,
            ledger.as_of - first,
        )


def ledger_has_ended(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C38"""
    if ledger.as_of is None or ledger.last_day is None:
        return
    silent = ledger.as_of - ledger.last_day
    usual = ledger.past.longest_pause(_YEAR) if ledger.past else 0
    if silent <= max(_FEWEST_SILENT_DAYS, 2 * usual):
        return
    window = window_of(definition)
    if window is not None and silent > window:
        message = _(
            "The last event of the ledger is from {day}, {days} before the day looked at: with a window of "
            "{window} everybody turns inactive because nothing was imported."
        ).format(day=format_day(ledger.last_day), days=days_words(silent), window=days_words(window))
    else:
        message = _(
            "The last event of the ledger is from {day}, {days} before the day looked at: customers look "
            "silent because nothing was imported."
        ).format(day=format_day(ledger.last_day), days=days_words(silent))
    yield Told(
        message,
        _("Import what has happened since, or look at an earlier day: --as-of."),
        Severity.WARNING,
        silent,
    )


def _days_needed(leaf: Leaf) -> int:
    """How many days after the first event somebody can fulfil a condition at the earliest."""
    if isinstance(leaf, TenureCondition):
        return leaf.at_least or 0
    if isinstance(leaf, SeasonalCondition):
        return max(0, (leaf.years - 1) * _YEAR - leaf.around_days)
    return 0
