"""The customer of a row: read once for equal cells, with the signs by which they are matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from operator import itemgetter

from activetui.importing import readers
from activetui.importing.columns.column import Layout
from activetui.importing.columns.vocabulary import FIELDS, HINTS
from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.plain_people import FIELDS as PLAIN_FIELDS
from activetui.importing.records.plain_people import plain_people
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import (
    first_email,
    identity_email,
    identity_phone,
    is_lost_number,
    read_country,
    read_phone,
)
from activetui.importing.values.ids import read_id
from activetui.importing.values.texts import clean, text_of
from activetui.importing.values.words import (
    consent_of,
    is_nothing,
    is_shared_tax,
    is_walk_in,
    plain,
    yes_or_no,
)
from activetui.ledger.days import Day, iso
from activetui.ledger.money import plain as plain_money
from activetui.ledger.plain_people import PlainPeople
from activetui.ledger.records import CustomerRecord
from activetui.ledger.text import fold, one_line

_REMEMBERED = 40_000
_SHORTEST_TAX = 5
_ADDRESS = re.compile(r"[^\s,;]+@[^\s,;]+")
_TAGS = re.compile(r"[,;|]| ::: ")
_PLAIN = (
    ("tax_id", "tax_id"),
    ("company", "company"),
    ("address", "address"),
    ("city", "city"),
    ("region", "region"),
    ("postcode", "postcode"),
    ("language", "language"),
    ("note", "customer_note"),
)
"""Attributes of a record that are simply the first filled cell of a field."""
_NOBODY = ("0", "-1")
"""Ids that databases give to all who have bought without an account."""
_HINT_DAYS = ("customer_since", "consent_date", "first_visit", "last_visit")

Cells = tuple[str, ...]
Known = tuple[CustomerRecord | None, str]
"""A customer, and the text by which a row without an order number tells them apart."""


class CustomerReader:
    """Makes the customers of one file."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        self._understood = understood
        self._found = found
        layout = understood.layout
        self._with_notes = understood.meaning in ("customers", "contacts", "newsletter")
        names = [name for name in layout.fields if FIELDS[name].about == "customer"]
        if self._with_notes:
            names += [
                name for name in ("note", "channel", "state", "amount", "paid_so_far") if layout.has(name)
            ]
        self._columns = [place for name in names for place in layout.of(name)]
        self._at = customer_columns(layout, names, self._columns)
        self._cells = row_getter(self._columns)
        system = understood.system
        self._aliases = system.email_is_alias if system else ()
        self._patterns = {
            name: re.compile(pattern) for name, pattern in (system.patterns if system else {}).items()
        }
        self._consent_of_all = yes_or_no(understood.fixed.get("consent", ""))
        self._known: dict[Cells, Known] = {}
        self._before: dict[Cells, Known] = {}
        self._with_codes = understood.system is not None and understood.system.phones == "international"
        self._has_parts = layout.has("first_name", "last_name")
        self._plain = [(attribute, name) for attribute, name in _PLAIN if name in self._at]
        self._more = [
            read for read, fields in (
                (self._consent, ("consent", "no_consent", "do_not_contact")),
                (self._tags, ("tags",)),
                (self._birthday, ("birthday",)),
                (self._hints, (*HINTS, "extra", "amount", "note", "channel", "state", "paid_so_far")),
            ) if any(field in self._at for field in fields)
        ]
        """What else the file tells of customers, each to be read into a record."""
        self._moments = {
            place: readers.moments(understood, place)
            for name in (*_HINT_DAYS, "birthday") for place in layout.of(name)
        }
        spent = [place for name in ("total_spent", "amount") for place in layout.of(name)]
        self._money = {place: readers.money(understood, place) for place in spent}
        self._whole_ids = bool(understood.whole_floats.intersection(layout.of("customer_id")))
        self._plain_places = self._where_plain()

    def of(self, row: Sequence[str], line: int) -> Known:
        """The customer of a row (None: nobody) and what tells them apart."""
        cells = self._cells(row)
        known = self._known.get(cells)
        if known is None:
            known = self._before.get(cells) or self.read(cells, line)
            if len(self._known) >= _REMEMBERED:
                self._before, self._known = self._known, {}
            self._known[cells] = known
        return known

    @property
    def places(self) -> Sequence[int]:
        """The columns that tell of customers."""
        return self._columns

    def plain(self, columns: Sequence[Sequence[str]]) -> PlainPeople | None:
        """What `read` gives for many rows, of which these are the columns of `places`; None where it has to
        be asked for each of them."""
        if self._plain_places is None:
            return None
        return plain_people(*([] if at is None else columns[at] for at in self._plain_places))

    def _where_plain(self) -> tuple[int | None, ...] | None:
        """Where the columns of plain people are; None for a file that tells more of them, or otherwise."""
        fields, places = self._at.keys(), self._at.values()
        signs = fields & {"customer_id", "email"}
        unusual = self._aliases or self._whole_ids or self._consent_of_all is not None
        if unusual or not signs or any(len(several) > 1 for several in places):
            return None
        if not fields <= set(PLAIN_FIELDS) or self._patterns.keys() & set(PLAIN_FIELDS):
            return None
        return tuple(self._at[name][0] if name in self._at else None for name in PLAIN_FIELDS)

    def read(self, cells: Cells, line: int) -> Known:
        """What `of` gives for a row with these cells in `places`, without remembering it."""
        name, first_name = self._name(cells)
        email = self._email(cells)
        if not email and "@" in name:
            email, name = first_email(name), ""
        record = CustomerRecord(name=name, first_name=first_name, email=email)
        key = read_id(self._first(cells, "customer_id"), whole_floats=self._whole_ids)
        record.key = "" if key in _NOBODY else key
        for attribute, field in self._plain:
            setattr(record, attribute, self._first(cells, field))
        if "country" in self._at:
            record.country = read_country(self._first(cells, "country"))
        if "phone" in self._at or "contacts" in self._at:
            record.phone = self._phone(cells, record.country, line)
        if self._consent_of_all is not None:
            record.consent = self._consent_of_all
        for read in self._more:
            read(cells, record)
        record.identities = identities_of(record, self._aliases)
        nobody = not record.identities or (record.identities[0][0] == "name" and is_walk_in(name))
        if nobody:
            return None, ""
        return record, record.key or tell_apart(record, self._raw_phone(cells))

    def _first(self, cells: Cells, name: str) -> str:
        for place in self._at.get(name, ()):
            cell = cells[place]
            if not cell:
                continue
            text = text_of(cell)
            if text:
                return text if name not in self._patterns else self._meant(name, text)
        return ""

    def _meant(self, name: str, text: str) -> str:
        """What of a cell is meant, where the system says so: `Ana Rey (ar1)` holds the id `ar1`."""
        found = self._patterns[name].search(text)
        return found[1] if found else text

    def _name(self, cells: Cells) -> tuple[str, str]:
        whole = self._first(cells, "name")
        if whole and not self._has_parts:
            return whole, ""
        company = self._first(cells, "company")
        first_name, last_name = self._first(cells, "first_name"), self._first(cells, "last_name")
        if not whole:
            middle = self._first(cells, "middle_name")
            parts = (
                (last_name, first_name, middle)
                if middle and not middle.isascii()
                else (first_name, middle, last_name)
            )
            whole = " ".join(part for part in parts if part)
        return whole or company, first_name

    def _email(self, cells: Cells) -> str:
        for place in chain(self._at.get("email", ()), self._at.get("contacts", ())):
            email = first_email(cells[place])
            if email:
                return email
        return ""

    def _phones(self, cells: Cells) -> Iterator[str]:
        """The cells of telephone numbers, and what stands beside the address where one cell holds both."""
        area = self._first(cells, "phone_area").strip("() ")
        for place in self._at.get("phone", ()):
            cell = cells[place]
            yield f"({area}) {cell}" if area and cell and cell.lstrip()[0] not in "+(" else cell
        for place in self._at.get("contacts", ()):
            yield from re.split("[,;]", _ADDRESS.sub(",", cells[place]))

    def _raw_phone(self, cells: Cells) -> str:
        return next((cell for cell in self._phones(cells) if cell.strip()), "")

    def _phone(self, cells: Cells, country: str, line: int) -> str:
        home = country if len(country) == 2 else self._understood.country
        lost = False
        for cell in self._phones(cells):
            if self._with_codes and cell[:1].isdigit() and cell[0] != "0":
                cell = f"+{cell}"
            phone = read_phone(cell, home, self._understood.language)
            if phone:
                return one_line(phone)
            lost = lost or is_lost_number(cell)
        if lost:
            self._found.lost_phones.append(line)
        return ""

    def _consent(self, cells: Cells, record: CustomerRecord) -> None:
        against = yes_or_no(self._first(cells, "no_consent"))
        record.consent = consent_of(self._first(cells, "consent")) if against is None else not against
        if yes_or_no(self._first(cells, "do_not_contact")):
            record.do_not_contact = True

    def _tags(self, cells: Cells, record: CustomerRecord) -> None:
        found: dict[str, None] = {}
        for place in self._at.get("tags", ()):
            for part in _TAGS.split(cells[place]):
                tag = one_line(part).strip("\"'* ")
                if tag and not is_nothing(tag):
                    found[tag] = None
        record.tags = tuple(found)

    def _birthday(self, cells: Cells, record: CustomerRecord) -> None:
        text = self._first(cells, "birthday")
        if not text:
            return
        column = self._columns[self._at["birthday"][0]]
        try:
            day = self._moments[column](text).day
        except BadCell:
            record.extra["birthday"] = text
            return
        if day is not None and day > self._understood.setting.today and not re.search(r"\d{4}", text):
            day = _a_century_before(day)
        record.birthday = day

    def _hints(self, cells: Cells, record: CustomerRecord) -> None:
        for name in (*HINTS, *(("channel", "state", "paid_so_far") if self._with_notes else ())):
            text = self._first(cells, name)
            if text:
                record.extra[name] = self._hint(name, text)
        if self._with_notes:
            record.note = record.note or self._first(cells, "note")
            self._spent(cells, record)
        for place in self._at.get("extra", ()):
            text = clean(cells[place])
            if text:
                record.extra[self._understood.layout.name_of(self._columns[place])] = text

    def _hint(self, name: str, text: str) -> str:
        if name not in _HINT_DAYS:
            return text
        try:
            moment = self._moments[self._columns[self._at[name][0]]](text)
        except BadCell:
            return text
        if moment.day is not None and name != "consent_date":
            self._found.day(moment.day)
        return iso(moment.day) or ""

    def _spent(self, cells: Cells, record: CustomerRecord) -> None:
        """What a list says that the customer has spent: a hint, never a purchase."""
        name = "total_spent" if "total_spent" in self._at else "amount"
        for place in self._at.get(name, ()):
            try:
                spent = self._money[self._columns[place]](cells[place])
            except BadCell:
                continue
            if spent is not None:
                record.extra["total_spent"] = plain_money(spent, self._understood.currency.code) or ""


def customer_columns(layout: Layout, names: Sequence[str], places: Sequence[int]) -> dict[str, list[int]]:
    """Where among the cells of `places` the columns of each field are."""
    return {name: [places.index(place) for place in layout.of(name)] for name in names}


def row_getter(columns: Sequence[int]) -> Callable[[Sequence[str]], Cells]:
    """A function that picks these columns of a row as a tuple."""
    if len(columns) > 1:
        return itemgetter(*columns)
    if columns:
        only = columns[0]
        return lambda row: (row[only],)
    return lambda row: ()


def identities_of(record: CustomerRecord, aliases: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The signs by which a customer is matched, strongest first; the name only where there is no other.

    `aliases` are addresses (`*` for any signs) that are nobody's identity.
    """
    signs = []
    if record.key:
        signs.append(("id", record.key))
    own = not aliases or not any(fnmatchcase(record.email, alias) for alias in aliases)
    if record.email and own and (email := identity_email(record.email)):
        signs.append(("email", email))
    if record.phone and (phone := identity_phone(record.phone)):
        signs.append(("phone", phone))
    if record.tax_id:
        tax = "".join(filter(str.isalnum, record.tax_id)).upper()
        if len(tax) >= _SHORTEST_TAX and not is_shared_tax(tax):
            signs.append(("tax", tax))
    if not signs and (name := " ".join(fold(record.name).split())):
        signs.append(("name", name))
    return tuple(signs)


def tell_apart(record: CustomerRecord, raw_phone: str) -> str:
    """What tells the customer of a row apart, whatever country numbers are read with."""
    digits = "".join(filter(str.isdigit, raw_phone))[-8:]
    return record.key or record.email or digits or record.tax_id or plain(record.name)


def _a_century_before(day: Day) -> Day:
    from activetui.ledger.days import to_date, to_day

    when = to_date(day)
    return to_day(when.replace(year=when.year - 100, day=min(when.day, 28) if when.month == 2 else when.day))

