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
    from activetui.insights.loop import Figure, LoopRow

_STAGE, _EVENT = 13, 15
_CLOSE, _WIDE = 1, 3


def loop_lines(rows: Sequence[LoopRow], width: int, *, whole: bool) -> Sequence[Line]:
    """A line for each stage; `whole` where there is room to say what the columns mean."""
    from activetui.insights.loop import FIGURES
    from activetui.insights.loop_words import column_words, event_words, meaning_words, stage_words

    headings = column_words()
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
            line.append(_figure(row, name, gap, room, event_words(row.stage)))
        lines.append(line)
    if whole:
        lines += [[], *([Part(words, "$quiet")] for words in wrap(meaning_words(), width))]
    return lines


def _figure(row: LoopRow, name: str, gap: str, room: int, event: str) -> Part:
    figure: Figure = getattr(row, name)
    words = format_number(figure.number)
    words = fit(f"{words} {event}", room) if name == "events" else fit(words, room, right=True)
    return Part(gap + words, "" if figure.number else "$quiet", figure.query, note=_note(figure))


def _note(figure: Figure) -> str:
    if figure.found >= figure.number:
        return ""
    return _("The first {n} of {all} are shown: a list by numbers names no more.").format(
        n=format_number(figure.found), all=format_number(figure.number)
    )
