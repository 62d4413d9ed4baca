"""The command tree: built one command at a time, with help in the owner's language."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer import _click
from typer.core import TyperGroup

from activetui.cli.command import Command, InOurWords, with_db, with_known
from activetui.cli.commands import Entry, table
from activetui.cli.context import forget_choices
from activetui.cli.language import chosen_language
from activetui.cli.query_command import QueryCommand
from activetui.ledger.errors import UsageError
from activetui.locales import _, use_language


class Group(InOurWords, TyperGroup):
    """A group of commands; a wrong name gets a proposal."""

    noun: Noun | None = None
    """What it was made of, for the commands whose modules are not imported yet."""

    def __init__(self, *args: Any, params: list[_click.Parameter] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, params=with_known(with_db(params)), **kwargs)

    def list_commands(self, ctx: _click.Context) -> list[str]:
        return list(self.noun.modules if self.noun and self.noun.modules else super().list_commands(ctx))

    def get_command(self, ctx: _click.Context, cmd_name: str) -> _click.Command | None:
        if self.noun and cmd_name in self.noun.modules and cmd_name not in self.commands:
            self.commands[cmd_name] = self.noun.made(cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: _click.Context, args: list[str]
    ) -> tuple[str | None, _click.Command | None, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is not None:
            return args[0], command, args[1:]
        near = get_close_matches(args[0], self.list_commands(ctx), n=1)
        hint = _("Did you mean {name}?").format(name=near[0]) if near else ""
        if not hint:
            hint = _("{command} --help lists what there is.").format(command=ctx.command_path)
        raise UsageError(_("There is no command {name!r}.").format(name=args[0]), hint)

    def format_commands(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        rows = [(name, self.help_line(ctx, name)) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section(_("Commands")):
                formatter.write_dl(rows)

    def help_line(self, ctx: _click.Context, name: str) -> str:
        """One line on a command of this group."""
        command = self.get_command(ctx, name)
        return command.get_short_help_str(200) if command else ""


class MainGroup(Group):
    """The program: imports the module of a command when it is used, and ends every command in our words."""

    def list_commands(self, ctx: _click.Context) -> list[str]:
        return list(table())

    def help_line(self, ctx: _click.Context, name: str) -> str:
        return table()[name].help

    def get_command(self, ctx: _click.Context, cmd_name: str) -> _click.Command | None:
        entry = table().get(cmd_name)
        if entry is None:
            return None
        if cmd_name not in self.commands:
            module, _colon, attribute = entry.target.partition(":")
            found = getattr(importlib.import_module(f"activetui.cli.{module}"), attribute)
            self.commands[cmd_name] = _built(found, cmd_name, entry)
        return self.commands[cmd_name]

    def main(self, args: Sequence[str] | None = None, *_ignored: Any, **_extra: Any) -> Any:
        """Run one command line and leave with its exit code."""
        from activetui.cli.errors import ending

        forget_choices()
        use_language(chosen_language())
        given = list(sys.argv[1:] if args is None else args)
        with ending(given), self.make_context("activetui", given) as ctx:
            self.invoke(ctx)


class Noun(typer.Typer):
    """A group of commands about one thing: `app = Noun()`, `@app.command("show", help=_("..."))`.

    Of a group with many commands `modules` says, in the order in which the help lists them, which module each
    is in: it is imported when the command is used.
    """

    def __init__(self, modules: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.modules = modules or {}
        kwargs.setdefault("no_args_is_help", True)
        super().__init__(
            cls=Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False, **kwargs,
        )

    def command(self, name: str | None = None, **kwargs: Any) -> Callable[[Any], Any]:
        kwargs.setdefault("cls", Command)
        return super().command(name, **kwargs)

    def made(self, name: str) -> _click.Command:
        """One of the commands that are in modules of their own."""
        importlib.import_module(self.modules[name])
        for group in self.registered_groups:
            if group.name == name:
                return _built(group.typer_instance, name, Entry("", group.help or ""))
        alone = Noun()
        alone.registered_commands = [found for found in self.registered_commands if found.name == name]
        return typer.main.get_command(alone)


def _built(found: Any, name: str, entry: Entry) -> _click.Command:
    """The command of a table entry, from a `Noun` or a function (whose docstring is for developers)."""
    if isinstance(found, typer.Typer):
        if found.registered_callback is None:
            found.callback()(_nothing)
        group = typer.main.get_group(found)
        group.name, group.help = name, entry.help
        if isinstance(group, Group) and isinstance(found, Noun):
            group.noun = found
        return group
    single = Noun()
    single.command(name, help=entry.help, cls=QueryCommand if entry.takes_query else Command)(found)
    return typer.main.get_command(single)


def _nothing() -> None:
    """A group does nothing by itself."""
