"""Results and rounds under the names of the JSON contract; flat, so that CSV has them too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.reactivation.results.result_words import key_words, playbook_title

if TYPE_CHECKING:
    from activetui.reactivation.results.result_types import Result, Results
    from activetui.reactivation.results.round_results import Arm, RoundResult
    from activetui.reactivation.results.shares import Difference, Share

RESULT_FIELDS = (
    "by", "title", "playbook", "step", "channel", "reason", "round", "month", "begun", "not_contacted",
    "by_themselves", "contacted", "reached", "won_back", "too_early", "window_over", "won_back_of_over",
    "share", "share_low", "share_high", "revenue", "currency", "natural_n", "natural_returned",
    "natural_expected", "natural_silences", "natural_not_known", "natural_difference", "natural_low",
    "natural_high", "rounds", "verdict", "round_to_contact", "round_held_out", "difference",
    "difference_low", "difference_high", "more_needed",
)
_DIGITS = 6


def result_row(found: Results, row: Result) -> dict[str, Any]:
    """One row of results; what does not belong to it, or is not known, is None."""
    key, beside, held_out = row.key, row.beside, row.held_out
    is_whole = key == type(key)()
    return {
        "by": None if is_whole else found.by.value,
        "title": None if is_whole else key_words(found.by, key, found),
        "playbook": key.playbook, "step": None if key.step is None else key.step + 1, "channel": key.channel,
        "reason": key.reason or None, "round": key.round or None, "month": iso(key.month),
        "begun": row.begun, "not_contacted": row.not_contacted, "by_themselves": row.by_themselves,
        "contacted": row.contacted, "reached": row.reached, "won_back": row.won_back,
        "too_early": row.too_early, **_share(row.share), "revenue": plain(row.revenue, found.currency),
        "currency": found.currency,
        "natural_n": beside.n if beside else None, "natural_returned": beside.returned if beside else None,
        "natural_expected": _rounded(beside.expected) if beside else None,
        "natural_silences": beside.silences if beside else None,
        "natural_not_known": beside.not_known if beside else None,
        **_difference("natural_", "natural_difference", beside.difference if beside else None),
        "rounds": held_out.rounds if held_out else None,
        "verdict": held_out.verdict.value if held_out else None,
        "round_to_contact": held_out.to_contact if held_out else None,
        "round_held_out": held_out.held_out if held_out else None,
        **_difference("difference_", "difference", held_out.difference if held_out else None),
        "more_needed": held_out.more_needed if held_out else None,
    }


def round_row(found: Results, row: RoundResult) -> dict[str, Any]:
    """One round with its two sides and their difference."""
    started = row.round
    return {
        "round": started.id, "name": started.name or None, "playbook": started.playbook,
        "title": playbook_title(found, started.playbook), "started": iso(started.started),
        "ended": iso(started.ended), "window_days": started.window_days, "window_ends": iso(row.window_ends),
        "hold_out": started.hold_out, **_arm("to_contact", row.to_contact, found.currency),
        **_arm("held_out", row.held_out, found.currency), "currency": found.currency,
        "drawn_twice": row.drawn_twice, "gone": row.gone, "verdict": row.verdict.value,
        **_difference("difference_", "difference", row.difference), "more_needed": row.more_needed,
    }


def results_row(found: Results) -> dict[str, Any]:
    """Everything of a period: the whole, its rows and its rounds."""
    return {
        "as_of": iso(found.day), "since": iso(found.since), "until": iso(found.until),
        "sales_known_to": iso(found.known_to), "currency": found.currency,
        "whole": result_row(found, found.whole),
        "rows": [result_row(found, row) for row in found.rows],
        "rounds": [round_row(found, row) for row in found.rounds],
    }


def _arm(name: str, arm: Arm, currency: str) -> dict[str, Any]:
    share = arm.share
    return {
        name: arm.drawn, f"{name}_back_so_far": arm.so_far, f"{name}_window_over": arm.over,
        f"{name}_back": None if share is None else int(share.number),
        f"{name}_share": None if share is None else _rounded(share.value),
        f"{name}_low": None if share is None else _rounded(share.low),
        f"{name}_high": None if share is None else _rounded(share.high),
        f"{name}_contacted": arm.contacted, f"{name}_revenue": plain(arm.revenue, currency),
    }


def _share(share: Share | None) -> dict[str, Any]:
    return {
        "window_over": share.n if share else 0,
        "won_back_of_over": int(share.number) if share else 0,
        "share": _rounded(share.value) if share else None,
        "share_low": _rounded(share.low) if share else None,
        "share_high": _rounded(share.high) if share else None,
    }


def _difference(beginning: str, name: str, found: Difference | None) -> dict[str, Any]:
    return {
        name: _rounded(found.value) if found else None,
        f"{beginning}low": _rounded(found.low) if found else None,
        f"{beginning}high": _rounded(found.high) if found else None,
    }


def _rounded(value: float) -> float:
    return round(value, _DIGITS)
