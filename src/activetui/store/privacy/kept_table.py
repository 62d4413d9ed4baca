"""A kept file as a table, and which of its rows are about one person.

A row is theirs where it made one of their events, names their id or e-mail, or belongs to one of their
orders; by a phone number or a tax id only where it names nobody else. Of an emptied row of sales the day, the
money, the products and the number of the order stay, so that the file can be read again and its totals hold.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import Any, NamedTuple

from activetui.ledger.text import fold, one_line
from activetui.store.imports import kept_files
from activetui.store.imports.packing import plain_codec
from activetui.store.privacy.traces import Traces

_SALE_FIELDS = frozenset({
    "order_id", "date", "visit_date", "time", "kind", "action", "nature", "state", "order_total", "amount",
    "refunded", "outstanding", "paid_so_far", "currency", "cancelled_at", "source", "event_key", "product",
    "sku", "category", "quantity", "unit_price", "discount_percent", "line_refunded", "quantity_refunded",
    "instalment", "row_class", "reference", "payment_ref", "adjusted_total", "cancelled", "fully_refunded",
    "charged_back", "chargeback_won", "items", "subtotal", "tax", "fee", "discount", "shipping", "tip",
    "gift_card", "net", "paid_at", "due_date", "time_zone", "payment_method", "row_number", "recorded",
    "entered",
})
"""What a column of a file can mean and is a matter of the sale, not of the person."""
_SALE_KINDS = frozenset({"", "purchase", "refund"})
_SALES, _NATIVE = frozenset({"purchases", "movements"}), "native"
_OWN = frozenset({"email", "contacts", "identities", None})
"""Columns whose e-mail is that of the customer of the row."""
_GROUPED = "(group)"
"""What the column is called that a file has only as headings between its rows."""
_LEVEL = 1
_GAPS = str.maketrans("", "", " ().-/")


class Row(NamedTuple):
    """A row of a kept file."""

    line: int
    """Where it begins, from 1."""
    lines: int
    """How many lines it takes."""
    cells: list[str]


@dataclass(frozen=True)
class About:
    """Which rows of one file are about a person."""

    who: Traces
    ids: frozenset[str]
    """The ids that the file's source gives them."""
    lines: Collection[int] = frozenset()
    """Where rows begin that made their events."""
    sales: Collection[int] = frozenset()
    """Of those, where rows begin that made a purchase or refund."""
    orders: frozenset[str] = field(default=frozenset())
    """The numbers of their orders."""

    @cached_property
    def words(self) -> frozenset[str]:
        """What stands in a cell alone."""
        return self.ids | self.orders

    @cached_property
    def _pieces(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        who = self.who
        return tuple(who.values("email")), tuple(who.tails), tuple(who.values("name"))

    def may_be_in(self, text: str, cells: Iterable[str]) -> bool:
        """Whether a text, or one of its cells, may name them: quick, and never wrong when it says no."""
        if self.words and not self.words.isdisjoint(map(str.strip, cells)):
            return True
        emails, tails, names = self._pieces
        folded = text.casefold()
        if any(email in folded for email in emails):
            return True
        digits = folded.translate(_GAPS) if tails else ""
        if any(tail in digits for tail in tails):
            return True
        return bool(names) and any(name in fold(" ".join(folded.split())) for name in names)


class KeptTable:
    """The kept file of one batch as a table."""

    def __init__(self, conn: sqlite3.Connection, batch_id: int) -> None:
        self._conn, self.batch_id = conn, batch_id
        source, assumptions = conn.execute(
            "SELECT source.name, assumptions FROM batch JOIN source ON source.id = source_id"
            " WHERE batch.id = ?",
            (batch_id,),
        ).fetchone()
        shape: dict[str, Any] = json.loads(assumptions)
        self.source = str(source)
        self._meaning = shape.get("meaning")
        self._delimiter = str(shape.get("delimiter") or ",")
        if len(self._delimiter) != 1:
            self._delimiter = ","
        self._fields: Mapping[str, str] = shape.get("columns") or {}
        self._by_place: Sequence[str | None] = shape.get("fields") or ()
        self._header_row = shape.get("header_row")
        self._needs_names = _GROUPED in self._fields or bool(shape.get("account") or shape.get("named_once"))
        head = next((raw for _line, raw in kept_files.unpacked(conn, batch_id)), b"")
        self._codec = plain_codec(head, str(shape.get("encoding") or "utf-8"))
        self._errors = "surrogatepass" if self._codec.startswith("utf-") and "8" not in self._codec else (
            "surrogateescape"
        )
        self.headings: list[str] = []
        self._columns: list[str | None] = []

    def rows(self, about: About | None = None) -> Iterator[Row]:
        """All rows but that of the headings; with `about`, those that may name them.

        `csv.Error` where the text is no table, `UnicodeError` where it cannot be had without loss.
        """
        before = 0
        for line, text in self._runs():
            headed = self._header_row is None or before > self._header_row
            if headed and about is not None and not self._is_worth(about, line, text):
                continue
            reader = csv.reader(StringIO(text, newline=""), delimiter=self._delimiter)
            read = 0
            for cells in reader:
                row = Row(line + read, reader.line_num - read, cells)
                read = reader.line_num
                before += 1
                if before - 1 == self._header_row:
                    self.headings = [one_line(cell) for cell in cells]
                    self._columns = [self._field(name) for name in self.headings]
                elif cells and (
                    about is None or row.line in about.lines or about.may_be_in("\n".join(cells), cells)
                ):
                    yield row

    def _runs(self) -> Iterator[tuple[int, str]]:
        """The text in pieces that begin and end with a row, each with its first line."""
        first, text = 1, ""
        for line, raw in kept_files.unpacked(self._conn, self.batch_id):
            first = first if text else line
            text += raw.decode(self._codec, self._errors)
            if line == 1:
                text = text.removeprefix("\ufeff")
            if text.count('"') % 2 == 0:
                yield first, text
                text = ""
        if text:
            yield first, text

    def _is_worth(self, about: About, first: int, text: str) -> bool:
        """Whether a row of theirs may be in a piece of the file; never wrong when it says no."""
        last = first + text.count("\n") + text.count("\r")
        if any(first <= line <= last for line in about.lines):
            return True
        apart = text
        for sign in '"\n\r' if about.words else "":
            apart = apart.replace(sign, self._delimiter)
        return about.may_be_in(text, apart.split(self._delimiter) if about.words else ())

    def named(self, row: Row) -> dict[str, str]:
        """The cells of a row that say anything, by heading; by number where there is none, or again."""
        found: dict[str, str] = {}
        for place, cell in enumerate(row.cells):
            heading = self.headings[place] if place < len(self.headings) else ""
            name = heading if heading and heading not in found else f"{heading} {place + 1}".strip()
            if cell.strip():
                found[name] = cell
        return found

    def of(self, about: About) -> Iterator[Row]:
        """The rows that are theirs."""
        return (row for row in self.rows(about) if self._is_theirs(about, row))

    def empty(self, about: About) -> int:
        """Empty their rows, and cells of others that name them; how many rows changed.

        `UnicodeError` or `csv.Error` if that cannot be done. It cannot where a name stands above the rows of
        a customer: they would be somebody else's without it; nor in the statement of an account, where who
        paid tells a sale from a transfer. The caller owns the transaction.
        """
        changed: dict[int, str] = {}
        rows = 0
        for row in self.rows(about):
            theirs = self._is_theirs(about, row)
            if theirs and self._needs_names:
                raise csv.Error
            cells = self._left(about, row) if theirs else self._unnamed(about, row)
            if cells != row.cells:
                rows += 1
                changed |= {row.line + more: "" for more in range(1, row.lines)}
                changed[row.line] = self._joined(cells)
        if changed:
            self._write(changed)
            self._conn.execute(
                "UPDATE batch SET assumptions = json_set(assumptions, '$.emptied', ?) WHERE id = ?",
                (True, self.batch_id),
            )
        return rows

    def _field(self, heading: str) -> str | None:
        named = self._fields.get(heading)
        if named or self._meaning != _NATIVE:
            return named
        return heading.strip().lower()

    def _meaning_of(self, place: int) -> str | None:
        found = self._by_place or self._columns
        if found:
            return found[place] if place < len(found) else None
        return self._fields.get(str(place + 1))

    def _is_theirs(self, about: About, row: Row) -> bool:
        if row.line in about.lines:
            return True
        by_field: dict[str | None, list[str]] = {}
        for place, cell in enumerate(row.cells):
            by_field.setdefault(self._meaning_of(place), []).append(cell.strip())
        if not about.orders.isdisjoint(by_field.get("order_id", ())):
            return True
        ids = [cell for cell in by_field.get("customer_id", ()) if cell]
        if not about.ids.isdisjoint(ids):
            return True
        email = about.who.owns_email_in("\n".join(
            cell for name in _OWN for cell in by_field.get(name, ())
        ))
        if email is not None or ids:
            return bool(email)
        if any(map(about.who.certain_in, row.cells)):
            return True
        names = about.who.values("name")
        return bool(names) and any(fold(" ".join(cell.split())) in names for cell in row.cells)

    def _left(self, about: About, row: Row) -> list[str]:
        """Their row without what is theirs."""
        kind = next((
            cell.strip().lower() for place, cell in enumerate(row.cells) if self._meaning_of(place) == "kind"
        ), "")
        native = self._meaning == _NATIVE and kind in _SALE_KINDS
        sale = native or self._meaning in _SALES or row.line in about.sales
        if not sale:
            return [""] * len(row.cells)
        return [
            about.who.without(cell) if self._meaning_of(place) in _SALE_FIELDS else ""
            for place, cell in enumerate(row.cells)
        ]

    @staticmethod
    def _unnamed(about: About, row: Row) -> list[str]:
        """Somebody else's row without their e-mail."""
        return ["" if about.who.owns_email_in(cell) else cell for cell in row.cells]

    def _joined(self, cells: Sequence[str]) -> str:
        if not any(cells):
            return ""
        text = StringIO()
        writer = csv.writer(text, delimiter=self._delimiter, lineterminator="")
        writer.writerow([cell if cell.isprintable() else one_line(cell) for cell in cells])
        return text.getvalue()

    def _write(self, changed: Mapping[int, str]) -> None:
        """Put other text into lines; each keeps its end, so that every row stays where it was."""
        for part, first in self._conn.execute(
            "SELECT part, first_line FROM batch_file WHERE batch_id = ? ORDER BY part", (self.batch_id,)
        ).fetchall():
            packed = self._conn.execute(
                "SELECT bytes FROM batch_file WHERE batch_id = ? AND part = ?", (self.batch_id, part)
            ).fetchone()[0]
            text = zlib.decompress(packed).decode(self._codec, self._errors)
            lines = list(StringIO(text, newline=""))
            if changed.keys().isdisjoint(range(first, first + len(lines))):
                continue
            for place, line in enumerate(lines):
                if first + place in changed:
                    mark = "\ufeff" if first + place == 1 and line.startswith("\ufeff") else ""
                    lines[place] = mark + changed[first + place] + line[len(line.rstrip("\r\n")):]
            raw = "".join(lines).encode(self._codec, self._errors)
            self._conn.execute(
                "UPDATE batch_file SET bytes = ? WHERE batch_id = ? AND part = ?",
                (zlib.compress(raw, _LEVEL), self.batch_id, part),
            )
