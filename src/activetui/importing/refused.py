"""Rows that could not be taken: into a file that can be corrected and imported."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.importing.deciding.understand import ADDED, Understanding
from activetui.importing.read import FileReading
from activetui.ledger.errors import OwnerError
from activetui.ledger.records import Refusal
from activetui.ledger.spreadsheet import guard
from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    from _csv import Writer


def write_refused(
    refusals: Sequence[Refusal], reading: FileReading, folder: Path, file: Path | None = None
) -> Path:
    """Write refused rows under the file's own headings, each with its line and reason; the file's path.

    Rows of several sections stand under the headings of theirs. Without `file`, a name is chosen in
    `folder`; what stands there already with other contents is kept.
    """
    text = _text(refusals, reading)
    path = file or _free(folder, _stem(reading), text)
    if file is None and path.exists():
        return path
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if file is None else os.O_TRUNC), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            out.write(text)
    except OSError as error:
        raise OwnerError(
            _("The refused rows could not be written to {path}: {reason}.").format(
                path=one_line(str(path)), reason=error.strerror or error
            ),
            _("Everything else was imported. Name another file with --refused FILE."),
        ) from None
    return path


def too_many_refused(refusals: Sequence[Refusal], taken: int, kept: int) -> None:
    """`OwnerError` where so many rows are refused that the file cannot have been understood."""
    number = len(refusals)
    if number >= kept or (number >= 10_000 and number > 20 * taken):
        raise OwnerError(
            _("Nearly no row can be taken. The first: line {line}: {reason}.").format(
                line=refusals[0].line, reason=refusals[0].reason
            ),
            _("See what the columns were taken for with --dry-run, and correct it with --map COLUMN=FIELD, "
              "--date-order or --decimal."),
        )


def _stem(reading: FileReading) -> str:
    """The owner's file and what of it was read, as one name."""
    part = reading.part
    stem = part.owner_path.stem
    if part.member:
        from activetui.importing.files.archives import file_name

        stem += f"-{file_name(part.member.replace(' › ', '-'))}"
    return stem


def _text(refusals: Sequence[Refusal], reading: FileReading) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=reading.understood.table.dialect.delimiter, lineterminator="\r\n")
    for number, section in enumerate(_by_section(refusals, reading.sections)):
        if number:
            writer.writerow([])
        _write_section(writer, *section)
    return out.getvalue()


def _by_section(
    refusals: Sequence[Refusal], sections: Sequence[Understanding]
) -> Iterator[tuple[Understanding, Sequence[Refusal]]]:
    """Each section that has refused rows, with these."""
    if len(sections) == 1:
        yield sections[0], refusals
        return
    starts = [section.sample[0][0] if section.sample else 0 for section in sections]
    for number, section in enumerate(sections):
        first = starts[number] if number else 0
        end = starts[number + 1] if number + 1 < len(starts) else sys.maxsize
        own = [refusal for refusal in refusals if first <= refusal.line < end]
        if own:
            yield section, own


def _write_section(writer: Writer, understood: Understanding, refusals: Sequence[Refusal]) -> None:
    """The rows as a table: without mere row numbers, which would be gone from their order."""
    table = understood.table
    width = len(table.header)
    counting = set(understood.layout.of("row_number"))
    kept = [place for place in range(width) if place not in counting]
    if table.header_row is not None:
        writer.writerow([*(table.header[place] for place in kept), *ADDED])
    for refusal in refusals:
        cells = [*refusal.cells, *[""] * (width - len(refusal.cells))]
        row = [cells[place] for place in kept] + cells[width:]
        if table.header_row is not None and len(cells) == width:
            row += [str(refusal.line), refusal.reason, understood.source]
        writer.writerow([guard(cell) for cell in row])


def _free(folder: Path, stem: str, text: str) -> Path:
    number = 1
    while True:
        path = folder / f"{stem}.refused{'' if number == 1 else f'-{number}'}.csv"
        if not path.exists():
            return path
        try:
            if path.read_bytes() == text.encode("utf-8-sig"):
                return path
        except OSError:
            pass
        number += 1
