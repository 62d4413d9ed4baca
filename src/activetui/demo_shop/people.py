"""The cast: who the customers are, before anything has happened to them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from activetui.demo_shop.goods import CATEGORIES
from activetui.demo_shop.names import (
    AWKWARD,
    COMPANIES,
    FAMILY_ENDING,
    NAMES,
    RUSSIAN_MEN,
    STREETS,
    WEIGHTS,
)
from activetui.ledger.days import from_iso
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.ledger.text import fold

SEED = 20261122
TODAY = from_iso("2026-11-22")
"""The day that the demo is made for: the day after the last thing that happened."""
OPENED = from_iso("2023-11-24")
"""The first day of the ledger: the shop got its till."""

TILL = "Casa Verde till"
DOMAINS = ("example.com", "example.org", "example.net")
"""Kept for examples: no letter ever arrives."""

FICTION = {"GB": "+447700900", "FR": "+33639980"}
"""Beginnings of telephone numbers kept for fiction; the Portuguese one is not given out."""

TAG_OF = {"club": "wine-club", "december": "christmas"}
"""Tags that the owner gives to most people of a role."""

CAST: dict[str, int] = {
    "regular": 72, "slipping": 14, "occasional": 34, "december": 30, "summer": 18, "once": 56, "lapsed": 40,
    "lost": 34, "back": 26, "new": 24, "prospect": 20, "club": 14, "course": 10, "company": len(COMPANIES),
}
"""How many customers live which life."""


@dataclass(slots=True)
class Person:
    """One customer of the invented shop."""

    number: int
    role: str
    """A key of `CAST`."""
    record: CustomerRecord
    rng: random.Random
    liked: tuple[str, ...]
    size: float
    """The usual basket, 1 for the average customer."""
    bought: list[EventRecord] = field(default_factory=list)
    """The purchases, once they have happened, oldest first."""

    def says(self, chance: float) -> bool:
        """A throw of this person's own dice."""
        return self.rng.random() < chance

    @property
    def is_company(self) -> bool:
        """Whether this is a restaurant or an office that orders for itself."""
        return self.role == "company"


def cast() -> list[Person]:
    """Everybody, known by name only: numbers come in the order of their first purchase (`register`)."""
    roles = [role for role, many in CAST.items() for _ in range(many)]
    random.Random(SEED).shuffle(roles)
    awkward, companies = list(AWKWARD), list(COMPANIES)
    taken: set[str] = set()
    people = []
    for number, role in enumerate(roles, 1):
        rng = random.Random(f"{SEED}/{number}")
        if role == "company":
            record = _company(rng, *companies.pop(0))
        elif awkward and number % 21 == 5:
            odd = awkward.pop(0)
            record = CustomerRecord(
                name=odd.name, first_name=odd.first, language=odd.language, country=odd.country
            )
        else:
            record = _neighbour(rng, taken)
        taken.add(record.name)
        people.append(
            Person(number, role, record, rng, tuple(rng.sample(CATEGORIES, 2)), _size(rng, role))
        )
    return people


def register(people: list[Person]) -> None:
    """Number everybody and give them ways to be reached, an address, a birthday, consent and tags, if any."""
    for number, person in enumerate(people, 1):
        person.number = number
        _introduce(person)
        if not person.is_company and person.says(0.35):
            person.record.birthday = from_iso("1938-01-01") + person.rng.randrange(68 * 365)


def _size(rng: random.Random, role: str) -> float:
    usual = {"company": 3.2, "december": 1.8, "once": 0.8, "new": 0.9}.get(role, 1.0)
    return usual * rng.lognormvariate(0, 0.3)


def _neighbour(rng: random.Random, taken: set[str]) -> CustomerRecord:
    language = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    names = NAMES[language]
    while True:
        first, last = rng.choice(names.first), rng.choice(names.last)
        if language == "ru":
            last = last[:-1] + FAMILY_ENDING[last[-1]][first not in RUSSIAN_MEN]
        if language == "pt" and rng.random() < 0.3:
            last = f"{rng.choice(names.last)} {last}"
        name = f"{first} {last}"
        if name not in taken:
            home = {"en": "GB", "pt": "BR"}.get(language, language.upper())
            country = "PT" if rng.random() < 0.75 else home
            return CustomerRecord(name=name, first_name=first, language=language, country=country)


def _company(rng: random.Random, name: str, language: str) -> CustomerRecord:
    names = NAMES[language]
    buyer = f"{rng.choice(names.first)} {rng.choice(names.last)}"
    return CustomerRecord(
        name=name, company=name, language=language, country="PT", tags=("wholesale",),
        tax_id=f"PT999{rng.randrange(10**6):06d}", note=f"Ask for {buyer}",
    )


def _introduce(person: Person) -> None:
    record, rng, number = person.record, person.rng, person.number
    record.key = f"C{number:04d}"
    identities = [(f"id@{TILL}", record.key)]
    if person.says(0.8) or person.role in ("prospect", "club", "course"):
        handle = ".".join(word for word in fold(record.name).split() if word.isascii() and word.isalpha())
        handle = handle[:40].strip(".") or "customer"
        record.email = f"{handle}.{number}@{rng.choice(DOMAINS)}"
        identities.append(("email", record.email))
    if person.says(0.65):
        record.phone = FICTION.get(record.country, "+351900100") + f"{number:03d}"
        identities.append(("phone", record.phone))
    record.identities = tuple(identities)
    if person.says(0.5) or person.is_company:
        record.address = f"{rng.choice(STREETS)} {rng.randint(1, 120)}"
        record.city, record.postcode = "Lisboa", f"1100-{rng.randint(1, 650):03d}"
    record.consent = rng.choices((True, False, None), (62, 10, 28))[0]
    chances = {"neighbour": 0.12, "olive-club": 0.05, TAG_OF.get(person.role, ""): 0.9}
    tags = {tag for tag, chance in chances.items() if tag and person.says(chance)}
    record.tags = tuple(sorted(tags | set(record.tags)))
