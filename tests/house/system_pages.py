"""The tables in docs/systems: which headings of a program's export are read, and as what.

`python -m tests.house.pages` writes them between the marks `<!-- columns:FILE -->` and `<!-- end -->`, from
the descriptions in `importing/systems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from activetui.importing.columns.systems import System, systems_by_file
from tests.house.source import ROOT

FOLDER = ROOT / "docs" / "systems"
_MARKED = re.compile(r"<!-- columns:(?P<file>\w+) -->\n.*?<!-- end -->", re.DOTALL)


def pages() -> list[Path]:
    """The page of every program, without the list of them."""
    return sorted(path for path in FOLDER.glob("*.md") if path.name != "index.md")


def described(page: str) -> list[str]:
    """The files of `importing/systems` whose tables stand on a page."""
    return [found["file"] for found in _MARKED.finditer(page)]


def with_columns(page: str) -> str:
    """The page with its tables as they are now; one of a description that is gone stays empty."""
    known = systems_by_file()

    def renewed(found: re.Match[str]) -> str:
        file = found["file"]
        return f"<!-- columns:{file} -->\n{_table(known.get(file))}<!-- end -->"

    return _MARKED.sub(renewed, page)


def _table(system: System | None) -> str:
    if system is None:
        return ""
    known_by = [" + ".join(map(_code, headings)) for headings in system.recognise]
    rows = [f"| `{name}` | {', '.join(map(_code, headings))} |" for name, headings in system.columns.items()]
    return "\n".join([
        f"**{system.name}** is known by: {'; or '.join(known_by)}.", "",
        "| is read as | headings |", "|---|---|", *rows, *_states(system),
    ]) + "\n"


def _states(system: System) -> Iterator[str]:
    words: dict[str, list[str]] = {}
    for word, state in system.states.items():
        words.setdefault(state, []).append(word)
    for word, kind in system.classes.items():
        words.setdefault(kind, []).append(word)
    if words:
        yield from ("", "| counts as | the export says |", "|---|---|")
        for state, said in words.items():
            yield f"| {state} | {', '.join(map(_code, said))} |"


def _code(text: str) -> str:
    return "`" + text.replace("|", "&#124;") + "`" if text else "(empty)"
