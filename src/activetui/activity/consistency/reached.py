"""Amounts and numbers that nobody reaches, and money that does not count."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.conditions import Condition, EventCondition, leaves
from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.trees import sections
from activetui.activity.definition import Definition
from activetui.activity.words import type_word
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_money, format_number, format_share

_MUCH = 0.1
_NEARLY_ALL = 0.9
_FEWEST_BUYERS = 30


def amount_nobody_reaches(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C33"""
    past = ledger.past
    if past is None or not len(past.history.day):
        return
    for name, leaf in _about_purchases(definition):
        if leaf.spend is None or past.reaching(leaf.spend, leaf.within_days):
            continue
        most = past.most_spent(leaf.within_days)
        message = ngettext(
            "{where}: nobody has ever spent {amount} within {days}; the most of {n} buyer is {most}.",
            "{where}: nobody has ever spent {amount} within {days}; the most of {n} buyers is {most}.",
            len(past.history.customers),
        )
        yield Told(
            message.format(
                where=_where(name), amount=format_money(leaf.spend, leaf.currency),
                days=days_words(leaf.within_days), n=format_number(len(past.history.customers)),
                most=format_money(most, leaf.currency),
            ),
            _("Ask for a smaller amount, or for a longer window."),
            _weight(name),
            0,
        )


def amount_everybody_reaches(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C41"""
    past = ledger.past
    if past is None or len(past.history.customers) < _FEWEST_BUYERS:
        return
    buyers = len(past.history.customers)
    for name, leaf in _about_purchases(definition):
        if leaf.spend is None or leaf.count > 1:
            continue
        reached = past.reaching(leaf.spend, leaf.within_days)
        if reached >= _NEARLY_ALL * buyers:
            message = ngettext(
                "{where}: {n} of {of} buyer has once spent {amount} within {days}: that sets nobody apart.",
                "{where}: {n} of {of} buyers have once spent {amount} within {days}: that sets nobody apart.",
                buyers,
            )
            yield Told(
                message.format(
                    where=_where(name), n=format_number(reached), of=format_number(buyers),
                    amount=format_money(leaf.spend, leaf.currency), days=days_words(leaf.within_days),
                ),
                _("Ask for a larger amount, or for a shorter window."),
                Severity.NOTE,
                reached,
            )


def number_nobody_reaches(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C34"""
    if not ledger.most_purchases:
        return
    for name, leaf in _about_purchases(definition):
        if leaf.kinds == (Kind.PURCHASE,) and leaf.count > ledger.most_purchases:
            message = ngettext(
                "{where}: nobody has ever made {count} purchases; the most of {n} buyer is {most}.",
                "{where}: nobody has ever made {count} purchases; the most of {n} buyers is {most}.",
                ledger.buyers,
            )
            yield Told(
                message.format(
                    where=_where(name), count=format_number(leaf.count), n=format_number(ledger.buyers),
                    most=format_number(ledger.most_purchases),
                ),
                _("Ask for fewer purchases."),
                _weight(name),
                ledger.most_purchases,
            )


def money_of_another_currency(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C35"""
    asking = [(name, leaf) for name, leaf in _about_purchases(definition) if leaf.spend is not None]
    purchases = ledger.events_of_kind.get(Kind.PURCHASE, 0)
    if not asking or not purchases or ledger.foreign_purchases < _MUCH * purchases:
        return
    name, leaf = asking[0]
    message = ngettext(
        "{where} asks for an amount in {currency}, but {share} of {n} purchase is in another currency and "
        "counts as nothing there.",
        "{where} asks for an amount in {currency}, but {share} of {n} purchases are in another currency and "
        "count as nothing there.",
        purchases,
    )
    yield Told(
        message.format(
            where=_where(name), currency=leaf.currency, n=format_number(purchases),
            share=format_share(ledger.foreign_purchases / purchases),
        ),
        _("Ask for a number of purchases instead of an amount."),
        _weight(name),
        ledger.foreign_purchases,
    )


def _about_purchases(definition: Definition) -> Iterator[tuple[str, EventCondition]]:
    """The conditions on purchases alone (and what was given back of them), with the section or type."""
    places: list[tuple[str, Condition]] = [*sections(definition), *definition.types.items()]
    for name, condition in places:
        for leaf in leaves(condition):
            if (
                isinstance(leaf, EventCondition)
                and Kind.PURCHASE in leaf.kinds
                and set(leaf.kinds) <= {Kind.PURCHASE, Kind.REFUND}
            ):
                yield name, leaf


def _where(name: str) -> str:
    """The section, or the type of customer, that a condition stands in."""
    if name in ("active", "at_risk"):
        return f"[{name}]"
    return _("Type “{type}”").format(type=type_word(name))


def _weight(name: str) -> Severity:
    return Severity.WARNING if name in ("active", "at_risk") else Severity.NOTE
