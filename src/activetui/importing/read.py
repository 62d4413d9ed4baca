"""A file read: what it was understood as, and its records as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.asking.questions import Question
from activetui.importing.asking.recalling import understand_remembering
from activetui.importing.columns.mapped import has_column
from activetui.importing.deciding.understand import Understanding, check_answers
from activetui.importing.files.packed import parts_of
from activetui.importing.files.part import Part
from activetui.importing.records.by_meaning import Record, reader_of
from activetui.importing.records.groups import Scattered
from activetui.importing.tables.finding import read_tables
from activetui.importing.tables.table import Left, Table
from activetui.importing.telling.found import Found
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.records import CustomerRecord, PaidPurchases
from activetui.locales import _

__all__ = ["FileReading", "Record", "Scattered", "read_files", "read_part"]

_PEOPLE = ("customers", "contacts", "newsletter")
"""Meanings that are not the main thing of a file which also tells of events."""


@dataclass(slots=True)
class FileReading:
    """One file, and one going through its rows.

    `found` and `left` are filled while `records` is gone through; `again` gives a fresh reading.
    """

    understood: Understanding
    """The file; of a file with several sections, the one that tells most."""
    gather: bool = False
    """Whether all rows are held to bring those of one order together."""
    found: Found = field(default_factory=Found)
    left: Left = field(default_factory=Left)
    new_kinds: dict[str, int] = field(default_factory=dict)
    """Kinds of event that the file brings along, with the numbers that they will get."""
    sections: tuple[Understanding, ...] = ()
    """Every table within the file, in the order of the file; `understood` is one of them."""
    left_out: tuple[str, ...] = ()
    """What the owner's file holds besides and was not read, and why; safe to show."""

    def __post_init__(self) -> None:
        self.sections = self.sections or (self.understood,)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only the owner can decide, in any section."""
        asked = (question for section in self.sections for question in section.questions)
        return tuple(dict.fromkeys(asked))

    @property
    def part(self) -> Part:
        """Where the file is, and what the owner calls it."""
        return self.understood.table.part

    def records(self) -> Iterator[Record]:
        """Every customer, event and refused row. `Scattered` where the file must be read with `gather`."""
        people: list[CustomerRecord] = []
        for part in self.parts():
            if isinstance(part, PaidPurchases):
                part.introduce(people)
                yield from part.records(people)
            else:
                yield part

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """The same, plain purchases many at a time; the sections one after the other."""
        for section in self.sections:
            left = Left()
            reader = reader_of(section, self.found, left, gather=self.gather)
            self.new_kinds = getattr(reader, "new_kinds", self.new_kinds)
            yield from reader.parts()
            self.left.add(left)

    def again(self, *, gather: bool = False) -> FileReading:
        """A fresh reading of the same file."""
        return FileReading(self.understood, gather, sections=self.sections, left_out=self.left_out)

    def anew(self, answers: Answers, setting: Setting) -> FileReading:
        """The same file understood again, with other answers or after the store has changed."""
        return replace(read_part(self.part, answers, setting), left_out=self.left_out)


def read_part(part: Part, answers: Answers, setting: Setting) -> FileReading:
    """Look into a part of an owner's file and decide how it is read, remembering others like it.

    `OwnerError` if it cannot be; questions stand in `questions`.
    """
    check_answers(answers)
    tables = read_tables(part, encoding=answers.encoding, delimiter=answers.delimiter)
    if len(tables) == 1:
        return FileReading(understand_remembering(tables[0], answers, setting), left_out=tables[0].beside)
    sections = [
        understand_remembering(table, _answers_for(table, tables, answers), setting) for table in tables
    ]
    main = next((one for one in sections if one.meaning not in _PEOPLE), sections[0])
    asked = tuple(dict.fromkeys(question for section in sections for question in section.questions))
    told = replace(main, questions=asked)
    together = tuple(told if one is main else replace(one, source=main.source) for one in sections)
    return FileReading(told, sections=together, left_out=tables[0].beside)


def _answers_for(table: Table, tables: Sequence[Table], answers: Answers) -> Answers:
    """The answers without those about columns that only other sections have."""
    others = {
        column for column in answers.columns
        if not has_column(table.header, column) and any(has_column(one.header, column) for one in tables)
    }
    columns = {column: field for column, field in answers.columns.items() if column not in others}
    return replace(answers, columns=columns)


def read_files(path: Path, answers: Answers, setting: Setting, folder: Path) -> list[FileReading]:
    """Look into whatever the owner names: a plain file, a compressed one, an archive, a workbook.

    One reading for every table in it, in their order; each is a batch of its own. What has to be unpacked
    goes into `folder`, which must last as long as the readings are used and is the caller's to remove. A
    part of several that holds no table is left out and told in `left_out` of the first reading; `OwnerError`
    if nothing remains.
    """
    parts = parts_of(path, folder)
    if len(parts) == 1:
        return [_telling(read_part(parts[0], answers, setting), [])]
    found: list[FileReading] = []
    failed: list[tuple[Part, OwnerError]] = []
    for part in parts:
        try:
            found.append(read_part(part, answers, setting))
        except UsageError:
            raise
        except OwnerError as error:
            failed.append((part, error))
    if not found:
        raise failed[0][1]
    named = [one for one in found if one.understood.table.header_row is not None]
    told = [f"{part.label}: {error.message}" for part, error in failed]
    if named:  # beside tables with headings, one without is a note
        told += [
            _("{part}: no headings that are known").format(part=one.part.label)
            for one in found if one not in named
        ]
        found = named
    return [_telling(found[0], told, parts[0].left_out), *found[1:]]


def _telling(reading: FileReading, told: list[str], names: tuple[str, ...] = ()) -> FileReading:
    names = names or reading.part.left_out
    reading.left_out = (*names, *told, *reading.left_out)
    return reading
