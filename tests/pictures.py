"""The pictures of the documents, of the real app on the demo: `python -m tests.pictures [NAME...]`.

Each is a plain SVG that loads nothing from the network. `python -m tests.pictures --every FOLDER` takes the
daily screens in every size, dark, light and without colours, with the demo and with awkward texts.
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
from activetui.store.opening.file import open_store
from activetui.tui.app import ActiveApp
from activetui.tui.themes import DARK, LIGHT
from tests.tui.driving import hostile_shop

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
    theme: str = DARK.name
    awkward: bool = False
    """With texts that are out to break the screen, instead of the demo."""


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
    Picture("customers-light", USUAL, FILTER, theme=LIGHT.name),
    Picture("timeline", USUAL, (*FILTER, "enter")),
    Picture("timeline-small", SMALL, (*FILTER, "enter")),
    Picture("timeline-wide", WIDE, (*FILTER, "enter")),
    Picture("timeline-months", USUAL, (*FILTER, "enter", "m")),
    Picture("timeline-awkward-texts", USUAL, ("2", "enter"), awkward=True),
    Picture("segments", USUAL, ("4",)),
    Picture("segments-small", SMALL, ("4",)),
    Picture("segments-wide", WIDE, ("4",)),
    Picture("segments-changes", USUAL, ("4", *["down"] * 4, "c")),
    Picture("segments-side-by-side", USUAL, ("4", *["down"] * 4, "v")),
    Picture("today-loop", SMALL, ("1", "L")),
    Picture("checklist", USUAL, ("5",)),
    Picture("checklist-message", USUAL, ("5", "m")),
    Picture("checklist-results", USUAL, ("5", "r")),
    Picture("checklist-rounds", USUAL, ("5", "R")),
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

DAILY = {
    "today": ("1",), "customers": ("2",), "timeline": ("2", "enter"), "segments": ("4",), "checklist": ("5",),
}
EVERY = tuple(
    Picture(f"{screen}-{size[0]}-{'awkward' if awkward else 'demo'}-{look}", size, keys, look != "plain",
            LIGHT.name if look == "light" else DARK.name, awkward)
    for screen, keys in DAILY.items()
    for size in (SMALL, USUAL, WIDE)
    for awkward in (False, True)
    for look in ("dark", "light", "plain")
)
"""The screens in which an owner lives, however they may be seen."""


async def take(picture: Picture, store: Path) -> str:
    """The app at the end of the keys, as SVG."""
    os.environ.pop("NO_COLOR", None)
    if not picture.colours:
        os.environ["NO_COLOR"] = "1"
    os.environ["TEXTUAL_THEME"] = picture.theme
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


async def take_all(pictures: Sequence[Picture], folder: Path) -> None:
    """Take the pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    use_language("en")
    for picture in pictures:
        with tempfile.TemporaryDirectory() as place:
            os.environ["XDG_CONFIG_HOME"] = place      # no settings of whoever takes them
            svg = await take(picture, store_of(picture, Path(place) / "shop.db"))
        target = folder / f"{picture.name}.svg"
        target.write_text(svg, encoding="utf-8")
        print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target)


def store_of(picture: Picture, path: Path) -> Path:
    """What the app is opened on."""
    if picture.awkward:
        return hostile_shop(path)
    if picture.name == "empty":
        open_store(path, today=TODAY, create=True).close()
        return path
    return Path(shutil.copyfile(ROOT / "demo.db", path))


def main(words: Sequence[str]) -> None:
    """Take every picture of the documents, those that are named, or those of `--every`."""
    if words[:1] == ["--every"]:
        asyncio.run(take_all(EVERY, Path(words[1])))
    else:
        asyncio.run(take_all([each for each in ALL if not words or each.name in words], PICTURES))


if __name__ == "__main__":
    main(sys.argv[1:])
