"""`segments fields`."""

from __future__ import annotations

from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.cli.segments.group import app
from activetui.locales import _


@app.command("fields", help=_("What a query can ask for, with an example each."))
def fields(form: FormatOption = Format.TABLE) -> None:
    """Print the fields of the filter language."""
    from activetui.segments.fields import FIELDS
    from activetui.segments.query import parse
    from activetui.segments.values import choices
    from activetui.segments.words import reading

    rows = [
        {
            "field": field.name,
            "example": field.example,
            "finds": reading(parse(field.example)),
            "values": list(choices(field)),
        }
        for field in FIELDS.values()
    ]
    emit(rows, form, [
        Column("field", _("Field"), whole=True),
        Column("example", _("Example"), whole=True),
        Column("finds", _("Finds")),
    ])
