"""What is known of a program's export: its headings, its words, its habits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from activetui.importing.columns.named import Headings

MEANINGS = (
    "purchases", "movements", "visits", "subscriptions", "customers", "contacts", "reviews", "tickets",
    "referrals", "loyalty", "newsletter", "native",
)
"""What a row of a file can tell."""
TOTALS = ("first_row", "every_row", "")
COUNTED = ("sale", "refund", "chargeback")
"""Classes of rows that tell of a sale or of money given back; rows of the other classes are not counted."""
CLASSES = (
    *COUNTED, "fee", "payout", "transfer", "top_up", "conversion", "expense", "cart", "draft", "quote",
    "gift_card", "payment_of_invoice", "aggregate", "chargeback_cancel", "ignored",
)
NO_STATE = "none"
"""What stands in `[states]` for words that say nothing about payment, such as an open order."""
OTHERS = ("ignored", "sale", "")


@dataclass(frozen=True, slots=True)
class System:
    """A program's export, as its TOML file describes it."""

    name: str
    source: str
    """Exports with the same source share ids and keys."""
    meaning: str
    """What a row tells: one of `MEANINGS`."""
    recognise: tuple[tuple[str, ...], ...]
    """Sets of headings; a file that has all of one set is of this system."""
    stem: str = ""
    """The name of its file, without `.toml`."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field → headings, the first that is filled wins."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The program's own words (`*` for any signs) → states, or `NO_STATE`."""
    classes: Mapping[str, str] = field(default_factory=dict)
    """The program's own words for the sort of a row (field `row_class`, `*` for any signs) → `CLASSES`."""
    other: str = ""
    """The class of a row whose word nobody knows; empty: a sale, or a refund where the amount is negative."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Field → what every row says of it without a column."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Field of the customer → what of its cell is meant: a regular expression with one group."""
    totals: str = ""
    """Where the amount of a whole order stands: its first row, every one; empty: rows have their own."""
    adds: tuple[str, ...] = ()
    """Fields of money that what the customer paid consists of besides the amount, such as `shipping`."""
    subtracts: tuple[str, ...] = ()
    """Fields of money that the customer did not pay although the amount holds them, such as `discount`."""
    negative: str = ""
    """`refund`: a negative row of an order gives money back; empty: it may as well be a discount."""
    unpaid_without: str = ""
    """Field that every paid order fills, such as `paid_at`: orders that leave it empty are unpaid."""
    date_order: str = ""
    decimal: str = ""
    account: bool = False
    """Whether the rows are those of an account through which other money flows, too: what goes out is an
    expense unless it is said to be a refund, and what comes from nobody is no sale."""
    time_zone: str = ""
    """The zone of moments that do not name their own, such as `UTC`."""
    email_is_alias: tuple[str, ...] = ()
    """Addresses (`*` for any signs) that a marketplace makes up: they are nobody's identity."""
    file_name: tuple[str, ...] = ()
    """Names of files (`*` for any signs) that tell this export from others with the same headings."""
    own_columns: bool = False
    """Whether headings that are not named here are the owner's own, and understood as in any other file."""
    only_these: bool = False
    """Whether a file with any other heading is of another program: these alone are too usual."""
    phones: str = ""
    """`international`: telephone numbers begin with a country code, with or without a plus."""
    whole_list: bool = False
    """Whether each export holds everyone who is still there: who is missing has left."""
    exact: bool = False
    """Whether headings are compared letter by letter."""

    def fits(self, header: Sequence[str]) -> int:
        """How many headings of the best set a header has, if it has all of one; else 0."""
        return self.fits_in(Headings(header, exact=self.exact))

    def fits_in(self, headings: Headings) -> int:
        """`fits` for headings made comparable."""
        fits = max((len(one) for one in self.recognise if all(map(headings.places, one))), default=0)
        return 0 if fits and self.only_these and not self._names_all(headings) else fits

    def _names_all(self, headings: Headings) -> bool:
        wanted = (*self.recognise, *self.columns.values())
        named = {place for one in wanted for heading in one for place in headings.places(heading)}
        return len(named) == len(headings)

    def fits_name(self, file_name: str) -> int:
        """1 for a name that this export has, -1 for one that it cannot have, 0 where names do not tell."""
        if not self.file_name or not file_name:
            return 0
        name = file_name.casefold()
        return 1 if any(fnmatchcase(name, one.casefold()) for one in self.file_name) else -1
