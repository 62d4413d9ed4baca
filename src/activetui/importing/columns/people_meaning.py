"""Whether a file tells of opinions, tickets, points, referrals or subscriptions, by its columns."""

from __future__ import annotations

from activetui.importing.columns.column import Layout
from activetui.importing.columns.vocabulary import WHO

_PAID = ("amount", "order_total", "unit_price", "quantity")
_WHEN = ("date", "visit_date")
_AGREED = ("consent", "no_consent", "consent_date")
_ON_A_LIST = frozenset((
    "email", "name", "first_name", "last_name", "consent", "no_consent", "consent_date", "customer_since",
    "tags", "language", "country", "acquisition", "unsubscribe_reason", "row_number",
))
"""All that a list of a newsletter says of people, where it says no more."""
_RUNS = ("subscription_renewal", "subscription_end", "until")
_TERM = ("subscription_start", "subscription_renewal", "paused_at")


def people_meaning(layout: Layout) -> str:
    """`reviews`, `tickets`, `loyalty`, `referrals`, `subscriptions`, `newsletter`, or nothing where the
    columns tell of none of these."""
    if not layout.has(*WHO):
        return ""
    if layout.has(*_WHEN) and not layout.has(*_PAID):
        told = _dated(layout)
        if told:
            return told
    if layout.has("unsubscribed_at") and layout.has("email") and not layout.has(*_PAID):
        return "newsletter"
    if layout.has("email") and layout.has(*_AGREED) and layout.fields <= _ON_A_LIST:
        return "newsletter"
    return "subscriptions" if _is_subscription(layout) else ""


def _dated(layout: Layout) -> str:
    if layout.has("rating", "score", "review_text"):
        return "reviews"
    if layout.has("resolved_at") or (layout.has("subject") and layout.has("state", "kind", "category")):
        return "tickets"
    if layout.has("points"):
        return "loyalty"
    return "referrals" if layout.has("referred_by") else ""


def _is_subscription(layout: Layout) -> bool:
    """A term that begins, is renewed or paused; an end alone only beside a plan."""
    if layout.has("plan", "recurrence") and layout.has("subscription_start") and layout.has(*_RUNS):
        return not layout.has("sku", "unit_price")
    if layout.has("order_id", "quantity", "sku", "visit_date"):
        return layout.has("subscription_renewal", "paused_at") and not layout.has("quantity", "sku")
    return layout.has(*_TERM) or (layout.has("until", "subscription_end") and layout.has("plan", "product"))
