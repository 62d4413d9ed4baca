"""The pictures of the documents, of the real app on the demo: `python -m tests.pictures`.

Each is a plain SVG that loads nothing from the network.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

os.environ["TEXTUAL_ANIMATIONS"] = "none"        # before Textual is imported
os.environ.pop("NO_COLOR", None)

from rich.cells import cell_len

from activetui.demo_shop.people import TODAY
from activetui.locales import use_language
from activetui.tui.app import ActiveApp

ROOT = Path(__file__).resolve().parent.parent
CELL = 12.2
"""The width of a column in Rich's pictures."""
TEXT = re.compile(
    r'<text class="(?P<kind>[^"]*)" x="(?P<x>[^"]*)" (?P<rest>y="[^"]*") textLength="[^"]*"(?P<clip>[^>]*)>'
    r"(?P<text>[^<]*)</text>"
)
PICTURES = ROOT / "docs" / "pictures"
MADE_AT = "2026-11-22T09:00:00Z"


class Picture(NamedTuple):
    """One picture: its name, the size of the terminal, and the keys that lead to it."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    colours: bool = True


WIDE, USUAL, SMALL = (200, 60), (120, 40), (80, 24)
FILE = str(ROOT / "tests" / "data" / "csv" / "hand_it_cp1252.csv")
FILTER = ("2", "slash", *"status:at_risk spend>500", "enter")

ALL: tuple[Picture, ...] = (
    Picture("today", USUAL, ("1",)),
    Picture("today-small", SMALL, ("1",)),
    Picture("today-wide", WIDE, ("1",)),
    Picture("customers", USUAL, ("2",)),
    Picture("customers-small", SMALL, ("2",)),
    Picture("customers-wide", WIDE, ("2",)),
    Picture("customers-filtered", USUAL, FILTER),
    Picture("customers-awkward-names", USUAL, ("2", "slash", *'name:"["', "enter")),
    Picture("customers-without-colours", USUAL, ("2",), colours=False),
    Picture("timeline", USUAL, (*FILTER, "enter")),
    Picture("timeline-small", SMALL, (*FILTER, "enter")),
    Picture("segments", USUAL, ("4",)),
    Picture("segments-small", SMALL, ("4",)),
    Picture("checklist", USUAL, ("5",)),
    Picture("checklist-small", SMALL, ("5",)),
    Picture("definition", USUAL, ("7", *["minus"] * 5)),
    Picture("definition-small", SMALL, ("7", *["minus"] * 5)),
    Picture("definition-check", USUAL, ("7", "c")),
    Picture("definition-window", USUAL, ("7", "w")),
    Picture("definition-past", USUAL, ("7", "p")),
    Picture("imports", USUAL, ("8",)),
    Picture("imports-small", SMALL, ("8",)),
    Picture("imports-plan", USUAL, ("8", "i", "slash", *FILE, "enter")),
    Picture("imports-plan-small", SMALL, ("8", "i", "slash", *FILE, "enter", "c")),
    Picture("help", USUAL, ("2", "question_mark")),
    Picture("empty", SMALL, ("1",)),
)


async def take(picture: Picture, store: Path) -> str:
    """The app at the end of the keys, as SVG."""
    os.environ.pop("NO_COLOR", None)
    if not picture.colours:
        os.environ["NO_COLOR"] = "1"
    app = ActiveApp(store, today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT)
    async with app.run_test(size=picture.size) as pilot:
        await settle(app, pilot)
        for key in picture.keys:
            await pilot.press(key)
            await settle(app, pilot)
        return offline(app.export_screenshot(title="ActiveTUI"))


async def settle(app: ActiveApp, pilot: object) -> None:
    """Until everything that was asked for has been answered and painted."""
    for _ in range(3):
        await pilot.pause()                                  # type: ignore[attr-defined]
        await app.workers.wait_for_complete()
        await pilot.pause()                                  # type: ignore[attr-defined]


def offline(svg: str) -> str:
    """The picture with the reader's own monospaced letters, always named the same, and no rows of blanks.

    Some viewers swallow rows of blanks, so every word stands at a place of its own.
    """
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = TEXT.sub(_placed, svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _placed(found: re.Match[str]) -> str:
    """One text of the picture as several, without the blanks between them."""
    kind, left, rest, blank = found["kind"], float(found["x"]), found["rest"], "&#160;"
    parts = re.split(f"((?:{blank}){{2,}}|^{blank}|{blank}$)", found["text"])
    placed, column = [], 0
    for part in parts:
        cells = cell_len(html.unescape(part))
        if part.replace(blank, ""):
            x, length = left + column * CELL, cells * CELL
            size = f'x="{x:g}" {rest} textLength="{length:g}"'
            placed.append(f'<text class="{kind}" {size}{found["clip"]}>{part}</text>')
        column += cells
    return "".join(placed)


async def take_all(names: Sequence[str]) -> None:
    """Take the pictures of these names; all if there are none."""
    from activetui.store.file import open_store

    PICTURES.mkdir(parents=True, exist_ok=True)
    use_language("en")
    for picture in ALL:
        if names and picture.name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CONFIG_HOME"] = folder      # no settings of whoever takes them
            store = Path(folder) / "shop.db"
            if picture.name == "empty":
                open_store(store, today=TODAY, create=True).close()
            else:
                shutil.copyfile(ROOT / "demo.db", store)
            svg = await take(picture, store)
        (PICTURES / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{picture.name}.svg")


if __name__ == "__main__":
    asyncio.run(take_all(sys.argv[1:]))
