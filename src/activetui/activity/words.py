"""Statuses, kinds and types as people read them: the same words in every command and screen."""

from __future__ import annotations

from activetui.activity.status import Status
from activetui.ledger.kinds import Kind
from activetui.ledger.text import one_line
from activetui.locales import _


def status_word(status: Status) -> str:
    """The status in a word or two, such as "at risk"."""
    return {
        Status.PROSPECT: _("prospect"),
        Status.NEW: _("new"),
        Status.ACTIVE: _("active"),
        Status.REACTIVATED: _("reactivated"),
        Status.AT_RISK: _("at risk"),
        Status.INACTIVE: _("inactive"),
        Status.LOST: _("lost"),
        Status.UNKNOWN: _("can't say yet"),
    }[status]


def kind_word(word: str) -> str:
    """An event kind; a kind that the owner added is its own word."""
    return {
        Kind.PURCHASE.word: _("purchase"),
        Kind.REFUND.word: _("refund"),
        Kind.VISIT.word: _("visit"),
        Kind.BOOKING.word: _("booking"),
        Kind.USAGE.word: _("usage"),
        Kind.SUBSCRIPTION.word: _("subscription"),
        Kind.CONTACT.word: _("contact"),
        Kind.SUPPORT.word: _("support"),
        Kind.COMPLAINT.word: _("complaint"),
        Kind.COMPLAINT_RESOLVED.word: _("complaint resolved"),
        Kind.REVIEW.word: _("review"),
        Kind.FEEDBACK.word: _("feedback"),
        Kind.REFERRAL.word: _("referral"),
        Kind.SOCIAL.word: _("social"),
        Kind.NEWSLETTER.word: _("newsletter"),
        Kind.LOYALTY.word: _("loyalty"),
        Kind.NOTE.word: _("note"),
    }.get(word, word)


def type_word(word: str) -> str:
    """A type of customer, from its name in `fact.types`."""
    return {
        "recent_buyer": _("recent buyer"),
        "loyal": _("loyal"),
        "support_service": _("support and service"),
        "product_subscriber": _("product subscriber"),
        "service_subscriber": _("service subscriber"),
        "contact": _("contact"),
        "advocate": _("advocate"),
        "vip": _("VIP"),
    }.get(word, word)


def channel_word(channel: str) -> str:
    """A way to get in touch; one that is not ours is its own word."""
    return {
        "email": _("e-mail"),
        "phone": _("phone"),
        "chat": _("chat"),
        "social": _("social media"),
        "in_person": _("in person"),
        "letter": _("letter"),
        "web": _("web"),
    }.get(channel, one_line(channel))
