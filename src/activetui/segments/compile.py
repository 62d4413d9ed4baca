"""From a parsed query to SQL: a condition over the tables `customer` and `fact`.

Every value of the query becomes a bound parameter; no letter of it ever becomes part of the statement.
Conditions may come out NULL where a figure is not known; `Not` takes that as "does not hold".
"""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound (see the tests)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind
from activetui.ledger.money import digits
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.errors import QueryError
from activetui.segments.fields import Holds
from activetui.segments.rfm import GROUPS
from activetui.segments.tree import (
    All,
    AnyOf,
    Choice,
    Days,
    FieldTest,
    Node,
    Not,
    Numbers,
    Query,
    Saved,
    Text,
    Value,
    Words,
)
from activetui.store import quintiles
from activetui.store.event_tests import (
    BOOKED,
    BOUGHT,
    COMPLAINED,
    COMPLAINT,
    KNOWN,
    OPEN_COMPLAINT,
    RARE,
    RENEWAL,
)
from activetui.store.people import Clause
from activetui.store.quintiles import Cuts, Measure

__all__ = ["Clause", "compile_node", "compile_query"]

_BIGGEST = 2**62

_NUMBER_COLUMNS = {
    "id": "customer.id",
    "spend": "fact.spend",
    "year": "fact.year_spend",
    "purchases": "fact.purchases",
    "rhythm": "fact.rhythm",
}
_DAY_COLUMNS = {
    "first": "fact.first_purchase",
    "last": "fact.last_purchase",
    "since": "fact.since",
    "contacted": "fact.last_contact",
    "complained": COMPLAINED,
    "until": "fact.until",
    "next": "fact.next_expected",
    "renewal": RENEWAL,
}
"""The column or subquery of a day field; `?` is the as-of day."""

_PRESENT = {
    "turns": f"fact.until < {FAR_FUTURE}",
    "until": f"fact.until < {FAR_FUTURE}",
    "since": f"fact.since > {FAR_PAST}",
    "type": "fact.types <> 0",
    "tag": "EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id)",
    "purchases": "fact.purchases > 0",
    "consent": "customer.consent IS NOT NULL",
    "product": BOUGHT.format(own="event.product <> ''", line="line.product <> ''"),
    "complaint": COMPLAINT,
}
"""When a field has a value, where that is not simply `IS NOT NULL` or `<> ''`; `?` is the as-of day."""

_MEASURE_OF: dict[str, Measure] = {measure: measure for measure in quintiles.COLUMNS}
_PUNCTUATION = " -./()+"
_IN_SEARCH = ("name", "email", "company")
_DOLLARS = frozenset(("USD", "AUD", "CAD", "NZD", "MXN", "BRL", "HKD", "SGD"))


def _scanned(needle: str) -> Clause:
    """Who has a folded text in what is searched, found by looking at everyone."""
    return Clause(
        "(instr(customer.search, ?) > 0 OR (customer.note <> '' AND instr(fold(customer.note), ?) > 0))",
        (needle, needle),
    )


def compile_query(
    query: Query,
    *,
    day: Day,
    currency: str,
    cuts: Cuts | None = None,
    text: Callable[[str], Clause] = _scanned,
) -> Clause:
    """The condition that a query stands for on `day`, in a store whose money is in `currency`.

    `cuts` are the quintiles of that day; None looks them up whenever the condition is used. `text` gives the
    way to who has a folded text in what is searched. `QueryError` if the query names an amount in another
    currency, or a segment that is not put in yet (`segments.nested`).
    """
    if query.root is None:
        return Clause("TRUE")
    return compile_node(query.root, query, day=day, currency=currency, cuts=cuts, text=text)


def compile_node(
    node: Node,
    query: Query,
    *,
    day: Day,
    currency: str,
    cuts: Cuts | None = None,
    text: Callable[[str], Clause] = _scanned,
) -> Clause:
    """The condition of one part of a query, to count it alone; otherwise as `compile_query`."""
    compiler = _Compiler(query.text, day, currency, cuts, text)
    sql = compiler.sql(node)
    return Clause(sql, tuple(compiler.params))


@dataclass(slots=True)
class _Compiler:
    """Writes conditions from left to right, and collects the parameters in the same order."""

    written: str
    day: Day
    currency: str
    cuts: Cuts | None
    text: Callable[[str], Clause]
    params: list[str | int | float] = field(default_factory=list)

    def sql(self, node: Node) -> str:
        """The condition of a node; its parameters are added to `params`."""
        match node:
            case All(parts):
                return "(" + " AND ".join(self.sql(part) for part in parts) + ")"
            case AnyOf(parts):
                return "(" + " OR ".join(self.sql(part) for part in parts) + ")"
            case Not(part):
                return f"({self.sql(part)} IS NOT TRUE)"
            case Words(text):
                return _anywhere(self, text)
            case FieldTest():
                write = _WRITERS[node.field.holds]
                return "(" + " OR ".join(write(self, node, value) for value in node.values) + ")"

    def put(self, value: str | int | float) -> str:
        """A parameter."""
        self.params.append(value)
        return "?"

    def on(self, sql: str) -> str:
        """A condition in which every `?` is the as-of day."""
        self.params.extend([self.day] * sql.count("?"))
        return sql

    def between(self, expression: str, low: float | None, high: float | None) -> str:
        """Both limits included; None is no limit."""
        if low is None:
            return f"{expression} <= {self.put(_BIGGEST if high is None else min(high, _BIGGEST))}"
        if high is None:
            return f"{expression} >= {self.put(min(low, _BIGGEST))}"
        return f"{expression} BETWEEN {self.put(min(low, _BIGGEST))} AND {self.put(min(high, _BIGGEST))}"

    def found(self, needle: str) -> str:
        """Who has the folded text anywhere."""
        clause = self.text(needle)
        self.params.extend(clause.params)
        return clause.sql

    def cut(self, measure: Measure, place: int) -> str:
        """A cut point between two quintiles."""
        if self.cuts is None:
            return quintiles.cut(measure, place)
        value = self.cuts[measure][place - 1]
        return "NULL" if value is None else self.put(value)


def _anywhere(compiler: _Compiler, text: str) -> str:
    """The text in name, e-mail, phone, company, key (all in `customer.search`) or note."""
    needle = fold(text)
    found = compiler.found(needle)
    number = _phone_number(text)
    if number and number != needle and not set(text) - set(_PUNCTUATION + "0123456789"):
        found += f" OR instr(customer.search, {compiler.put(number)}) > 0"
    return f"({found})"


def _segment(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    if not isinstance(value, Saved):
        raise QueryError(_("Segments cannot be named here."), compiler.written, test.start, test.end)
    if value.root is None:
        return "TRUE"
    try:
        return compiler.sql(value.root)
    except QueryError as problem:       # its place is one in the segment's own text
        raise QueryError(
            _("The segment '{name}' cannot be read: {problem}").format(
                name=value.name, problem=problem.message
            ),
            compiler.written, test.start, test.end, problem.hint,
        ) from None


def _quintile(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Numbers)
    measure = _MEASURE_OF[test.field.name]
    low = 1 if value.low is None else int(value.low) + value.above
    high = 5 if value.high is None else int(value.high) - value.below
    return _in_quintiles(compiler, measure, low, high)


def _in_quintiles(compiler: _Compiler, measure: Measure, low: int, high: int) -> str:
    """A buyer from the quintile `low` to the quintile `high`."""
    if low > 5 or high < 1 or low > high:
        return "FALSE"
    column = f"fact.{quintiles.COLUMNS[measure]}"
    parts = [quintiles.BUYER]
    if low > 1:
        parts.append(f"{column} > {compiler.cut(measure, low - 1)}")
    if high < 5:
        parts.append(f"{column} <= {compiler.cut(measure, high)}")
    return "(" + " AND ".join(parts) + ")"


def _group(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    """A group is a rectangle of R and of FM, and FM is (F + M + 1) / 2 without the rest."""
    assert isinstance(value, Choice)
    group = GROUPS[value.word]
    recent = _in_quintiles(compiler, "r", *group.r)
    above: list[str] = []
    measures: tuple[Measure, ...] = ("f", "m")
    for measure in measures:
        column = f"fact.{quintiles.COLUMNS[measure]}"
        above += [f"({column} > {compiler.cut(measure, place)})" for place in range(1, 5)]
    low, high = 2 * group.fm[0] - 1, 2 * group.fm[1]
    return f"({recent} AND 2 + {' + '.join(above)} BETWEEN {low} AND {high})"


def _status(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    code = compiler.put(value.code)
    if test.field.name == "turns":
        return f"(fact.until < {FAR_FUTURE} AND fact.next_status = {code})"
    if test.field.name == "was":
        return (
            "EXISTS (SELECT 1 FROM span WHERE span.customer_id = customer.id "
            f"AND span.status = {code} AND span.start <= {compiler.put(compiler.day)})"
        )
    return f"fact.status = {code}"


def _yes_no(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    if test.field.name == "active":
        holds = f"fact.status IN ({', '.join(str(int(status)) for status in sorted(ACTIVE_BASE))})"
    else:
        holds = "customer.do_not_contact <> 0"
    return holds if value.word == "yes" else f"NOT ({holds})"


def _consent(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    return {
        "yes": "customer.consent = 1", "no": "customer.consent = 0", "unknown": "customer.consent IS NULL"
    }[value.word]


def _type(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    return f"(fact.types & {compiler.put(1 << value.code)}) <> 0"


def _kind(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    if value.word == Kind.PURCHASE.word:
        return "fact.last_purchase IS NOT NULL"
    code = f"(SELECT kind.id FROM kind WHERE kind.name = {compiler.put(value.word)})"
    known = compiler.on(BOOKED if value.word == Kind.BOOKING.word else KNOWN)
    return (
        f"EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id AND event.kind = {code} "
        f"AND event.kind {RARE} AND event.counts AND {known})"
    )


def _complaint(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    if value.word == "open":
        return compiler.on(OPEN_COMPLAINT)
    return f"({compiler.on(COMPLAINT)} AND NOT {compiler.on(OPEN_COMPLAINT)})"


def _presence(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Choice)
    name = value.word
    if name in _PRESENT:
        holds = compiler.on(_PRESENT[name])
    elif name in _DAY_COLUMNS:
        holds = compiler.on(_DAY_COLUMNS[name]) + " IS NOT NULL"
    elif name in _NUMBER_COLUMNS:
        holds = f"{_NUMBER_COLUMNS[name]} IS NOT NULL"
    else:
        holds = f"customer.{name} <> ''"
    return holds if test.field.name == "has" else f"NOT ({holds})"


def _text(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Text)
    needle = fold(value.text)
    if test.field.name == "product":
        compiler.put(compiler.day)
        return BOUGHT.format(
            own=_matches("event.product", value, compiler.put(needle)),
            line=_matches("line.product", value, compiler.put(needle)),
        )
    cheap = ""
    if test.field.name in _IN_SEARCH:       # true wherever the other is, and needs no call of ours
        cheap = f"instr(customer.search, {compiler.put(needle)}) > 0 AND "
    return f"({cheap}{_matches(f'customer.{test.field.name}', value, compiler.put(needle))})"


def _matches(column: str, value: Text, mark: str) -> str:
    return f"fold({column}) = {mark}" if value.whole else f"instr(fold({column}), {mark}) > 0"


def _code(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Text)
    needle = compiler.put(fold(value.text))
    if test.field.name == "tag":
        return (
            "EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id "
            f"AND fold(tag.name) = {needle})"
        )
    if test.field.name == "language":       # pt also finds pt-PT and pt_BR
        return f"(fold(customer.language) = {needle} OR {_with_region(compiler, fold(value.text))})"
    return f"fold(customer.{test.field.name}) = {needle}"


def _with_region(compiler: _Compiler, language: str) -> str:
    beginning = f"substr(fold(customer.language), 1, {compiler.put(len(language) + 1)})"
    return f"{beginning} IN ({compiler.put(language + '-')}, {compiler.put(language + '_')})"


def _phone(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Text)
    number = _phone_number(value.text)
    column = "customer.phone"
    for sign in _PUNCTUATION:
        column = f"replace({column}, '{sign}', '')"
    if value.whole:
        return f"{column} = {compiler.put(number)}"
    return f"instr({column}, {compiler.put(number)}) > 0"


def _phone_number(text: str) -> str:
    """The digits of a telephone number, without the 00 that some dial before the country."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit()).removeprefix("00")


def _number(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Numbers)
    column = _NUMBER_COLUMNS[test.field.name]
    if test.field.holds is Holds.LENGTH:
        return _fraction(compiler, column, value)
    scale = 0
    if test.field.holds is Holds.MONEY:
        _same_currency(compiler, test, value)
        scale = digits(compiler.currency)
    low = None if value.low is None else _first_whole(value.low.scaleb(scale), value.above)
    high = None if value.high is None else _last_whole(value.high.scaleb(scale), value.below)
    return compiler.between(column, low, high)


def _fraction(compiler: _Compiler, column: str, value: Numbers) -> str:
    parts = []
    if value.low is not None:
        parts.append(f"{column} {'>' if value.above else '>='} {compiler.put(float(value.low))}")
    if value.high is not None:
        parts.append(f"{column} {'<' if value.below else '<='} {compiler.put(float(value.high))}")
    return "(" + " AND ".join(parts) + ")"


def _first_whole(limit: Decimal, above: bool) -> int:
    """The smallest whole number that is not below (or, with `above`, that is above) the limit."""
    if above:
        return int(limit.to_integral_value(ROUND_FLOOR)) + 1
    return int(limit.to_integral_value(ROUND_CEILING))


def _last_whole(limit: Decimal, below: bool) -> int:
    """The largest whole number that is not above (or, with `below`, that is below) the limit."""
    return -_first_whole(-limit, below)


def _same_currency(compiler: _Compiler, test: FieldTest, value: Numbers) -> None:
    dollars = value.currency == "$" and compiler.currency in _DOLLARS
    if value.currency in ("", compiler.currency) or dollars:
        return
    raise QueryError(
        _("The amounts here are in {currency}, not in {other}.").format(
            currency=compiler.currency, other=value.currency
        ),
        compiler.written, test.start, test.end, _("Write the amount without a currency."),
    )


def _days(compiler: _Compiler, test: FieldTest, value: Value) -> str:
    assert isinstance(value, Days)
    column = compiler.on(_DAY_COLUMNS[test.field.name])
    first = FAR_PAST + 1 if value.first is None else value.first.on(compiler.day)
    last = FAR_FUTURE - 1 if value.last is None else value.last.on(compiler.day)
    return compiler.between(column, first, last)


_WRITERS: dict[Holds, Callable[[_Compiler, FieldTest, Value], str]] = {
    Holds.STATUS: _status,
    Holds.TYPE: _type,
    Holds.SEGMENT: _segment,
    Holds.QUINTILE: _quintile,
    Holds.GROUP: _group,
    Holds.KIND: _kind,
    Holds.YES_NO: _yes_no,
    Holds.CONSENT: _consent,
    Holds.COMPLAINT: _complaint,
    Holds.PRESENCE: _presence,
    Holds.TEXT: _text,
    Holds.CODE: _code,
    Holds.PHONE: _phone,
    Holds.MONEY: _number,
    Holds.WHOLE: _number,
    Holds.LENGTH: _number,
    Holds.PAST: _days,
    Holds.AHEAD: _days,
}
