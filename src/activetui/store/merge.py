"""How what files say of a customer comes together, and what of it may change a customer that is known.

An import fills what is empty. It changes what is there only where the customer came from the same source,
and never takes back a wish not to be contacted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields

from activetui.ledger.days import Day
from activetui.ledger.text import fold

KEPT = frozenset({"key", "name", "first_name"})
"""What the first file that says it decides: later ones only fill it."""


@dataclass(slots=True)
class Said:
    """What is known, or said, of one customer. Empty text and None: nothing."""

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
    note: str = ""
    consent: bool | None = None
    do_not_contact: bool = False
    extra: dict[str, str] = field(default_factory=dict)


FIELDS = tuple(part.name for part in fields(Said))
PLAIN = tuple(name for name in FIELDS if name not in ("consent", "do_not_contact", "extra"))
"""The fields that are simply filled or replaced."""


def combine(sayings: Iterable[Said]) -> Said:
    """What several rows say together, the oldest first.

    The newest that says something wins, but the first for `KEPT`; a single refusal of consent or wish not to
    be contacted wins over all.
    """
    whole = Said()
    for one in sayings:
        for name in PLAIN:
            value = getattr(one, name)
            if value not in ("", None) and (name not in KEPT or not getattr(whole, name)):
                setattr(whole, name, value)
        if one.consent is not None:
            whole.consent = one.consent and whole.consent is not False
        whole.do_not_contact = whole.do_not_contact or one.do_not_contact
        if one.extra:
            whole.extra = {**whole.extra, **{name: text for name, text in one.extra.items() if text}}
    return whole


def changes(
    known: Said, said: Said, *, same_source: bool, only_fill: Collection[str] = ()
) -> dict[str, object]:
    """What `said` changes of a known customer, by field; empty if nothing.

    `same_source` is whether the customer came from the source that says this; fields in `only_fill` are kept
    if they hold anything, such as those that a person has corrected.
    """
    changed: dict[str, object] = {}
    for name in PLAIN:
        old, new = getattr(known, name), getattr(said, name)
        if new in ("", None) or old == new:
            continue
        replaces = same_source and name not in KEPT and name not in only_fill
        if old in ("", None) or (replaces and not same(name, old, new)):
            changed[name] = new
    if said.consent is False and known.consent is not False and "consent" not in only_fill:
        changed["consent"] = False
    elif said.consent and known.consent is None:
        changed["consent"] = True
    if said.do_not_contact and not known.do_not_contact and "do_not_contact" not in only_fill:
        changed["do_not_contact"] = True
    extra = {name: text for name, text in said.extra.items() if same_source or name not in known.extra}
    if "extra" in only_fill:
        extra = {name: text for name, text in extra.items() if name not in known.extra}
    if {**known.extra, **extra} != known.extra:
        changed["extra"] = {**known.extra, **extra}
    return changed


def same(name: str, one: object, other: object) -> bool:
    """Whether two values differ in spelling only: case, blanks, accents; a phone number in all but digits."""
    if not isinstance(one, str) or not isinstance(other, str):
        return one == other
    if name == "phone":
        return "".join(filter(str.isdigit, one)) == "".join(filter(str.isdigit, other))
    return "".join(fold(one).split()) == "".join(fold(other).split())
