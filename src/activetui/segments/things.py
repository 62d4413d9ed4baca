"""Nouns with their articles, as they stand after `with` and `without`."""

from __future__ import annotations

from activetui.locales import _


def kind_thing(kind: str) -> str:
    """An event of a kind: `a complaint`; an own kind is its own word."""
    return {
        "purchase": _("a purchase"),
        "refund": _("a refund"),
        "visit": _("a visit"),
        "booking": _("a booking"),
        "usage": _("a use"),
        "subscription": _("a subscription"),
        "contact": _("a contact"),
        "support": _("a support case"),
        "complaint": _("a complaint"),
        "complaint_resolved": _("a resolved complaint"),
        "review": _("a review"),
        "feedback": _("feedback"),
        "referral": _("a referral"),
        "social": _("a social post"),
        "newsletter": _("a newsletter reaction"),
        "loyalty": _("a loyalty card entry"),
        "note": _("a note in the ledger"),
    }.get(kind, kind)


def present_thing(field: str) -> str:
    """What `has:` and `none:` ask for: `an e-mail address`."""
    return {
        "turns": _("a change of status ahead"),
        "until": _("a change of status ahead"),
        "since": _("a change of status behind"),
        "type": _("a type"),
        "tag": _("a tag"),
        "complaint": _("a complaint"),
        "complained": _("a complaint"),
        "cancelled": _("a cancelled subscription"),
        "product": _("a named product bought"),
        "country": _("a country"),
        "city": _("a city"),
        "language": _("a language"),
        "company": _("a company"),
        "name": _("a name"),
        "email": _("an e-mail address"),
        "phone": _("a phone number"),
        "note": _("a note"),
        "key": _("a key of the source"),
        "purchases": _("a purchase"),
        "first": _("a purchase"),
        "last": _("a purchase"),
        "rhythm": _("a rhythm"),
        "contacted": _("a contact"),
        "next": _("an expected day"),
        "renewal": _("a subscription that ends"),
        "expires": _("a subscription that ends and does not renew by itself"),
        "unrenewed": _("a subscription that ended and was not renewed"),
        "consent": _("a word on consent"),
        "joined": _("a day on which they joined"),
        "returned": _("a day on which they came back"),
        "lapsed": _("a day on which they lapsed"),
        "birthday": _("a birthday"),
        "anniversary": _("an anniversary as customers"),
        "playbook": _("a playbook under way"),
        "reason": _("a reason for staying away"),
    }.get(field, field)
