"""What an import is told: the owner's answers, and what the store already knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.kinds import KIND_OF_WORD

DATE_ORDERS = ("dmy", "mdy", "ymd")
DECIMAL_MARKS = (",", ".")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner says about a file. Empty means: find out, or ask."""

    source: str = ""
    """The name under which the file's ids and keys hold; the same for every export of one program."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading or number (from 1) of a column → field (`columns.vocabulary`), or `ignore`."""
    date_order: str = ""
    """One of `DATE_ORDERS`."""
    decimal: str = ""
    """One of `DECIMAL_MARKS`."""
    encoding: str = ""
    delimiter: str = ""
    currency: str = ""
    country: str = ""
    """ISO 3166 alpha-2: where telephone numbers without a country code are at home."""
    time_zone: str = ""
    """IANA name, such as `Europe/Lisbon`: whose calendar day a moment with a time zone belongs to."""
    older: str = ""
    """`keep` or `take`: what becomes of what an older export would turn back."""
    missing: str = ""
    """`left` or `keep`: what becomes of people who are not on a list any more that always holds everyone."""
    same_sale: str = ""
    """`skip` or `both`: what becomes of a sale that another source has told already."""
    bring_back: bool = False
    """Whether events that were deleted by hand come back."""
    cents: str = ""
    """`yes` or `no`: whether amounts are written in hundredths (2999 for 29.99)."""
    serials: str = ""
    """`1900` or `1904`: where a spreadsheet's day numbers are counted from."""
    carry_down: str = ""
    """`yes` or `no`: whether what is written once, above or on the first of its rows, holds below it."""
    day_sums: str = ""
    """`skip` or `take`: what becomes of rows that are what was taken on a whole day, for nobody."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known without the file."""

    today: Day
    currency: str = ""
    """The store's currency; empty in a store that has none yet."""
    usual_currency: str = "EUR"
    """The currency to assume where neither the file nor the store names one."""
    country: str = ""
    time_zone: str = ""
    """The business's time zone; empty: the day that is written is taken."""
    remembered: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What was answered about earlier files, by the signature of their headings (`remembering`)."""
    kinds: Mapping[str, int] = field(default_factory=lambda: KIND_OF_WORD)
    """Every event kind of the store by its word, the owner's own included."""
