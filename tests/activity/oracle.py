"""What every status means, written slowly from the words of the design: day by day, customer by customer.

It reads a definition as the plain tables of its TOML, and shares no code with the evaluator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any

from activetui.activity.block import BlockEvent
from activetui.ledger.kinds import KIND_OF_WORD

ALWAYS_AGO = -(10**9)
FIRST_DATE = date(1970, 1, 1)


@dataclass
class Oracle:
    """The words of the definition, applied to one customer."""

    tables: dict[str, Any]
    events: list[BlockEvent]
    """In the order of event numbers."""
    ledger_start: int | None
    vip: bool = False
    _active: dict[int, bool] = field(default_factory=dict)
    _seasons: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.events = sorted(self.events, key=lambda event: event.day)      # stable: numbers within a day

    # statuses

    def statuses(self, first: int, last: int) -> dict[int, str]:
        """The status of each day; `first` must lie before every event."""
        found = {}
        was_active = ever_active = False
        run_start, first_run, came_back, first_inactive = ALWAYS_AGO, True, False, None
        for day in range(first, last + 1):
            if self.active(day):
                if not was_active:
                    run_start = day if day > first else ALWAYS_AGO
                    first_run = not ever_active
                    came_back = first_inactive is not None
                was_active = ever_active = True
                first_inactive = None
                found[day] = self._active_status(day, run_start, first_run, came_back)
                continue
            was_active = False
            if self.ledger_start is None or day < self.ledger_start + reach(self.tables["active"]):
                found[day] = "unknown"
            elif not ever_active:
                found[day] = "prospect"
            else:
                if first_inactive is None:
                    first_inactive = day
                lost = self.tables.get("lost", {}).get("days", math.inf)
                found[day] = "lost" if day - first_inactive >= lost else "inactive"
        return found

    def _active_status(self, day: int, run_start: int, first_run: bool, came_back: bool) -> str:
        if "at_risk" in self.tables and self.holds(self.tables["at_risk"], day):
            return "at_risk"
        if first_run and day - run_start < self.tables.get("new", {}).get("days", 0):
            return "new"
        returned = not first_run and came_back
        if returned and day - run_start < self.tables.get("reactivated", {}).get("days", 0):
            return "reactivated"
        return "active"

    def active(self, day: int) -> bool:
        if day not in self._active:
            self._active[day] = self.holds(self.tables["active"], day)
        return self._active[day]

    # conditions

    def holds(self, table: dict[str, Any], day: int, share: Fraction | None = None) -> bool:
        """Whether a condition holds on a day; with a share, with its windows cut to that share."""
        parts = []
        if "any" in table:
            parts.append(any(self.holds(part, day, share) for part in table["any"]))
        if "all" in table:
            parts.append(all(self.holds(part, day, share) for part in table["all"]))
        if "none" in table:
            parts.append(not any(self.holds(part, day) for part in table["none"]))
        if parts:
            return all(parts)
        if "window_used" in table:
            used = Fraction(str(table["window_used"]))
            return self.active(day) and not self.holds(self.tables["active"], day, used)
        if "subscription" in table:
            return self._subscribed(table, day, share)
        if "rhythm" in table:
            return self._silent(table, day)
        if "tenure_at_least" in table or "tenure_at_most" in table:
            return self._stayed(table, day)
        if "seasonal" in table:
            return self._in_season(table, day, share)
        if table.get("ahead"):
            return any(
                event.kind == KIND_OF_WORD["booking"] and event.counts and known(event) <= day <= event.day
                for event in self.events
            )
        return self._happened(table, day, share)

    def _happened(self, table: dict[str, Any], day: int, share: Fraction | None) -> bool:
        within = table["within_days"]
        near = [
            event for event in self.events
            if event.day <= day and wanted(event, table)
            and (day - event.day <= within if share is None else day - event.day < share * within)
            and not (table.get("unless_resolved") and self._resolved(event, day))
        ]
        if "spend" in table and sum(event.net for event in near) < Fraction(table["spend"]) * 100:
            return False
        return len(near) >= table.get("count", 1)

    def _resolved(self, complaint: BlockEvent, day: int) -> bool:
        return any(
            event.kind == KIND_OF_WORD["complaint_resolved"] and event.counts
            and complaint.day <= event.day <= day
            for event in self.events
        )

    def _subscribed(self, table: dict[str, Any], day: int, share: Fraction | None) -> bool:
        grace = table.get("grace_days", 0)
        for first, last, event in self.periods(day):
            if table["subscription"] not in ("any", event.nature):
                continue
            if "product" in table and event.product not in lower(table["product"]):
                continue
            if share is None and first <= day <= last + grace:
                return True
            if share is not None and first <= day and day - first < share * (last - first + 1 + grace):
                return True
        return False

    def periods(self, day: int) -> list[tuple[int, int, BlockEvent]]:
        """First and last day of each subscription, and its event, as known on a day."""
        known_events = [
            event for event in self.events
            if event.kind == KIND_OF_WORD["subscription"] and event.counts and event.day <= day
        ]
        found = []
        for number, event in enumerate(known_events):
            if event.action in ("pause", "cancel"):
                continue
            last = 10**9 if event.until is None else event.until
            for later in known_events[number + 1 :]:
                if later.product == event.product and later.action in ("pause", "cancel"):
                    day_before = later.day - 1
                    if later.action == "cancel" and later.until is not None:
                        last = min(last, max(later.until, day_before))
                    else:
                        last = min(last, day_before)
                    break
            if last >= event.day:
                found.append((event.day, last, event))
        return found

    def _silent(self, table: dict[str, Any], day: int) -> bool:
        days = self.purchase_days(day)
        if len(days) < table.get("min_purchases", 4):
            return False
        return day - days[-1] >= Fraction(str(table["rhythm"])) * self.rhythm(day)

    def _stayed(self, table: dict[str, Any], day: int) -> bool:
        kinds = [KIND_OF_WORD[word] for word in ("purchase", "visit", "subscription")]
        came = [event.day for event in self.events if event.kind in kinds and event.counts]
        if not came or min(came) > day:
            return False
        return table.get("tenure_at_least", 0) <= day - min(came) <= table.get("tenure_at_most", math.inf)

    def _in_season(self, table: dict[str, Any], day: int, share: Fraction | None) -> bool:
        words = texts(table.get("event", "purchase"))
        kinds = [KIND_OF_WORD[word] for word in words]
        days = sorted({event.day for event in self.events if event.kind in kinds and event.counts})
        around = table.get("around_days", 30)
        for came in days:
            length = anniversary(came, 1) + around - came
            over = day - came > length if share is None else day - came >= share * length
            key = (came, table["seasonal"], around, *words)
            if came > day or over:
                continue
            if key not in self._seasons:
                self._seasons[key] = returns_every_year(came, table["seasonal"], around, days)
            if self._seasons[key]:
                return True
        return False

    # figures

    def purchase_days(self, day: int) -> list[int]:
        return sorted({event.day for event in self.purchases(day)})

    def purchases(self, day: int) -> list[BlockEvent]:
        return [e for e in self.events if e.kind == KIND_OF_WORD["purchase"] and e.counts and e.day <= day]

    def rhythm(self, day: int) -> Fraction | None:
        days = self.purchase_days(day)
        gaps = [Fraction(later - earlier) for earlier, later in pairwise(days)]
        return median(gaps[-12:]) if len(gaps) >= 2 else None

    def is_of_type(self, name: str, day: int) -> bool:
        return (name == "vip" and self.vip) or self.holds(self.tables["types"][name], day)


def wanted(event: BlockEvent, table: dict[str, Any]) -> bool:
    """Whether an event is one that a condition asks for, whatever its day."""
    words = texts(table.get("event", ["purchase", "refund"] if "count" not in table else "purchase"))
    if event.kind not in [KIND_OF_WORD[word] for word in words]:
        return False
    if not event.counts and event.kind != KIND_OF_WORD["refund"]:
        return False
    if "rating_at_most" in table and (event.rating is None or event.rating > table["rating_at_most"]):
        return False
    if "rating_at_least" in table and (event.rating is None or event.rating < table["rating_at_least"]):
        return False
    if event.nature != table.get("nature", event.nature):
        return False
    for key in ("action", "direction"):
        if key in table and event.action not in texts(table[key]):
            return False
    for key in ("product", "feature"):
        if key in table and event.product not in lower(table[key]):
            return False
    return "channel" not in table or event.channel in lower(table["channel"])


def anniversary(day: int, years: int) -> int:
    """The same date so many years later."""
    then = FIRST_DATE + timedelta(days=day)
    if (then.month, then.day) == (2, 29):
        ahead = date(then.year + years, 3, 1) - timedelta(days=1)
    else:
        ahead = date(then.year + years, then.month, then.day)
    return (ahead - FIRST_DATE).days


def returns_every_year(came: int, years: int, around: int, days: list[int]) -> bool:
    """Whether each of the years had a day in this season, and at least half of the days lie in seasons."""
    days = [day for day in days if day <= came]
    seasons = [anniversary(came, -back) for back in range(years)]
    in_season = [[day for day in days if abs(day - middle) <= around] for middle in seasons]
    since = [day for day in days if day >= seasons[-1] - around]
    inside = {day for found in in_season for day in found}
    return all(in_season) and len(set(since) - inside) <= len(inside)


def reach(table: dict[str, Any]) -> int:
    """The longest look-back of a condition in days."""
    inner = [reach(part) for group in ("any", "all", "none") for part in table.get(group, [])]
    keys = ("within_days", "grace_days", "tenure_at_least", "tenure_at_most")
    return max([table.get(key, 0) for key in keys] + [seasonal_reach(table), *inner])


def seasonal_reach(table: dict[str, Any]) -> int:
    """The days from the first day of the first season to the last of the one that is awaited, at most."""
    if "seasonal" not in table:
        return 0
    years = range(2000, 2004)                   # one of them, and of each four, is a leap year
    longest = max((date(year + table["seasonal"], 3, 1) - date(year, 3, 1)).days for year in years)
    return longest + 2 * table.get("around_days", 30)


def lower(value: str | list[str]) -> list[str]:
    return [text.lower() for text in texts(value)]


def known(event: BlockEvent) -> int:
    return event.day if event.known is None else min(event.known, event.day)


def texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
