"""What can be done on a line of the definition form, and where: adding, grouping, taking away."""

from __future__ import annotations

from typing import NamedTuple

from activetui.activity import editing
from activetui.activity.editing import Form, Row, RowKind
from activetui.activity.reading.positions import Path
from activetui.activity.words import type_word
from activetui.locales import _
from activetui.tui.commands import key_of
from activetui.tui.dialogs.choose import Choice
from activetui.tui.screens.definition.form.lines import STATUS_OF, Line
from activetui.tui.words import status_label

_OWN = "own group"
_APART = "apart"


class GroupQuestion(NamedTuple):
    """How conditions can belong together."""

    title: str
    hint: str
    choices: list[Choice]
    present: str


def place_to_add(line: Line) -> Path | None:
    """The section or group that a condition is added to from a line; None where there is none."""
    row = line.row
    if line.role == "types" or row.kind in (RowKind.NAME, RowKind.DAYS):
        return None
    if row.kind is RowKind.CONDITION and isinstance(row.path[-1], int):
        return row.path[:-1]
    return row.path


def place_in_words(form: Form, place: Path) -> str:
    """Where a condition is added, such as "◐ at risk  active, but any of these holds:"."""
    head = next(row for row in form.rows if row.depth == 0 and row.path == place[: len(row.path)])
    group = next((row for row in form.rows if row.kind is RowKind.GROUP and row.path == place), None)
    words = group.words if group else head.words
    if head.section == "types":
        return _("Type of customer: {type}").format(type=type_word(str(head.path[1])))
    return f"{status_label(STATUS_OF[head.section])}  {words}"


def can_remove(line: Line) -> bool:
    """Whether there is something that can be taken away."""
    row = line.row
    if line.role == "field":
        return line.field is not None and line.field.value is not None and not line.field.needed
    if line.role != "row" or row.kind is RowKind.NAME or row.usual:
        return False
    if row.kind is RowKind.DAYS:
        return row.fields[0].value is not None
    return row.path != ("active",) and not row.absent


def group_question(line: Line) -> GroupQuestion | None:
    """What can be asked about the group that a line is, or stands in; None where there is none."""
    row = line.row
    group = row.group or row.within
    if line.role in ("types", "add") or not group:
        return None
    choices = [
        Choice("any", _("any of them"), _("One is enough; it does not matter which.")),
        Choice("all", _("all of them"), _("Every single one must hold at the same time.")),
        Choice("none", _("none of them"), _("Not one of them may hold.")),
    ]
    if row.kind is RowKind.CONDITION:
        choices.append(Choice(_OWN, _("Put this condition into a group of its own"),
                              _("To add to it what must hold with it, or what could hold instead.")))
    if row.apart:
        choices.append(Choice(_APART, _("Take the group apart"), _("Its conditions stand where it stood.")))
    hint = _("How many of the conditions that stand together here must hold?")
    return GroupQuestion(_("Any, all or none"), hint, choices, group)


def grouped(text: str, row: Row, answer: str) -> str:
    """The definition's text after an answer to `group_question`."""
    if answer == _OWN:
        return editing.wrap(text, row.path, "all" if row.within == "any" else "any")
    if answer == _APART:
        return editing.unwrap(text, row.path)
    inside = row.kind is RowKind.CONDITION
    return editing.change_group(text, row.path[:-1] if inside else row.path, answer)


def hint_of(line: Line, opened: bool) -> str:
    """What a line means, and what can be done there; `opened` if its values are shown."""
    row = line.row
    if line.role == "field":
        return line.field.meaning if line.field else ""
    if line.role == "add":
        return _("{key} shows the conditions that can be added here, in plain words.").format(
            key=key_of("form.change"))
    if line.role == "types":
        return _("What else a customer is: a recent buyer, loyal, a VIP. One can be several of these.")
    if row.kind is RowKind.NAME:
        return _("Every list and report says which definition it rests on, by this name and its version.")
    if row.kind is RowKind.DAYS:
        return row.fields[0].meaning
    if row.kind is RowKind.CONDITION:
        return _condition_hint(line, opened)
    if row.section == "types" and row.depth == 0:
        return _("As usual: what you change here becomes your own.") if row.usual else _(
            "Your own conditions for this type; {key} brings the usual ones back.").format(
                key=key_of("form.remove"))
    if row.kind is RowKind.GROUP:
        words = _("A group counts as one condition. {key} says whether any, all or none of it must hold.")
        return words.format(key=key_of("form.group"))
    return {
        "active": _("Who counts as active. Whoever is not, or no longer, becomes inactive."),
        "at_risk": _("Who is still active, but likely to slip away: the ones to call in time."),
    }[row.section]


def _condition_hint(line: Line, opened: bool) -> str:
    number = line.number
    if opened:
        words = _("All that this condition says; {key} closes it, {remove} takes it away.")
    elif number is None:
        words = _("{key} shows everything that can be changed in this condition.")
    else:
        words = _("{more} and {less} change the marked number. {key} shows all that can be changed.")
    return words.format(key=key_of("form.change"), remove=key_of("form.remove"), more=key_of("form.more"),
                        less=key_of("form.less"))
