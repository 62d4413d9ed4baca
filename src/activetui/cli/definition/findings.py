"""What the check of a definition finds for a store, and how it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding, LedgerFigures
    from activetui.activity.definition import Definition
    from activetui.activity.questions import Question
    from activetui.store.progress import Progress


class Asked(NamedTuple):
    """A question that the definition leaves open, and what the other answer would do."""

    question: Question
    moved: int | None = None
    """Customers who would get another status; None where there is no ledger to tell."""
    of: int = 0
    """All customers."""
    base: tuple[int, int] | None = None
    """The active base now, and with the other answer; None where nobody need be looked at."""


class Sense(NamedTuple):
    """What there is to say of a definition."""

    findings: list[Finding]
    questions: list[Asked]


def sense_of(definition: Definition) -> Sense:
    """What there is to say of a definition by itself."""
    from activetui.activity.consistency import check
    from activetui.activity.questions import questions

    return Sense(check(definition), [Asked(question) for question in questions(definition)])


def findings(conn: sqlite3.Connection, definition: Definition) -> list[Finding]:
    """What does not make sense in a definition, for the ledger of the store."""
    from activetui.activity.consistency import check
    from activetui.reactivation.playbooks.offers import check_figures

    return check(definition, check_figures(conn))


def sense_for(
    conn: sqlite3.Connection, definition: Definition, progress: Progress | None = None
) -> Sense:
    """What there is to say of a definition for a store, on the day that the connection looks from.

    `progress` is called with steps done and in all; it may raise to cancel.
    """
    from activetui.activity.consistency import check
    from activetui.activity.questions import questions
    from activetui.reactivation.playbooks.offers import check_figures
    from activetui.store import kinds, settings

    figures = check_figures(conn)
    open_ones = questions(definition, kinds.own_kinds(conn), settings.currency(conn))
    if figures is None:
        return Sense(check(definition), [Asked(question) for question in open_ones])
    return Sense(check(definition, figures), _asked(conn, definition, open_ones, figures, progress))


def _asked(
    conn: sqlite3.Connection,
    definition: Definition,
    open_ones: list[Question],
    figures: LedgerFigures,
    progress: Progress | None,
) -> list[Asked]:
    """Each question with whom the other answer would move.

    Nobody need be looked at for an answer that speaks only of events which the ledger does not hold.
    """
    from activetui.activity.consistency.absent import same_for
    from activetui.activity.reading.parsing import parse
    from activetui.store import kinds, settings
    from activetui.store.other_days import as_of
    from activetui.store.other_days.what_if import Preview

    own_kinds, currency = kinds.own_kinds(conn), settings.currency(conn)
    held = [kind for kind, number in figures.events_of_kind.items() if number]
    preview, day = Preview(conn), as_of.day_of(conn)
    found = []
    for number, question in enumerate(open_ones):
        step = _step_of(progress, number, len(open_ones))
        other = question.toml and parse(question.toml, own_kinds=own_kinds, currency=currency)
        if not other:
            found.append(Asked(question))
        elif same_for(definition, other, held):
            found.append(Asked(question, 0, figures.customers))
        else:
            would_be = preview.difference(definition, other, day, step)
            base = would_be.before_base, would_be.after_base
            found.append(Asked(question, would_be.moved, figures.customers, base))
        step(1, 1)
    return found


def _step_of(progress: Progress | None, number: int, of: int) -> Progress:
    """How far one of several steps is, told as how far all of them are."""
    def step(done: int, total: int) -> None:
        if progress:
            progress(number * total + done, of * total)

    return step


def finding_row(found: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": found.code, "severity": found.severity.value, "message": found.message,
        "advice": found.advice, "figure": found.figure,
    }


def question_row(found: Asked) -> dict[str, Any]:
    """A question for programs: what the definition answers now, and what the other answer would do."""
    return {
        "code": found.question.code,
        "severity": "question",
        "message": f"{found.question.question} {_now(found.question)}",
        "advice": _other(found),
        "figure": found.moved,
    }


def finding_lines(advice: Sequence[Finding]) -> Iterator[str]:
    """The findings for people, each with what to do: mistakes first, what is harmless last."""
    from activetui.activity.consistency import Severity

    weight = list(Severity)
    for found in sorted(advice, key=lambda each: weight.index(each.severity)):
        yield ""
        yield f"{_mark(found)} {found.code}  {found.message}"
        yield f"       {found.advice}"


def question_lines(questions: Sequence[Asked]) -> Iterator[str]:
    """The questions for people, and how to settle them."""
    if not questions:
        return
    yield ""
    yield _("Only you can decide:")
    for found in questions:
        yield ""
        yield f"? {found.question.code}  {found.question.question}"
        yield f"       {_now(found.question)}"
        yield f"       {_other(found)}"
    yield ""
    codes = ", ".join(f'"{found.question.code}"' for found in questions)
    yield _("What is meant as it is can be settled in the definition: {line}").format(
        line=f"agreed = [{codes}]"
    )


def summary_line(sense: Sense) -> str:
    """How many findings of each sort there are."""
    from activetui.activity.consistency import Severity

    def number(severity: Severity) -> int:
        return sum(found.severity is severity for found in sense.findings)

    mistakes, warnings, notes = map(number, (Severity.MISTAKE, Severity.WARNING, Severity.NOTE))
    asked = len(sense.questions)
    parts = [
        ngettext("{n} contradiction", "{n} contradictions", mistakes).format(n=mistakes) if mistakes else "",
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings) if warnings else "",
        ngettext("{n} harmless note", "{n} harmless notes", notes).format(n=notes) if notes else "",
        ngettext("{n} question", "{n} questions", asked).format(n=asked) if asked else "",
    ]
    told = " · ".join(part for part in parts if part)
    verdict = "" if mistakes or warnings else _("The definition makes sense.")
    return " ".join(part for part in (verdict, told) if part)


def _mark(found: Finding) -> str:
    return {"mistake": "✗", "warning": "!"}.get(found.severity.value, "·")


def _now(question: Question) -> str:
    return _("Now: {answer}.").format(answer=question.now)


def _other(found: Asked) -> str:
    other = _("The other answer: {answer}.").format(answer=found.question.other)
    if found.moved is None:
        return other
    if found.base is None:
        return f"{other} " + _("It would move nobody: the ledger holds no such events.")
    moved = ngettext(
        "It would move {n} of {of} customer; active base {before} → {after}.",
        "It would move {n} of {of} customers; active base {before} → {after}.",
        found.of,
    ).format(
        n=format_number(found.moved), of=format_number(found.of), before=format_number(found.base[0]),
        after=format_number(found.base[1]),
    )
    return f"{other} {moved}"
