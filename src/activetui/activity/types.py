"""The overlapping types of customer; bit i of `fact.types` is `TYPES[i]`."""

from __future__ import annotations

TYPES: tuple[str, ...] = (
    "recent_buyer",
    "loyal",
    "support_service",
    "product_subscriber",
    "service_subscriber",
    "contact",
    "advocate",
    "vip",
)

DEFAULT_TYPES = """\
[types.recent_buyer]
event = "purchase"
within_days = 30

[types.loyal]
event = "purchase"
count = 5
within_days = 365

[types.support_service]
event = ["support", "complaint"]
within_days = 180

[types.product_subscriber]
subscription = "product"

[types.service_subscriber]
subscription = "service"

[types.contact]
any = [
  { event = "contact", direction = "in", within_days = 90 },
  { event = ["feedback", "social"], within_days = 90 },
  { event = "newsletter", action = ["open", "click", "reply"], within_days = 90 },
]

[types.advocate]
any = [
  { event = "referral", within_days = 365 },
  { event = "review", rating_at_least = 4, within_days = 365 },
  { event = "feedback", rating_at_least = 9, within_days = 365 },
]

[types.vip]                                # and whoever carries the tag "vip"
spend = "1000.00"
within_days = 365
"""
"""What makes a customer of each type, unless the definition says otherwise."""
