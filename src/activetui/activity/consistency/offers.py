"""Offers that go to the active and the inactive alike."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.definition import Definition
from activetui.locales import _
from activetui.locales.formats import format_number


def offers_to_both(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C39"""
    for offer in ledger.offers:
        if offer.active and offer.inactive:
            message = _(
                "The offer “{offer}” would go to the active ({active}) and to the others ({inactive}) alike: "
                "who buys anyway gets what was meant to bring others back."
            )
            yield Told(
                message.format(
                    offer=offer.title, active=format_number(offer.active),
                    inactive=format_number(offer.inactive),
                ),
                _('Add only = "active:no" to that step: activetui playbooks edit changes a playbook.'),
                Severity.WARNING,
                offer.active,
            )
