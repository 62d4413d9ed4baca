"""Subscriptions: the wine club, the olive oil share, the tasting course, the knife round."""

from __future__ import annotations

from activetui.demo_shop.books import Books
from activetui.demo_shop.goods import CLUB_BOX, COURSE, KNIVES, OLIVE_BOX, Product
from activetui.demo_shop.lives import CURRENCY
from activetui.demo_shop.people import OPENED, TILL, TODAY, Person
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind

BREAD = "Daily bread"
"""Goes on until somebody says stop: it has no last day."""


def subscribe_all(books: Books, people: list[Person]) -> None:
    """Give the members of each club their subscriptions; a few others have had one."""
    club = [person for person in people if person.role == "club"]
    course = [person for person in people if person.role == "course"]
    for place, person in enumerate(club):
        if place % 7 == 5:
            _yearly(books, person, OLIVE_BOX, "product", TODAY - 352 - place, years=1)
        elif place % 7 == 6:
            _yearly(books, person, OLIVE_BOX, "product", TODAY - 365 - 120 - place, years=2)
        else:
            _monthly(books, person, CLUB_BOX, "product", ending=("", "", "cancel", "pause", "")[place % 5])
    for place, person in enumerate(course):
        if place % 3 == 2:
            _yearly(books, person, KNIVES, "service", TODAY - 300 + 7 * place, years=1)
        else:
            _monthly(books, person, COURSE, "service", ending=("", "", "", "cancel")[place % 4])
    for person in people:
        if person.role == "regular" and person.number % 12 == 0:
            day = TODAY - person.rng.randint(20, 300)
            books.write(
                TILL, person, Kind.SUBSCRIPTION, day, action="start", nature="product", product=BREAD,
            )


def _monthly(books: Books, person: Person, what: Product, nature: str, ending: str) -> None:
    """Paid a month at a time; it ends with a cancellation, rests with a pause, or goes on."""
    rng = person.rng
    begun = rng.randint(OPENED + 60, TODAY - 200)
    months = (TODAY - 1 - begun) // 30
    if ending:
        months = max(2, months - rng.randint(1, 5))
    day = begun
    for month in range(months + 1):
        day = begun + 30 * month
        if day >= TODAY:
            break
        books.write(
            TILL, person, Kind.SUBSCRIPTION, day, action="start" if month == 0 else "renewal", nature=nature,
            product=what.name, amount=what.price, currency=CURRENCY, until=day + 29,
        )
    if ending == "cancel":
        books.write(
            TILL, person, Kind.SUBSCRIPTION, day + 12, action="cancel", nature=nature, product=what.name,
            until=day + 29, note=rng.choice(("Too much wine", "Moving away", "Will think about it")),
        )
    elif ending == "pause":
        books.write(
            TILL, person, Kind.SUBSCRIPTION, day + 15, action="pause", nature=nature, product=what.name,
            note="Back in the new year",
        )


def _yearly(books: Books, person: Person, what: Product, nature: str, begun: Day, years: int) -> None:
    """Paid a year at a time."""
    for year in range(years):
        first = begun + 365 * year
        books.write(
            TILL, person, Kind.SUBSCRIPTION, first, action="start" if year == 0 else "renewal", nature=nature,
            product=what.name, amount=what.price, currency=CURRENCY, until=first + 364,
        )
