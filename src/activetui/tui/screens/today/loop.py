"""The loop by stage: who is in each, what happened, what wants an answer, what is done, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.locales import _
from activetui.locales.formats import format_number
from activetui.tui.cells import fit, wrap
from activetui.tui.widgets.figures import Line, Part
from activetui.tui.words import SYMBOLS, status_style

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.loop import Figure, LoopRow, Stage

_STAGE, _EVENT = 13, 15
_CLOSE, _WIDE = 1, 3


def loop_lines(rows: Sequence[LoopRow], width: int, *, whole: bool) -> Sequence[Line]:
    """A line for each stage; `whole` where there is room to say what the columns mean."""
    from activetui.insights.loop import FIGURES

    headings = _headings()
    widths = [_STAGE, *(_EVENT if name == "events" else len(headings[name]) for name in FIGURES)]
    gap = " " * (_WIDE if sum(widths) + _WIDE * len(FIGURES) <= width else _CLOSE)
    title = _("Stage → key event → alert → playbook → result")
    heading = [Part(fit(_("Stage"), _STAGE), "$quiet")]
    for name, room in zip(FIGURES, widths[1:], strict=True):
        heading.append(Part(gap + fit(headings[name], room, right=name != "events"), "$quiet"))
    lines: list[Line] = [[Part(title, "bold")], heading]
    for row in rows:
        status = row.stage.statuses[0]
        line = [Part(fit(f"{SYMBOLS[status]} {stage_words(row.stage)}", _STAGE), status_style(status))]
        for name, room in zip(FIGURES, widths[1:], strict=True):
            line.append(_figure(row, name, gap, room))
        lines.append(line)
    return [*lines, [], *([Part(words, "$quiet")] for words in wrap(_meaning(), width))] if whole else lines


def stage_words(stage: Stage) -> str:
    """The stage for people."""
    from activetui.activity.words import status_word

    return status_word(stage.statuses[0])


def event_words(stage: Stage) -> str:
    """What the key event of a stage is, behind a number of customers."""
    from activetui.insights.loop import Stage

    return {
        Stage.PROSPECT: _("in touch"), Stage.NEW: _("came"), Stage.ACTIVE: _("came back"),
        Stage.AT_RISK: _("slipped"), Stage.INACTIVE: _("left"), Stage.LOST: _("lost for long"),
    }[stage]


def _figure(row: LoopRow, name: str, gap: str, room: int) -> Part:
    figure: Figure = getattr(row, name)
    words = format_number(figure.number)
    if name == "events":
        words = fit(f"{words} {event_words(row.stage)}", room)
    else:
        words = fit(words, room, right=True)
    return Part(gap + words, "" if figure.number else "$quiet", figure.query, note=_note(figure))


def _note(figure: Figure) -> str:
    if figure.found >= figure.number:
        return ""
    return _("The first {n} of {all} are shown: a list by numbers names no more.").format(
        n=format_number(figure.found), all=format_number(figure.number)
    )


def _headings() -> dict[str, str]:
    return {
        "customers": _("Customers"), "events": _("In 30 days"), "alerts": _("Alerts"),
        "under_way": _("Playbook"), "due": _("Due"), "contacted": _("Contacted"), "won_back": _("Won back"),
    }


def _meaning() -> str:
    return _(
        "Of the customers who are in the stage now: how many; those with its key event in the last 30 days; "
        "with an alert that is not done; in a playbook; with a step of it due. Contacted and won back are of "
        "the last 90 days, by the stage in which customers were when the playbook began."
    )
