"""What a customer pays for subscriptions, in words: `€29.00 a month`."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.locales import N_, _, ngettext
from activetui.locales.formats import days_words, format_day, format_money, format_number
from activetui.store.listing.subscription_years import GRACE, TERMS, Subscription

_PRICES = dict(zip(TERMS, (
    N_("{money} a week"),
    N_("{money} every two weeks"),
    N_("{money} a month"),
    N_("{money} every two months"),
    N_("{money} a quarter"),
    N_("{money} every four months"),
    N_("{money} every half year"),
    N_("{money} a year"),
    N_("{money} every two years"),
), strict=True))

_YEAR = 365


def price(of: Subscription, currency: str) -> str:
    """What one subscription costs, with its period: `€29.00 a month`."""
    words = _PRICES[of.days]
    return _(words).format(money=format_money(of.amount, currency))


def prices(of: Sequence[Subscription], currency: str) -> str:
    """What all of them cost: `€29.00 a month + €96.00 a year`; those of one price once, with their number."""
    texts = [price(each, currency) for each in of]
    return " + ".join(
        _("{n} × {price}").format(n=texts.count(text), price=text) if texts.count(text) > 1 else text
        for text in dict.fromkeys(texts)
    )


def pays_words(of: Sequence[Subscription], currency: str) -> str:
    """Who pays what: `Pays €29.00 a month by subscription`, or until when it was."""
    ended = [each.last for each in of if each.last is not None and not each.runs]
    if ended:
        return _("Paid {prices} by subscription until {day}").format(
            prices=prices(of, currency), day=format_day(max(ended))
        )
    return _("Pays {prices} by subscription").format(prices=prices(of, currency))


def year_words(of: Sequence[Subscription], currency: str) -> str:
    """Who pays what, and what it makes in a year: `Pays €29.00 a month by subscription, €348.00 a year`."""
    pays = pays_words(of, currency)
    if all(each.days == _YEAR for each in of):
        return pays
    year = format_money(sum(each.year for each in of), currency)
    return _("{pays}, {year} a year").format(pays=pays, year=year)


def stake_words(of: Subscription, currency: str) -> str:
    """What is at stake with one subscription, as a sentence with the number of periods that it is from."""
    pays = year_words((of,), currency)
    if not of.runs:
        return _("{pays}; it is over, so all of it is at stake.").format(pays=pays)
    if of.cancelled:
        return _("{pays}; it is cancelled, so all of it is at stake.").format(pays=pays)
    if not of.chance_is_known:
        return _("{pays}; how many do not renew is not known, so all of it is at stake.").format(pays=pays)
    return ngettext(
        "{pays}; of {n} such periods that ended, {lost} was not renewed within {grace}: "
        "{stake} a year at stake.",
        "{pays}; of {n} such periods that ended, {lost} were not renewed within {grace}: "
        "{stake} a year at stake.",
        of.lost,
    ).format(
        pays=pays, n=format_number(of.ended), lost=format_number(of.lost), grace=days_words(GRACE),
        stake=format_money(of.at_stake, currency),
    )
