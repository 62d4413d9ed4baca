"""Where in a list of customers one stands, so that one can go on to the next one from elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.tui.reading import Connection


class ListPlace(NamedTuple):
    """A list of customers, and a place in it."""

    customer: int
    """Who stands there."""
    query: str
    """The filter; empty for everyone."""
    sort: str
    descending: bool
    at: int
    """The place, from 0."""
    total: int
    """How long the list was when it was last looked at."""
    day: Day
    """The day as of which the list is seen: that of `as-of:` in the filter, else `asked_on`."""
    asked_on: Day
    """The day on which the filter was asked, from which `as-of:30d` counts."""


def neighbour(conn: Connection, place: ListPlace, step: int) -> ListPlace | None:
    """The place of the next customer of the list (`step` 1) or the one before (-1); None at its end.

    The list is as it is now: a customer who has left it since, such as by a purchase, has neighbours still.
    The connection must look from `place.day`.
    """
    from activetui.segments.asking import ask
    from activetui.store.listing import people

    clause = ask(conn, place.query, place.asked_on).clause if place.query.strip() else people.EVERYONE
    first = max(0, place.at - 1)
    near = people.page(conn, clause, place.sort, place.descending, 3, first)
    numbers = [person.id for person in near]
    if place.customer in numbers:
        wanted = numbers.index(place.customer) + step
    else:
        wanted = place.at - first + (0 if step > 0 else -1)
    if not 0 <= wanted < len(numbers):
        return None
    return place._replace(customer=numbers[wanted], at=first + wanted)
