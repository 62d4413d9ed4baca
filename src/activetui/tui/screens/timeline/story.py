"""The whole story of one customer, asked of the store in one go in a worker thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from activetui.insights.customer_story import Favourite, Month, Span, favourites, gaps, is_bought, months
from activetui.ledger.days import FAR_FUTURE, Day, is_bounded
from activetui.ledger.text import one_line
from activetui.store.same_person.merging import Merged
from activetui.store.tasks import Enrolment, Task
from activetui.tui.card import Card, Life, life_of
from activetui.tui.reading import Connection
from activetui.tui.widgets.status_band import LifeLine

if TYPE_CHECKING:
    from activetui.store.listing.subscription_years import Subscription


class Work(NamedTuple):
    """One task, with the playbook that gave it."""

    task: Task
    playbook: str
    """The playbook's title in the language in use, one line."""
    enrolment: Enrolment


class Story(NamedTuple):
    """Everything that the screen shows of one customer, as of one day."""

    card: Card
    spans: tuple[Span, ...]
    """The status over time, as it was known on the card's day."""
    months: list[Month]
    favourites: list[Favourite]
    gaps: dict[int, int]
    """By event number, the days since the purchase day before."""
    work: list[Work]
    """The latest due first."""
    merged: list[Merged]
    bought: tuple[tuple[Day, int], ...]
    """Each purchase day with what remains of what was paid, so that a free purchase is still seen."""
    subscriptions: tuple[Subscription, ...]
    """What the customer pays for subscriptions, which is no purchase, or has paid for the last one."""

    @property
    def line(self) -> LifeLine:
        """What the band draws."""
        card = self.card
        flips_on = card.receipt.flips_on
        return LifeLine(
            self.spans, self.bought, card.person.currency, _first_day(card), card.day,
            flips_on if flips_on is not None and is_bounded(flips_on) else None, card.person.next_expected,
        )


def story_of(conn: Connection, customer_id: int, day: Day, today: Day) -> Story | None:
    """The customer's whole story; None if there is no such customer."""
    from activetui.store.listing.subscription_years import subscriptions
    from activetui.store.same_person import merging

    life = life_of(conn, customer_id, day)
    if life is None:
        return None
    spans = spans_known(life, today)
    events = life.card.events
    return Story(
        life.card, tuple(spans), months(events, spans, first=_first_day(life.card), last=day),
        favourites(events), gaps(events), _work(conn, customer_id, day),
        merging.merged_into(conn, customer_id), _bought(life.card),
        subscriptions(conn, [customer_id], day).get(customer_id, ()),
    )


def spans_known(life: Life, today: Day) -> Sequence[Span]:
    """The status over time as it was known on the card's day.

    What came after an earlier day is left out: there the receipt says what would have come.
    """
    day, receipt = life.card.day, life.card.receipt
    spans = [(span.status, span.start, span.end) for span in life.spans]
    if day >= today:
        return spans
    known = [(status, start, min(end, day + 1)) for status, start, end in spans if start <= day]
    until = receipt.until if is_bounded(receipt.until) else FAR_FUTURE
    known.append((receipt.status, day + 1, until))
    if until < FAR_FUTURE:
        known.append((receipt.next_status, until, FAR_FUTURE))
    return known


def _bought(card: Card) -> tuple[tuple[Day, int], ...]:
    paid: Counter[Day] = Counter()
    for event in card.events:
        if is_bought(event):
            paid[event.day] += event.net
    return tuple((day, max(1, amount)) for day, amount in paid.items())


def _first_day(card: Card) -> Day:
    """The day from which there is something to draw."""
    return min((event.day for event in card.events), default=card.day)


def _work(conn: Connection, customer_id: int, day: Day) -> list[Work]:
    """The customer's tasks as they stood on the day."""
    from activetui.reactivation.playbooks.playbook import playbook
    from activetui.store import tasks

    enrolments = {each.id: each for each in tasks.enrolments_of(conn, customer_id)}
    found = []
    for task in tasks.tasks_of(conn, customer_id):
        enrolment = enrolments[task.enrolment_id]
        if enrolment.started > day:
            continue
        if task.closed is not None and task.closed > day:
            task = replace(task, state="open", closed=None, outcome="", note="")
        plan = playbook(conn, enrolment.playbook)
        found.append(Work(task, one_line(plan.title if plan else enrolment.playbook), enrolment))
    return found[::-1]
