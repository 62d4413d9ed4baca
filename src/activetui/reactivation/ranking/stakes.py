"""What is at stake with a customer: what they usually spend in a year, and the chance of losing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from activetui.ledger import money
from activetui.ledger.days import Day
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_money, format_number, format_share
from activetui.reactivation.ranking.natural import Chance, Chances, chances
from activetui.reactivation.ranking.subscription_words import stake_words
from activetui.store.listing import people, stakes
from activetui.store.listing.people import Clause, Person
from activetui.store.listing.stakes import YEAR, AtStake
from activetui.store.listing.subscription_years import Subscription, subscriptions

AT_RISK = "status:at_risk"
"""The query for the customers whose value is at risk."""
LIKELY = 0.5
"""From this natural return share on, a customer is likely to come back without an offer."""
_MORE, _LEAST = 40, 4_000
"""How many times as many customers as wanted are looked at first, and at least so many."""
_FURTHER = 4
"""Where not even so many times as many are enough, all who fit are looked at, in whatever order is best."""


class Stake(NamedTuple):
    """What is at stake with one customer. Money in minor units of `currency`."""

    usual_year: int
    """What the customer usually spends in a year, in purchases and for subscriptions."""
    chance: Chance
    """Of losing what is bought; that of a subscription stands with it."""
    at_stake: int
    """The one times the other, and what is at stake of the subscriptions."""
    currency: str
    subscriptions: tuple[Subscription, ...] = ()
    """Those that are in the usual year."""

    @property
    def by_subscription(self) -> int:
        """How much of the usual year is paid for subscriptions."""
        return sum(each.year for each in self.subscriptions)

    @property
    def bought(self) -> int:
        """How much of the usual year is bought."""
        return self.usual_year - self.by_subscription

    @property
    def share(self) -> float | None:
        """The chance of losing the usual year; None where of no part of it anything is known."""
        parts = [each.chance_is_known for each in self.subscriptions]
        parts += [self.chance.known] if self.bought or not parts else []
        if not any(parts):
            return None
        return self.at_stake / self.usual_year if self.subscriptions else self.chance.share_lost

    @property
    def formula(self) -> str:
        """The parts in a few signs: `€1,240.00 × 63% = €781.20`; for tight places."""
        usual, stake = (format_money(each, self.currency) for each in (self.usual_year, self.at_stake))
        if self.share is None:
            return stake
        return _("{usual} × {share} = {stake}").format(
            usual=usual, share=format_share(self.share), stake=stake
        )

    @property
    def sentence(self) -> str:
        """The parts in words, with the number of silences, or of periods paid for, that each is from."""
        parts = [stake_words(each, self.currency) for each in self.subscriptions]
        if self.bought or not parts:
            parts.insert(0, self._bought_words())
        if len(parts) > 1:
            stake = format_money(self.at_stake, self.currency)
            parts.append(_("Together {stake} a year at stake.").format(stake=stake))
        return " ".join(parts)

    def _bought_words(self) -> str:
        at_stake = self.at_stake - sum(each.at_stake for each in self.subscriptions)
        usual, stake = (format_money(each, self.currency) for each in (self.bought, at_stake))
        parts, chance = [_("Usually spends {usual} a year.").format(usual=usual)], self.chance
        if not chance.known:
            parts.append(_("How many come back after such a silence is not known, so all of it is at stake."))
            return " ".join(parts)
        parts.append(ngettext(
            "After {purchases} and {days} of silence, {lost} of {n} did not buy within the next {horizon}: "
            "{stake} a year at stake.",
            "After {purchases} and {days} of silence, {lost} of {n} did not buy within the next {horizon}: "
            "{stake} a year at stake.",
            chance.lost,
        ).format(
            purchases=chance.purchases, days=days_words(chance.silent_days), lost=format_number(chance.lost),
            n=format_number(chance.n), horizon=days_words(chance.horizon), stake=stake,
        ))
        if chance.longer:
            parts.append(_("Longer silences are too few to count."))
        return " ".join(parts)


def stake(
    person: Person, chances: Chances, day: Day, subscribed: tuple[Subscription, ...] = ()
) -> Stake:
    """What is at stake with a customer whose figures and subscriptions are of `day`."""
    bought = usual_year(person.spend, person.first_purchase, person.last_purchase)
    chance = _chance(person, chances, day)
    return Stake(
        bought + sum(each.year for each in subscribed), chance,
        _part(bought, chance) + sum(each.at_stake for each in subscribed), person.currency, subscribed,
    )


def with_stakes(
    conn: sqlite3.Connection, persons: Sequence[Person], chances: Chances, day: Day
) -> list[tuple[Person, Stake]]:
    """Customers with what is at stake with them, as of the day that the connection looks from: `day`."""
    subscribed = subscriptions(conn, [person.id for person in persons], day)
    return [(person, stake(person, chances, day, subscribed.get(person.id, ()))) for person in persons]


def usual_year(spend: int, first: Day | None, last: Day | None) -> int:
    """What a customer usually spends in a year: all spend by the years from the first to the last purchase.

    At least one year, so that two purchases of one week are no fortune; whole minor units, never below 0.
    """
    if first is None or last is None:
        return 0
    return _rounded(max(spend, 0) * YEAR, max(last - first, YEAR))


def likely_to_return(person: Person, chances: Chances, day: Day) -> bool:
    """Whether customers like this one come back by themselves so often that an offer would be given away."""
    share = _chance(person, chances, day).share_returned
    return share is not None and share >= LIKELY


def dearest(
    conn: sqlite3.Connection, clause: Clause, day: Day, most: int, chances_then: Chances | None = None
) -> list[tuple[Person, Stake]]:
    """Those of the customers that the clause finds with whom most is at stake, dearest first, then by number.

    As of the day that the connection looks from, which is `day`. `chances_then` are those of the day, where
    they are at hand. At the most `most` customers.
    """
    known = chances(conn, day) if chances_then is None else chances_then

    def ranked(among: Clause, at_least: int = 0) -> list[tuple[Person, Stake]]:
        numbers = stakes.dearest_numbers(conn, among, day, known.odds, most, at_least)
        if at_least > 0:                        # who pays for a subscription may have spent nothing
            others = stakes.subscribers(conn, among, day, known.odds, most)
            numbers = list(dict.fromkeys((*numbers, *others)))
        found = with_stakes(conn, people.by_ids(conn, numbers), known, day)
        return _dearest_first(found)[:most]

    # among those who have spent most are nearly always all that are wanted, or it shows where these can end
    first = max(_MORE * most, _LEAST)
    spent = 0 if stakes.are_named(conn, clause) else stakes.spend_at(conn, first)
    found = ranked(clause, spent) if spent > 0 else []
    if not found or len(found) < most:
        return ranked(clause)
    dear = found[-1][1].at_stake
    if dear >= spent:
        return found
    return ranked(clause, dear if dear >= stakes.spend_at(conn, _FURTHER * first) else 0)


def _dearest_first(found: Iterable[tuple[Person, Stake]]) -> list[tuple[Person, Stake]]:
    return sorted(found, key=lambda each: (-each[1].at_stake, each[0].id))


def at_stake(
    conn: sqlite3.Connection, clause: Clause, day: Day, chances_then: Chances | None = None
) -> AtStake:
    """What is at stake with all customers that the clause finds; as `dearest`."""
    known = chances(conn, day) if chances_then is None else chances_then
    return stakes.at_stake(conn, clause, day, known.odds)


def value_at_risk(conn: sqlite3.Connection, day: Day, chances_then: Chances | None = None) -> AtStake:
    """What is at stake with the customers who are at risk on the day that the connection looks from."""
    from activetui.segments.asking import ask

    return at_stake(conn, ask(conn, AT_RISK, day).clause, day, chances_then)


def machine_fields(stake: Stake) -> dict[str, object]:
    """A stake as JSON and CSV have it: decimal strings, None for a chance that is not known."""
    chance, share = stake.chance, stake.share
    return {
        "usual_year": money.plain(stake.usual_year, stake.currency),
        "by_subscription": money.plain(stake.by_subscription, stake.currency),
        "chance_of_losing": None if share is None else round(share, 4),
        "silences": chance.n,
        "silences_ended": chance.returned,
        "at_stake": money.plain(stake.at_stake, stake.currency),
    }


def _chance(person: Person, chances: Chances, day: Day) -> Chance:
    silent = None if person.last_purchase is None else day - person.last_purchase
    return chances.of(silent, person.purchases)


def _part(usual: int, chance: Chance) -> int:
    return _rounded(usual * chance.lost, chance.n) if chance.known else usual


def _rounded(part: int, whole: int) -> int:
    """The quotient of two numbers that are not negative, to the nearest whole one; a half goes up."""
    return (2 * part + whole) // (2 * whole)
