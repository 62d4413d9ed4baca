"""A plan in words for its screen: the lines above, and what importing the file would change."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual.content import Content

from activetui.importing import plan_words
from activetui.importing.answers import Answers
from activetui.importing.columns.column import Column
from activetui.importing.columns.field_words import field_words
from activetui.importing.columns.headings import normal
from activetui.importing.questions import Question
from activetui.importing.understand import Understanding
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.store.plans import StagedPlan
from activetui.tui.screens.imports.change_words import change_words
from activetui.tui.screens.imports.job import Looked, Written
from activetui.tui.widgets.imports.sections import Said, Section, sentences

_MOST_EXAMPLES = 40


def title_line(looked: Looked, place: int, files: int) -> Content:
    """The file, what it is, and which of several it is."""
    understood = looked.plan.reading.understood
    what, *_rest = plan_words.shape_lines(understood)
    name, _colon, meaning = one_line(what).partition(": ")
    parts = [(name, "bold"), (f"  {meaning}", "$accent")]
    if files > 1:
        which = _("file {n} of {all}").format(n=format_number(place + 1), all=format_number(files))
        parts.append((f"  {which}", "$quiet"))
    return Content.assemble(*parts)


def sum_line(looked: Looked) -> Content:
    """What importing it would do, in one line."""
    plan = looked.plan
    questions, staged = plan.reading.understood.questions, plan.staged
    if questions:
        words = ngettext(
            "{n} question before it can be read: a answers.",
            "{n} questions before it can be read: a answers.", len(questions),
        ).format(n=len(questions))
        return Content.styled(words, "bold $warning")
    if staged is None:
        return Content("")
    if staged.nothing_to_do:
        return Content.styled(_before_words(looked), "bold")
    parts = [(", ".join(_changes(staged)), "bold")]
    code = plan.reading.understood.currency.code
    paid = plan.reading.found.total[code]
    if paid:
        parts.append(("  " + _("paid {money}").format(money=format_money(paid, code)), ""))
    if staged.refused:
        refused = ngettext("{n} row refused", "{n} rows refused", staged.refused)
        parts.append(("  " + refused.format(n=format_number(staged.refused)), "$warning"))
    return Content.assemble(*parts)


def _before_words(looked: Looked) -> str:
    if looked.before:
        words = _("This very file was imported already, as number {id}; importing it again changes nothing.")
        return words.format(id=looked.before[-1])
    return _("Everything in the file is there already; importing it changes nothing.")


def _changes(staged: StagedPlan) -> Iterator[str]:
    if staged.new:
        yield ngettext("{n} new event", "{n} new events", staged.new).format(n=format_number(staged.new))
    if staged.customers_new:
        yield ngettext("{n} new customer", "{n} new customers", staged.customers_new).format(
            n=format_number(staged.customers_new)
        )
    changed = staged.changed + staged.customers_changed
    if changed:
        yield ngettext("{n} changed", "{n} changed", changed).format(n=format_number(changed))
    if not (staged.new or staged.customers_new or changed):
        yield _("Only how customers are recognised changes")


def changes_sections(looked: Looked) -> list[Section]:
    """Everything about what the file holds and what importing it would change."""
    plan = looked.plan
    understood = plan.reading.understood
    if understood.questions:
        asked = [Said(question.why) for question in understood.questions]
        how = Said(_("a answers, one after the other."), colour="quiet")
        return [Section(_("Only you can decide"), [*asked, how])]
    warnings = [Said(text, colour="warning") for text in plan.warnings]
    code = understood.currency.code
    samples = plan.staged.samples[:_MOST_EXAMPLES] if plan.staged is not None else ()
    examples = [Said(change_words(each, code), one_line(each.label)) for each in samples]
    return [
        Section(_("Worth knowing"), warnings),
        Section(_("In the file"), sentences(plan_words.found_lines(plan))),
        Section(_("What importing it changes"), sentences(plan_words.change_lines(plan))),
        Section(_("Changes, for example"), examples),
        Section(_("Assumed"), sentences(plan_words.assumption_lines(understood))),
    ]


def refused_how(looked: Looked) -> str:
    """What becomes of the refused rows."""
    if not looked.plan.refusals:
        return _("No row is refused.")
    return _("These rows are left out. They go to a file of their own, to be corrected there and imported.")


def answer_title(option: str, title: str) -> str:
    """A choice of `importing.choices` in words, the meanings of columns too."""
    words = shlex.split(option)
    parts = []
    for name, value in zip(words[::2], words[1::2], strict=False):
        if name != "--map":
            return title
        column, _equals, field = value.rpartition("=")
        said = _("{column} is: {meaning}")
        parts.append(said.format(column=one_line(column), meaning=field_words(field)))
    return ", ".join(parts) or title


def answer_meaning(option: str, examples: Mapping[str, Sequence[str]]) -> str:
    """What stands below an answer: cells of the column that it is about."""
    words = shlex.split(option)
    if len(words) != 2 or words[0] != "--map":
        return ""
    cells = examples.get(words[1].rpartition("=")[0], ())
    return _("such as {cells}").format(cells=" · ".join(cells)) if cells else ""


def question_title(questions: Sequence[Question]) -> str:
    """The title of the dialog that asks the first of these."""
    if len(questions) == 1:
        return _("One question")
    return _("Question 1 of {n}").format(n=len(questions))


def with_meaning(answers: Answers, understood: Understanding, column: Column, field: str) -> Answers:
    """The answers with another meaning of a column: by its heading or, where others have that, its number."""
    alike = [one for one in understood.columns if normal(one.name) == normal(column.name)]
    name = column.name if column.name.strip() and len(alike) == 1 else str(column.index + 1)
    return replace(answers, columns={**answers.columns, name: field})


def with_reading(answers: Answers, about: str, value: str) -> Answers:
    """The answers with something else decided about the file; an empty value leaves it to the file."""
    if about in ("currency", "country"):
        value = value.upper()
    said: dict[str, Any] = {about: value}
    return replace(answers, **said)


def written_words(written: Written) -> str:
    """What came of an import, for a toast."""
    if written.batch is None:
        text = _("Everything in the file is there already; nothing was changed.")
    else:
        text = _("Imported as number {id}. x on the Imports screen takes it back.").format(id=written.batch)
    if written.refused is not None:
        refused = _("The refused rows are in {file}; correct them there and import that file.")
        text += "\n" + refused.format(file=one_line(str(written.refused)))
    return text
