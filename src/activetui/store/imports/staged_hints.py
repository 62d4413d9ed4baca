"""What rows say of their customers, as rows of the table `staging.hint`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count, repeat
from operator import attrgetter

from activetui.ledger.plain_people import PlainPeople, plain_identities
from activetui.ledger.records import CustomerRecord
from activetui.ledger.text import fold
from activetui.store.customers import search_text
from activetui.store.merge import FIELDS, PLAIN

_BRIEF = ("key", "name", "email", "phone")
_NULL = ("birthday", "history_from", "consent")
"""The fields that are NULL where nothing is said."""
_DEFAULTS = {"do_not_contact": "0", "extra": "'{}'", **dict.fromkeys(_NULL, "NULL")}
TABLE = (
    "CREATE TABLE staging.hint (hint INTEGER PRIMARY KEY, "
    + ", ".join(f"{name} DEFAULT {_DEFAULTS.get(name, repr(''))}" for name in FIELDS)
    + ", entered INTEGER, search TEXT)"
)

INSERT = f"INSERT INTO staging.hint VALUES ({', '.join('?' * (len(FIELDS) + 3))})"  # noqa: S608
"""Takes rows of `whole`."""
INSERT_BRIEF = (
    f"INSERT INTO staging.hint (hint, {', '.join(_BRIEF)}, search)"  # noqa: S608
    f" VALUES ({', '.join('?' * (len(_BRIEF) + 2))})"
)
"""Takes rows of `brief`: most rows say no more, and binding the other columns takes three times as long."""

_plain = attrgetter(*PLAIN)
_brief = attrgetter(*_BRIEF)
_MORE = tuple(name for name in PLAIN if name not in _BRIEF)
_more = attrgetter(*_MORE, "consent", "entered")
_said = attrgetter("identities", *PLAIN, "consent", "do_not_contact", "tags", "entered")
_NO_MORE = (*(None if name in _NULL else "" for name in _MORE), None, None)


def is_brief(record: CustomerRecord) -> bool:
    """Whether a record says nothing but what `brief` has."""
    return bool(_more(record) == _NO_MORE and not record.do_not_contact and not record.extra)


def brief(hint: int, record: CustomerRecord) -> tuple[object, ...]:
    """A record that is brief, as a row."""
    return hint, *_brief(record), _search(record)


def briefs(first: int, people: PlainPeople) -> list[tuple[object, ...]]:
    """Plain people, numbered from `first`, as rows of `brief`."""
    keys, names, emails = people.columns()
    return list(zip(count(first), keys, names, emails, repeat(""), _searches(people), strict=False))


def _searches(people: PlainPeople) -> Iterable[str]:
    """What all are found by: folded in one go, where each has everything."""
    keys, names, emails = people.columns()
    if any("" in column for column in (keys, names, emails)):
        nothing = repeat("")
        return map(search_text, names, emails, nothing, nothing, keys)
    # a plain text is on one line, and folding brings no line break
    return fold("\n".join(map(" ".join, zip(names, emails, keys, strict=True)))).split("\n")


def mark(record: CustomerRecord) -> int:
    """A hash of what a record says, with a secret key: the same words have the same, be they plain or not."""
    if _is_plain(record):
        return hash((record.key, record.name, record.email))
    found = hash(_said(record))
    return hash((found, *record.extra.items())) if record.extra else found


def marks(people: PlainPeople) -> list[int]:
    """The marks of plain people."""
    return list(map(hash, zip(*people.columns(), strict=True)))


def _is_plain(record: CustomerRecord) -> bool:
    return (
        is_brief(record) and not record.phone and not record.tags and record.do_not_contact is None
        and record.identities == plain_identities(record.key, record.email)
    )


def whole(hint: int, record: CustomerRecord) -> tuple[object, ...]:
    """Any record as a row."""
    extra = json.dumps(record.extra, ensure_ascii=False, sort_keys=True) if record.extra else "{}"
    return (
        hint, *_plain(record), record.consent, bool(record.do_not_contact), extra, record.entered,
        _search(record),
    )


def _search(record: CustomerRecord) -> str:
    return search_text(record.name, record.email, record.phone, record.company, record.key)
