"""Customers who may be one: proposed with the reason, never joined unasked, and never by a name alone."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.store.identity import TOO_MANY

PROPOSED = 50
_PHONE = 8
"""The last digits of a telephone number, by which a national and an international spelling are the same."""
_LOCAL = 5
"""Signs that the part of an e-mail address before the @ needs to be somebody's own."""
_FEW = 500
_WORDS = re.compile(r"[^\W_]+")
_EVERYBODYS = frozenset((
    "admin", "contact", "contacto", "contato", "contatto", "comercial", "direct", "email", "geral", "hello",
    "info", "mail", "office", "orders", "pedidos", "sales", "shop", "store", "support", "vendas", "ventas",
    "vendite", "zakaz",
))
"""What stands before the @ of addresses that are a business's own."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two customers who may be one."""

    ids: tuple[int, int]
    """Their numbers; the first, who bought more, is the one to keep."""
    reason: str
    """Why, in the owner's language."""
    strength: float
    """How sure, from 0 to 1."""


class _Who(NamedTuple):
    """What of a customer can tell that they are somebody else, too."""

    id: int
    name: str
    email: str
    phone: str
    tax_id: str
    company: str
    city: str
    postcode: str
    birthday: Day | None
    purchases: int


class _Reason(NamedTuple):
    strength: float
    mark: tuple[str, ...]
    """What two customers share; empty: nothing that could be shared."""
    words: str


_WHO = (
    "SELECT customer.id, name, email, phone, tax_id, company, city, postcode, birthday,"
    " coalesce(fact.purchases, 0) FROM customer LEFT JOIN fact ON fact.customer_id = customer.id"
)


def propose(conn: sqlite3.Connection, limit: int = PROPOSED) -> list[Proposal]:
    """Who may be one, the surest first. Whom the owner has called different is not proposed again.

    Goes through all customers once: at a million that takes seconds.
    """
    known = {(one, other) for one, other in conn.execute("SELECT one, other FROM not_the_same")}
    emails = _emails_of_others(conn)
    pairs = sorted(_pairs(conn, emails) - known)
    people = _people(conn, sorted({number for pair in pairs for number in pair}))
    found = []
    for one, other in pairs:
        proposal = _proposal(people[one], people[other], emails)
        if proposal is not None:
            found.append(proposal)
    return sorted(found, key=lambda one: (-one.strength, one.ids))[:limit]


def _proposal(one: _Who, other: _Who, emails: dict[int, str]) -> Proposal | None:
    if _contradict(one, other):
        return None
    mine, theirs = (list(_reasons(who, emails)) for who in (one, other))
    shared = [
        reason for reason, also in zip(mine, theirs, strict=True) if reason.mark and reason.mark == also.mark
    ]
    if not shared:
        return None
    doubt = 1.0
    for reason in shared:
        doubt *= 1 - reason.strength
    first, second = sorted((one, other), key=lambda who: (-who.purchases, who.id))
    words = ", ".join(dict.fromkeys(reason.words for reason in shared))
    return Proposal((first.id, second.id), words, round(1 - doubt, 2))


def _contradict(one: _Who, other: _Who) -> bool:
    """Whether they cannot be the same person: another birthday, another tax number."""
    birthdays = one.birthday is not None and other.birthday is not None and one.birthday != other.birthday
    taxes = _tax(one), _tax(other)
    return birthdays or bool(taxes[0] and taxes[1] and taxes[0] != taxes[1])


def _reasons(who: _Who, emails: dict[int, str]) -> Iterator[_Reason]:
    """Everything by which a customer may be found again, always in the same order."""
    name = " ".join(sorted(_WORDS.findall(fold(who.name))))
    whole = name if " " in name else ""
    digits = "".join(filter(str.isdigit, who.phone))
    phone = digits[-_PHONE:] if len(digits) >= _PHONE and len(set(digits)) > 2 else ""
    local = fold(who.email).partition("@")[0]
    own_local = local if len(local) >= _LOCAL and local not in _EVERYBODYS else ""
    born = str(who.birthday) if who.birthday is not None else ""
    yield _reason(0.95, _("the same tax number"), "tax", _tax(who))
    yield _reason(0.9, _("the same e-mail address"), "email", emails.get(who.id, ""))
    yield _reason(0.85, _("the same telephone number"), "phone", phone)
    yield _reason(0.9, _("the same name and birthday"), "born", name, born)
    yield _reason(0.8, _("the same name and the same beginning of the e-mail"), "local", name, own_local)
    yield _reason(0.75, _("the same name and postcode"), "postcode", whole, _plain(who.postcode))
    yield _reason(0.7, _("the same name and company"), "company", whole, _plain(who.company))
    yield _reason(0.6, _("the same name and town"), "city", whole, _plain(who.city))


def _reason(strength: float, words: str, *mark: str) -> _Reason:
    return _Reason(strength, mark if all(mark) else (), words)


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(fold(text)))


def _tax(who: _Who) -> str:
    return _plain(who.tax_id)


def _emails_of_others(conn: sqlite3.Connection) -> dict[int, str]:
    """E-mail addresses by which one customer is recognised and which stand at another, for both.

    An address that nobody is recognised by is a placeholder or a marketplace's, and says nothing.
    """
    rows = conn.execute(
        "SELECT customer.id, identity.customer_id, identity.value FROM customer JOIN identity"
        " ON identity.kind = 'email' AND identity.source_id = 0 AND identity.value = lower(customer.email)"
        " WHERE customer.email <> '' AND identity.customer_id <> customer.id"
    )
    found: dict[int, str] = {}
    for one, other, value in rows:
        found[one] = found[other] = value
    return found


def _pairs(conn: sqlite3.Connection, emails: dict[int, str]) -> set[tuple[int, int]]:
    """The pairs of customers who share a mark that few have."""
    import numpy

    marks, numbers = array("q"), array("q")
    for row in conn.execute(_WHO):
        who = _Who(*row)
        for reason in _reasons(who, emails):
            if reason.mark:
                marks.append(hash(reason.mark))
                numbers.append(who.id)
    if not marks:
        return set()
    mark, number = (numpy.frombuffer(values, dtype=numpy.int64) for values in (marks, numbers))
    order = numpy.argsort(mark, kind="stable")
    mark, number = mark[order], number[order]
    starts = numpy.flatnonzero(numpy.concatenate(([True], mark[1:] != mark[:-1])))
    sizes = numpy.diff(numpy.append(starts, len(mark)))
    pairs: set[tuple[int, int]] = set()
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if 1 < size <= TOO_MANY:
            group = sorted(set(number[start:start + size].tolist()))
            pairs.update(combinations(group, 2))
    return pairs


def _people(conn: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, _Who]:
    return {who.id: who for some in _parts(numbers) for who in _those(conn, some)}


def _those(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[_Who]:
    marks = ", ".join("?" * len(numbers))
    return [_Who(*row) for row in conn.execute(f"{_WHO} WHERE customer.id IN ({marks})", numbers)]


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[start:start + _FEW] for start in range(0, len(numbers), _FEW))
