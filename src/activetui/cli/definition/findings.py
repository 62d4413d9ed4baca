"""What the check of a definition finds for a store, and how it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding
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
    base: tuple[int, int] = (0, 0)
    """The active base now, and with the other answer."""


def findings(conn: sqlite3.Connection, definition: Definition) -> list[Finding]:
    """What does not make sense in a definition, for the ledger of the store."""
    from activetui.activity.consistency import check as consistent
    from activetui.reactivation.offers import check_figures

    return consistent(definition, check_figures(conn))


def asked(
    conn: sqlite3.Connection, definition: Definition, progress: Progress | None = None
) -> list[Asked]:
    """The questions that a definition leaves open, each with whom the other answer would move.

    On the day that the connection looks from. `progress` may raise to cancel.
    """
    from activetui.activity.parsing import parse
    from activetui.activity.questions import questions
    from activetui.store import as_of, kinds, settings
    from activetui.store.what_if import Preview

    own_kinds, currency = kinds.own_kinds(conn), settings.currency(conn)
    open_ones = questions(definition, own_kinds, currency)
    preview, day = Preview(conn), as_of.day_of(conn)
    found = []
    for number, question in enumerate(open_ones, start=1):
        if question.toml is None:
            found.append(Asked(question))
        else:
            other = parse(question.toml, own_kinds=own_kinds, currency=currency)
            would_be = preview.difference(definition, other, day)
            found.append(Asked(
                question, would_be.moved, sum(would_be.before_counts.values()),
                (would_be.before_base, would_be.after_base),
            ))
        if progress:
            progress(number, len(open_ones))
    return found


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


def summary_line(advice: Sequence[Finding], questions: Sequence[Asked]) -> str:
    """How many findings of each sort there are."""
    from activetui.activity.consistency import Severity

    def number(severity: Severity) -> int:
        return sum(found.severity is severity for found in advice)

    mistakes, warnings, notes = map(number, (Severity.MISTAKE, Severity.WARNING, Severity.NOTE))
    parts = [
        ngettext("{n} contradiction", "{n} contradictions", mistakes).format(n=mistakes) if mistakes else "",
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings) if warnings else "",
        ngettext("{n} harmless note", "{n} harmless notes", notes).format(n=notes) if notes else "",
        ngettext("{n} question", "{n} questions", len(questions)).format(n=len(questions))
        if questions else "",
    ]
    told = " · ".join(part for part in parts if part)
    sense = "" if mistakes or warnings else _("The definition makes sense.")
    return " ".join(part for part in (sense, told) if part)


def _mark(found: Finding) -> str:
    return {"mistake": "✗", "warning": "!"}.get(found.severity.value, "·")


def _now(question: Question) -> str:
    return _("Now: {answer}.").format(answer=question.now)


def _other(found: Asked) -> str:
    other = _("The other answer: {answer}.").format(answer=found.question.other)
    if found.moved is None:
        return other
    moved = ngettext(
        "It would move {n} of {of} customer; active base {before} → {after}.",
        "It would move {n} of {of} customers; active base {before} → {after}.",
        found.of,
    ).format(
        n=format_number(found.moved), of=format_number(found.of), before=format_number(found.base[0]),
        after=format_number(found.base[1]),
    )
    return f"{other} {moved}"
