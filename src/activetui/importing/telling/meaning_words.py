"""What the rows of a file tell, and what was counted in it, in words that an owner knows."""

from __future__ import annotations

from activetui.activity.words import kind_word
from activetui.importing.columns.field_words import field_words
from activetui.locales import _


def meaning_word(meaning: str) -> str:
    """What a file is, by what its rows tell (`columns.system.MEANINGS`)."""
    return {
        "purchases": _("a table of purchases"),
        "movements": _("a list of payments"),
        "visits": _("a table of visits"),
        "subscriptions": _("a list of subscriptions"),
        "customers": _("a list of customers"),
        "contacts": _("a contact book"),
        "reviews": _("a list of reviews and feedback"),
        "tickets": _("a list of requests and complaints"),
        "referrals": _("a list of referrals"),
        "loyalty": _("a list of loyalty points"),
        "newsletter": _("a newsletter list"),
        "native": "ActiveTUI",
    }.get(meaning, meaning)


def counted_word(word: str) -> str:
    """What was counted under a word of `Found.others`: a kind of event, or how something ended."""
    return {
        "cancelled": _("cancelled"),
        "no_show": _("no-shows"),
        "unreachable": _("unreachable addresses"),
        "subscription_cancel": _("cancelled subscriptions"),
        "subscription_pause": _("paused subscriptions"),
    }.get(word) or kind_word(word)


def class_word(name: str) -> str:
    """Rows of one class (`columns.system.CLASSES`) that are no sales."""
    return {
        "sale": _("sales"),
        "refund": _("refunds"),
        "fee": _("fees"),
        "payout": _("payouts to the bank"),
        "transfer": _("transfers"),
        "top_up": _("top-ups"),
        "conversion": _("currency conversions"),
        "same_sale": _("sales that you have already from elsewhere"),
        "expense": _("expenses"),
        "cart": _("abandoned carts"),
        "draft": _("drafts"),
        "quote": _("quotes"),
        "gift_card": _("gift cards sold"),
        "payment_of_invoice": _("payments of invoices that count already"),
        "aggregate": _("rows that sum up others"),
        "day_sum": _("sums of days"),
        "nobody": _("rows with a day and nobody"),
        "chargeback": _("chargebacks"),
        "chargeback_cancel": _("chargebacks taken back"),
        "ignored": _("other rows"),
    }.get(name, name)


def about_word(word: str) -> str:
    """What an assumption is about (`Assumption.about`); by the words for columns where it is one."""
    return {
        "currency": _("currency"), "country": _("country"), "time_zone": _("time zone"),
        "carry_down": _("carried down"), "day": _("the day"),
        "account": _("list of an account"), "remembered": _("as last time"),
    }.get(word) or field_words(word)
