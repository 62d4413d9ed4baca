"""The rows of kept files that are about one person: to give them to the person, and to empty them.

A row is theirs where it made one of their events, names their id or e-mail, or belongs to one of their
orders; by a phone number or a tax id only where it names nobody else. Of an emptied row of sales the day, the
money, the products and the number of the order stay, so that the file can be read again and its totals hold.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, NamedTuple

from activetui.ledger.text import fold, one_line
from activetui.locales import _
from activetui.store.imports import kept_files
from activetui.store.imports.packing import plain_codec
from activetui.store.privacy.traces import Traces
from activetui.store.progress import Progress

_SALE_FIELDS = frozenset({
    "order_id", "date", "time", "kind", "action", "nature", "state", "order_total", "amount", "refunded",
    "outstanding", "paid_so_far", "currency", "cancelled_at", "source", "event_key", "product", "sku",
    "category", "quantity", "unit_price", "discount_percent", "line_refunded", "quantity_refunded",
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
    orders: frozenset[str] = field(default=frozenset())
    """The numbers of their orders."""


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
        head = next((raw for _line, raw in kept_files.unpacked(conn, batch_id)), b"")
        self._codec = plain_codec(head, str(shape.get("encoding") or "utf-8"))
        self._errors = "surrogatepass" if self._codec.startswith("utf-") and "8" not in self._codec else (
            "surrogateescape"
        )
        self.headings: list[str] = []
        self._columns: list[str | None] = []

    def parts(self) -> Iterator[tuple[int, str]]:
        """The text in parts, each with its first line; `UnicodeError` if it cannot be had without loss."""
        for line, raw in kept_files.unpacked(self._conn, self.batch_id):
            yield line, raw.decode(self._codec, self._errors)

    def rows(self) -> Iterator[Row]:
        """All rows but that of the headings; `csv.Error` where the text is no table."""
        reader = csv.reader(
            (
                line.removeprefix("\ufeff") if first == 1 else line
                for first, text in self.parts() for line in StringIO(text, newline="")
            ),
            delimiter=self._delimiter,
        )
        line = 1
        for place, cells in enumerate(reader):
            row = Row(line, reader.line_num - line + 1, cells)
            line = reader.line_num + 1
            if place == self._header_row:
                self.headings = [one_line(cell) for cell in cells]
                self._columns = [self._field(name) for name in self.headings]
            elif cells:
                yield row

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
        return (row for row in self.rows() if self._is_theirs(about, row))

    def mentions(self, about: About) -> bool:
        """Whether it is worth looking for their rows."""
        if about.lines or about.orders:
            return True
        return any(
            about.who.in_text(text) or any(one in text for one in about.ids | about.who.values("name"))
            for _line, text in self.parts()
        )

    def empty(self, about: About) -> int:
        """Empty their rows, and cells of others that name them; how many rows changed.

        `UnicodeError` or `csv.Error` if that cannot be done. It cannot where a name stands above the rows of
        a customer: they would be somebody else's without it; nor where sender and recipient tell a sale from
        a transfer. The caller owns the transaction.
        """
        changed: dict[int, str] = {}
        rows = 0
        needs_names = _GROUPED in self._fields or "recipient" in self._fields.values()
        for row in self.rows():
            theirs = self._is_theirs(about, row)
            if theirs and needs_names:
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
        sale = self._meaning in _SALES or (self._meaning == _NATIVE and kind in _SALE_KINDS)
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


class Emptied(NamedTuple):
    """What became of the kept files."""

    rows: int
    """Rows that were emptied, refused ones among them."""
    dropped: tuple[str, ...]
    """The names of files that could not be changed in part and are kept no longer."""


def empty_files(
    conn: sqlite3.Connection, who: Traces, progress: Progress | None = None, only: int | None = None
) -> Emptied:
    """Empty what kept files (all, or that of one batch) hold of a person; the caller owns the transaction.

    `who.events` are still there. `progress` is told how many files were looked at, of how many.
    """
    batches = conn.execute(
        "SELECT id, file_name FROM batch WHERE ?1 IS NULL OR id = ?1 ORDER BY id", (only,)
    ).fetchall()
    rows, dropped = 0, []
    for done, (batch_id, name) in enumerate(batches, start=1):
        table = KeptTable(conn, batch_id)
        about = about_file(conn, table, who)
        rows += _empty_refusals(conn, batch_id, about)
        if kept_files.is_kept(conn, batch_id):
            try:
                rows += table.empty(about) if table.mentions(about) else 0
                clean = not _still_named(conn, batch_id, who)
            except (UnicodeError, csv.Error, zlib.error):
                clean = False
            if not clean:
                kept_files.drop(conn, batch_id)
                dropped.append(str(name))
        if progress is not None:
            progress(done, len(batches))
    return Emptied(rows, tuple(dropped))


def _still_named(conn: sqlite3.Connection, batch_id: int, who: Traces) -> bool:
    """Whether an e-mail of theirs stands in a file all the same, however its bytes are to be read."""
    emails = [
        email.encode(codec, "replace")
        for email in who.values("email") for codec in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    return any(
        email in raw.lower() for _line, raw in kept_files.unpacked(conn, batch_id) for email in emails
    )


def about_file(conn: sqlite3.Connection, table: KeptTable, who: Traces) -> About:
    """Which rows of a kept file are about a person, by their events and signs."""
    numbers = json.dumps(sorted(who.events))
    lines = conn.execute(
        "SELECT line FROM event WHERE batch_id = ? AND line > 0 AND id IN (SELECT value FROM json_each(?))",
        (table.batch_id, numbers),
    ).fetchall()
    orders = conn.execute(
        "SELECT DISTINCT order_ref FROM event WHERE order_ref <> ''"
        " AND id IN (SELECT value FROM json_each(?))"
        " AND source_id = (SELECT source_id FROM batch WHERE id = ?)",
        (numbers, table.batch_id),
    ).fetchall()
    return About(
        who, who.ids_in(table.source), who.lines | {line for (line,) in lines},
        frozenset(order for (order,) in orders),
    )


def refused_of(conn: sqlite3.Connection, batch_id: int, about: About) -> list[tuple[int, int, list[str]]]:
    """Refused rows of a batch that name a person: number of the row, its line, its cells."""
    found = []
    for number, line, text in conn.execute(
        "SELECT rowid, line, cells FROM refusal WHERE batch_id = ?", (batch_id,)
    ).fetchall():
        cells = [str(cell) for cell in json.loads(text)]
        if any(map(about.who.in_text, cells)) or not about.ids.isdisjoint(cells):
            found.append((number, line, cells))
    return found


def _empty_refusals(conn: sqlite3.Connection, batch_id: int, about: About) -> int:
    """Leave only the place of refused rows; why they were refused may quote them."""
    found = refused_of(conn, batch_id, about)
    conn.executemany(
        "UPDATE refusal SET cells = '[]', reason = ? WHERE rowid = ?",
        ((_("the row of somebody who was forgotten"), number) for number, *_row in found),
    )
    return len(found)
