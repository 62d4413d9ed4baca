"""One file understood: its table, what its columns mean, how it writes days and amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from activetui.importing.asking.answers import DATE_ORDERS, DECIMAL_MARKS, Answers, Setting
from activetui.importing.asking.questions import Question
from activetui.importing.columns.assign import assign, others_assigned
from activetui.importing.columns.column import Column, Layout
from activetui.importing.columns.contents import Contents, contents_of
from activetui.importing.columns.mapped import mapped_columns
from activetui.importing.columns.meaning import amount_question, headless_question, meaning_of
from activetui.importing.columns.synonyms import language_of
from activetui.importing.columns.systems import System, recognise, system_columns
from activetui.importing.columns.vocabulary import IGNORE
from activetui.importing.deciding.currency import Currency, decide_currency
from activetui.importing.deciding.decided import Decisions
from activetui.importing.deciding.decisions import SAMPLE, decide_columns
from activetui.importing.deciding.order_totals import amounts_are_of_orders
from activetui.importing.deciding.time_zones import home_zone, zone_assumption, zones_of
from activetui.importing.ledger_csv import native_columns
from activetui.importing.tables.grouped import GROUP
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Table
from activetui.importing.values.contacts import country_of, is_country, read_phone
from activetui.importing.values.ids import are_whole_floats
from activetui.ledger.errors import UsageError
from activetui.ledger.spreadsheet import unguard
from activetui.ledger.text import one_line
from activetui.locales import _

_WITHOUT_MONEY = ("customers", "contacts", "newsletter", "reviews", "tickets", "referrals", "loyalty")
"""Meanings of files whose currency changes nothing."""
ADDED = ("refused_line", "refused_reason", "refused_source")
"""Headings of the columns that a file of refused rows has besides its own."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that was decided without the file saying it outright."""

    about: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that is decided about a file before its rows become records."""

    table: Table
    system: System | None
    columns: tuple[Column, ...]
    layout: Layout
    meaning: str
    """One of `columns.system.MEANINGS`."""
    decisions: Decisions
    currency: Currency
    country: str
    language: str
    """Of the headings, where it shows."""
    source: str
    setting: Setting
    amounts_are_of_orders: bool
    """Whether `amount` is the whole order's and counted once, not added up over its rows."""
    questions: tuple[Question, ...]
    assumptions: tuple[Assumption, ...]
    sample: tuple[Row, ...]
    answers: Answers
    """What was said and remembered of the file."""
    home: tzinfo | None = None
    """The business's time zone; None: days are taken as written."""
    zones: Mapping[int, tzinfo] = field(default_factory=dict)
    """Column → the zone of its moments that name none."""
    whole_floats: frozenset[int] = frozenset()
    """Columns of ids that a program wrote as 17850.0."""
    account: bool = False
    """Whether the list is that of an account, by its balances."""
    unpaid_without: int | None = None
    """A column of the days on which sales were paid: those without one are not paid."""
    day_sums: str = ""
    """`skip` or `take` where each row is what was taken on a day."""

    @property
    def states(self) -> Mapping[str, str]:
        """The system's own words for states."""
        return self.system.states if self.system else {}

    @property
    def fixed(self) -> Mapping[str, str]:
        """Field → what every row says of it without a column."""
        return self.system.fixed if self.system else {}


def understand_table(table: Table, answers: Answers, setting: Setting) -> Understanding:
    """Look into a table as far as needed to decide everything; the answers have passed `check_answers`."""
    headless = table.header_row is None
    sample = table.sample(SAMPLE)
    said = _groups(table, mapped_columns(table.header, answers.columns)) | _set_aside(table.header)
    system = None if headless else recognise(table.header, table.file_name)
    columns, contents = _columns(table, sample, system, said)
    layout = Layout(columns)
    questions = [headless_question(columns)] if headless and not answers.columns else []
    meaning = system.meaning if system else ""
    if not meaning and not questions:
        meaning, asked = meaning_of(layout, contents)
        questions += asked or (amount_question(columns, contents) if meaning == "purchases" else [])
    language = language_of([*table.header, *table.titles])
    country, assumptions = _country(sample, layout, answers, setting)
    setting = replace(setting, country=country)
    home = home_zone(answers, setting)
    fixed = system.fixed.get("currency", "") if system else ""
    currency = decide_currency(
        sample, layout, answers, setting, fixed, table.titles, country, language
    )
    decisions = decide_columns(
        table, sample, layout, answers, system, currency=currency.code, today=setting.today
    )
    if currency.assumed and meaning not in _WITHOUT_MONEY:
        assumptions.append(Assumption("currency", currency.code, currency.why))
    zones = zones_of(layout, system)
    told = zone_assumption(sample, layout, zones, home)
    if told:
        assumptions.append(Assumption("time_zone", *told))
    if meaning in ("", "purchases") and system is None:
        assumptions += _before_tax(layout)
    whole, asked_totals = amounts_are_of_orders(layout, decisions, sample, system, currency.code)
    questions = questions or [*decisions.questions, *([asked_totals] if asked_totals else [])]
    return Understanding(
        table=table, system=system, columns=tuple(columns), layout=layout, meaning=meaning or "customers",
        decisions=decisions, currency=currency, country=country, language=language,
        source=answers.source or _told_source(table.header, sample) or _source(system, layout),
        setting=setting,
        amounts_are_of_orders=whole, questions=tuple(questions),
        assumptions=tuple(assumptions), sample=tuple(sample), answers=answers, home=home,
        zones=zones, whole_floats=_whole_floats(layout, sample),
    )


def check_answers(answers: Answers) -> None:
    """`UsageError` for an answer that says nothing."""
    if answers.date_order and answers.date_order not in DATE_ORDERS:
        raise UsageError(
            _("{text!r} is no order of day, month and year.").format(text=answers.date_order),
            _("Give dmy (31/12/2026), mdy (12/31/2026) or ymd (2026-12-31)."),
        )
    if answers.decimal and answers.decimal not in DECIMAL_MARKS:
        raise UsageError(
            _("{text!r} is no decimal mark.").format(text=answers.decimal), _("Give a comma or a full stop.")
        )
    for said, allowed, option in (
        (answers.cents, ("yes", "no"), "--cents"), (answers.serials, ("1900", "1904"), "--serials"),
        (answers.carry_down, ("yes", "no"), "--carry-down"),
        (answers.day_sums, ("skip", "take"), "--day-sums"),
    ):
        if said and said not in allowed:
            raise UsageError(
                _("{text!r} is no answer to {option}.").format(text=said, option=option),
                _("Give {one} or {other}.").format(one=allowed[0], other=allowed[1]),
            )
    if answers.country and not is_country(answers.country.upper()):
        raise UsageError(
            _("{text!r} is no country.").format(text=answers.country),
            _("Give the two letters of its code, such as PT, BR or RU."),
        )


def _columns(
    table: Table, sample: Sequence[Row], system: System | None, said: Mapping[int, str]
) -> tuple[list[Column], Sequence[Contents]]:
    if system and system.meaning == "native":
        return native_columns(table.header, said), ()
    contents: Sequence[Contents] = ()
    if system is None or system.own_columns:
        contents = [contents_of(sample, place) for place in range(len(table.header))]
    if system:
        columns = system_columns(system, table.header, said)
        return (others_assigned(columns, contents) if contents else columns), ()
    return assign(table.header, contents, said, headless=table.header_row is None), contents


def _country(
    sample: Sequence[Row], layout: Layout, answers: Answers, setting: Setting
) -> tuple[str, list[Assumption]]:
    """Where numbers without a country code are at home: as said, the store's, or the file's others."""
    if answers.country or setting.country:
        return (answers.country or setting.country).upper(), []
    found: Counter[str] = Counter()
    national = False
    for place in layout.of("phone"):
        for _line, row in sample[:1000]:
            phone = read_phone(row[place], "")
            if phone.startswith("+") and sum(found.values()) < 50:
                found[country_of(phone)] += 1
            national = national or bool(phone and not phone.startswith("+"))
    found.pop("", None)
    if len(found) != 1 or not national:
        return "", []
    (country,) = found
    why = _("all telephone numbers with a country code are from there (--country says another)")
    return country, [Assumption("country", country, why)]


def _before_tax(layout: Layout) -> list[Assumption]:
    """Where only the amount before tax and the tax stand in a file, customers paid both."""
    subtotal, tax = layout.one("subtotal"), layout.one("tax")
    if subtotal is None or tax is None or layout.has("amount", "order_total", "unit_price"):
        return []
    value = f"{layout.name_of(subtotal)} + {layout.name_of(tax)}"
    return [Assumption("amount", value, _("the amount before tax and the tax are what customers paid"))]


def _whole_floats(layout: Layout, sample: Sequence[Row]) -> frozenset[int]:
    """The columns of ids in which every number has become one with a fraction of nothing."""
    places = [place for name in ("customer_id", "order_id", "sku", "reference") for place in layout.of(name)]
    return frozenset(place for place in places if are_whole_floats(row[place] for _line, row in sample))


def _set_aside(header: Sequence[str]) -> dict[int, str]:
    """The columns that only a file of refused rows has."""
    return {place: IGNORE for place, heading in enumerate(header) if heading in ADDED}


def _groups(table: Table, said: dict[int, str]) -> dict[int, str]:
    """The headings of groups are the customers, unless the owner says otherwise.

    They stand in a column of their own; so they do in a file of rows that were refused once.
    """
    headed = table.above is not None and table.above.headed == GROUP
    if not headed and not (GROUP in table.header and ADDED[-1] in table.header):
        return said
    first = {0: IGNORE} if table.above is not None and table.above.promised else {}
    return first | {table.header.index(GROUP): "name"} | said


def _told_source(header: Sequence[str], sample: Sequence[Row]) -> str:
    """The source that a file of refused rows names: corrected rows belong to those that were taken."""
    if ADDED[-1] not in header:
        return ""
    place = header.index(ADDED[-1])
    return next((one_line(unguard(row[place])) for _line, row in sample if row[place].strip()), "")


def _source(system: System | None, layout: Layout) -> str:
    """The name under which ids and keys hold: the program, else the headings that make the keys.

    Next month's list of the same kind has the same headings, so that nothing is counted twice.
    """
    if system:
        return system.source
    telling = (
        "order_id",
        "date",
        "visit_date",
        "customer_id",
        "email",
        "phone",
        "name",
        "last_name",
        "amount",
        "order_total",
    )
    names = [layout.name_of(place) for name in telling for place in layout.of(name)[:1]]
    return ", ".join(names)[:120] or "csv"
