"""The fields of the filter language: names, what they hold, what may be asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto


class Holds(Enum):
    """What a field holds, which decides how its values are read."""

    STATUS = auto()
    TYPE = auto()
    SEGMENT = auto()
    """Another segment, by its name."""
    AS_OF = auto()
    """The one day that the whole query is asked of."""
    QUINTILE = auto()
    """The fifth of the buyers that one belongs to, from 1 to 5 (the best)."""
    GROUP = auto()
    """A group of buyers by their quintiles."""
    KIND = auto()
    YES_NO = auto()
    CONSENT = auto()
    COMPLAINT = auto()
    REASON = auto()
    """Why a customer stayed away."""
    PRESENCE = auto()
    TEXT = auto()
    """Found anywhere in the field with `:`, as the whole of it with `=`."""
    CODE = auto()
    """Always the whole: tags, countries, languages, keys."""
    PHONE = auto()
    MONEY = auto()
    WHOLE = auto()
    """A whole number."""
    LENGTH = auto()
    """A number of days."""
    PAST = auto()
    """A day on or before the as-of day: `last>60d` is more than 60 days ago."""
    AHEAD = auto()
    """A day that is to come: `until<7d` is within the next 7 days."""


COMPARED = frozenset({Holds.MONEY, Holds.WHOLE, Holds.LENGTH, Holds.PAST, Holds.AHEAD, Holds.QUINTILE})
"""What can be compared with `<` and `>` and asked for in ranges."""

DAYS = frozenset({Holds.PAST, Holds.AHEAD})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the language. `can_lack`: whether `has:` and `none:` make sense for it."""

    name: str
    holds: Holds
    example: str
    also: tuple[str, ...] = ()
    can_lack: bool = False

    @property
    def costs(self) -> int:
        """What looking for a value costs with each customer, in searched texts; 0 where it is known."""
        if self.name == "product":
            return 3
        return 1 if self.holds in (Holds.TEXT, Holds.PHONE) or self.name == "was" else 0


_ALL = (
    Field("status", Holds.STATUS, "status:at_risk"),
    Field("turns", Holds.STATUS, "turns:inactive", ("next_status",), can_lack=True),
    Field("was", Holds.STATUS, "was:lost"),
    Field("active", Holds.YES_NO, "active:yes"),
    Field("type", Holds.TYPE, "type:loyal", ("types",), can_lack=True),
    Field("tag", Holds.CODE, "tag:vip", ("tags",), can_lack=True),
    Field("kind", Holds.KIND, "kind:complaint", ("event",)),
    Field("complaint", Holds.COMPLAINT, "complaint:open", can_lack=True),
    Field("product", Holds.TEXT, 'product:"olive oil"', ("bought",), can_lack=True),
    Field("country", Holds.CODE, "country:PT", can_lack=True),
    Field("city", Holds.TEXT, "city:Lisboa", can_lack=True),
    Field("language", Holds.CODE, "language:pt", can_lack=True),
    Field("company", Holds.TEXT, "company:Lua", can_lack=True),
    Field("name", Holds.TEXT, "name:Silva", can_lack=True),
    Field("email", Holds.TEXT, "email:example.com", ("e-mail",), can_lack=True),
    Field("phone", Holds.PHONE, "phone:351912", can_lack=True),
    Field("note", Holds.TEXT, "note:garden", can_lack=True),
    Field("key", Holds.CODE, "key:C-1042", can_lack=True),
    Field("id", Holds.WHOLE, "id:12"),
    Field("spend", Holds.MONEY, "spend>500"),
    Field("year", Holds.MONEY, "year>200", ("year_spend",)),
    Field("purchases", Holds.WHOLE, "purchases>=3", can_lack=True),
    Field("rhythm", Holds.LENGTH, "rhythm<14d", can_lack=True),
    Field("first", Holds.PAST, "first>1y", ("first_purchase",), can_lack=True),
    Field("last", Holds.PAST, "last>60d", ("last_purchase",), can_lack=True),
    Field("since", Holds.PAST, "since<30d", ("status_since",), can_lack=True),
    Field("contacted", Holds.PAST, "contacted>30d", ("last_contact",), can_lack=True),
    Field("complained", Holds.PAST, "complained<90d", can_lack=True),
    Field("cancelled", Holds.PAST, "cancelled<90d", can_lack=True),
    Field("unrenewed", Holds.PAST, "unrenewed<30d", can_lack=True),
    Field("joined", Holds.PAST, "joined<30d", can_lack=True),
    Field("returned", Holds.PAST, "returned<30d", ("reactivated",), can_lack=True),
    Field("lapsed", Holds.PAST, "lapsed<30d", can_lack=True),
    Field("until", Holds.AHEAD, "until<=7d", ("status_until",), can_lack=True),
    Field("next", Holds.AHEAD, "next<7d", ("next_expected",), can_lack=True),
    Field("renewal", Holds.AHEAD, "renewal<30d", can_lack=True),
    Field("expires", Holds.AHEAD, "expires<30d", can_lack=True),
    Field("birthday", Holds.AHEAD, "birthday<=7d", can_lack=True),
    Field("anniversary", Holds.AHEAD, "anniversary<=7d", can_lack=True),
    Field("playbook", Holds.CODE, "playbook:inactive_regular", can_lack=True),
    Field("reason", Holds.REASON, "reason:price", can_lack=True),
    Field("consent", Holds.CONSENT, "consent:yes", can_lack=True),
    Field("dnc", Holds.YES_NO, "dnc:no", ("do_not_contact",)),
    Field("rfm", Holds.GROUP, "rfm:champions"),
    Field("r", Holds.QUINTILE, "r:4..5", ("recency",)),
    Field("f", Holds.QUINTILE, "f>=4", ("frequency",)),
    Field("m", Holds.QUINTILE, "m:5", ("monetary",)),
    Field("segment", Holds.SEGMENT, "segment:won_back", ("in",)),
    Field("as-of", Holds.AS_OF, "as-of:2026-03-31", ("as_of", "asof")),
    Field("has", Holds.PRESENCE, "has:email"),
    Field("none", Holds.PRESENCE, "none:phone"),
)

FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
"""Every field by its name, in the order in which they are offered."""

_BY_ANY_NAME = {name: field for field in _ALL for name in (field.name, *field.also)}

_MEANT = {
    "revenue": "spend", "total": "spend", "amount": "spend", "spent": "spend", "value": "spend",
    "orders": "purchases", "count": "purchases", "bought_on": "last", "silent": "last", "older": "last",
    "mail": "email", "tel": "phone", "mobile": "phone", "lang": "language", "town": "city",
    "label": "tag", "state": "status", "flips": "until", "expected": "next",
    "without": "none", "missing": "none", "with": "has", "complaints": "complaint", "region": "country",
}
"""Other words that people try, and the field that answers them."""


def field_named(word: str) -> Field | None:
    """The field of a name, in any case; also the longer names of the JSON output."""
    return _BY_ANY_NAME.get(word.lower())


def nearest_field(word: str) -> str:
    """The name of the field that was probably meant; empty where nothing comes near."""
    word = word.lower()
    return _MEANT.get(word) or nearest(word, _BY_ANY_NAME)


def nearest(word: str, words: Iterable[str]) -> str:
    """The most similar of some words, else the only one that begins so; empty where nothing comes near."""
    known = list(words)
    found = get_close_matches(word[:40], known, n=1, cutoff=0.6)
    if not found and word:
        found = [each for each in known if each.startswith(word)]
    return found[0] if len(found) == 1 else ""


def lacking() -> tuple[str, ...]:
    """The fields that `has:` and `none:` know."""
    return tuple(field.name for field in _ALL if field.can_lack)
