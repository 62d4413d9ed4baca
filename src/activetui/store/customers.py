"""One customer: reading, finding, and changing by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import cast

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import fold, one_line
from activetui.locales import _
from activetui.locales.countries import country_code
from activetui.locales.formats import format_day
from activetui.store import identity
from activetui.store.changes.operations import Operation, operation
from activetui.store.facts import refresh
from activetui.store.listing.numbers import LISTED, parts
from activetui.store.privacy import marks
from activetui.store.same_person import merged

MANY = 50
"""How many customers a search by name lists at most."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as stored. Empty text and None: not known."""

    id: int
    key: str = ""
    name: str = ""
    first_name: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    company: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    language: str = ""
    birthday: Day | None = None
    history_from: Day | None = None
    """The day from which the ledger holds what the customer did; None: from its start."""
    note: str = ""
    consent: bool | None = None
    do_not_contact: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    batch_id: int | None = None
    entered: Day = 0
    """The day on which the store learned of the customer."""
    tags: tuple[str, ...] = ()


COLUMNS = tuple(part.name for part in fields(Customer) if part.name != "tags")
"""The columns of table `customer`, but for `search`."""
EDITABLE = tuple(name for name in COLUMNS if name not in ("id", "key", "extra", "batch_id", "entered"))
"""What `edit` can change."""
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM customer"  # noqa: S608
_MATCHED = {"email": "email", "phone": "phone", "tax_id": "tax"}


def get(conn: sqlite3.Connection, customer_id: int) -> Customer:
    """The customer with this number; `OwnerError` if there is none."""
    row = conn.execute(f"{_SELECT} WHERE id = ?", (customer_id,)).fetchone()
    if row is None:
        kept = merged.kept_of(conn, customer_id)
        if kept != customer_id:
            raise OwnerError(_("Customer {id} was merged into {kept}.").format(id=customer_id, kept=kept))
        if (day := marks.forgotten_on(conn, customer_id)) is not None:
            raise OwnerError(
                _("Customer {id} was forgotten on {day}.").format(id=customer_id, day=format_day(day))
            )
        raise OwnerError(
            _("There is no customer {id}.").format(id=customer_id),
            _("Find the number with: activetui customers NAME"),
        )
    tags = conn.execute("SELECT name FROM tag WHERE customer_id = ? ORDER BY name", (customer_id,))
    return from_row(row, tuple(name for (name,) in tags))


def many(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Customer]:
    """The customers of some numbers, by number, a few thousand with each question; nobody's are left out."""
    found: dict[int, Customer] = {}
    for _at, part in parts(ids):
        listed = json.dumps(part)
        tagged: dict[int, list[str]] = {}
        for number, name in conn.execute(
            f"SELECT customer_id, name FROM tag WHERE customer_id IN ({LISTED}) ORDER BY name", (listed,)  # noqa: S608
        ):
            tagged.setdefault(number, []).append(name)
        for row in conn.execute(f"{_SELECT} WHERE id IN ({LISTED})", (listed,)):
            found[row[0]] = from_row(row, tuple(tagged.get(row[0], ())))
    return found


def from_row(row: tuple[object, ...], tags: tuple[str, ...] = ()) -> Customer:
    """A customer from the values of `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    values["extra"] = json.loads(str(values["extra"]))
    values["consent"] = None if values["consent"] is None else bool(values["consent"])
    values["do_not_contact"] = bool(values["do_not_contact"])
    return Customer(**values, tags=tags)  # type: ignore[arg-type]


def search_text(name: str, email: str, phone: str, company: str, key: str) -> str:
    """What a customer is found and sorted by: everything folded, the name first."""
    parts = (name, email, "".join(filter(str.isdigit, phone)), company, key)
    return fold(" ".join(part for part in parts if part))


def tag_name(text: str) -> str:
    """A tag as it is kept: one line in small letters, so that VIP and vip are one tag."""
    return one_line(text).lower()


def find(conn: sqlite3.Connection, text: str) -> list[int]:
    """The customers that a person may mean by `text`, by number; empty if none.

    The first that finds any decides: the number, the key of a source, an e-mail, a phone number, then every
    word of `text` within name, e-mail, company and key (at most `MANY`).
    """
    text = one_line(text)
    if not text:
        return []
    for sql, values in _exact(text):
        found = [number for (number,) in conn.execute(sql, values)]
        if found:
            return sorted({merged.kept_of(conn, number) for number in found})
    return _by_words(conn, fold(text).split())


def edit(
    conn: sqlite3.Connection, customer_id: int, changes: Mapping[str, object], *, made_at: str, today: Day
) -> None:
    """Change columns (of `EDITABLE`) and `tags` (all that there are then) of a customer, as one operation.

    A new e-mail, phone or tax id is matched by later imports too, unless it is another customer's; what was
    matched before still is.
    """
    before = get(conn, customer_id)
    wanted = {name: _stored(name, value) for name, value in changes.items() if name != "tags"}
    wanted = {name: value for name, value in wanted.items() if value != getattr(before, name)}
    tags = _tags_then(before, changes)
    if not wanted and tags == set(before.tags):
        return
    what = _("change of {name}").format(name=before.name or before.email or customer_id)
    with operation(conn, what, made_at, day=today) as op:
        if wanted:
            op.changing("customer", customer_id)
            columns = ", ".join(f'"{name}" = ?' for name in wanted)
            conn.execute(f"UPDATE customer SET {columns} WHERE id = ?", (*wanted.values(), customer_id))  # noqa: S608
            search_anew(conn, customer_id)
        _set_tags(op, customer_id, set(before.tags), tags)
        for name in _MATCHED.keys() & wanted.keys():
            _claim(op, _MATCHED[name], str(wanted[name]), customer_id)
        refresh.refresh(conn, [customer_id], today)


def _tags_then(before: Customer, changes: Mapping[str, object]) -> set[str]:
    if "tags" not in changes:
        return set(before.tags)
    return {_tag_name(str(name)) for name in cast("Iterable[object]", changes["tags"])}


def _set_tags(op: Operation, customer_id: int, before: set[str], tags: set[str]) -> None:
    for name in sorted(before - tags):
        op.changing("tag", (customer_id, name))
        op.conn.execute("DELETE FROM tag WHERE customer_id = ? AND name = ?", (customer_id, name))
    for name in sorted(tags - before):
        op.inserted("tag", (customer_id, name))
        op.conn.execute("INSERT INTO tag (customer_id, name) VALUES (?, ?)", (customer_id, name))


def tag(conn: sqlite3.Connection, customer_ids: list[int], name: str, *, made_at: str, today: Day) -> int:
    """Give customers a tag, as one operation; how many did not have it."""
    name = _tag_name(name)
    with operation(conn, _("tag {name}").format(name=name), made_at, day=today) as op:
        new = [number for number in dict.fromkeys(customer_ids) if not _has_tag(conn, number, name)]
        for number in new:
            op.inserted("tag", (number, name))
        pairs = [(number, name) for number in new]
        conn.executemany("INSERT INTO tag (customer_id, name) VALUES (?, ?)", pairs)
        if new:
            refresh.refresh(conn, new, today)
    return len(new)


def untag(conn: sqlite3.Connection, customer_ids: list[int], name: str, *, made_at: str, today: Day) -> int:
    """Take a tag from customers, as one operation; how many had it."""
    name = _tag_name(name)
    with operation(conn, _("no tag {name}").format(name=name), made_at, day=today) as op:
        old = [number for number in dict.fromkeys(customer_ids) if _has_tag(conn, number, name)]
        for number in old:
            op.changing("tag", (number, name))
        pairs = [(number, name) for number in old]
        conn.executemany("DELETE FROM tag WHERE customer_id = ? AND name = ?", pairs)
        if old:
            refresh.refresh(conn, old, today)
    return len(old)


def tags(conn: sqlite3.Connection) -> dict[str, int]:
    """Every tag in use, with how many customers have it."""
    return dict(conn.execute("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name"))


def _exact(text: str) -> list[tuple[str, tuple[object, ...]]]:
    digits = "".join(filter(str.isdigit, text))
    attempts: list[tuple[str, tuple[object, ...]]] = []
    if text.isascii() and text.isdigit() and len(text) < 19:
        attempts.append((
            "SELECT id FROM customer WHERE id = ?1 UNION ALL SELECT id FROM merged_customer WHERE id = ?1",
            (int(text),),
        ))
    by_value = "SELECT DISTINCT customer_id FROM identity WHERE kind = ?{} AND value = ? ORDER BY customer_id"
    attempts.append((by_value.format(" AND source_id > 0"), ("id", identity.normal("id", text))))
    if "@" in text:
        attempts.append((by_value.format(" AND source_id = 0"), ("email", identity.normal("email", text))))
    if len(digits) >= 6 and not any(letter.isalpha() for letter in text):
        in_search = "SELECT id FROM customer WHERE instr(search, ?) > 0 ORDER BY id LIMIT ?"
        for number in (digits, digits.removeprefix("00").removeprefix("0")):
            attempts.append((in_search, (number, MANY)))
    return attempts


def _by_words(conn: sqlite3.Connection, words: list[str]) -> list[int]:
    condition = " AND ".join(["instr(search, ?) > 0"] * len(words))
    rows = conn.execute(
        f"SELECT id FROM customer WHERE {condition} ORDER BY search, id LIMIT ?", (*words, MANY)  # noqa: S608
    )
    return [number for (number,) in rows]


def _stored(name: str, value: object) -> object:
    if name not in EDITABLE:
        raise KeyError(name)
    if name == "consent":
        return None if value is None else bool(value)
    if name == "do_not_contact":
        return bool(value)
    if name in ("birthday", "history_from"):
        return value
    text = one_line(str(value or ""))
    return country_code(text) if name == "country" else text


def search_anew(conn: sqlite3.Connection, customer_id: int) -> None:
    """Bring what a customer is found by up to date; the caller owns the transaction."""
    row = conn.execute(
        "SELECT name, email, phone, company, key FROM customer WHERE id = ?", (customer_id,)
    ).fetchone()
    conn.execute("UPDATE customer SET search = ? WHERE id = ?", (search_text(*row), customer_id))


def _claim(op: Operation, kind: str, value: str, customer_id: int) -> None:
    value = identity.normal(kind, value)
    if not value or op.conn.execute(
        "SELECT 1 FROM identity WHERE kind = ? AND source_id = 0 AND value = ?", (kind, value)
    ).fetchone():
        return
    op.inserted("identity", (kind, 0, value))
    op.conn.execute(
        "INSERT INTO identity (kind, source_id, value, customer_id) VALUES (?, 0, ?, ?)",
        (kind, value, customer_id),
    )


def _has_tag(conn: sqlite3.Connection, customer_id: int, name: str) -> bool:
    found = conn.execute("SELECT 1 FROM tag WHERE customer_id = ? AND name = ?", (customer_id, name))
    return found.fetchone() is not None


def _tag_name(name: str) -> str:
    cleaned = tag_name(name)
    if not cleaned:
        raise OwnerError(_("A tag needs a name."))
    return cleaned
