"""`doctor`: whether the store is sound."""

from __future__ import annotations

import typer

from activetui.cli.context import current
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.ledger.errors import Exit
from activetui.locales import _


def doctor(form: FormatOption = Format.TABLE) -> None:
    """Print every check; exit 1 if one of them failed. Nothing in the file is changed."""
    from activetui.store.doctor import examine

    checks = examine(current().db)
    emit(
        [{"check": check.name, "ok": check.ok, "detail": check.detail} for check in checks],
        form,
        [
            Column("ok", _("Result"), lambda row: _("fine") if row["ok"] else _("WRONG")),
            Column("check", _("Check")),
            Column("detail", _("Detail"), whole=True),
        ],
    )
    if not all(check.ok for check in checks):
        raise typer.Exit(int(Exit.REFUSED))
