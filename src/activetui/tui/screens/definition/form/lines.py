"""The lines of the definition form: what a definition says, in words, and what can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len
from textual.content import Content

from activetui.activity.editing import Form, FormField, Row, RowKind
from activetui.activity.reading.positions import Path
from activetui.activity.status import Status
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number, format_share
from activetui.tui.cells import wrap
from activetui.tui.words import status_label, status_style

STATUS_OF = {
    "active": Status.ACTIVE, "new": Status.NEW, "reactivated": Status.REACTIVATED, "at_risk": Status.AT_RISK,
    "lost": Status.LOST,
}
_STEP = 4
"""Cells by which a condition stands further in than what holds it."""
_MAIN = ("within_days", "days", "grace_days", "window_used", "rhythm", "seasonal", "tenure_at_least",
         "tenure_at_most")
"""The number that + and - change where a condition has several: the first of these."""


Key: TypeAlias = tuple[str, str, Path, str]
"""What stays the same of a line when the form is written anew."""


class Line(NamedTuple):
    """One line of the form that the cursor can stand on."""

    row: Row
    """What it tells, or what it belongs to."""
    field: FormField | None = None
    """Set on a line that tells one value of an opened condition."""
    role: str = "row"
    """`row`, `field`, `add` (a place to add a condition) or `types` (the head of the types of customer)."""

    @property
    def key(self) -> Key:
        """By which it is found when the form has been written anew."""
        return self.role, self.row.kind.name, self.row.path, self.field.key if self.field else ""

    @property
    def number(self) -> FormField | None:
        """What + and - change here."""
        if self.role == "field":
            return self.field if self.field is not None and self.field.step is not None else None
        return main_number(self.row) if self.role == "row" else None


def main_number(row: Row) -> FormField | None:
    """The number of a row that is changed most."""
    numbers = {field.key: field for field in row.fields if field.step is not None and field.value is not None}
    return next((numbers[key] for key in _MAIN if key in numbers), None)


def lines_of(form: Form, opened: Path | None, types_shown: bool) -> list[Line | None]:
    """The lines in their order; None is a blank one, which may be left out where room is short."""
    lines: list[Line | None] = []
    sections = _by_section(form.rows)
    for rows in sections:
        head = rows[0]
        if head.section == "types" and rows is next(each for each in sections if each[0].section == "types"):
            lines += [None, Line(head, role="types")]
        if head.section == "types" and not types_shown:
            continue
        if head.section in ("active", "at_risk", "new", "lost"):
            lines.append(None)
        for row in rows:
            lines.append(Line(row))
            if row.kind is RowKind.CONDITION and row.path == opened:
                lines += [Line(row, field, "field") for field in row.fields]
        if head.section in ("active", "at_risk"):
            lines.append(Line(head, role="add"))
    return lines


def _by_section(rows: Sequence[Row]) -> list[list[Row]]:
    sections: list[list[Row]] = []
    for row in rows:
        if row.depth == 0:
            sections.append([])
        sections[-1].append(row)
    return sections


def words_of(line: Line, form: Form, width: int, types_shown: bool) -> Content:
    """A line as it is shown, wrapped to so many cells."""
    row = line.row
    if line.role == "field" and line.field is not None:
        return _field_words(line.field, _indent(row.depth) + 2, width)
    if line.role == "add":
        return Content.assemble(" " * _indent(1), ("+ ", "$accent"), (_("another condition"), "$quiet"))
    if line.role == "types":
        return _types_words(form, width, types_shown)
    if row.kind is RowKind.NAME:
        return Content.assemble(" ", (_("Name"), "$quiet"), "  ", (row.words, "bold"))
    if row.depth == 0:
        return _section_words(row, width)
    return _condition_words(row, width)


def _section_words(row: Row, width: int) -> Content:
    if row.section == "types":
        usual = _("as usual") if row.usual else _("your own")
        colour = "$quiet" if row.usual else "$accent"
        return Content.assemble("   ", (row.words, "bold"), "  ", (usual, colour))
    status = STATUS_OF[row.section]
    label = status_label(status)
    head = [(" ", ""), (label, f"bold {status_style(status)}"), ("  ", "")]
    return _wrapped(head, row, width, cell_len(label) + 3)


def _condition_words(row: Row, width: int) -> Content:
    indent = _indent(row.depth)
    joiner = "" if row.first else {"any": _("or"), "all": _("and"), "none": _("nor")}.get(row.within, "")
    blanks = max(0, indent - cell_len(joiner) - 1)
    return _wrapped([(" " * blanks, ""), (joiner, "$quiet"), (" ", "")], row, width, indent)


def _wrapped(head: list[tuple[str, str]], row: Row, width: int, indent: int) -> Content:
    """A row's words behind its head, further lines below its first word, its main number marked."""
    lines = wrap(row.words, max(12, width - indent - 1))
    colour = "$quiet" if row.usual or row.kind in (RowKind.GROUP, RowKind.SECTION) else ""
    parts = [*head]
    marked = _number_in_words(main_number(row))
    for number, words in enumerate(lines):
        if number:
            parts.append(("\n" + " " * indent, ""))
        before, found, after = _parted(words, marked)
        parts += [(before, colour), (found, "bold $accent"), (after, colour)]
        marked = "" if found else marked
    return Content.assemble(*(part for part in parts if part[0]))


def _number_in_words(field: FormField | None) -> str:
    """The number as the sentence writes it."""
    if field is None or field.value is None or isinstance(field.value, tuple):
        return ""
    if field.what == "share":
        return format_share(float(field.value))
    return format_number(float(field.value)) if field.what == "ratio" else str(field.value)


def _parted(words: str, marked: str) -> tuple[str, str, str]:
    found = re.search(rf"(?<![\d.,]){re.escape(marked)}(?![\d%])", words) if marked else None
    if found is None:
        return words, "", ""
    return words[: found.start()], found.group(), words[found.end() :]


def _field_words(field: FormField, indent: int, width: int) -> Content:
    label = field.label
    told = field.value is not None
    room = max(8, width - indent - _LABEL - 1)
    value = wrap(one_line(field.shown), room)
    blanks = "\n" + " " * (indent + _LABEL)
    return Content.assemble(
        " " * indent, (label, "$quiet"), " " * max(1, _LABEL - cell_len(label)),
        (blanks.join(value), ("bold $accent" if field.step is not None else "bold") if told else "$quiet"),
    )


_LABEL = 18
"""Cells for the name of a value."""


def _types_words(form: Form, width: int, shown: bool) -> Content:
    heads = [row for row in form.rows if row.section == "types" and row.depth == 0]
    own = sum(not row.usual for row in heads)
    words = ngettext("{n} by your own conditions", "{n} by your own conditions", own).format(n=own)
    title = Content.assemble(" ", ("▾" if shown else "▸", "$accent"), " ", (_("Types of customer"), "bold"))
    more = words if own else _("loyal, VIP and so on, as usual")
    if title.cell_length + cell_len(more) + 2 > width:
        return title
    return Content.assemble(title, "  ", (more, "$quiet"))


def _indent(depth: int) -> int:
    return 3 + _STEP * depth


def targets(rows: Sequence[Row], prefix: Path) -> Iterator[Row]:
    """The conditions that stand in a section or group."""
    return (row for row in rows if row.kind is RowKind.CONDITION and row.path[: len(prefix)] == prefix)
