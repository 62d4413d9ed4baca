"""The commands that every sort of kept rule has: `check`, `use`, `edit`, `off`, `on`, `forget`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from activetui.cli.rules import kept
from activetui.cli.rules.kept import Sort
from activetui.locales import _

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help=_("The key, as the list has it, or the title."))
]
KeyOption = Annotated[
    str, typer.Option("--key", metavar="KEY", help=_("The key to keep it under; else the file's name."))
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=_("A TOML file."))]
NewOption = Annotated[bool, typer.Option("--new", help=_("Begin a new one of this key."))]


@dataclass(frozen=True)
class Helps:
    """What the commands say of themselves."""

    check: str
    use: str
    edit: str
    off: str
    on: str
    forget: str


def add_commands(app: typer.Typer, sort: Callable[[], Sort], helps: Helps) -> None:
    """Give a group of commands those that change a sort of rules."""

    @app.command("check", help=helps.check)
    def check(file: FileArgument) -> None:
        """Print every mistake (exit 1), or what the file says (exit 0)."""
        kept.check(sort(), file)

    @app.command("use", help=helps.use)
    def use(file: FileArgument, key: KeyOption = "") -> None:
        """Keep the file's text in the store, once it has no mistake."""
        kept.use(sort(), file, key)

    @app.command("edit", help=helps.edit)
    def edit(key: KeyArgument, new: NewOption = False) -> None:
        """Edit, check, tell, ask, and use it. Whatever goes wrong, what was there stays."""
        kept.edit(sort(), key, new=new)

    @app.command("off", help=helps.off)
    def off(key: KeyArgument) -> None:
        """Take it out of use."""
        kept.switch(sort(), key, on=False)

    @app.command("on", help=helps.on)
    def on(key: KeyArgument) -> None:
        """Put it in use."""
        kept.switch(sort(), key, on=True)

    @app.command("forget", help=helps.forget)
    def forget(key: KeyArgument) -> None:
        """Go back to what comes with the program, or drop an own one."""
        kept.forget(sort(), key)
