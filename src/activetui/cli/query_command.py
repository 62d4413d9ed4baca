"""Commands that take a query, which may begin with a minus: `customers -kind:complaint`."""

from __future__ import annotations

from typer import _click

from activetui.cli.command import Command


class QueryCommand(Command):
    """A command whose words with one minus before them are part of a query, never options.

    The program has no options of one letter, so nothing is lost.
    """

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        # a blank means nothing to the filter language, and keeps the word from being read as an option
        return super().parse_args(ctx, [" " + word if _is_negated(word) else word for word in args])


def _is_negated(word: str) -> bool:
    return len(word) > 2 and word.startswith("-") and not word.startswith("--")
