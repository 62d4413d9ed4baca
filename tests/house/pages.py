"""The parts of the documents that the program itself can say: `python -m tests.house.pages` renews them.

In docs/commands.md the help of every command stands below its heading, in docs/keys.md the keys of every
screen below a comment that names its class, and in docs/systems the headings of every program's export
(`tests.house.system_pages`). What stands around them is written by hand and stays.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import typer
from textual.dom import DOMNode
from typer.testing import CliRunner

import activetui.tui
from activetui.cli.program import app
from activetui.tui.commands import Command
from tests.house import system_pages
from tests.house.source import ROOT

COMMANDS, KEYS = ROOT / "docs" / "commands.md", ROOT / "docs" / "keys.md"
_HELP = re.compile(
    r"^(#+ `(?P<command>activetui[^`]*)`\n(?:(?!```|#)[^\n]*\n)*?)```text\n[^`]*```$", re.MULTILINE
)
_TABLE = re.compile(r"^<!-- keys: (?P<node>[\w.]+) -->\n(?:\|.*\n)*", re.MULTILINE)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, as the words after `activetui`."""
    root = typer.main.get_command(app)
    yield ()
    yield from _below(root, ())


def _below(group: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    context = typer.Context(group)  # type: ignore[arg-type]
    for name in group.list_commands(context):  # type: ignore[attr-defined]
        command = group.get_command(context, name)  # type: ignore[attr-defined]
        yield (*words, name)
        if hasattr(command, "list_commands"):
            yield from _below(command, (*words, name))


def help_of(words: tuple[str, ...]) -> str:
    """What `activetui … --help` prints on a terminal of 80 columns."""
    ran = CliRunner().invoke(app, [*words, "--help"], prog_name="activetui", env={"COLUMNS": "80"})
    assert ran.exit_code == 0, ran.output
    return "\n".join(line.rstrip() for line in ran.stdout.strip().splitlines())


def nodes() -> dict[str, tuple[Command, ...]]:
    """Every screen, dialog and widget of the app that has keys, by its name within `activetui.tui`."""
    found: dict[str, tuple[Command, ...]] = {}
    for module in pkgutil.walk_packages(activetui.tui.__path__, "activetui.tui."):
        for _name, node in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(node, DOMNode) and node.__module__ == module.name and "KEYS" in vars(node):
                found[f"{module.name.removeprefix('activetui.tui.')}.{node.__name__}"] = vars(node)["KEYS"]
    return found


def table_of(keys: tuple[Command, ...]) -> str:
    """The keys as a table, with the name by which a keymap changes each."""
    rows = [f"| {key.shown_keys().replace('|', '&#124;')} | {key.meaning} | `{key.id}` |" for key in keys]
    return "\n".join(["| keys | what they do | name |", "|---|---|---|", *rows]) + "\n"


def with_help(page: str) -> str:
    """The page on the commands with the help as it is now."""
    return _HELP.sub(
        lambda found: f"{found[1]}```text\n{help_of(tuple(found['command'].split()[1:]))}\n```", page
    )


def with_keys(page: str) -> str:
    """The page on the keys with the tables as they are now; a class that is gone loses its table."""
    known = nodes()
    return _TABLE.sub(
        lambda found: f"<!-- keys: {found['node']} -->\n{table_of(known.get(found['node'], ()))}", page
    )


def main() -> None:
    """Renew the pages."""
    systems = ((page, system_pages.with_columns) for page in system_pages.pages())
    for path, renewed in ((COMMANDS, with_help), (KEYS, with_keys), *systems):
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
