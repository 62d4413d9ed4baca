"""A definition form by itself, and the hands and eyes of a test on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from activetui.activity.presets import preset_text
from activetui.activity.reading.parsing import parse
from activetui.tui import themes
from activetui.tui.screens.definition.form.form import DefinitionForm
from activetui.tui.widgets.keys_line import KeysLine
from tests.tui.driving import HOSTILE, KEYS
from tests.tui.idling import idle, post_key

OWN = {"tasting": 100, HOSTILE[0] + HOSTILE[7]: 101}


class FormApp(App[None]):
    """A form, and what it said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.first = text
        self.changes: list[str] = []
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables_for(True)

    def compose(self) -> ComposeResult:
        yield DefinitionForm(OWN, "EUR")
        yield KeysLine()

    def on_mount(self) -> None:
        form = self.query_one(DefinitionForm)
        form.show(self.first)
        form.first_stop.focus()

    @on(DefinitionForm.Changed)
    def note(self, event: DefinitionForm.Changed) -> None:
        parse(event.text, own_kinds=OWN)
        self.changes.append(event.text)


class Hands:
    """A test's hands and eyes on a form."""

    def __init__(self, app: FormApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.form = app.query_one(DefinitionForm)

    async def press(self, *keys: str) -> None:
        for key in keys:
            post_key(self.app, key)
            await idle(self.app)

    async def type(self, text: str) -> None:
        await self.press("ctrl+u", *(KEYS.get(letter, letter) for letter in text))

    async def go(self, words: str) -> None:
        """Put the cursor on the first line that says so."""
        rows = self.form.first_stop
        lines = [" ".join(str(option.prompt).split()) for option in rows.options]
        rows.highlighted = next(place for place, line in enumerate(lines) if words in line)
        await idle(self.app)

    def here(self) -> str:
        """The words of the line under the cursor."""
        rows = self.form.first_stop
        assert rows.highlighted is not None
        prompt = rows.get_option_at_index(rows.highlighted).prompt
        return " ".join(str(prompt).split())

    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def offered(self) -> str:
        """The last line: what can be pressed here."""
        return self.text().rstrip().split("\n")[-1]

    def problem(self) -> str:
        return str(self.app.screen.query_one(".dialog--problem", Static).content)


@asynccontextmanager
async def form(text: str = "shop", size: tuple[int, int] = (80, 40)) -> AsyncIterator[Hands]:
    app = FormApp(preset_text(text) if "\n" not in text else text)
    async with app.run_test(size=size, notifications=True) as pilot:
        await idle(app)
        yield Hands(app, pilot)
