"""The rules by their codes.

Codes are stable: they stand in documents and in the owner's notes, so a rule that goes takes its code along,
and a new one gets a new code.
"""

from __future__ import annotations

from activetui.activity.consistency import (
    fit,
    length,
    meaning,
    offers,
    order,
    parts,
    past,
    reached,
    statuses,
)
from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Finding, LedgerRule, Rule
from activetui.activity.definition import Definition

BY_ITSELF: dict[str, Rule] = {
    "C01": statuses.active_without_reason,
    "C02": statuses.never_active,
    "C03": statuses.never_new,
    "C04": statuses.never_reactivated,
    "C05": statuses.never_at_risk,
    "C06": statuses.never_lost,
    "C07": statuses.all_at_risk,
    "C08": order.new_too_long,
    "C09": order.lost_too_soon,
    "C10": meaning.complaint_both,
    "C11": meaning.contacts_alone,
    "C12": meaning.own_contacts,
    "C13": meaning.refund_as_activity,
    "C14": meaning.leaving_as_activity,
    "C18": statuses.never_plainly_active,
    "C19": statuses.never_inactive,
    "C20": statuses.looks_back_too_far,
    "C21": order.reactivated_too_long,
    "C22": order.recent_buyer_inactive,
    "C23": parts.contained,
    "C24": parts.never_holds,
    "C25": meaning.activity_and_risk,
    "C42": order.warning_too_short,
    "C43": meaning.silence_as_activity,
    "C44": meaning.activity_that_ends_activity,
    "C45": meaning.every_rating,
    "C46": meaning.stars_and_points,
    "C47": parts.type_of_nobody,
}
"""What needs no ledger."""
FOR_A_LEDGER: dict[str, LedgerRule] = {
    "C15": fit.kinds_not_in_ledger,
    "C16": fit.shorter_than_gap,
    "C17": fit.no_subscription,
    "C26": fit.risk_too_early,
    "C27": fit.no_warning,
    "C28": past.rhythm_without_regularity,
    "C29": past.nobody_has_a_rhythm,
    "C30": past.far_from_suggestion,
    "C31": past.risk_too_late,
    "C32": past.lost_but_returning,
    "C33": reached.amount_nobody_reaches,
    "C34": reached.number_nobody_reaches,
    "C35": reached.money_of_another_currency,
    "C36": length.too_short_for_condition,
    "C37": length.too_short_to_tell,
    "C38": length.ledger_has_ended,
    "C39": offers.offers_to_both,
    "C40": fit.purchases_do_not_count,
    "C41": reached.amount_everybody_reaches,
}
"""What depends on the ledger."""
CODES: tuple[str, ...] = tuple(sorted((*BY_ITSELF, *FOR_A_LEDGER)))


def check(definition: Definition, ledger: LedgerFigures | None = None) -> list[Finding]:
    """What does not make sense in a definition, by code; empty if all does. Without a ledger, by itself.

    Quick enough for every key that an owner presses: what it asks of `ledger` was gathered before.
    """
    found = [Finding(code, *told) for code, rule in BY_ITSELF.items() for told in rule(definition)]
    if ledger is not None and ledger.customers:
        found += [
            Finding(code, *told) for code, rule in FOR_A_LEDGER.items() for told in rule(definition, ledger)
        ]
    return sorted(found, key=lambda finding: finding.code)
