"""What else changes in a condition when one of its values does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activetui.activity.editing.fields import head_of, kinds_of
from activetui.activity.editing.terms import Terms
from activetui.activity.editing.toml_text import Value, plain
from activetui.activity.reading.positions import Path

_USUAL_WINDOW = 30
_OF_EVERY_KIND = ("event", "within_days")


def dependent(
    before: Mapping[str, Any], key: str, value: Value | None, path: Path, terms: Terms
) -> dict[str, Any]:
    """The table of a condition with one key set, or taken away, and what that brings with it."""
    after = dict(before)
    if value is None or value is False:
        after.pop(key, None)
    else:
        after[key] = plain(value)
    if head_of(before) != "event":
        return after
    if key == "ahead":
        return {"event": "booking", "ahead": True} if value else _counted_afterwards(after)
    if key == "event":
        after = _of_another_kind(after, path, terms)
    if "event" not in after and not terms.fits(after, path):
        after = {"event": "purchase", **after}             # the key that went had stood for it
    return after


def _counted_afterwards(table: dict[str, Any]) -> dict[str, Any]:
    return {"within_days": _USUAL_WINDOW} | {key: value for key, value in table.items() if key != "ahead"}


def _of_another_kind(table: dict[str, Any], path: Path, terms: Terms) -> dict[str, Any]:
    """Without the details that the kind does not have; with the one that it cannot do without."""
    kinds = kinds_of(table)
    if kinds != ("booking",) and table.get("ahead"):
        table = _counted_afterwards(table)
    if table.get("ahead"):
        return table
    bare: dict[str, Any] = {"event": list(kinds), "within_days": _USUAL_WINDOW}
    if "subscription" in kinds:
        bare["action"] = ["start", "renewal"]
    kept = {
        key: value for key, value in table.items()
        if key in _OF_EVERY_KIND or terms.fits({**bare, key: value}, path)
    }
    return {**bare, **kept} if "action" in bare else kept
