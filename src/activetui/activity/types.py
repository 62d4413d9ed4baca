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
