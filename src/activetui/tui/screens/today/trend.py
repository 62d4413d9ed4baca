"""The trend as a table: the active base at the end of each month, with its change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.ledger.days import iso
from activetui.locales import _
from activetui.locales.formats import format_day, format_number
from activetui.tui.cells import fit
from activetui.tui.screens.today.figures import signed
from activetui.tui.widgets.figures import Line, Part

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.today import Today

_DAY, _NUMBER = 16, 14


def trend_lines(today: Today) -> Sequence[Line]:
    """A line for the end of each month, the latest first; each opens who was active then."""
    heading = [
        Part(fit(_("Day"), _DAY), "$quiet"),
        Part(fit(_("Active base"), _NUMBER, right=True), "$quiet"),
        Part(fit(_("Change"), _NUMBER, right=True), "$quiet"),
    ]
    title = _("Active base, the last {n} months").format(n=len(today.trend) - 1)
    lines: list[Line] = [[Part(title, "bold")], [], heading]
    known = [each for each in today.trend if today.can_tell(each[0])]
    before = dict(zip((day for day, _number in known[1:]), (number for _day, number in known), strict=False))
    for day, number in reversed(known):
        change = signed(number - before[day]) if day in before else "–"
        lines.append([
            Part(fit(format_day(day), _DAY)),
            Part(fit(format_number(number), _NUMBER, right=True), "", f"active:yes as-of:{iso(day)}"),
            Part(fit(change, _NUMBER, right=True)),
        ])
    if len(known) < len(today.trend):
        words = _("Of earlier days the ledger cannot tell who was active.")
        lines += [[], [Part(words, "$quiet")]]
    return lines
