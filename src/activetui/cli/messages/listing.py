"""`messages list`."""

from __future__ import annotations

from activetui.cli.context import open_reading
from activetui.cli.messages.group import app, used_by
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, wording
from activetui.cli.rules.kept import title_of, use_words
from activetui.locales import _

_FIELDS = ("key", "title", "languages", "origin", "in_use", "used_by", "problem")


@app.command("list", help=_("Every message, its languages, and the playbooks that use it."))
def list_all(form: FormatOption = Format.TABLE) -> None:
    """Print all messages by key."""
    from activetui.reactivation.messages.message import rules

    with open_reading(facts=False) as conn, wording(form):
        rows = [
            {
                "key": rule.key, "title": title_of(rule),
                "languages": list(rule.thing.letters) if rule.thing else [],
                "origin": rule.origin.value, "in_use": rule.in_use,
                "used_by": used_by(conn, rule.key),
                "problem": rule.fault.message if rule.fault else None,
            }
            for rule in rules(conn)
        ]
    emit(
        rows, form,
        [
            Column("key", _("Key"), whole=True),
            Column("title", _("Message")),
            Column("languages", _("Languages"), lambda row: " ".join(row["languages"])),
            Column("in_use", _("In use"), use_words, whole=True),
            Column("used_by", _("Used by"), lambda row: ", ".join(row["used_by"])),
        ],
        fields=_FIELDS,
    )
