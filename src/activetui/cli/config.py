"""`config`: what the program knows of the business and of the person who uses it, and where that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, line, wording
from activetui.cli.setting_values import SETTINGS, Setting, setting_of
from activetui.ledger.errors import NeedsAnswer, OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

app = Noun()

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=_("The setting, such as business or calls-a-day."))
]


@app.command("show", help=_("Every setting, or one, and where it is kept."))
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("One setting; all without it."))] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the settings with their values."""
    wanted = [setting_of(name)] if name else list(SETTINGS)
    kept = _of_business() | _of_person()
    with wording(form):
        rows = [_row(setting, kept.get(setting.name, "")) for setting in wanted]
    emit(
        rows, form,
        [
            Column("name", _("Setting"), whole=True),
            Column("value", _("Value"), lambda row: row["value"] or _("not set")),
            Column("meaning", _("What it is")),
            Column("kept_in", _("Kept in"), _place),
        ],
    )
    if form is Format.TABLE:
        line("")
        line(_("store: {path}").format(path=current().db))
        line(_("app: {path}").format(path=_file()))


@app.command("set", help=_("Keep a setting."))
def set_(
    name: NameArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("What it is to be."))],
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Take a currency that the ledger hardly has."))
    ] = False,
) -> None:
    """Keep the value, once it is one that the setting takes."""
    setting = setting_of(name)
    taken = setting.read(value)
    if not taken:
        unset(name)
        return
    before = _keep(setting, taken, yes=yes)
    if before == taken:
        line(_("{name} is {value} already.").format(name=setting.name, value=taken))
    elif setting.of_business:
        line(_("{name} is now {value}. activetui undo takes it back.").format(name=setting.name, value=taken))
    else:
        line(_("{name} is now {value}.").format(name=setting.name, value=taken))


@app.command("unset", help=_("Forget a setting, so that its usual value holds."))
def unset(name: NameArgument) -> None:
    """Forget the value."""
    setting = setting_of(name)
    if _keep(setting, ""):
        line(_("{name} is not set any more.").format(name=setting.name))
    else:
        line(_("{name} was not set.").format(name=setting.name))


def _place(row: Mapping[str, Any]) -> str:
    return _("store") if row["kept_in"] == "store" else _("app")


def _row(setting: Setting, value: str) -> dict[str, Any]:
    where = current().db if setting.of_business else _file()
    return {
        "name": setting.name, "value": value or None, "meaning": _(setting.meaning),
        "kept_in": "store" if setting.of_business else "app", "path": str(where),
    }


def _of_business() -> dict[str, str]:
    from activetui.store import settings

    if not current().db.exists():
        return {}
    with open_reading(facts=False) as conn:
        return {
            setting.name: settings.get(conn, setting.key) for setting in SETTINGS if setting.of_business
        }


def _of_person() -> dict[str, str]:
    from activetui.tui import config

    kept = config.load()
    return {setting.name: kept.get(setting.name, "") for setting in SETTINGS if not setting.of_business}


def _file() -> Path:
    from activetui.tui.config import config_file

    return config_file()


def _keep(setting: Setting, value: str, *, yes: bool = False) -> str:
    """Keep the value; what it was before."""
    if not setting.of_business:
        return _remember(setting, value)
    from activetui.cli.progress import showing
    from activetui.store import settings
    from activetui.store.changes import business

    said = (
        _("{name} set to {value}").format(name=setting.name, value=value) if value
        else _("{name} not set any more").format(name=setting.name)
    )
    with open_writing(create=True) as conn, showing(_("Working everyone out:")) as progress:
        before = settings.get(conn, setting.key)
        if setting.name == "currency" and value and not yes:
            _refuse_foreign(value, business.money_in(conn))
        business.change(
            conn, setting.key, value, what=said, made_at=made_at(), today=current().today, progress=progress
        )
    return before


def _remember(setting: Setting, value: str) -> str:
    from activetui.tui import config

    before = config.load().get(setting.name, "")
    try:
        config.put(setting.name, value)
    except OSError as error:
        raise OwnerError(
            _("{path} cannot be written: {why}").format(path=_file(), why=error.strerror or ""),
            _("Check that you may write to the file and to its folder."),
        ) from error
    return before


def _refuse_foreign(value: str, found: list[Any]) -> None:
    """A currency in which the ledger states next to nothing would make all money vanish."""
    if not found or found[0].currency == value:
        return
    most = found[0]
    stated = ngettext(
        "{n} event states its money in {currency}", "{n} events state their money in {currency}", most.events
    ).format(n=format_number(most.events), currency=most.currency)
    vanishes = _("Only money in the store's currency is added up: all of that would count as nothing.")
    raise NeedsAnswer(
        f"{stated}. {vanishes}",
        ("--yes",),
        _("Amounts are never converted. To go on all the same:"),
    )
