"""`locate`: where the owner's data and the program's own files are."""

from __future__ import annotations

from pathlib import Path

from activetui.cli.context import current
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.locales import _


def locate(form: FormatOption = Format.TABLE) -> None:
    """Print the places, whether or not something is there."""
    from platformdirs import user_config_path, user_log_path

    db = current().db.absolute()
    places: list[tuple[str, str, Path]] = [
        ("store", _("store"), db),
        ("folder", _("folder of the store and its backups"), db.parent),
        ("settings", _("settings of the app"), user_config_path("activetui", appauthor=False)),
        ("log", _("log of mistakes"), user_log_path("activetui", appauthor=False)),
    ]
    titles = {name: title for name, title, _path in places}
    rows = [{"what": name, "path": str(path), "exists": path.exists()} for name, _title, path in places]
    emit(
        rows, form,
        [
            Column("what", _("What"), lambda row: titles[row["what"]]),
            Column("path", _("Where"), whole=True),
            Column("exists", _("There"), lambda row: _("yes") if row["exists"] else _("not yet")),
        ],
    )
