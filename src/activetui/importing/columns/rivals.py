"""Pairs of meanings that share headings, and what tells them apart in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from activetui.importing.columns.candidates import Candidate, lift
from activetui.importing.columns.contents import Contents
from activetui.importing.columns.synonyms import meanings
from activetui.locales import N_, _

_TERM = {"plan", "recurrence", "subscription_renewal", "paused_at", "active_subscription"}
_AMOUNTS = {"amount", "order_total"}
_PRICES = {"amount", "order_total", "unit_price", "subtotal", "net", "adjusted_total"}
_PEOPLE = {"name", "first_name", "last_name", "company", "email", "customer_id"}
_AMOUNT = 10
"""Signs that an amount has at most; tax numbers have about as many, and more."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a column."""

    alone: frozenset[str]
    """Meanings of columns whose headings have one meaning only."""
    every: frozenset[str]
    """Meanings that any column may have."""
    bought: bool
    """Whether the file tells what was bought and when."""
    before: str
    """The heading to the left."""
    contents: Contents
    ends: bool
    """Whether a column of days says when something ends."""

    @property
    def term(self) -> bool:
        """Whether the file is about something that runs from a day to a day."""
        timed = any(":" in cell for cell in self.contents.examples)
        return bool(self.alone & _TERM) or (self.ends and not timed)

    @property
    def after_a_street(self) -> bool:
        """Whether the column to the left holds addresses."""
        return any(meaning.field == "address" for meaning in meanings(self.before))


class Rivals(NamedTuple):
    """Two meanings, when the second one is meant, and why."""

    first: str
    second: str
    second_if: Callable[[Around], bool]
    why_first: str
    why_second: str


_RIVALS = (
    Rivals(
        "company", "product", lambda around: around.bought or "unit_price" in around.every,
        N_("the heading says so; every row is a customer"),
        N_("the heading says so; every row is something bought"),
    ),
    Rivals(
        "amount", "paid_so_far", lambda around: bool(around.alone & _AMOUNTS) or not around.bought,
        N_("the heading says so; there is no other amount"),
        N_("the heading says so; the amounts of sales stand elsewhere, if at all"),
    ),
    Rivals(
        "product", "category", lambda around: "product" in around.alone,
        N_("the heading says so; no other column names what it was"),
        N_("the heading says so, beside a column of products"),
    ),
    Rivals(
        "product", "sku", lambda around: "product" in around.alone,
        N_("the heading says so; no other column names what it was"),
        N_("the heading says so, beside a column of products"),
    ),
    Rivals(
        "product", "row_class", lambda around: around.contents.sorts >= 0.5,
        N_("the heading says so"), N_("the values are sorts of rows: sales, refunds, fees"),
    ),
    Rivals(
        "category", "row_class", lambda around: around.contents.sorts >= 0.5,
        N_("the heading says so"), N_("the values are sorts of rows: sales, refunds, fees"),
    ),
    Rivals(
        "state", "payment_method",
        lambda around: max(around.contents.word, around.contents.flag, around.contents.appointment) < 0.5,
        N_("the heading says so; the values are states of a sale"),
        N_("the heading says so; the values are no states of a sale"),
    ),
    Rivals(
        "visit_date", "booked_at", lambda around: "visit_date" in around.alone,
        N_("the heading says so; no other column holds the day of the visit"),
        N_("the heading says so, beside the day of the visit"),
    ),
    Rivals(
        "visit_date", "subscription_start", lambda around: around.term,
        N_("the heading says so; nothing in the file runs from a day to a day"),
        N_("the heading says so; the file tells of something with a term"),
    ),
    Rivals(
        "customer_since", "subscription_start", lambda around: bool(around.alone & _TERM),
        N_("the heading says so; every row is a customer"),
        N_("the heading says so; the file tells of something with a term"),
    ),
    Rivals(
        "end_time", "subscription_end", lambda around: around.term,
        N_("the heading says so; nothing in the file runs from a day to a day"),
        N_("the heading says so; the file tells of something with a term"),
    ),
    Rivals(
        "cancelled_at", "subscription_end", lambda around: around.term,
        N_("the heading says so; nothing in the file runs from a day to a day"),
        N_("the heading says so; the file tells of something with a term"),
    ),
    Rivals(
        "due_date", "until", lambda around: bool(around.alone & _TERM) and "order_id" not in around.alone,
        N_("the heading says so; there is no plan that could end"),
        N_("the heading says so; the file tells of something with a term"),
    ),
    Rivals(
        "outstanding", "sessions_left",
        lambda around: "plan" in around.alone and not around.alone & _AMOUNTS,
        N_("the heading says so"), N_("the heading says so, beside a plan"),
    ),
    Rivals(
        "note", "review_text", lambda around: bool(around.every & {"rating", "score"}) and not around.bought,
        N_("the heading says so; there is no rating"), N_("the heading says so, beside a rating"),
    ),
    Rivals(
        "tax_id", "order_id", lambda around: "tax_id" in around.alone and around.bought,
        N_("the heading says so"), N_("the heading says so; the tax number stands in another column"),
    ),
    Rivals(
        "tax_id", "tax", lambda around: around.bought and around.contents.money >= 0.9
        and around.contents.longest <= _AMOUNT,
        N_("the heading says so"), N_("the heading says so; the cells are amounts"),
    ),
    Rivals(
        "name", "staff", lambda around: bool(around.alone & _PEOPLE),
        N_("the heading says so; no other column names a customer"),
        N_("the heading says so; another column names the customer"),
    ),
    Rivals(
        "fee", "amount", lambda around: not around.alone & _PRICES,
        N_("the heading says so; what was paid stands in another column"),
        N_("the heading says so; there is no other amount"),
    ),
    Rivals(
        "outstanding", "amount", lambda around: not around.alone & _AMOUNTS,
        N_("the heading says so; what was paid stands in another column"),
        N_("the heading says so; there is no other amount"),
    ),
    Rivals(
        "order_id", "sku", lambda around: "order_id" in around.alone,
        N_("the heading says so; there is no other number of an order"),
        N_("the heading says so, beside the number of the order"),
    ),
    Rivals(
        "order_id", "address", lambda around: around.after_a_street,
        N_("the heading says so"), N_("the heading says so, after a street"),
    ),
)


def settle(found: Sequence[Candidate], around: Around) -> None:
    """Lift of each pair of meanings that a heading can have the one that fits what stands around it."""
    fields = {candidate.field for candidate in found}
    for pair in _RIVALS:
        if {pair.first, pair.second} <= fields:
            if pair.second_if(around):
                lift(found, pair.second, _(pair.why_second))
            else:
                lift(found, pair.first, _(pair.why_first))
