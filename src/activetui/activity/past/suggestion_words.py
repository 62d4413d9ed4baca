"""The suggestion as plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.past.suggestion import (
    AT_RISK_PART,
    FEWEST_CUSTOMERS,
    FEWEST_GAPS,
    LOST_PART,
    TIMES_WATCHED,
    WINDOW_PART,
    Shortage,
    Suggestion,
)
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_number


def sentences(found: Suggestion) -> Iterator[str]:
    """What the ledger suggests with its n, or why it cannot suggest anything."""
    if not found.enough:
        yield why_not(found)
        return
    yield within_sentence(found, found.window_days or 0)
    yield ngettext(
        "Of 100 returns within {horizon}, as far as your ledger can tell, {part} have come by then ({n} "
        "return).",
        "Of 100 returns within {horizon}, as far as your ledger can tell, {part} have come by then ({n} "
        "returns).",
        found.closed,
    ).format(part=_of_100(WINDOW_PART), horizon=days_words(found.horizon), n=format_number(found.closed))
    if found.between is not None:
        low, high = found.between
        yield _("Chance alone could put it anywhere between {low} and {high}.").format(
            low=format_number(low), high=days_words(high)
        )


def proposals(found: Suggestion) -> list[tuple[str, int, str]]:
    """For each of window, at risk and lost: what it is, the days of silence, and the reason; none if too few.
    """
    if found.window_days is None or found.at_risk_days is None or found.lost_silence is None:
        return []
    reason = _("{part} of 100 returns have come")
    return [
        (_("at risk from"), found.at_risk_days, reason.format(part=_of_100(AT_RISK_PART))),
        (_("active until"), found.window_days, reason.format(part=_of_100(WINDOW_PART))),
        (_("lost after"), found.lost_silence, reason.format(part=_of_100(LOST_PART))),
    ]


def within_sentence(found: Suggestion, days: int) -> str:
    """After how many of 100 purchases the next one comes within so many days, with the n."""
    share = found.share_within(days)
    return ngettext(
        "After {share} of 100 purchases the next one comes within {days} ({purchases} purchase days of {n} "
        "customer).",
        "After {share} of 100 purchases the next one comes within {days} ({purchases} purchase days of {n} "
        "customers).",
        found.customers,
    ).format(
        share=_of_100(share or 0), days=days_words(days), purchases=format_number(found.purchase_days),
        n=format_number(found.customers),
    )


def why_not(found: Suggestion) -> str:
    """Why the data are too few; empty where they are enough."""
    match found.shortage:
        case None:
            return ""
        case Shortage.NO_PURCHASES:
            return _("No window can be proposed: the ledger holds no purchases of known customers.")
        case Shortage.CUSTOMERS:
            return ngettext(
                "No window can be proposed yet: {n} customer has bought, and it takes {needed}.",
                "No window can be proposed yet: {n} customers have bought, and it takes {needed}.",
                found.customers,
            ).format(n=format_number(found.customers), needed=FEWEST_CUSTOMERS)
        case Shortage.GAPS:
            return ngettext(
                "No window can be proposed yet: {n} purchase was followed by another; it takes {needed}.",
                "No window can be proposed yet: {n} purchases were followed by another; it takes {needed}.",
                found.closed,
            ).format(n=format_number(found.closed), needed=FEWEST_GAPS)
        case Shortage.TIME:
            return _(
                "No window can be proposed yet: silences were watched for {horizon} only, and customers "
                "still return after that; a window is believed where they were watched {times} times as long."
            ).format(horizon=days_words(found.horizon), times=TIMES_WATCHED)


def _of_100(share: float) -> str:
    return format_number(round(100 * share))
