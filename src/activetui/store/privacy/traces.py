"""By what a person is recognised in rows and texts: their numbers, their signs, their names."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold
from activetui.store.changes import images
from activetui.store.identity import Sign, normal
from activetui.store.same_person import merged

SALES = (int(Kind.PURCHASE), int(Kind.REFUND))
"""The kinds of event that stay when their customer is forgotten, as sales without a person."""
_TAIL, _LEAST = 9, 7
"""A phone number is recognised by its last digits, however it is written; a shorter one is none."""
_GAP = r"[\s().\-/]{0,3}"
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'|]+@[^\s<>()\[\],;:\"'|]+")


@dataclass(frozen=True)
class Traces:
    """What tells one person from all others."""

    customers: frozenset[int]
    """Their number, and those of everyone who was merged into them."""
    signs: frozenset[Sign]
    names: frozenset[str] = frozenset()
    """Names as they are or once were; those of one word say nothing for certain."""
    events: frozenset[int] = field(default=frozenset())
    """The numbers of their events."""
    lines: frozenset[int] = field(default=frozenset())
    """Of a file on its way into the store: where rows begin that tell of them."""
    sale_lines: frozenset[int] = field(default=frozenset())
    """Of those, where rows begin that tell of a purchase or refund."""

    def ids_in(self, source: str) -> frozenset[str]:
        """The ids that a source gives them."""
        return frozenset(sign.value for sign in self.signs if sign[:2] == ("id", source))

    def values(self, *kinds: str) -> frozenset[str]:
        """The values of their signs of these kinds."""
        return frozenset(sign.value for sign in self.signs if sign.kind in kinds)

    @cached_property
    def whole_names(self) -> frozenset[str]:
        """Their names of more than one word, folded."""
        return frozenset(name for name in map(fold, self.names) if len(name.split()) > 1)

    @cached_property
    def tails(self) -> frozenset[str]:
        """The ends of their phone numbers, and their tax ids, as they are found in a text without gaps."""
        phones = ("".join(filter(str.isdigit, phone)) for phone in self.values("phone"))
        words = [phone[-_TAIL:] for phone in phones] + [tax.casefold() for tax in self.values("tax")]
        return frozenset(word for word in words if len(word) >= _LEAST)

    @cached_property
    def _certain(self) -> re.Pattern[str] | None:
        return _any_of([
            *(rf"(?<![\w.+-]){re.escape(fold(email))}(?![\w-]|\.\w)" for email in self.values("email")),
            *filter(None, map(_phone, self.values("phone"))),
            *(rf"(?<!\w){_GAP.join(map(re.escape, fold(tax)))}(?!\w)"
              for tax in self.values("tax") if len(tax) >= _LEAST),
        ])

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        return _any_of(rf"(?<!\w){_words(name)}(?!\w)" for name in self.whole_names)

    def certain_in(self, text: str) -> bool:
        """Whether a text names their e-mail, phone number or tax id."""
        return self._certain is not None and self._certain.search(fold(text)) is not None

    def in_text(self, text: str) -> bool:
        """Whether a text names them: as `certain_in`, or by their whole name."""
        folded = fold(text)
        return any(one is not None and one.search(folded) for one in (self._certain, self._named))

    def owns_email_in(self, text: str) -> bool | None:
        """Whether an e-mail in a text is theirs; None if there is none."""
        found = {normal("email", email).strip(".") for email in _EMAIL.findall(text)}
        return bool(found & self.values("email")) if found else None

    def without(self, text: str) -> str:
        """The text, empty if it names them."""
        return "" if self.in_text(text) else text


def of_customer(conn: sqlite3.Connection, customer_id: int) -> Traces:
    """The traces of a customer and of whoever was merged into them, earlier values included."""
    numbers = frozenset(merged.within(conn, customer_id))
    signs: set[Sign] = set()
    names: set[str] = set()
    for row in _rows(conn, "customer", "id", numbers):
        names |= {name for name in [str(row.get("name") or row.get("company") or "")] if name}
        for kind, name in (("email", "email"), ("phone", "phone"), ("tax", "tax_id")):
            if value := normal(kind, str(row.get(name) or "")):
                signs.add(Sign(kind, "", value))
    sources: dict[int, str] = dict(conn.execute("SELECT id, name FROM source")) | {0: ""}
    for row in _rows(conn, "identity", "customer_id", numbers):
        signs.add(Sign(row["kind"], sources.get(row["source_id"], ""), row["value"]))
    events = conn.execute(
        "SELECT id FROM event WHERE customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(numbers)),),
    )
    return Traces(numbers, frozenset(signs), frozenset(names), frozenset(number for (number,) in events))


def _rows(
    conn: sqlite3.Connection, table: str, column: str, numbers: Collection[int]
) -> Iterator[Mapping[str, Any]]:
    """Their rows of a table as they are, and as they were before any change."""
    for number in numbers:
        cursor = conn.execute(f"SELECT * FROM {table} WHERE {column} = ?", (number,))  # noqa: S608
        heads = [part[0] for part in cursor.description]
        yield from (dict(zip(heads, row, strict=True)) for row in cursor.fetchall())
    for _place, _key, row in images_of(conn, table, column, numbers):
        yield row


def images_of(
    conn: sqlite3.Connection, table: str, column: str, numbers: Collection[int]
) -> list[tuple[tuple[int, int], str, images.Row]]:
    """Earlier versions of rows whose column held one of these numbers: their place, key and content."""
    found = []
    for number in numbers:
        rows = conn.execute(
            "SELECT operation_id, position, row_key, row FROM before_image"
            " WHERE table_name = ? AND json_extract(row, '$.' || ?) = ?",
            (table, column, number),
        ).fetchall()
        found += [((place, position), key, json.loads(text)) for place, position, key, text in rows]
    return found


def _phone(digits: str) -> str:
    """However it is written: with or without the country, with any signs between the digits."""
    digits = "".join(filter(str.isdigit, digits))
    if len(digits) < _LEAST:
        return ""
    tail = _GAP.join(digits[-_TAIL:])
    return rf"(?<!\d)(?:(?:\+|00)?\d{{1,3}}{_GAP})?0?{_GAP}{tail}(?!\d)"


def _words(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(patterns)
    return re.compile("|".join(found)) if found else None
