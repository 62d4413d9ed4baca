"""The program's command line: `app` is what the installed command and the tests run."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.group import MainGroup
from activetui.cli.options import AsOfOption, DbOption
from activetui.locales import _

app = typer.Typer(
    cls=MainGroup, name="activetui", add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, invoke_without_command=True,
    help=_("Which customers are active, who is slipping away, why, and whom to contact today."),
)


@app.callback()
def activetui(
    ctx: typer.Context,
    db: DbOption = None,
    as_of: AsOfOption = None,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version."), is_eager=True)] = False,
) -> None:
    """Opens the app when no command is given."""
    if version:
        from activetui import __version__

        typer.echo(f"activetui {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from activetui.cli.app_command import open_app

        open_app()
