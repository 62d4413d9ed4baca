"""`report loop`: stage, key event, alert, playbook, result, a row for each stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, line
from activetui.cli.paragraphs import paragraph
from activetui.cli.report.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _
from activetui.locales.formats import format_number


@app.command("loop", help=_("For each stage: customers, key events, alerts, playbooks, results."))
def loop(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print a row for each stage of a customer's life, as of the day."""
    from activetui.insights.loop import FIGURES, Stage
    from activetui.insights.loop import loop as loop_of
    from activetui.insights.loop_words import column_words, event_words, meaning_words, stage_words

    with open_reading() as conn:
        found, mark = loop_of(conn, current().as_of), stamp(conn, lack=form is Format.TABLE)
    rows: list[dict[str, Any]] = [
        {"stage": row.stage.value}
        | {_NAMES.get(name, name): getattr(row, name).number for name in FIGURES}
        | {"query": row.stage.query, "event_query": row.stage.event_query}
        | mark.fields()
        for row in found
    ]
    words = column_words()

    def _event(row: Mapping[str, Any]) -> str:
        return f"{format_number(row['key_events'])} {event_words(Stage(row['stage']))}"

    emit(
        rows, form,
        [
            Column("stage", _("Stage"), lambda row: stage_words(Stage(row["stage"]))),
            Column("customers", words["customers"], right=True),
            Column("key_events", words["events"], _event),
            *(Column(name, words[name], right=True) for name in FIGURES[2:]),
        ],
    )
    if form is Format.TABLE:
        line("")
        for each in paragraph(meaning_words()):
            line(each)
    print_stamp(mark, form)


_NAMES = {"events": "key_events"}
