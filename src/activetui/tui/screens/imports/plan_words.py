"""A plan in words for its screen: the lines above, and what importing the file would change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual.content import Content

from activetui.importing.columns.field_words import field_words
from activetui.importing.deciding.understand import Understanding
from activetui.importing.telling import plan_words
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.store.imports.plans import Change, StagedPlan
from activetui.tui.commands import key_of
from activetui.tui.screens.imports.change_words import change_words
from activetui.tui.screens.imports.job import Looked, Written
from activetui.tui.widgets.imports.sections import Said, Section, sentences

_MOST_EXAMPLES = 40
_OPTION = re.compile(r" \(--[^()]*\)")


def title_line(looked: Looked, place: int, files: int) -> Content:
    """The file, what it is, and which of several it is."""
    reading = looked.plan.reading
    what, *_rest = plan_words.shape_lines(reading.understood)
    name = reading.part.label
    parts = [(name, "bold"), (f"  {one_line(what).removeprefix(f'{name}: ')}", "$accent")]
    if len(reading.sections) > 1:
        tables = _("{n} tables one below the other").format(n=format_number(len(reading.sections)))
        parts.append((f"  {tables}", "$quiet"))
    if looked.again is not None:
        again = _("read again, in place of import {id}").format(id=looked.again)
        parts.append((f"  {again}", "$warning"))
    if files > 1:
        which = _("file {n} of {all}").format(n=format_number(place + 1), all=format_number(files))
        parts.append((f"  {which}", "$quiet"))
    return Content.assemble(*parts)


def sum_line(looked: Looked) -> Content:
    """What importing it would do, in one line."""
    plan = looked.plan
    questions, staged = plan.questions, plan.staged
    if questions:
        words = ngettext(
            "{n} question before it can be imported: {key} answers.",
            "{n} questions before it can be imported: {key} answers.", len(questions),
        ).format(n=len(questions), key=key_of("plan.answer"))
        return Content.styled(words, "bold $warning")
    if staged is None:
        return Content("")
    if staged.nothing_to_do and looked.again is None:
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


def can_be_imported(looked: Looked) -> bool:
    """Whether there is something to write, and nothing left to be asked."""
    staged = looked.plan.staged
    if staged is None or looked.plan.questions:
        return False
    return looked.again is not None or not staged.nothing_to_do


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
    asked = [Said(without_options(question.why)) for question in plan.questions]
    if asked:
        words = _("{key} answers, one after the other.").format(key=key_of("plan.answer"))
        asked.append(Said(words, colour="quiet"))
    sections = [Section(_("Only you can decide"), asked)]
    staged = plan.staged
    if staged is None:
        return sections
    code = understood.currency.code
    left_out = [_("Not read: {what}").format(what=one_line(what)) for what in plan.reading.left_out]
    return [
        *sections,
        Section(_("Worth knowing"), sentences([*map(without_options, plan.warnings), *left_out], "warning")),
        Section(_("In the file"), sentences(plan_words.found_lines(plan))),
        Section(_("What importing it changes"), sentences(plan_words.change_lines(plan))),
        Section(_("Stays, although this file says otherwise"), _examples(staged.turned_back, code)),
        Section(_("Changes, for example"), _examples(staged.samples, code)),
        Section(_("Assumed"), _assumed(understood)),
    ]


def _examples(changes: Sequence[Change], currency: str) -> list[Said]:
    return [Said(change_words(each, currency), one_line(each.label)) for each in changes[:_MOST_EXAMPLES]]


def _assumed(understood: Understanding) -> list[Said]:
    """What was decided without the file saying it outright."""
    words = {
        "remembered": _("As last time"), "currency": _("Currency"), "country": _("Telephones"),
        "time_zone": _("Time zone"), "carry_down": _("Carried down"), "day": _("The day"),
        "account": _("An account"),
    }
    return [
        Said(one.value, words.get(one.about) or field_words(one.about), quiet=without_options(one.why))
        for one in understood.assumptions
    ]


def without_options(text: str) -> str:
    """The words without a hint at an option of the command: here a key decides it otherwise."""
    return _OPTION.sub("", one_line(text))


def refused_how(looked: Looked) -> str:
    """What becomes of the refused rows."""
    if not looked.plan.refusals:
        return _("No row is refused.")
    return _("These rows are left out. They go to a file of their own, to be corrected there and imported.")


def forgotten(looked: Looked) -> int:
    """How many events of the file were deleted by hand, and stay away."""
    return looked.plan.staged.forgotten if looked.plan.staged is not None else 0


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
