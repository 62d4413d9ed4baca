"""`report winback`: whether winning back worked, as far as can be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.cli.checklist.results import SinceOption, UntilOption, look, nothing_begun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit, emit_one, wording
from activetui.cli.paragraphs import paragraph
from activetui.cli.report.group import app
from activetui.cli.stamp import Stamp, lack_lines
from activetui.locales import _
from activetui.locales.formats import format_day

if TYPE_CHECKING:
    from activetui.reactivation.results.result_types import Results


@app.command("winback", help=_("Whether winning customers back worked, as far as can be said."))
def winback(
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the whole, each playbook and each round of a period, as of the day."""
    from activetui.cli.result_rows import RESULT_FIELDS, result_row, results_row
    from activetui.reactivation.results.result_types import By

    found, mark = look(By.PLAYBOOK, since, until)
    with wording(form):
        if form in (Format.CSV, Format.MARKDOWN):   # a table: the whole, then each playbook
            emit((result_row(found, row) for row in (found.whole, *found.rows)), form, fields=RESULT_FIELDS)
            return
        emit_one(results_row(found) | mark.fields(), form, lambda: _lines(found, mark))


def _lines(found: Results, mark: Stamp) -> Iterator[str]:
    from activetui.reactivation.results import result_words as words

    yield mark.words()
    if found.since is not None or found.until is not None:
        yield _("First contacts from {since} to {until}").format(
            since=format_day(found.since), until=format_day(found.until)
        )
    if not (found.rows or found.rounds):
        yield nothing_begun()
        yield from lack_lines(mark)
        return
    parts = [(_("All playbooks"), words.row_sentences(found, found.whole))]
    for row in found.rows:
        title = words.key_words(found.by, row.key, found)
        parts.append((title, words.row_sentences(found, row)))
    for each in found.rounds:
        parts.append((words.round_title_of(found, each), words.round_sentences(found, each)))
    for title, sentences in parts:
        yield ""
        yield title
        for sentence in sentences:
            yield from (f"  {part}" for part in paragraph(sentence))
    if note := words.known_to_words(found):
        yield ""
        yield from paragraph(note)
