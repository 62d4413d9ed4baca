"""Who is who: by which signs customers are matched, within a file and with those known already.

A sign is (kind, source, value). An id or a name holds within its source only; an e-mail, a phone number and
a tax id hold everywhere (source 0). A name is a sign only where there is no other: it never joins a record
that has one.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from activetui.ledger.text import fold

STRENGTH = {"id": 0, "email": 1, "phone": 2, "tax": 3, "name": 4}
"""The kinds of sign; the lower, the stronger."""
WITHIN_SOURCE = frozenset({"id", "name"})
"""The kinds that hold within one source only."""
TOO_MANY = 5
"""An e-mail, phone or tax id that a file gives to more ids than this may be a stand-in, nobody's sign …"""
ONE_PERSONS_NAMES = 3
"""… unless the names beside it are so few, in which one person may be written …"""
SHARE = 10
"""… or, where there are no names, unless it stands beside less than one in so many of all ids of the file."""


class Sign(NamedTuple):
    """One sign by which a customer is matched."""

    kind: str
    source: str
    """The source in which it holds; empty: everywhere."""
    value: str


def normal(kind: str, value: str) -> str:
    """The value as it is compared; empty if nothing is left that could tell people apart."""
    value = " ".join(value.split())
    if kind == "email":
        return value.casefold()
    if kind == "phone":
        digits = "".join(filter(str.isdigit, value))
        return ("+" + digits if value.startswith("+") else digits) if digits else ""
    if kind == "tax":
        return "".join(filter(str.isalnum, value)).upper()
    if kind == "name":
        return fold(value)
    return value


def signs(identities: Iterable[tuple[str, str]], source: str) -> list[Sign]:
    """The signs of a record from a source, strongest first; its name only if there is no other.

    A kind may name another source in which it holds: `id@shopify`.
    """
    found: dict[Sign, None] = {}
    last, in_order = -1, True
    for said, value in identities:
        kind, _at, named = said.partition("@") if "@" in said else (said, "", "")
        strength = STRENGTH.get(kind)
        if strength is None:
            raise ValueError(said)
        value = normal(kind, value)
        if value:
            found[Sign(kind, (named or source) if kind in WITHIN_SOURCE else "", value)] = None
            in_order, last = in_order and strength >= last, strength
    if in_order and last < STRENGTH["name"]:
        return list(found)
    strong = [sign for sign in found if sign.kind != "name"]
    return sorted(strong or found, key=lambda sign: STRENGTH[sign.kind])


class Known(NamedTuple):
    """One sign of a hint is a known customer's."""

    hint: int
    strength: int
    """As in `STRENGTH`."""
    customer: int


@dataclass(slots=True)
class Resolution:
    """Which customer each hint of a file is."""

    customer_of: array[int]
    """The customer's number by hint; those from `first_new` on are not stored yet; 0: nobody."""
    first_new: int
    new: int = 0
    """How many customers are new."""
    linked: list[tuple[int, ...]] = field(default_factory=list)
    """Known customers whom one record names together; they stay apart, the first got the record."""


def resolve(
    hints: int,
    links: Sequence[tuple[int, int]],
    known: Callable[[], Iterable[Known]],
    first_new: int,
    nobody: Collection[int] = (),
) -> Resolution:
    """Find the customer of every hint, numbered 0 to `hints` - 1.

    `links` are pairs of hints that share a sign, those of the strongest signs first; `known` gives what is
    known, sorted by hint and strength, as often as it is asked. Hints that are linked, directly or through
    others, are one customer: the known one, or a new one, numbered from `first_new` in the order of their
    first hint. Where they lead to several known customers, each hint is the customer of its strongest known
    sign, and the customers stay apart. Hints in `nobody` have no sign.
    """
    parent = list(range(hints))
    for one, other in links:
        _join(parent, one, other)
    owner = array("q", bytes(8 * hints))  # by root; of a torn one the first that was found
    torn: set[int] = set()
    for fact in known():
        root = _root(parent, fact.hint)
        if owner[root] and owner[root] != fact.customer:
            torn.add(root)
        else:
            owner[root] = fact.customer
    result = Resolution(array("q", bytes(8 * hints)), first_new)
    for hint in range(hints):
        root = _root(parent, hint)
        if root in torn or hint in nobody:
            continue
        if not owner[root]:
            owner[root] = first_new + result.new
            result.new += 1
        result.customer_of[hint] = owner[root]
    if torn:
        _share_out([fact for fact in known() if _root(parent, fact.hint) in torn], links, result)
    return result


def _root(parent: list[int], hint: int) -> int:
    while parent[hint] != hint:
        parent[hint] = parent[parent[hint]]
        hint = parent[hint]
    return hint


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first


def _share_out(known: Sequence[Known], links: Sequence[tuple[int, int]], result: Resolution) -> None:
    """Give each hint that leads to several known customers to one of them, the nearest and strongest."""
    named: dict[int, dict[int, None]] = {}
    for fact in known:
        named.setdefault(fact.hint, {})[fact.customer] = None
    for hint, customers in named.items():
        result.customer_of[hint] = next(iter(customers))
        if len(customers) > 1:
            result.linked.append(tuple(customers))
    spread = True
    while spread:
        spread = False
        for one, other in links:
            first, second = result.customer_of[one], result.customer_of[other]
            if bool(first) != bool(second):
                result.customer_of[one] = result.customer_of[other] = first or second
                spread = True
