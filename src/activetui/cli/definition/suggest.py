"""`definition suggest`: a window from the shop's own past, with the curve that it comes from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.definition.group import app
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, line, width, wording
from activetui.cli.paragraphs import across, paragraph
from activetui.cli.progress import showing
from activetui.cli.stamp import print_stamp, stamp
from activetui.ledger.days import iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import days_words, format_number

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.activity.past.regularity import Regularity
    from activetui.activity.past.suggestion import Suggestion

CURVE_AT = (7, 14, 21, 30, 45, 60, 90, 120, 150, 180, 240, 300, 365, 545, 730, 1095)
"""Days of silence at which a program is told the curve, as far as the ledger can tell it."""
_HIGH, _LOW = 8, 4
_ROOMY = 34
"""Lines of a terminal in which there is room for the high picture."""


@app.command("suggest", help=_("Propose a window, at-risk and lost days from your own purchases."))
def suggest(
    toml: Annotated[
        bool, typer.Option("--toml", help=_("Print the definition in force with the proposal taken over."))
    ] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the proposal from the purchases up to the as-of day, or why there can be none."""
    from activetui.activity.past import suggestion
    from activetui.activity.past.regularity import regularity
    from activetui.store import definitions
    from activetui.store.purchase_history import purchase_history

    day = current().as_of
    with open_reading(facts=False) as conn, showing(_("Reading the purchases:")) as progress:
        history = purchase_history(conn, up_to=day, progress=progress)
        definition, mark = definitions.in_force(conn), stamp(conn)
    found, rhythm = suggestion.suggest(history), regularity(history)
    if toml:
        _print_toml(found, definition)
        return
    with wording(form):
        row = suggestion_row(found, rhythm)
    row = {"as_of": iso(day), **mark.fields(), **row, **_window_in_force(found, definition)}
    emit_one(row, form, lambda: _lines(found, rhythm, definition))
    print_stamp(mark, form, apart=False)


def _print_toml(found: Suggestion, definition: Definition) -> None:
    """The text of the definition with the windows that are proposed; `OwnerError` where none are."""
    from activetui.activity.editing import set_window
    from activetui.activity.past.suggestion_words import why_not

    if not found.enough:
        raise OwnerError(why_not(found), _("activetui definition presets lists ready definitions."))
    text = set_window(
        definition.text, window_days=found.window_days, at_risk_share=found.window_used,
        lost_days=found.lost_days,
    )
    for part in text.splitlines():
        line(part)


def suggestion_row(found: Suggestion, rhythm: Regularity) -> dict[str, Any]:
    """The suggestion and the regularity for programs; days are days of silence unless said."""
    from activetui.activity.past.suggestion_words import sentences, why_not

    low, high = found.between or (None, None)
    points = {*CURVE_AT, found.at_risk_days, found.window_days, found.lost_silence}
    used = found.window_used
    return {
        "end": iso(found.end),
        "customers": found.customers,
        "purchase_days": found.purchase_days,
        "closed_gaps": found.closed,
        "open_gaps": found.open,
        "percentiles": {f"p{percent}": value for percent, value in found.percentiles.items()},
        "curve": [
            {
                "days": days, "share_without": _rounded(found.curve.share_without(days)),
                "watched": int(found.curve.watched[days]),
            }
            for days in sorted(point for point in points if point is not None)
            if days < len(found.curve.share)
        ],
        "horizon_days": found.horizon,
        "enough": found.enough,
        "why": why_not(found) or None,
        "window_days": found.window_days,
        "window_share": _rounded(found.share_within(found.window_days)),
        "window_low": low,
        "window_high": high,
        "at_risk_days": found.at_risk_days,
        "at_risk_share": _rounded(found.share_within(found.at_risk_days)),
        "window_used": None if used is None else float(used),
        "lost_silence_days": found.lost_silence,
        "lost_share": _rounded(found.share_within(found.lost_silence)),
        "lost_days": found.lost_days,
        "sentences": list(sentences(found)),
        "regularity": {
            "customers": rhythm.customers, "variance": _rounded(rhythm.variance, 9),
            "k": _rounded(rhythm.k, 6), "regular": rhythm.regular, "sentence": rhythm.in_words(),
        },
    }


def _window_in_force(found: Suggestion, definition: Definition) -> dict[str, Any]:
    """The window that the definition in force has, beside the curve."""
    from activetui.activity.past.purchase_window import purchase_window

    window = purchase_window(definition)
    return {
        "present_window_days": window, "present_window_share": _rounded(found.share_within(window)),
    }


def _lines(found: Suggestion, rhythm: Regularity, definition: Definition) -> Iterator[str]:
    """The suggestion for people."""
    from activetui.activity.past.suggestion_words import sentences

    for sentence in sentences(found):
        yield from paragraph(sentence)
    yield from _proposal_lines(found)
    if found.closed:
        yield ""
        yield from _picture(found)
        yield ""
    yield from paragraph(rhythm.in_words())
    yield from paragraph(_present_window(found, definition))


def _proposal_lines(found: Suggestion) -> Iterator[str]:
    """What to write into a definition, and why."""
    from activetui.activity.past.suggestion_words import proposals

    settings = (
        f"window_used = {found.window_used}", f"within_days = {found.window_days}",
        f"[lost] days = {found.lost_days}",
    )
    rows = [
        (word, days_words(days), setting, why)
        for (word, days, why), setting in zip(proposals(found), settings, strict=False)
    ]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (part + " " * (most - width(part)) for part, most in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells)


def _picture(found: Suggestion) -> Iterator[str]:
    from activetui.insights.curve_picture import curve_picture, last_day_drawn, marks_of

    high = _HIGH if shutil.get_terminal_size().lines >= _ROOMY else _LOW
    yield _("Purchases followed by another, by days of silence:")
    yield from curve_picture(found.curve, last_day_drawn(found), across(), high, marks_of(found))


def _present_window(found: Suggestion, definition: Definition) -> str:
    """How the window of the definition in force looks beside the curve; empty if it has none."""
    from activetui.activity.past.purchase_window import purchase_window

    window = purchase_window(definition)
    share = found.share_within(window)
    if window is None or share is None or not found.closed:
        return ""
    words = _("Your window is {window} now: after {share} of 100 purchases the next one comes within it.")
    return words.format(window=days_words(window), share=format_number(round(100 * share)))


def _rounded(value: float | None, places: int = 6) -> float | None:
    return None if value is None else round(value, places)
