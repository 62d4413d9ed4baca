"""The groups of buyers by recency, frequency and money: every buyer is in exactly one of them.

A group is a rectangle of two figures: the quintile R of the last purchase, and FM, the mean of the quintiles
of the number of purchases and of the spend, rounded up. Quintiles are those of `store.listing.quintiles`.
"""

from __future__ import annotations

from typing import NamedTuple

from activetui.locales import _


class Group(NamedTuple):
    """Both figures from the first to the last of each, ends included."""

    r: tuple[int, int]
    fm: tuple[int, int]


GROUPS: dict[str, Group] = {
    "champions": Group((5, 5), (4, 5)),
    "regulars": Group((3, 4), (4, 5)),
    "potential": Group((4, 5), (2, 3)),
    "newcomers": Group((5, 5), (1, 1)),
    "promising": Group((4, 4), (1, 1)),
    "need_attention": Group((3, 3), (3, 3)),
    "about_to_sleep": Group((3, 3), (1, 2)),
    "cant_lose": Group((1, 2), (5, 5)),
    "slipping": Group((1, 2), (3, 4)),
    "hibernating": Group((1, 2), (1, 2)),
}
"""The groups by name, the best first."""

_MEANT = {
    "loyal": "regulars", "loyal_customers": "regulars", "loyalists": "regulars",
    "potential_loyalist": "potential", "potential_loyalists": "potential",
    "new": "newcomers", "new_customers": "newcomers", "recent_customers": "newcomers",
    "attention": "need_attention", "needs_attention": "need_attention", "needing_attention": "need_attention",
    "at_risk": "slipping", "risk": "slipping", "sleeping": "about_to_sleep",
    "cant_loose": "cant_lose", "cannot_lose": "cant_lose", "cant_lose_them": "cant_lose",
    "lost": "hibernating", "best": "champions",
}
"""What other programs call the groups. Words that are statuses or types here name no group, so that nobody
takes the one for the other."""


def group_meant(word: str) -> str:
    """The group that goes by another name elsewhere; empty where none does."""
    return _MEANT.get(word, "")


def group_title(name: str) -> str:
    """What a group is called on screens."""
    return {
        "champions": _("champions"),
        "regulars": _("regulars"),
        "potential": _("could become regulars"),
        "newcomers": _("newcomers"),
        "promising": _("promising"),
        "need_attention": _("need attention"),
        "about_to_sleep": _("about to sleep"),
        "cant_lose": _("can't lose them"),
        "slipping": _("slipping away"),
        "hibernating": _("hibernating"),
    }.get(name, name)
