"""`report winback`: whether winning back worked, as far as can be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.cli.checklist.results import SinceOption, UntilOption, look
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, wording
from activetui.cli.paragraphs import paragraph
from activetui.cli.report.group import app
from activetui.cli.stamp import Stamp
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money, format_number

if TYPE_CHECKING:
    from activetui.reactivation.result_types import Result, Results


@app.command("winback", help=_("Whether winning customers back worked, as far as can be said."))
def winback(
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the whole, each playbook and each round of a period, as of the day."""
    from activetui.cli.result_rows import results_row
    from activetui.reactivation.result_types import By

    found, mark = look(By.PLAYBOOK, since, until)
    with wording(form):
        row = results_row(found) | mark.fields()
        emit_one(row, form, lambda: _lines(found, mark))


def _lines(found: Results, mark: Stamp) -> Iterator[str]:
    from activetui.cli.checklist.rounds import round_lines
    from activetui.reactivation import result_words as words

    yield mark.words()
    if found.since is not None or found.until is not None:
        yield _("First contacts from {since} to {until}").format(
            since=format_day(found.since), until=format_day(found.until)
        )
    if not found.rows:
        yield _("No playbook was begun for anybody in this time.")
        return
    yield ""
    yield from _row_lines(_("All playbooks"), found, found.whole)
    for row in found.rows:
        yield ""
        yield from _row_lines(words.playbook_title(found, row.key.playbook or ""), found, row)
    for each in found.rounds:
        yield ""
        yield from round_lines(found, each)
    if note := words.known_to_words(found):
        yield ""
        yield from paragraph(note)


def _row_lines(title: str, found: Results, row: Result) -> Iterator[str]:
    from activetui.reactivation import result_words as words

    yield title
    parts = [
        ngettext("begun {n} time", "begun {n} times", row.begun).format(n=format_number(row.begun)),
        _("{n} contacted").format(n=format_number(row.contacted)),
        _("{n} came back by themselves before that").format(n=format_number(row.by_themselves)),
        _("{n} won back").format(n=format_number(row.won_back)),
        _("{money} of revenue").format(money=format_money(row.revenue, found.currency)),
    ]
    yield from _indented(" · ".join(parts))
    share = words.share_words(row.share)
    over = _("of those whose window is over: {share}").format(share=share) if share else ""
    yield from _indented(" · ".join(filter(None, (over, words.too_early_words(row)))))
    yield from _indented(words.held_out_words(row.held_out))
    yield from _indented(words.beside_words(row.beside))


def _indented(text: str) -> Iterator[str]:
    return (f"  {part}" for part in paragraph(text))
