"""Whether a definition fits the events that the ledger holds and the pace of its customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from activetui.activity.condition_words import one_and_other
from activetui.activity.conditions import SubscriptionCondition, TenureCondition, leaves
from activetui.activity.consistency.deeds import all_leaves
from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.order import window_of
from activetui.activity.consistency.probes import Steady, alone, possible, steady
from activetui.activity.consistency.statuses import can_be_active
from activetui.activity.consistency.trees import wanted_events, word_of
from activetui.activity.definition import Definition, kinds_of
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import kind_word
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_number, format_share

_MANY_SUBSCRIBERS = 0.2
_MOST = 0.5


def kinds_not_in_ledger(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C15: harmless where what is left still says who is active and who is at risk."""
    if not can_be_active(definition):
        return
    missing = [kind for kind in _kinds_asked_for(definition) if not ledger.events_of_kind.get(kind)]
    if not missing:
        return
    kinds = one_and_other([kind_word(word_of(definition, kind)) for kind in missing])
    present = frozenset(kind for kind, number in ledger.events_of_kind.items() if number)
    statuses = possible(definition, present)
    if not statuses & ACTIVE_BASE:
        message = _("Nobody can be active: the ledger holds no events of the kinds that it takes: {kinds}.")
        advice = _("Import or log such events, or choose conditions on what the ledger holds.")
        yield Told(message.format(kinds=kinds), advice, Severity.MISTAKE, len(missing))
    elif Status.AT_RISK in possible(definition) - statuses:
        message = _("Nobody can be at risk: the ledger holds no events of the kinds that it takes: {kinds}.")
        advice = _("Add window_used = 0.8 to [at_risk], or import or log such events.")
        yield Told(message.format(kinds=kinds), advice, Severity.WARNING, len(missing))
    else:
        message = ngettext(
            "The definition also asks for events of a kind that the ledger does not hold: {kinds}.",
            "The definition also asks for events of kinds that the ledger does not hold: {kinds}.",
            len(missing),
        )
        advice = _("Nothing need be done: until there are some, those conditions do not hold.")
        yield Told(message.format(kinds=kinds), advice, Severity.NOTE, len(missing))


def shorter_than_gap(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C16"""
    found = _Pace.of(definition, ledger)
    if found is None or not found.most(found.lapsing):
        return
    message = ngettext(
        "{n} of {of} customer with a rhythm would not stay active by buying as usual: the median of the "
        "usual gaps is {gap}.",
        "{n} of {of} customers with a rhythm would not stay active by buying as usual: the median of the "
        "usual gaps is {gap}.",
        found.of_all,
    )
    yield Told(
        message.format(
            n=format_number(found.lapsing), of=format_number(found.of_all), gap=_usual_gap(ledger)
        ),
        _("Choose a longer window in [active]: activetui definition suggest proposes one."),
        Severity.WARNING,
        ledger.usual_gap,
    )


def no_subscription(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C17"""
    share = ledger.subscribers / ledger.customers
    asked = any(isinstance(leaf, SubscriptionCondition) for leaf in leaves(definition.active))
    asked |= any(Kind.SUBSCRIPTION in leaf.kinds for leaf in wanted_events(definition.active))
    if share >= _MANY_SUBSCRIBERS and not asked:
        message = _("{share} of the {n} customers have a subscription, but [active] does not ask for it.")
        yield Told(
            message.format(share=format_share(share), n=format_number(ledger.customers)),
            _('Add { subscription = "any", grace_days = 7 } to [active].'),
            Severity.WARNING,
            round(share, 4),
        )


def purchases_do_not_count(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C40"""
    asked = {kind for leaf in leaves(definition.active) for kind in kinds_of(leaf)}
    if asked != {Kind.SUBSCRIPTION} or ledger.buyers_alone < _MOST * ledger.customers:
        return
    message = ngettext(
        "{n} of {of} customers has bought and never subscribed, but [active] asks for a subscription only.",
        "{n} of {of} customers have bought and never subscribed, but [active] asks for a subscription only.",
        ledger.buyers_alone,
    )
    yield Told(
        message.format(n=format_number(ledger.buyers_alone), of=format_number(ledger.customers)),
        _('Add { event = "purchase", within_days = 30 } to [active], or whatever window suits.'),
        Severity.WARNING,
        ledger.buyers_alone,
    )


def risk_too_early(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C26"""
    found = _Pace.of(definition, ledger)
    if found is None or found.most(found.lapsing) or not found.most(found.alarmed):
        return
    message = ngettext(
        "{n} of {of} customer with a rhythm would be at risk between two usual purchases: the median of the "
        "usual gaps is {gap}.",
        "{n} of {of} customers with a rhythm would be at risk between two usual purchases: the median of the "
        "usual gaps is {gap}.",
        found.of_all,
    )
    yield Told(
        message.format(
            n=format_number(found.alarmed), of=format_number(found.of_all), gap=_usual_gap(ledger)
        ),
        _("Let [at_risk] begin later, such as by a larger window_used, or give [active] a longer window."),
        Severity.WARNING,
        found.alarmed,
    )


def no_warning(definition: Definition, ledger: LedgerFigures) -> Iterator[Told]:
    """C27: [at_risk] may hold now and then, but not for those who simply stop buying."""
    if definition.at_risk is None or Status.AT_RISK not in possible(definition):
        return
    found = _Pace.of(definition, ledger)
    unwarned, of_all = (found.unwarned, found.of_all) if found else (0, 0)
    if window_of(definition, Kind.PURCHASE) is not None and ledger.buyers > ledger.with_rhythm:
        without_rhythm = ledger.buyers - ledger.with_rhythm
        of_all += without_rhythm
        unwarned += 0 if _warns_of_silence(definition) else without_rhythm
    if of_all and unwarned > _MOST * of_all:
        message = ngettext(
            "{n} of {of} buyer would turn inactive without having been at risk.",
            "{n} of {of} buyers would turn inactive without having been at risk.",
            of_all,
        )
        yield Told(
            message.format(n=format_number(unwarned), of=format_number(of_all)),
            _("Add window_used = 0.8 to [at_risk]: it warns of everybody who falls silent."),
            Severity.WARNING,
            unwarned,
        )


class _Pace:
    """What becomes of the customers of a ledger if each goes on buying at the own rhythm, and then stops."""

    def __init__(self, found: dict[int, Steady], gaps: Iterable[tuple[int, int]]) -> None:
        self.of_all = self.lapsing = self.alarmed = self.unwarned = 0
        for gap, customers in gaps:
            self.of_all += customers
            if gap not in found:                # too slow to be active at all
                self.lapsing += customers
            else:
                self.lapsing += customers * found[gap].lapses
                self.alarmed += customers * found[gap].alarms
                self.unwarned += customers * (not found[gap].warned)

    @classmethod
    def of(cls, definition: Definition, ledger: LedgerFigures) -> _Pace | None:
        """None where nobody has a rhythm, or purchases do not make active."""
        if window_of(definition, Kind.PURCHASE) is None or not ledger.gaps:
            return None
        return cls(steady(definition, sorted(ledger.gaps)), ledger.gaps.items())

    def most(self, some: int) -> bool:
        """Whether so many are more than half of all."""
        return some > _MOST * self.of_all


def _warns_of_silence(definition: Definition) -> bool:
    """Whether a customer who bought once, and then no more, is at risk before turning inactive."""
    return any(
        deed.event.kind == Kind.PURCHASE and deed.active_days is not None and deed.risk_days is not None
        for deed in alone(definition)
    )


def _kinds_asked_for(definition: Definition) -> list[int]:
    """The kinds of both sections; of tenure those of which there are no others, refunds never."""
    kinds = {
        kind for leaf in all_leaves(definition) if not isinstance(leaf, TenureCondition)
        for kind in kinds_of(leaf)
    }
    return sorted(kinds - {int(Kind.REFUND)})


def _usual_gap(ledger: LedgerFigures) -> str:
    if ledger.usual_gap is None:
        return ""
    days = round(ledger.usual_gap, 1)
    if days == int(days):
        return days_words(int(days))
    return _("{n} days").format(n=format_number(days))
