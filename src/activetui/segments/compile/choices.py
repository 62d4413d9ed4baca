"""Words of fixed lists: statuses, types, kinds of event, consent, what a customer has."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound (see the tests)
from __future__ import annotations

from collections.abc import Sequence

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.kinds import Kind
from activetui.segments.compile.figures import DAY_COLUMNS, EVENT_DAYS, NUMBER_COLUMNS
from activetui.segments.compile.writer import Writer
from activetui.segments.tree import Choice, FieldTest, Value
from activetui.store.facts import lives, lives_in_sql
from activetui.store.listing.event_tests import (
    ANY_PRODUCT,
    BOOKED,
    COMPLAINT,
    FLIPS,
    IN_PLAYBOOK,
    KIND,
    KNOWN,
    OPEN_COMPLAINT,
    REASON,
)

_PRESENT = {
    "turns": f"fact.until < {FAR_FUTURE}",
    "until": f"fact.until < {FAR_FUTURE}",
    "since": f"fact.since > {FAR_PAST}",
    "type": "fact.types <> 0",
    "tag": "EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id)",
    "purchases": "fact.purchases > 0",
    "consent": "customer.consent IS NOT NULL",
    "product": ANY_PRODUCT,
    "complaint": COMPLAINT,
    "playbook": IN_PLAYBOOK.format(which="TRUE"),
    "reason": REASON.format(which="TRUE"),
    **{name: sql.format(first=FAR_PAST + 1, last="?") for name, sql in FLIPS.items()},
}
"""When a field has a value, where that is not simply `IS NOT NULL` or `<> ''`; `?` is the as-of day."""


def status(writer: Writer, test: FieldTest, value: Value) -> str:
    """The status on the day, or the next one."""
    assert isinstance(value, Choice)
    code = writer.put(value.code)
    if test.field.name == "turns":
        return f"(fact.until < {FAR_FUTURE} AND fact.next_status = {code})"
    return f"fact.status = {code}"


def has_been(writer: Writer, values: Sequence[Value]) -> str:
    """Any of these statuses until the day. Whoever has one of them now has been in it; the others' lives are
    looked through."""
    codes = [value.code for value in values if isinstance(value, Choice)]
    now = f"fact.status IN ({', '.join(map(writer.put, codes))})"
    before = lives_in_sql.BEEN.format(statuses=writer.put(lives.bits(codes)), day=writer.put(writer.day))
    return f"({now} OR {before})"


def yes_no(writer: Writer, test: FieldTest, value: Value) -> str:
    """The active base, or do-not-contact."""
    assert isinstance(value, Choice)
    if test.field.name == "active":
        holds = f"fact.status IN ({', '.join(str(int(status)) for status in sorted(ACTIVE_BASE))})"
    else:
        holds = "customer.do_not_contact <> 0"
    return holds if value.word == "yes" else f"NOT ({holds})"


def consent(writer: Writer, test: FieldTest, value: Value) -> str:
    """What is known of the consent to advertising."""
    assert isinstance(value, Choice)
    return {
        "yes": "customer.consent = 1", "no": "customer.consent = 0", "unknown": "customer.consent IS NULL"
    }[value.word]


def type_of(writer: Writer, test: FieldTest, value: Value) -> str:
    """A type of customer."""
    assert isinstance(value, Choice)
    return f"(fact.types & {writer.put(1 << value.code)}) <> 0"


def kind(writer: Writer, test: FieldTest, value: Value) -> str:
    """Has an event of a kind that is known on the day."""
    assert isinstance(value, Choice)
    if value.word == Kind.PURCHASE.word:
        return "fact.last_purchase IS NOT NULL"
    name = writer.put(value.word)
    return KIND.format(name=name, known=writer.on(BOOKED if value.word == Kind.BOOKING.word else KNOWN))


def complaint(writer: Writer, test: FieldTest, value: Value) -> str:
    """Complaints that are open, or all resolved."""
    assert isinstance(value, Choice)
    if value.word == "open":
        return writer.on(OPEN_COMPLAINT)
    return f"({writer.on(COMPLAINT)} AND NOT {writer.on(OPEN_COMPLAINT)})"


def reason(writer: Writer, test: FieldTest, value: Value) -> str:
    """The reason that the customer gave last for staying away."""
    assert isinstance(value, Choice)
    before, after = REASON.split("{which}")
    return f"{writer.on(before)}reason = {writer.put(value.word)}{after}"


def presence(writer: Writer, test: FieldTest, value: Value) -> str:
    """Whether a field has a value."""
    assert isinstance(value, Choice)
    name = value.word
    if name in _PRESENT:
        holds = writer.on(_PRESENT[name])
    elif name in EVENT_DAYS:
        holds = f"customer.id IN (SELECT customer_id FROM ({writer.on(EVENT_DAYS[name])}))"
    elif name in DAY_COLUMNS:
        holds = f"{DAY_COLUMNS[name]} IS NOT NULL"
    elif name in NUMBER_COLUMNS:
        holds = f"{NUMBER_COLUMNS[name]} IS NOT NULL"
    else:
        holds = f"customer.{name} <> ''"
    return holds if test.field.name == "has" else f"NOT ({holds})"
