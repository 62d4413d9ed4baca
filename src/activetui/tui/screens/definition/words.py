"""Where the draft of a definition stands, in the two lines above everything else."""

from __future__ import annotations

from textual.content import Content

from activetui.activity.definition import Definition
from activetui.activity.definition_changes import changes_in_words
from activetui.activity.difference import Difference
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.tui.screens.definition.draft import Draft
from activetui.tui.screens.definition.effect import change_parts

_MOST_CHANGES = 8
"""Changes told before a definition is saved."""


def title_line(draft: Draft, *, known_then: bool) -> Content:
    """The name, whether the draft is in force, and how many mistakes it has."""
    ground = draft.ground
    name = draft.definition.name if draft.definition is not None else one_line(ground.name)
    parts: list[tuple[str, str]] = [(name, "bold"), ("   ", "")]
    if not draft.changed:
        words = _("version {version}, in force").format(version=format_number(ground.version))
        return Content.assemble(*parts, (words, "$quiet"))
    words = _("draft, not saved (version {version} is in force)")
    parts.append((words.format(version=format_number(ground.version)), "$accent"))
    if draft.problems:
        mistakes = ngettext("{n} mistake", "{n} mistakes", len(draft.problems))
        parts += [("   ", ""), (mistakes.format(n=format_number(len(draft.problems))), "$error")]
    else:
        keys = _("X discards it") if known_then else _("s saves it, X discards it")
        parts += [("   ", ""), (keys, "$quiet")]
    return Content.assemble(*parts)


def sum_line(difference: Difference, everyone: int, currency: str) -> Content:
    """The active base before and after, who leaves and enters it, and what they spend."""
    base = change_parts(difference.before_base, difference.after_base)
    of = ngettext("of {n} customer", "of {n} customers", everyone).format(n=format_number(everyone))
    parts = [(_("Active base"), "$quiet"), (" ", ""), *base, (" ", ""), (of, "$quiet")]
    leaving, entering = difference.leaving, difference.entering
    flows_in_words = [
        (leaving, ngettext("{n} leaves it: {money} a year", "{n} leave it: {money} a year",
                           leaving.customers)),
        (entering, ngettext("{n} enters it: {money} a year", "{n} enter it: {money} a year",
                            entering.customers)),
    ]
    for flow, words in flows_in_words:
        if flow.customers:
            money = format_money(flow.year_spend, currency, whole=True)
            parts += [("   ", ""), (words.format(n=format_number(flow.customers), money=money), "")]
    return Content.assemble(*parts)


def saving_words(before: Definition, after: Definition, difference: Difference | None) -> str:
    """What is about to be saved: what it says otherwise, and what it does."""
    changes = [f"· {one_line(change)}" for change in changes_in_words(before, after)]
    if len(changes) > _MOST_CHANGES:
        more = len(changes) - _MOST_CHANGES + 1
        words = ngettext("and {n} other change", "and {n} other changes", more).format(n=format_number(more))
        changes[_MOST_CHANGES - 1 :] = [f"· {words}"]
    lines = [_("One line for the history; it may be left empty."), "", *changes]
    if difference is not None:
        words = ngettext("{n} customer gets another status.", "{n} customers get another status.",
                         difference.moved)
        lines.append(words.format(n=format_number(difference.moved)))
    return "\n".join(lines)


def ways_on() -> Content:
    """What to do while there is nobody whom the definition could be tried on."""
    steps = [("i", _("import a file")), ("T", _("try the demo")), ("b", _("choose your business"))]
    lines = [Content.assemble((f" {key} ", "bold $accent"), f" {word}") for key, word in steps]
    why = _("The definition can be written all the same; what it does shows once there are customers.")
    title = Content.styled(_("No customers yet"), "bold")
    return Content("\n").join([title, Content(why), Content(""), *lines])
