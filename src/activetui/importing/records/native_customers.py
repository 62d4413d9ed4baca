"""The customer of a native row, with all its columns and the signs that the file itself names."""

from __future__ import annotations

import json
from collections.abc import Sequence

from activetui.importing.deciding.understand import Understanding
from activetui.importing.ledger_csv import CUSTOMER_COLUMNS, signs_from_text
from activetui.importing.records.customers import customer_columns, identities_of, row_getter, tell_apart
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import first_email, is_lost_number, read_country, read_phone
from activetui.importing.values.dates import moment_reader
from activetui.importing.values.words import is_walk_in, yes_or_no
from activetui.ledger.days import Day
from activetui.ledger.records import CustomerRecord
from activetui.ledger.spreadsheet import unguard
from activetui.ledger.text import one_line
from activetui.locales import _

_REMEMBERED = 20_000
_PLAIN = ("tax_id", "company", "address", "city", "region", "postcode", "language")

Known = tuple[CustomerRecord | None, str]


class NativeCustomers:
    """Makes the customers of one native file."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        layout = understood.layout
        self._understood, self._found = understood, found
        names = [name for name in (*CUSTOMER_COLUMNS, "last_name", "identities") if layout.has(name)]
        places = [place for name in names for place in layout.of(name)]
        self._at = customer_columns(layout, names, places)
        self._headings = [layout.name_of(place) for place in places]
        self._cells = row_getter(places)
        self._moments = {
            name: moment_reader(understood.decisions.order(place))
            for name in ("birthday", "history_from") if (place := layout.one(name)) is not None
        }
        self._known: dict[tuple[str, ...], Known] = {}

    def of(self, row: Sequence[str], line: int) -> Known:
        """The customer of a row (None: nobody) and what tells them apart; `BadCell` for a wrong cell."""
        cells = self._cells(row)
        known = self._known.get(cells)
        if known is None:
            known = self._read(cells, line)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[cells] = known
        return known

    def _read(self, cells: Sequence[str], line: int) -> Known:
        signs = signs_from_text(self._text(cells, "identities"))
        name, first_name = self._text(cells, "name"), self._text(cells, "first_name")
        name = name or " ".join(filter(None, (first_name, self._text(cells, "last_name"))))
        email, phone, country = (self._text(cells, field) for field in ("email", "phone", "country"))
        if not signs:
            email, country = first_email(email) or email, read_country(country)
            home = country if len(country) == 2 else self._understood.country
            if is_lost_number(phone):
                self._found.lost_phones.append(line)
            phone = read_phone(phone, home, self._understood.language)
        record = CustomerRecord(
            key=self._text(cells, "customer_id"), name=name, first_name=first_name, email=email, phone=phone,
            country=country, note=self._text(cells, "customer_note"),
            consent=self._flag(cells, "consent"), do_not_contact=self._flag(cells, "do_not_contact") or None,
            birthday=self._day(cells, "birthday"), history_from=self._day(cells, "history_from"),
            tags=self._tags(cells), extra=self._extra(cells),
        )
        for field in _PLAIN:
            setattr(record, field, self._text(cells, field))
        record.identities = signs or identities_of(record)
        nobody = not signs and (
            not record.identities or (record.identities[0][0] == "name" and is_walk_in(record.name))
        )
        return (None, "") if nobody else (record, record.key or tell_apart(record, phone))

    def _text(self, cells: Sequence[str], name: str) -> str:
        for place in self._at.get(name, ()):
            if cells[place]:
                return one_line(unguard(cells[place]))
        return ""

    def _flag(self, cells: Sequence[str], name: str) -> bool | None:
        text = self._text(cells, name)
        if not text:
            return None
        answer = yes_or_no(text)
        if answer is None:
            raise BadCell(_("{column}: {cell} is neither yes nor no").format(column=name, cell=text))
        return answer

    def _day(self, cells: Sequence[str], name: str) -> Day | None:
        text = self._text(cells, name)
        try:
            return self._moments[name](text).day if text else None
        except BadCell as bad:
            raise BadCell(f"{name}: {bad.reason}") from None

    def _tags(self, cells: Sequence[str]) -> tuple[str, ...]:
        parts = self._text(cells, "tags").replace(";", ",").split(",")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def _extra(self, cells: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in self._at.get("extra", ()):
            text = one_line(unguard(cells[place])) if cells[place] else ""
            if not text:
                continue
            if self._headings[place].strip().lower() == "extra" and text.startswith("{"):
                found.update(_side_facts(text))
            else:
                found[self._headings[place]] = text
        return found


def _side_facts(text: str) -> dict[str, str]:
    try:
        facts = json.loads(text)
    except ValueError:
        raise BadCell(_("extra: the cell is not what an export wrote")) from None
    return {str(name): str(value) for name, value in facts.items()}
