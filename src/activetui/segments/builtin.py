"""The segments that everyone has: every status, every type, and the ones that call for action."""

from __future__ import annotations

from dataclasses import dataclass

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.activity.words import status_word, type_word
from activetui.locales import _


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A segment that comes with the program; title and meaning are in the chosen language."""

    name: str
    query: str

    @property
    def title(self) -> str:
        """What the segment is called on screens."""
        return _titles().get(self.name) or self.name

    @property
    def meaning(self) -> str:
        """Whom it finds, and why that matters, in a sentence or two."""
        return _meanings().get(self.name, "")


BUILT_IN: tuple[BuiltIn, ...] = (
    *(BuiltIn(status.word, f"status:{status.word}") for status in Status if status is not Status.UNKNOWN),
    BuiltIn("cant_say_yet", "status:unknown"),
    *(BuiltIn(name, f"type:{name}") for name in TYPES),
    BuiltIn("one_time", "purchases:1"),
    BuiltIn("nurture", "status:new purchases:1"),
    BuiltIn("complained_while_active", "active:yes complaint:open"),
    BuiltIn("won_back", "active:yes was:inactive,lost"),
    BuiltIn("renewal_due", "renewal<=30d"),
    BuiltIn("do_not_contact", "dnc:yes"),
)
"""Every built-in segment, in the order in which they are listed."""


def built_in(name: str) -> BuiltIn | None:
    """The built-in segment of that name."""
    return next((segment for segment in BUILT_IN if segment.name == name), None)


def _titles() -> dict[str, str]:
    return {
        **{status.word: status_word(status) for status in Status},
        **{name: type_word(name) for name in TYPES},
        "cant_say_yet": status_word(Status.UNKNOWN),
        "one_time": _("one-time buyers"),
        "nurture": _("first-time buyers to nurture"),
        "complained_while_active": _("complained while active"),
        "won_back": _("won back"),
        "renewal_due": _("renewal due"),
        "do_not_contact": _("do not contact"),
    }


def _meanings() -> dict[str, str]:
    return {
        "prospect": _("Known, but never active until now: what is missing is a first purchase."),
        "new": _("In the first days of being active: what they meet now decides whether they return."),
        "active": _("Active by your definition: those whom the business lives on."),
        "reactivated": _("Back after having been inactive: worth asking what brought them back."),
        "at_risk": _("Still active, but likely to slip away: the cheapest moment to keep them."),
        "inactive": _("Were active, are not any more: a good reason to return can still reach them."),
        "lost": _("Inactive for a long time: few return, so write to them rarely."),
        "cant_say_yet": _("The ledger does not reach back far enough to say whether they are active."),
        "recent_buyer": _("Bought lately: ask how it was, and offer what goes with it."),
        "loyal": _("Buy again and again: thank them, and ask for a referral."),
        "support_service": _("Use your support or service: how they are helped decides whether they stay."),
        "product_subscriber": _("Have a subscription to a product: see that its delivery never disappoints."),
        "service_subscriber": _("Have a subscription to a service: watch whether they use it."),
        "contact": _("Are in touch without buying just now: answer, and keep them warm."),
        "advocate": _("Speak well of you, or send you others: say thank you in person."),
        "vip": _("Your most valuable customers, by their spend or by your own tag."),
        "one_time": _("Bought exactly once: the second purchase is the hardest to win."),
        "nurture": _("Bought once, a few days ago: the time to make a second purchase easy."),
        "complained_while_active": _("Active, with an open complaint: repair first, sell later."),
        "won_back": _("Active again after having been inactive or lost: proof that winning back works."),
        "renewal_due": _("A subscription ends within 30 days and is not renewed: remind them in time."),
        "do_not_contact": _("Asked not to be contacted: they are left out of every list of calls."),
    }
