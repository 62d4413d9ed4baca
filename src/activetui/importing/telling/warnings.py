"""What the owner should know of a file before accepting it, in sentences."""

from __future__ import annotations

from activetui.importing.columns.vocabulary import WHO
from activetui.importing.read import FileReading
from activetui.importing.telling.file_warnings import file_warnings, lines_told
from activetui.importing.values.dates import parts_of
from activetui.importing.values.written_days import is_partial, months
from activetui.ledger.text import fold, one_line
from activetui.locales import _, ngettext
from activetui.store.imports.plans import StagedPlan

_SHOWN = 5
_MONTHS = 3
"""Columns headed by months from which on a table lies across."""


def warnings_of(reading: FileReading, staged: StagedPlan | None) -> list[str]:
    """Sentences, the weightiest first."""
    if staged is None:
        return []
    told = (_totals, _days, _people, _lists, _rows, file_warnings, _words)
    return [*(sentence for tell in told for sentence in tell(reading)), *staged.warnings]


def _lists(reading: FileReading) -> list[str]:
    """What a list of people leaves open."""
    found, said = reading.found, []
    if found.assumed_starts:
        said.append(ngettext(
            "{n} subscription is taken to have begun when the customer joined: no column says when it did.",
            "{n} subscriptions are taken to have begun when the customers joined: "
            "no column says when they did.",
            found.assumed_starts,
        ).format(n=found.assumed_starts))
    if found.without_end:
        said.append(ngettext(
            "{n} subscription is over or paused, but no column says since when: it is kept and not counted.",
            "{n} subscriptions are over or paused, but no column says since when: "
            "they are kept and not counted.",
            found.without_end,
        ).format(n=found.without_end))
    if found.closed_without_day:
        said.append(ngettext(
            "{n} complaint is closed, but no column says since when: it stays open here.",
            "{n} complaints are closed, but no column says since when: they stay open here.",
            found.closed_without_day,
        ).format(n=found.closed_without_day))
    return said


def _totals(reading: FileReading) -> list[str]:
    return [
        _("Line {line} says that {column} adds up to {said}, but its rows give {found}.").format(
            line=line, column=column, said=said, found=found
        )
        for line, column, said, found in reading.found.mismatched_totals
    ]


def _days(reading: FileReading) -> list[str]:
    """The lines of a column with two orders whose days only the owner's answer decides."""
    understood = reading.understood
    said = []
    for place, decision in understood.decisions.days.items():
        if not decision.mixed or not decision.choice:
            continue
        lines = [line for line, row in understood.sample if _is_doubtful(row[place])]
        if lines:
            said.append(ngettext(
                "{column} holds days in two orders; in line {lines} only your answer decides.",
                "{column} holds days in two orders; in lines {lines} only your answer decides.",
                len(lines),
            ).format(column=understood.layout.name_of(place), lines=lines_told(lines, len(lines))))
    return said


def _is_doubtful(cell: str) -> bool:
    parts = parts_of(cell)
    return parts is not None and parts.first != parts.second and max(parts.first, parts.second) <= 12


def _people(reading: FileReading) -> list[str]:
    found, said = reading.found, []
    bought = found.purchases + found.refunds + found.not_counted
    if bought and reading.understood.day_sums == "take":
        said.append(ngettext(
            "{n} row is the sum of a day: it counts as one sale to nobody (a walk-in).",
            "{n} rows are the sums of days: each counts as one sale to nobody (a walk-in).", found.orders,
        ).format(n=found.orders))
    elif bought and found.walk_ins >= bought:
        said.append(_("No row names a customer: everything is counted as walk-ins, for nobody. "
                      "If a column does name them, say which it is."))
    elif found.walk_ins:
        said.append(_walk_ins(found.walk_ins, _carried(reading)))
    if found.lost_phones:
        lines = ", ".join(map(str, found.lost_phones[:_SHOWN]))
        said.append(
            ngettext(
                "{n} telephone number was spoilt by a spreadsheet (5.5E+09) and left out: line {lines}.",
                "{n} telephone numbers were spoilt by a spreadsheet (5.5E+09) and left out: lines {lines}.",
                len(found.lost_phones),
            ).format(n=len(found.lost_phones), lines=lines)
        )
    if found.stated_spend:
        said.append(_("What the list says that customers have spent is kept beside them, not as purchases."))
    return said


def _walk_ins(number: int, carried: str) -> str:
    """How many events name nobody; where rows leave something to those above them, what that is."""
    if carried:
        return ngettext(
            "{n} event names no customer (a walk-in): only {columns} is carried down, never whom another "
            "row names.",
            "{n} events name no customer (walk-ins): only {columns} is carried down, never whom another row "
            "names.",
            number,
        ).format(n=number, columns=carried)
    return ngettext(
        "{n} event names no customer (a walk-in).", "{n} events name no customer (walk-ins).", number
    ).format(n=number)


def _carried(reading: FileReading) -> str:
    """The columns that are carried down in a list which has customers in another one."""
    table, layout = reading.understood.table, reading.understood.layout
    if table.above is None or not table.above.columns:
        return ""
    if any(place in table.above.columns for name in WHO for place in layout.of(name)):
        return ""
    return ", ".join(one_line(table.header[place]) for place in table.above.columns)


def _rows(reading: FileReading) -> list[str]:
    found, left, said = reading.found, reading.left, []
    if found.partly_paid:
        said.append(ngettext(
            "{n} sale is paid in part: what is paid of it counts.",
            "{n} sales are paid in part: what is paid of them counts.", found.partly_paid,
        ).format(n=found.partly_paid))
    if found.partly_paid_whole:
        said.append(ngettext(
            "{n} sale is paid in part, and no column says how much: it counts as a whole.",
            "{n} sales are paid in part, and no column says how much: they count as a whole.",
            found.partly_paid_whole,
        ).format(n=found.partly_paid_whole))
    if found.future:
        said.append(ngettext(
            "{n} purchase is dated after today.", "{n} purchases are dated after today.", found.future
        ).format(n=found.future))
    if left.short:
        said.append(ngettext(
            "{n} row is shorter than the headings; its missing cells are taken as empty.",
            "{n} rows are shorter than the headings; their missing cells are taken as empty.", left.short,
        ).format(n=left.short))
    across = _month_columns(reading)
    if across:
        said.append(_(
            "Each month has a column of its own ({columns}). What was paid in which month is not read: "
            "a list with one row for each purchase and its day can be."
        ).format(columns=", ".join(across)))
    if left.headers:
        said.append(_("The headings are repeated within the file; the repetitions are left out."))
    return said


def _month_columns(reading: FileReading) -> list[str]:
    """The columns, not used, that are headed by months, where there are several."""
    names = [
        column.name for column in reading.understood.columns
        if column.field is None and (fold(column.name.strip()) in months() or is_partial(column.name.strip()))
    ]
    return names[:_SHOWN] if len(names) >= _MONTHS else []


def _words(reading: FileReading) -> list[str]:
    said = []
    unknown = sorted(reading.found.states.items(), key=lambda item: -item[1])[:_SHOWN]
    if unknown:
        words = ", ".join(f"{one_line(word)} ({n})" for word, n in unknown)
        said.append(_("States that are not known, and counted as done: {words}.").format(words=words))
    if reading.new_kinds:
        said.append(_("New kinds of event: {words}.").format(words=", ".join(reading.new_kinds)))
    return said
