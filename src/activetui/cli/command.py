"""One command: its options and its help in the owner's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer import _click
from typer.core import TyperCommand, TyperGroup, TyperOption

from activetui.cli.context import choose_db, choose_known
from activetui.cli.options import DB_HELP, KNOWN_HELP
from activetui.locales import _


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


def with_db(params: Sequence[_click.Parameter] | None) -> list[_click.Parameter]:
    """The parameters with `--db`."""
    own = list(params or ())
    if not any("--db" in param.opts for param in own):
        own.append(_db_option())
    return own


def with_known(own: list[_click.Parameter]) -> list[_click.Parameter]:
    """The parameters with `--known` behind `--as-of`, where there is one."""
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


class InOurWords:
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


class Command(InOurWords, TyperCommand):
    """One command; it has `--db`, and `--known` beside `--as-of`, whether it declares them or not."""

    two_clocks = True
    """Whether it can answer from what was known on a day, as well as from what is known now."""

    def __init__(self, *args: Any, params: list[_click.Parameter] | None = None, **kwargs: Any) -> None:
        own = with_db(params)
        super().__init__(*args, params=with_known(own) if self.two_clocks else own, **kwargs)


class OneClockCommand(Command):
    """A command with `--as-of` that must see what came after the day: a back-test."""

    two_clocks = False
