"""Numbers, amounts, days and quintiles."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound (see the tests)
from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.money import digits
from activetui.locales import _
from activetui.segments.compile.writer import Writer
from activetui.segments.errors import QueryError
from activetui.segments.fields import Holds
from activetui.segments.rfm import GROUPS
from activetui.segments.tree import Choice, Days, FieldTest, Numbers, Value
from activetui.store.facts import lives_in_sql
from activetui.store.listing import quintiles, renewals
from activetui.store.listing.event_tests import (
    ANNIVERSARY,
    BIRTHDAY,
    CANCELLED,
    COMPLAINED,
    FLIPS,
    NEAR,
    RENEWAL,
    SLACK,
    YEARLY,
)
from activetui.store.listing.quintiles import Measure

NUMBER_COLUMNS = {
    "id": "customer.id",
    "spend": "fact.spend",
    "year": "fact.year_spend",
    "purchases": "fact.purchases",
    "rhythm": "fact.rhythm",
}
DAY_COLUMNS = {
    "first": "fact.first_purchase",
    "last": "fact.last_purchase",
    "since": "fact.since",
    "contacted": "fact.last_contact",
    "until": "fact.until",
    "next": "fact.next_expected",
}
EVENT_DAYS = {
    "complained": COMPLAINED, "cancelled": CANCELLED, "renewal": RENEWAL, "expires": renewals.EXPIRES,
    "unrenewed": renewals.UNRENEWED, "birthday": BIRTHDAY, "anniversary": ANNIVERSARY,
}
"""The other day fields: customers with their day, `at`; `?` is the as-of day."""

_MEASURE_OF: dict[str, Measure] = {measure: measure for measure in quintiles.COLUMNS}
_MOST_OF_A_YEAR = 300
_A_WEEK = 7
"""Of so many days, few have come to their status within them."""
_DOLLARS = frozenset(("USD", "AUD", "CAD", "NZD", "MXN", "BRL", "HKD", "SGD"))


def number(writer: Writer, test: FieldTest, value: Value) -> str:
    """A stretch of amounts or whole numbers."""
    assert isinstance(value, Numbers)
    column = NUMBER_COLUMNS[test.field.name]
    if test.field.holds is Holds.LENGTH:
        return _fraction(writer, column, value)
    scale = 0
    if test.field.holds is Holds.MONEY:
        _same_currency(writer, test, value)
        scale = digits(writer.currency)
    low = None if value.low is None else _first_whole(value.low.scaleb(scale), value.above)
    high = None if value.high is None else _last_whole(value.high.scaleb(scale), value.below)
    return writer.between(column, low, high)


def _fraction(writer: Writer, column: str, value: Numbers) -> str:
    parts = []
    if value.low is not None:
        parts.append(f"{column} {'>' if value.above else '>='} {writer.put(float(value.low))}")
    if value.high is not None:
        parts.append(f"{column} {'<' if value.below else '<='} {writer.put(float(value.high))}")
    return "(" + " AND ".join(parts) + ")"


def _first_whole(limit: Decimal, above: bool) -> int:
    """The smallest whole number that is not below (or, with `above`, that is above) the limit."""
    if above:
        return int(limit.to_integral_value(ROUND_FLOOR)) + 1
    return int(limit.to_integral_value(ROUND_CEILING))


def _last_whole(limit: Decimal, below: bool) -> int:
    """The largest whole number that is not above (or, with `below`, that is below) the limit."""
    return -_first_whole(-limit, below)


def _same_currency(writer: Writer, test: FieldTest, value: Numbers) -> None:
    dollars = value.currency == "$" and writer.currency in _DOLLARS
    if value.currency in ("", writer.currency) or dollars:
        return
    raise QueryError(
        _("The amounts here are in {currency}, not in {other}.").format(
            currency=writer.currency, other=value.currency
        ),
        writer.written, test.start, test.end, _("Write the amount without a currency."),
    )


def days(writer: Writer, test: FieldTest, value: Value) -> str:
    """A stretch of days."""
    assert isinstance(value, Days)
    first = FAR_PAST + 1 if value.first is None else value.first.on(writer.day)
    last = FAR_FUTURE - 1 if value.last is None else value.last.on(writer.day)
    name = test.field.name
    if name in DAY_COLUMNS:
        return writer.between(DAY_COLUMNS[name], first, last)
    if name in FLIPS:
        since = f"fact.since >= {writer.put(first)}"
        upto = min(last, writer.day)
        flips = FLIPS[name].format(first=writer.put(first), last=writer.put(upto))
        return f"({since} AND {lives_in_sql.one_by_one(flips) if writer.day - first <= _A_WEEK else flips})"
    if name in renewals.ENDS:
        found = _ends(writer, name, first, last)
    else:
        found = _yearly(writer, name, first, last) if name in YEARLY else writer.on(EVENT_DAYS[name])
    return f"customer.id IN (SELECT customer_id FROM ({found}) WHERE {writer.between('at', first, last)})"


def _ends(writer: Writer, name: str, first: int, last: int) -> str:
    """Ends of subscriptions, of which those far from the days asked for are not looked at."""
    before, after = renewals.ENDS[name].split("{near}")
    sql = writer.on(before) + renewals.NEAR[name]
    return sql + writer.put(last if name == "expires" else first) + writer.on(after)


def _yearly(writer: Writer, name: str, first: int, last: int) -> str:
    """What comes round every year; for a short stretch of days only who is near it is looked at."""
    before, after = YEARLY[name].split("{near}")
    sql, near = writer.on(before), ""
    length = last - max(first, writer.day)
    if 0 <= length < _MOST_OF_A_YEAR:
        near = NEAR[name]
        writer.params += [last + SLACK, (length + 2 * SLACK) * 10_000]
    return sql + near + writer.on(after)


def quintile(writer: Writer, test: FieldTest, value: Value) -> str:
    """Buyers in some of the fifths by one measure."""
    assert isinstance(value, Numbers)
    measure = _MEASURE_OF[test.field.name]
    low = 1 if value.low is None else int(value.low) + value.above
    high = 5 if value.high is None else int(value.high) - value.below
    return _in_quintiles(writer, measure, low, high)


def _in_quintiles(writer: Writer, measure: Measure, low: int, high: int) -> str:
    """A buyer from the quintile `low` to the quintile `high`."""
    if low > 5 or high < 1 or low > high:
        return "FALSE"
    column = f"fact.{quintiles.COLUMNS[measure]}"
    parts = [quintiles.BUYER]
    if low > 1:
        parts.append(f"{column} > {writer.cut(measure, low - 1)}")
    if high < 5:
        parts.append(f"{column} <= {writer.cut(measure, high)}")
    return "(" + " AND ".join(parts) + ")"


def group(writer: Writer, test: FieldTest, value: Value) -> str:
    """A group is a rectangle of R and of FM, and FM is (F + M + 1) / 2 without the rest."""
    assert isinstance(value, Choice)
    group = GROUPS[value.word]
    recent = _in_quintiles(writer, "r", *group.r)
    above: list[str] = []
    measures: tuple[Measure, ...] = ("f", "m")
    for measure in measures:
        column = f"fact.{quintiles.COLUMNS[measure]}"
        above += [f"({column} > {writer.cut(measure, place)})" for place in range(1, 5)]
    low, high = 2 * group.fm[0] - 1, 2 * group.fm[1]
    return f"({recent} AND 2 + {' + '.join(above)} BETWEEN {low} AND {high})"
