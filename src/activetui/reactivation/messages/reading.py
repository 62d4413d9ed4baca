"""From the TOML of a message to a `Message`, with every mistake, its place and what was meant."""

from __future__ import annotations

import re

from activetui.activity.reading.table_reading import Table, did_you_mean, shown
from activetui.ledger.text import one_line
from activetui.locales import LANGUAGES, _
from activetui.reactivation.messages.message_types import FIELDS, Letter, Message
from activetui.reactivation.messages.template import TemplateMistake, gaps
from activetui.reactivation.rules.rule_reading import Known, Reading

_LANGUAGE = re.compile(r"[a-z]{2}(?:_[A-Z]{2})?")
_LONGEST_TITLE = 120
_LONGEST_SUBJECT = 200
_LONGEST_BODY = 8000


def read_message(key: str, text: str, where: str, known: Known) -> Message:
    """The message that a TOML text says; `RuleError` with every mistake in it."""
    reading = Reading(text, where, known, ("title",))
    table = reading.table
    title = reading.needed_line(table, "title", 'title = "Welcome back"', _LONGEST_TITLE)
    letters = {}
    for name in table:
        if name == "title":
            continue
        if not _LANGUAGE.fullmatch(name) or name[:2] not in LANGUAGES:
            if _is_nearly_title(name):
                table.problem(name, _("{key} is not known here; did you mean title?").format(key=shown(name)))
                continue
            message = _("{value} is no language of the program").format(value=shown(name))
            table.problem(name, message + did_you_mean(name, LANGUAGES))
            continue
        inner = table.table(name)
        if inner is not None:
            letters[name] = _letter(reading, inner)
    if not letters and not reading.problems.found:
        said = _("the message needs a text: a line {example}, and below it subject and body")
        table.problem_here(said.format(example="[en]"))
    reading.finish()
    return Message(key, title, letters)


def _is_nearly_title(name: str) -> bool:
    import difflib

    return bool(difflib.get_close_matches(name.casefold(), ["title"], n=1, cutoff=0.6))


def _letter(reading: Reading, table: Table) -> Letter:
    table.only(("subject", "body"))
    subject = reading.needed_line(table, "subject", 'subject = "Good to see you again"', _LONGEST_SUBJECT)
    body = table.text("body") or ""
    if table.misses("body") or ("body" in table and isinstance(table["body"], str) and not body.strip()):
        table.problem_here(_("body is missing: the text of the message"))
    if len(body) > _LONGEST_BODY:
        table.problem("body", _("{key} must have at most {n} letters").format(key="body", n=_LONGEST_BODY))
    for key, text in (("subject", table.text("subject") or ""), ("body", body)):
        _check_gaps(reading, table, key, text)
    lines = [one_line(line) for line in body.strip().splitlines()]
    return Letter(subject, "\n".join(lines))


def _check_gaps(reading: Reading, table: Table, key: str, text: str) -> None:
    """Note brackets that do not fit together, and fields that are none."""
    path = (*table.path, key)
    try:
        found = gaps(text)
    except TemplateMistake as mistake:
        said = {
            "open": _("[[ is never closed; ]] ends what is left out where a field is not known"),
            "close": _("]] closes nothing; [[ begins what is left out where a field is not known"),
            "nested": _("[[ cannot stand within another [["),
            "brace": _("a brace stands alone; fields stand in two of them, such as {field}").format(
                field="{first_name}"
            ),
        }[mistake.what]
        reading.problems.within_text(path, mistake.start, said)
        return
    for gap in found:
        if gap.field not in FIELDS:
            message = _("{value} is no field of a message").format(value=shown(gap.field))
            reading.problems.within_text(path, gap.start, message + did_you_mean(gap.field, FIELDS))
