"""The segments that everyone has: every status, every type, RFM groups, and the ones that call for action."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.activity.words import status_word, type_word
from activetui.locales import _, locale_name
from activetui.segments.rfm import GROUPS, group_title


class Sense(NamedTuple):
    """Whom a segment finds, and why that matters: a sentence each."""

    whom: str
    why: str


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A segment that comes with the program; title, meaning and why are in the chosen language."""

    name: str
    query: str

    @property
    def title(self) -> str:
        """What the segment is called on screens."""
        return _titles(locale_name()).get(self.name) or self.name

    @property
    def meaning(self) -> str:
        """Whom it finds, in a sentence."""
        return _senses(locale_name())[self.name].whom

    @property
    def why(self) -> str:
        """Why that matters, and what to do about it, in a sentence."""
        return _senses(locale_name())[self.name].why


BUILT_IN: tuple[BuiltIn, ...] = (
    *(BuiltIn(status.word, f"status:{status.word}") for status in Status if status is not Status.UNKNOWN),
    BuiltIn("cant_say_yet", "status:unknown"),
    *(BuiltIn(name, f"type:{name}") for name in TYPES),
    BuiltIn("one_time", "purchases:1"),
    BuiltIn("nurture", "status:new purchases:1"),
    BuiltIn("complained_while_active", "active:yes complaint:open"),
    BuiltIn("won_back", "active:yes was:inactive,lost"),
    BuiltIn("renewal_due", "expires<=30d"),
    BuiltIn("upsell", "active:yes f>=4 m<=3 -complaint:open dnc:no"),
    BuiltIn("do_not_contact", "dnc:yes"),
    *(BuiltIn(f"rfm_{name}", f"rfm:{name}") for name in GROUPS),
)
"""Every built-in segment, in the order in which they are listed."""


def built_in(name: str) -> BuiltIn | None:
    """The built-in segment of that name."""
    return next((segment for segment in BUILT_IN if segment.name == name), None)


@lru_cache(maxsize=1)
def _titles(_language: str) -> dict[str, str]:
    """Those of one language, all at once: of a list of segments every title is asked for."""
    return {
        **{status.word: status_word(status) for status in Status},
        **{name: type_word(name) for name in TYPES},
        "cant_say_yet": status_word(Status.UNKNOWN),
        "one_time": _("one-time buyers"),
        "nurture": _("first-time buyers to nurture"),
        "complained_while_active": _("complained while active"),
        "won_back": _("won back"),
        "renewal_due": _("renewal due"),
        "upsell": _("upsell candidates"),
        "do_not_contact": _("do not contact"),
        **{f"rfm_{name}": _("RFM: {group}").format(group=group_title(name)) for name in GROUPS},
    }


@lru_cache(maxsize=1)
def _senses(_language: str) -> dict[str, Sense]:
    return {**_of_statuses(), **_of_types(), **_of_calls(), **_of_groups()}


def _of_statuses() -> dict[str, Sense]:
    return {
        "prospect": Sense(
            _("Known, but never active until now."),
            _("What is missing is a first purchase: a small, easy offer is the way to it."),
        ),
        "new": Sense(
            _("In the first days of being active."),
            _("What they meet now decides whether they return."),
        ),
        "active": Sense(
            _("Active by your definition."),
            _("The business lives on them: the work is to let nothing get in their way."),
        ),
        "reactivated": Sense(
            _("Back after having been inactive."),
            _("Worth asking what brought them back: it may bring back others."),
        ),
        "at_risk": Sense(
            _("Still active, but likely to slip away."),
            _("This is the cheapest moment to keep them."),
        ),
        "inactive": Sense(
            _("Were active, are not any more."),
            _("They still remember you: a good reason to return can reach them."),
        ),
        "lost": Sense(
            _("Inactive for a long time."),
            _("Few return, so write to them rarely, and see what they bought last."),
        ),
        "cant_say_yet": Sense(
            _("The ledger does not reach back far enough to say whether they are active."),
            _("Older files would tell: import them, or let some weeks pass."),
        ),
    }


def _of_types() -> dict[str, Sense]:
    return {
        "recent_buyer": Sense(
            _("Bought lately."), _("Ask how it was, and offer what goes with it."),
        ),
        "loyal": Sense(
            _("Buy again and again."), _("Thank them, and ask for a referral."),
        ),
        "support_service": Sense(
            _("Use your support or service."), _("How they are helped decides whether they stay."),
        ),
        "product_subscriber": Sense(
            _("Have a subscription to a product."), _("See that its delivery never disappoints."),
        ),
        "service_subscriber": Sense(
            _("Have a subscription to a service."), _("Watch whether they use it: who does not will leave."),
        ),
        "contact": Sense(
            _("Are in touch, whether or not they buy."), _("Answer soon, and keep them warm."),
        ),
        "advocate": Sense(
            _("Speak well of you, or send you others."), _("Say thank you in person."),
        ),
        "vip": Sense(
            _("Your most valuable customers, by their spend or by your own tag."),
            _("Losing one costs more than winning several: know each of them."),
        ),
    }


def _of_calls() -> dict[str, Sense]:
    return {
        "one_time": Sense(
            _("Bought exactly once."), _("The second purchase is the hardest to win."),
        ),
        "nurture": Sense(
            _("New, and bought once."), _("Now is the time to make a second purchase easy."),
        ),
        "complained_while_active": Sense(
            _("Active, with an open complaint."), _("Repair first, sell later: they have not left yet."),
        ),
        "won_back": Sense(
            _("Active again after having been inactive or lost."),
            _("They show that winning back works, and what it took."),
        ),
        "renewal_due": Sense(
            _("A subscription ends within 30 days, is not renewed, and has not renewed by itself so far."),
            _("Remind them in time."),
        ),
        "upsell": Sense(
            _("Active buyers among the upper two fifths by number of purchases, but not by spend; without an "
              "open complaint."),
            _("They come often and spend little each time: offer the larger size, or what goes with it."),
        ),
        "do_not_contact": Sense(
            _("Must not be contacted."), _("They are left out of every list of calls."),
        ),
    }


def _of_groups() -> dict[str, Sense]:
    return {
        "rfm_champions": Sense(
            _("Bought most recently of all, often and for much."),
            _("Keep them close: early news, thanks, a word with the owner."),
        ),
        "rfm_regulars": Sense(
            _("Buy often or for much, and not long ago."), _("Ask what they miss: they know you best."),
        ),
        "rfm_potential": Sense(
            _("Bought lately, neither often nor for much yet."),
            _("One more good reason makes them regulars."),
        ),
        "rfm_newcomers": Sense(
            _("Bought most recently of all, but seldom and for little so far."),
            _("A good second visit decides."),
        ),
        "rfm_promising": Sense(
            _("Bought fairly lately, seldom and for little."),
            _("Let them hear from you before they forget."),
        ),
        "rfm_need_attention": Sense(
            _("Middling in everything: last purchase, number of purchases, spend."),
            _("They can still go either way: ask now."),
        ),
        "rfm_about_to_sleep": Sense(
            _("Bought some time ago, seldom and for little."),
            _("A reminder costs little; later it takes more."),
        ),
        "rfm_cant_lose": Sense(
            _("Bought most often and for most, but not for long."),
            _("Call them yourself: nobody is dearer to lose."),
        ),
        "rfm_slipping": Sense(
            _("Bought fairly often or for much, but not for long."),
            _("Find out why they stay away before you offer anything."),
        ),
        "rfm_hibernating": Sense(
            _("Bought seldom, for little, and long ago."), _("Spend little on them: most will not return."),
        ),
    }
