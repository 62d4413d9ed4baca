"""The fields that a column can mean: the words of `--map COLUMN=FIELD` and of the plan."""

from __future__ import annotations

from typing import Literal, NamedTuple

Sort = Literal["text", "day", "time", "money", "number", "email", "phone", "flag", "word"]
About = Literal["customer", "event", "order", "line", "nothing"]


class Field(NamedTuple):
    """One meaning of a column."""

    name: str
    sort: Sort
    about: About
    several: bool = False
    """Whether several columns may have this meaning: the first that is filled wins."""


IGNORE = "ignore"

_FIELDS = (
    # who
    Field("customer_id", "text", "customer"),
    Field("name", "text", "customer", True),
    Field("first_name", "text", "customer", True),
    Field("last_name", "text", "customer", True),
    Field("middle_name", "text", "customer"),
    Field("company", "text", "customer", True),
    Field("tax_id", "text", "customer", True),
    Field("email", "email", "customer", True),
    Field("phone", "phone", "customer", True),
    Field("phone_area", "text", "customer"),
    Field("contacts", "text", "customer", True),
    Field("address", "text", "customer", True),
    Field("city", "text", "customer", True),
    Field("region", "text", "customer", True),
    Field("postcode", "text", "customer", True),
    Field("country", "text", "customer", True),
    Field("language", "text", "customer"),
    Field("birthday", "day", "customer"),
    Field("history_from", "day", "customer"),
    Field("tags", "text", "customer", True),
    Field("customer_note", "text", "customer"),
    Field("consent", "flag", "customer"),
    Field("no_consent", "flag", "customer"),
    Field("do_not_contact", "flag", "customer"),
    # kept beside the customer: hints, never events
    Field("customer_since", "day", "customer"),
    Field("consent_date", "day", "customer"),
    Field("first_visit", "day", "customer"),
    Field("last_visit", "day", "customer"),
    Field("total_spent", "money", "customer"),
    Field("orders_count", "number", "customer"),
    Field("gender", "text", "customer"),
    Field("acquisition", "text", "customer"),
    # what happened
    Field("order_id", "text", "event", True),
    Field("date", "day", "event"),
    Field("time", "time", "event"),
    Field("visit_date", "day", "event"),
    Field("kind", "word", "event"),
    Field("action", "word", "event"),
    Field("nature", "word", "event"),
    Field("state", "word", "event", True),
    Field("order_total", "money", "order"),
    Field("amount", "money", "line"),
    Field("refunded", "money", "order"),
    Field("outstanding", "money", "order"),
    Field("paid_so_far", "money", "order"),
    Field("currency", "word", "event"),
    Field("cancelled_at", "day", "event"),
    Field("rating", "number", "event"),
    Field("channel", "text", "event"),
    Field("until", "day", "event"),
    Field("recorded", "day", "event"),
    Field("entered", "day", "event"),
    Field("note", "text", "event"),
    Field("source", "text", "event"),
    Field("event_key", "text", "event"),
    # what was bought
    Field("product", "text", "line", True),
    Field("sku", "text", "line"),
    Field("category", "text", "line"),
    Field("quantity", "number", "line"),
    Field("unit_price", "money", "line"),
    Field("discount_percent", "number", "line", True),
    Field("line_refunded", "money", "line"),
    Field("quantity_refunded", "number", "line"),
    Field("instalment", "text", "event"),
    # what sort of row it is, and what it belongs to
    Field("row_class", "word", "event", True),
    Field("reference", "text", "event", True),
    Field("payment_ref", "text", "event", True),
    Field("recipient", "email", "event"),
    Field("adjusted_total", "money", "order"),
    Field("cancelled", "flag", "event"),
    Field("fully_refunded", "flag", "event"),
    Field("charged_back", "flag", "event"),
    Field("chargeback_won", "flag", "event"),
    Field("items", "text", "line", True),
    # visits, subscriptions, opinions
    Field("no_show", "flag", "event"),
    Field("attended", "flag", "event"),
    Field("booked_at", "day", "event"),
    Field("subscription_start", "day", "event"),
    Field("subscription_renewal", "day", "event"),
    Field("subscription_end", "day", "event"),
    Field("paused_at", "day", "event"),
    Field("active_subscription", "flag", "event"),
    Field("recurrence", "text", "event"),
    Field("sessions_left", "text", "customer"),
    Field("unsubscribed_at", "day", "event"),
    Field("unsubscribe_reason", "text", "event", True),
    Field("subject", "text", "event"),
    Field("resolved_at", "day", "event"),
    Field("score", "number", "event"),
    Field("review_text", "text", "event"),
    Field("referred_by", "text", "event"),
    Field("points", "number", "event"),
    Field("points_balance", "number", "customer"),
    # read and left
    Field("subtotal", "money", "order"),
    Field("tax", "money", "order"),
    Field("fee", "money", "order"),
    Field("discount", "money", "order"),
    Field("shipping", "money", "order"),
    Field("tip", "money", "order"),
    Field("gift_card", "money", "order"),
    Field("net", "money", "order"),
    Field("end_time", "text", "nothing"),
    Field("shipped_at", "day", "nothing"),
    Field("updated_at", "day", "nothing"),
    Field("paid_at", "day", "order"),
    Field("due_date", "day", "order"),
    Field("time_zone", "text", "nothing"),
    Field("payment_method", "text", "nothing"),
    Field("coupon", "text", "nothing"),
    Field("staff", "text", "nothing"),
    Field("duration", "text", "nothing"),
    Field("plan", "text", "customer"),
    Field("row_number", "number", "nothing"),
    Field("civility", "text", "nothing"),
    Field("identities", "text", "customer"),
    Field("extra", "text", "customer", True),
    Field(IGNORE, "text", "nothing", True),
)

FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}

WHO = ("customer_id", "email", "phone", "tax_id", "name", "first_name", "last_name", "company")
"""Fields of which one is enough to know a customer."""

WHAT = ("order_id", "product", "amount", "order_total", "unit_price", "quantity", "subtotal", "refunded")
"""Fields that only something bought has."""

HINTS = (
    "customer_since", "consent_date", "first_visit", "last_visit", "total_spent", "orders_count", "gender",
    "acquisition", "plan", "sessions_left", "points_balance",
)
"""Aggregates and side facts that a list gives of a customer: kept beside the customer, never events."""
