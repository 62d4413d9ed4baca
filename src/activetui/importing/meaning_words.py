"""What the rows of a file tell, and what was counted in it, in words that an owner knows."""

from __future__ import annotations

from activetui.activity.words import kind_word
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
