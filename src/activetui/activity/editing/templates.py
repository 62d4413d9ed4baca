"""The conditions that can be added to a definition, each in plain words with usual numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from activetui.activity.editing.toml_text import Value
from activetui.ledger.text import one_line
from activetui.locales import N_, _


@dataclass(frozen=True, slots=True)
class Template:
    """One sort of condition; its numbers can be changed afterwards."""

    key: str
    source_title: str
    source_meaning: str
    condition: Mapping[str, Value]
    """The keys and values that the TOML gets."""
    only_at_risk: bool = False
    """Whether it belongs to customers at risk alone."""
    name: str = ""
    """Of the owner's own kind of event."""

    @property
    def title(self) -> str:
        """The condition, in the language in use."""
        return _(self.source_title).format(kind=one_line(self.name))

    @property
    def meaning(self) -> str:
        """When it holds, in the language in use."""
        return _(self.source_meaning).format(kind=one_line(self.name))


TEMPLATES: tuple[Template, ...] = (
    Template("purchase", N_("A purchase"), N_("Bought something within so many days."),
             {"event": "purchase", "within_days": 30}),
    Template("purchases", N_("Several purchases"), N_("Bought so often within so many days."),
             {"event": "purchase", "count": 3, "within_days": 180}),
    Template("spend", N_("Money spent"), N_("Paid so much within so many days, less what was given back."),
             {"spend": "100", "within_days": 365}),
    Template("subscription", N_("A subscription"),
             N_("Has a subscription, membership or contract in force, or ended a few days ago."),
             {"subscription": "any", "grace_days": 7}),
    Template("visit", N_("A visit"), N_("Was here within so many days, bought or not."),
             {"event": "visit", "within_days": 30}),
    Template("booking", N_("A booking ahead"), N_("Has an appointment, a table or a delivery still to come."),
             {"event": "booking", "ahead": True}),
    Template("usage", N_("Use of the service"), N_("Used it, or one feature of it, within so many days."),
             {"event": "usage", "within_days": 30}),
    Template("seasonal", N_("The same season each year"),
             N_("Comes at the same time each year: not lost until that time has passed once more."),
             {"seasonal": 3, "around_days": 30, "event": "purchase"}),
    Template("contact", N_("A contact from the customer"),
             N_("Got in touch within so many days: by phone, by mail, in person."),
             {"event": "contact", "direction": "in", "within_days": 60}),
    Template("newsletter", N_("A newsletter opened or clicked"),
             N_("Read your newsletter within so many days."),
             {"event": "newsletter", "action": ("open", "click"), "within_days": 90}),
    Template("loyalty", N_("The loyalty card used"), N_("Earned or redeemed points within so many days."),
             {"event": "loyalty", "action": ("earn", "redeem"), "within_days": 60}),
    Template("review", N_("A review"), N_("Wrote a review within so many days, good or bad."),
             {"event": "review", "within_days": 90}),
    Template("referral", N_("A referral"), N_("Sent somebody else to you within so many days."),
             {"event": "referral", "within_days": 365}),
    Template("window_used", N_("Most of the time to inactivity has gone"),
             N_("Nothing has happened for so great a part of the time in which something must."),
             {"window_used": Decimal("0.8")}, only_at_risk=True),
    Template("rhythm", N_("Silent for longer than usual for this customer"),
             N_("Measured by the customer's own gap between purchases, so each has a limit of their own."),
             {"rhythm": Decimal("1.5"), "min_purchases": 4}),
    Template("complaint", N_("A complaint that is not resolved"),
             N_("Complained within so many days; it stops counting once it is resolved."),
             {"event": "complaint", "within_days": 30, "unless_resolved": True}),
    Template("bad_review", N_("A bad review"), N_("Gave two stars or fewer within so many days."),
             {"event": "review", "rating_at_most": 2, "within_days": 60}),
    Template("unsubscribed", N_("The newsletter cancelled"), N_("No longer wants your newsletter."),
             {"event": "newsletter", "action": "unsubscribe", "within_days": 90}),
    Template("newcomer", N_("A customer for so long at most"),
             N_("The first purchase, visit or subscription was no more than so many days ago."),
             {"tenure_at_most": 90}),
    Template("tenure", N_("A customer for so long at least"),
             N_("The first purchase, visit or subscription was so many days ago, or more."),
             {"tenure_at_least": 365}),
)
"""Every sort of condition that is built in, the usual ones first."""


def templates(section: str, own_kinds: Mapping[str, int]) -> list[Template]:
    """The conditions that can be added to a section, those on the owner's own kinds of event last."""
    fitting = [each for each in TEMPLATES if section == "at_risk" or not each.only_at_risk]
    own = [
        Template(f"own:{kind}", N_("An event “{kind}”"), N_("It happened within so many days."),
                 {"event": kind, "within_days": 30}, name=kind)
        for kind in own_kinds
    ]
    return fitting + own
