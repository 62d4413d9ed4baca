"""The event kinds and actions as people say them, one and many."""

from __future__ import annotations

from collections.abc import Callable

from activetui.ledger.kinds import ACTION_CODES, Kind
from activetui.locales import _, ngettext

_ONE: dict[int, Callable[[], str]] = {
    Kind.PURCHASE: lambda: _("a purchase"),
    Kind.REFUND: lambda: _("a refund"),
    Kind.VISIT: lambda: _("a visit"),
    Kind.BOOKING: lambda: _("a booking"),
    Kind.USAGE: lambda: _("a use"),
    Kind.SUBSCRIPTION: lambda: _("a subscription event"),
    Kind.CONTACT: lambda: _("a contact"),
    Kind.SUPPORT: lambda: _("a support case"),
    Kind.COMPLAINT: lambda: _("a complaint"),
    Kind.COMPLAINT_RESOLVED: lambda: _("a resolved complaint"),
    Kind.REVIEW: lambda: _("a review"),
    Kind.FEEDBACK: lambda: _("a piece of feedback"),
    Kind.REFERRAL: lambda: _("a referral"),
    Kind.SOCIAL: lambda: _("a social media reaction"),
    Kind.NEWSLETTER: lambda: _("a newsletter reaction"),
    Kind.LOYALTY: lambda: _("a loyalty card event"),
    Kind.NOTE: lambda: _("a note"),
}

_MANY: dict[int, Callable[[int], str]] = {
    Kind.PURCHASE: lambda n: ngettext("{n} purchase", "{n} purchases", n),
    Kind.REFUND: lambda n: ngettext("{n} refund", "{n} refunds", n),
    Kind.VISIT: lambda n: ngettext("{n} visit", "{n} visits", n),
    Kind.BOOKING: lambda n: ngettext("{n} booking", "{n} bookings", n),
    Kind.USAGE: lambda n: ngettext("{n} use", "{n} uses", n),
    Kind.SUBSCRIPTION: lambda n: ngettext("{n} subscription event", "{n} subscription events", n),
    Kind.CONTACT: lambda n: ngettext("{n} contact", "{n} contacts", n),
    Kind.SUPPORT: lambda n: ngettext("{n} support case", "{n} support cases", n),
    Kind.COMPLAINT: lambda n: ngettext("{n} complaint", "{n} complaints", n),
    Kind.COMPLAINT_RESOLVED: lambda n: ngettext("{n} resolved complaint", "{n} resolved complaints", n),
    Kind.REVIEW: lambda n: ngettext("{n} review", "{n} reviews", n),
    Kind.FEEDBACK: lambda n: ngettext("{n} piece of feedback", "{n} pieces of feedback", n),
    Kind.REFERRAL: lambda n: ngettext("{n} referral", "{n} referrals", n),
    Kind.SOCIAL: lambda n: ngettext("{n} social media reaction", "{n} social media reactions", n),
    Kind.NEWSLETTER: lambda n: ngettext("{n} newsletter reaction", "{n} newsletter reactions", n),
    Kind.LOYALTY: lambda n: ngettext("{n} loyalty card event", "{n} loyalty card events", n),
    Kind.NOTE: lambda n: ngettext("{n} note", "{n} notes", n),
}

_ACTIONS: dict[str, Callable[[], str]] = {
    "start": lambda: _("start"),
    "renewal": lambda: _("renewal"),
    "pause": lambda: _("pause"),
    "cancel": lambda: _("cancellation"),
    "in": lambda: _("from the customer"),
    "out": lambda: _("to the customer"),
    "open": lambda: _("opened"),
    "click": lambda: _("clicked"),
    "reply": lambda: _("answered"),
    "unsubscribe": lambda: _("unsubscribed"),
    "join": lambda: _("joined"),
    "earn": lambda: _("points earned"),
    "redeem": lambda: _("points redeemed"),
}
_ACTION_OF_CODE = {code: action for action, code in ACTION_CODES.items()}


def one_of_kind(kind: int, word: str) -> str:
    """One event of a kind, such as "a purchase"; `word` names a kind of the owner's own."""
    return _ONE[kind]() if kind in _ONE else _("an event “{kind}”").format(kind=word)


def many_of_kind(kind: int, word: str, n: int) -> str:
    """So many events of a kind, such as "3 purchases"."""
    if kind in _MANY:
        return _MANY[kind](n).format(n=n)
    return ngettext("{n} event “{kind}”", "{n} events “{kind}”", n).format(n=n, kind=word)


def action_in_words(code: int) -> str:
    """An action by its number, such as "from the customer" for a contact that came in."""
    return _ACTIONS[_ACTION_OF_CODE[code]]()
