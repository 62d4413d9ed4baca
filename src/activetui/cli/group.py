"""The command tree: built one command at a time, with help in the owner's language."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer import _click
from typer.core import TyperCommand, TyperGroup, TyperOption

from activetui.cli.commands import Entry, table
from activetui.cli.context import choose_db, choose_known, forget_choices
from activetui.cli.options import DB_HELP, KNOWN_HELP
from activetui.ledger.errors import UsageError
from activetui.locales import _, language_of_environment, use_language


def _db_option() -> TyperOption:
    return TyperOption(
        param_decls=["--db"], type=str, metavar="FILE", help=DB_HELP, expose_value=False,
        callback=lambda ctx, param, value: choose_db(value),
    )


def _known_option() -> TyperOption:
    return TyperOption(
        param_decls=["--known"], type=str, metavar="then|now", help=KNOWN_HELP, expose_value=False,
        callback=lambda ctx, param, value: choose_known(value),
    )


def _with_db(params: Sequence[_click.Parameter] | None) -> list[_click.Parameter]:
    own = list(params or ())
    if not any("--db" in param.opts for param in own):
        own.append(_db_option())
    return own


def _with_known(own: list[_click.Parameter]) -> list[_click.Parameter]:
    day = next((place for place, param in enumerate(own) if "--as-of" in param.opts), None)
    return own if day is None else [*own[: day + 1], _known_option(), *own[day + 1 :]]


def _help_of(param: _click.Parameter, ctx: _click.Context, is_help: bool) -> str:
    if is_help:
        return _("Show this help.")
    text = _(getattr(param, "help", "") or "")
    default = param.default
    if param.required:
        return f"{text}  [{_('required')}]".strip()
    told = default not in (None, "", False, True) and not callable(default)
    if told and getattr(param, "show_default", False):
        shown = getattr(default, "value", default)
        return f"{text}  [{_('default: {value}').format(value=shown)}]".strip()
    return text


class _InOurWords:
    """Help headings, usage line and option texts through the catalogue."""

    def format_usage(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        words = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND [ARGS]...")}
        shown = " ".join(words.get(piece, piece) for piece in pieces)
        formatter.write_usage(ctx.command_path, shown, prefix=_("Usage:") + " ")

    def format_options(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        command: Any = self
        sections: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        help_option = command.get_help_option(ctx)
        for param in command.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                text = _help_of(param, ctx, param is help_option)
                sections[param.param_type_name].append((record[0], text))
        for title, rows in ((_("Arguments"), sections["argument"]), (_("Options"), sections["option"])):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)


class Command(_InOurWords, TyperCommand):
    """One command; it has `--db`, and `--known` beside `--as-of`, whether it declares them or not."""

    two_clocks = True
    """Whether it can answer from what was known on a day, as well as from what is known now."""

    def __init__(self, *args: Any, params: list[_click.Parameter] | None = None, **kwargs: Any) -> None:
        own = _with_db(params)
        super().__init__(*args, params=_with_known(own) if self.two_clocks else own, **kwargs)


class OneClockCommand(Command):
    """A command with `--as-of` that must see what came after the day: a back-test."""

    two_clocks = False


class Group(_InOurWords, TyperGroup):
    """A group of commands; a wrong name gets a proposal."""

    def __init__(self, *args: Any, params: list[_click.Parameter] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, params=_with_known(_with_db(params)), **kwargs)

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
        use_language(language_of_environment())
        given = list(sys.argv[1:] if args is None else args)
        with ending(given), self.make_context("activetui", given) as ctx:
            self.invoke(ctx)


class Noun(typer.Typer):
    """A group of commands about one thing: `app = Noun()`, `@app.command("show", help=_("..."))`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            cls=Group, rich_markup_mode=None, add_completion=False, no_args_is_help=True,
            pretty_exceptions_enable=False, **kwargs,
        )

    def command(self, name: str | None = None, **kwargs: Any) -> Callable[[Any], Any]:
        kwargs.setdefault("cls", Command)
        return super().command(name, **kwargs)


def _built(found: Any, name: str, entry: Entry) -> _click.Command:
    """The command of a table entry, from a `Noun` or a function (whose docstring is for developers)."""
    if isinstance(found, typer.Typer):
        found.callback()(_nothing)
        group = typer.main.get_group(found)
        group.name, group.help = name, entry.help
        return group
    single = Noun()
    single.command(name, help=entry.help, cls=_query_command() if entry.takes_query else Command)(found)
    return typer.main.get_command(single)


def _query_command() -> type[Command]:
    from activetui.cli.query_command import QueryCommand

    return QueryCommand


def _nothing() -> None:
    """A group does nothing by itself."""
