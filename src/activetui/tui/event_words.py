"""An event as a person reads it in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activetui.activity.words import kind_word
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import LineRecord
from activetui.ledger.settlement import VOID_STATES
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day, format_day_short, format_money, format_number
from activetui.store.opening.seed import HAND

if TYPE_CHECKING:
    from activetui.store.events import EventRow


def kind_label(event: EventRow) -> str:
    """The kind, and what it is of that kind: "subscription, renewal"."""
    word = one_line(kind_word(event.kind_word))
    return f"{word}, {action_word(event.action)}" if event.action else word


def amount_label(event: EventRow) -> str:
    """The money, empty for none; a refund with its sign."""
    if event.amount is None:
        return ""
    minor = -abs(event.amount) if event.kind == Kind.REFUND else event.amount
    return format_money(minor, event.currency)


def detail(event: EventRow) -> str:
    """Everything else worth a line: what, how many, how, how good, and the note."""
    parts = [
        state_words(event),
        goods(event),
        channel_word(event.channel),
        _rating(event),
        _("until {day}").format(day=format_day(event.until)) if event.until is not None else "",
        f"“{one_line(event.note)}”" if event.note else "",
    ]
    return " · ".join(part for part in parts if part)


def event_line(event: EventRow, day: Day) -> str:
    """The event in one short line, with its day."""
    parts = (kind_label(event), amount_label(event), detail(event))
    return f"{format_day_short(event.day, day)}  " + " · ".join(part for part in parts if part)


def goods(event: EventRow) -> str:
    """What was bought, used or subscribed to: the order lines, else the product."""
    if event.lines:
        return ", ".join(line_words(line) for line in event.lines)
    return line_words(LineRecord(event.product, event.quantity)) if event.product else ""


def line_words(line: LineRecord) -> str:
    """One order line: "2 × Olive oil"."""
    product = one_line(line.product)
    if line.quantity is None or line.quantity == 1:
        return product
    return f"{format_number(line.quantity)} × {product}"


def state_words(event: EventRow) -> str:
    """What keeps the event from counting, or what of it was given back; empty for nothing."""
    if event.state in VOID_STATES:
        return state_word(event.state)
    if event.kind == Kind.PURCHASE and not event.counts:
        return _("refunded")
    if event.refunded:
        return _("{amount} refunded").format(amount=format_money(event.refunded, event.currency))
    return ""


def state_word(state: str) -> str:
    """What has become of a purchase, a booking or a subscription."""
    return {
        "": _("took place"), "paid": _("paid"), "refunded": _("refunded"),
        "partially_refunded": _("partly refunded"), "pending": _("not paid yet"), "unpaid": _("not paid"),
        "cancelled": _("cancelled"), "voided": _("voided"), "failed": _("failed"), "expired": _("expired"),
        "draft": _("draft"), "no_show": _("did not come"),
    }.get(state, one_line(state))


def nature_word(nature: str) -> str:
    """What something is for; empty where that is not said."""
    return {"product": _("a product"), "service": _("a service")}.get(nature, one_line(nature))


def source_label(event: EventRow) -> str:
    """From where the event came."""
    return _("written by hand") if event.source_id == HAND else one_line(event.source)


def action_word(action: str) -> str:
    """What an event is of its kind."""
    return {
        "start": _("start"), "renewal": _("renewal"), "pause": _("pause"), "cancel": _("cancelled"),
        "in": _("from the customer"), "out": _("from us"),
        "open": _("opened"), "click": _("clicked"), "reply": _("answered"), "unsubscribe": _("unsubscribed"),
        "join": _("joined"), "earn": _("earned"), "redeem": _("redeemed"),
    }.get(action, one_line(action))


def channel_word(channel: str) -> str:
    """The channel; one that is not ours is its own word."""
    return {
        "email": _("e-mail"), "phone": _("phone"), "chat": _("chat"), "social": _("social media"),
        "in_person": _("in person"), "letter": _("letter"), "web": _("web"),
    }.get(channel, one_line(channel))


def _rating(event: EventRow) -> str:
    if event.rating is None:
        return ""
    if event.kind == Kind.REVIEW:
        return f"{event.rating} ★"
    return _("{rating} of 10").format(rating=event.rating)
