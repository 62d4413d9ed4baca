"""Conditions as people say them."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    BookingAhead,
    Condition,
    EventCondition,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
)
from activetui.activity.kind_words import action_in_words, many_of_kind, one_of_kind
from activetui.ledger.kinds import Kind
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_money, format_number, format_share


def condition_in_words(condition: Condition) -> str:
    """The condition, such as "a purchase within 30 days, or a booking ahead"."""
    match condition:
        case AnyOf(parts):
            return one_or_other([_inner(part) for part in parts])
        case AllOf(parts):
            return one_and_other([_inner(part) for part in parts])
        case NoneOf(parts):
            words = [_inner(part) for part in parts]
            if len(words) == 1:
                return _("not {condition}").format(condition=words[0])
            return _("none of: {conditions}").format(conditions=", ".join(words))
        case EventCondition():
            return _event(condition)
        case SubscriptionCondition():
            return _subscription(condition)
        case BookingAhead():
            return _("a booking ahead")
        case WindowUsed(share):
            return _("{share} of the time to inactivity has gone").format(share=format_share(float(share)))
        case RhythmCondition(times):
            return _("silent for {times} × the own usual gap").format(times=format_number(float(times)))
        case TenureCondition(at_least, at_most):
            return _tenure(at_least, at_most)
        case SeasonalCondition():
            return _seasonal(condition)


def deed_in_words(condition: Condition) -> str | None:
    """What one thing, done now, makes a condition hold, such as "a purchase"; None if no one thing does."""
    match condition:
        case EventCondition(count=1, spend=None):
            return events_in_words(condition)
        case SubscriptionCondition():
            return _subscription_noun(condition)
        case BookingAhead():
            return _("a booking")
        case AnyOf(parts):
            deeds = [deed for deed in map(deed_in_words, parts) if deed]
            return one_or_other(list(dict.fromkeys(deeds))) if deeds else None
        case AllOf(parts):
            # What must not have happened asks for no deed; of the rest, each asks for its own.
            needed = [deed_in_words(part) for part in parts if not isinstance(part, NoneOf)]
            known = [deed for deed in needed if deed]
            return one_and_other(known) if known and len(known) == len(needed) else None
        case _:
            return None


def events_in_words(condition: EventCondition) -> str:
    """The events that a condition asks for, without its window, such as "3 purchases (of olive oil)"."""
    if condition.count > 1 and len(condition.kinds) == 1:
        what = many_of_kind(condition.kinds[0], condition.words[0], condition.count)
    else:
        kinds = zip(condition.kinds, condition.words, strict=True)
        what = one_or_other([one_of_kind(kind, word) for kind, word in kinds])
        if condition.count > 1:
            times = ngettext("{n} time {what}", "{n} times {what}", condition.count)
            what = times.format(n=condition.count, what=what)
    details = _details(condition)
    if not details:
        return what
    return _("{what} ({details})").format(what=what, details=", ".join(details))


def one_or_other(words: Sequence[str]) -> str:
    """An enumeration of which one is enough: "a, b or c"; with commas where the words have some."""
    return _joined(words, _("{list} or {last}"), _("{list}, or {last}"))


def one_and_other(words: Sequence[str]) -> str:
    """An enumeration of which each is needed: "a, b and c"; with commas where the words have some."""
    return _joined(words, _("{list} and {last}"), _("{list}, and {last}"))


def _joined(words: Sequence[str], short: str, long: str) -> str:
    if len(words) < 2:
        return "".join(words)
    simple = all(len(word.split()) < 4 for word in words)
    return (short if simple else long).format(list=", ".join(words[:-1]), last=words[-1])


def _inner(condition: Condition) -> str:
    words = condition_in_words(condition)
    if isinstance(condition, AnyOf | AllOf) and len(condition.parts) > 1:
        return f"({words})"
    return words


def _event(condition: EventCondition) -> str:
    what = events_in_words(condition)
    if condition.spend is not None:
        money = format_money(condition.spend, condition.currency)
        if set(condition.kinds) <= {Kind.PURCHASE, Kind.REFUND} and condition.count == 1:
            details = _details(condition)
            what = _("{money} spent").format(money=money)
            if details:
                what = _("{what} ({details})").format(what=what, details=", ".join(details))
        else:
            what = _("{what} for {money} together").format(what=what, money=money)
    if condition.spend is not None or condition.count > 1:
        what = _("at least {what}").format(what=what)
    words = ngettext("{what} within {n} day", "{what} within {n} days", condition.within_days)
    words = words.format(what=what, n=condition.within_days)
    if condition.unless_resolved:
        return _("{condition} that is not resolved").format(condition=words)
    return words


def _details(condition: EventCondition) -> list[str]:
    details = [action_in_words(action) for action in condition.actions]
    if len(details) > 1:
        details = [one_or_other(details)]
    if condition.rating_at_most is not None:
        details.append(_("rated {n} or less").format(n=condition.rating_at_most))
    if condition.rating_at_least is not None:
        details.append(_("rated {n} or more").format(n=condition.rating_at_least))
    if condition.nature:
        details.append(_("of a product") if condition.nature == 1 else _("of a service"))
    if condition.products:
        details.append(_("of {names}").format(names=_names(condition.products)))
    if condition.channels:
        details.append(_("by {names}").format(names=_names(condition.channels)))
    return details


def _names(texts: Sequence[str]) -> str:
    """Names from the definition, which may hold anything, as an enumeration."""
    return one_or_other([one_line(text) for text in texts])


def _subscription(condition: SubscriptionCondition) -> str:
    words = _("{subscription} in force").format(subscription=_subscription_noun(condition))
    if not condition.grace_days:
        return words
    n = condition.grace_days
    grace = ngettext("{what} or ended within {n} day", "{what} or ended within {n} days", n)
    return grace.format(what=words, n=n)


def _tenure(at_least: int | None, at_most: int | None) -> str:
    if at_most is None:
        return _("a customer for {days} or longer").format(days=days_words(at_least or 0))
    if at_least:
        n = at_most
        words = ngettext("a customer for {least} to {n} day", "a customer for {least} to {n} days", n)
        return words.format(least=at_least, n=n)
    return _("a customer for {days} at most").format(days=days_words(at_most))


def _seasonal(condition: SeasonalCondition) -> str:
    kinds = zip(condition.kinds, condition.words, strict=True)
    what = one_or_other([one_of_kind(kind, word) for kind, word in kinds])
    words = ngettext(
        "{what} at the same time of year, {n} year running (give or take {days})",
        "{what} at the same time of year, {n} years running (give or take {days})",
        condition.years,
    )
    return words.format(what=what, n=condition.years, days=days_words(condition.around_days))


def _subscription_noun(condition: SubscriptionCondition) -> str:
    nouns = (_("a subscription"), _("a product subscription"), _("a service subscription"))
    noun = nouns[condition.nature]
    if condition.products:
        names = _("of {names}").format(names=_names(condition.products))
        return _("{what} ({details})").format(what=noun, details=names)
    return noun
