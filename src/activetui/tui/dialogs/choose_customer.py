"""Find a customer by typing, and choose one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choices


class Found(NamedTuple):
    """A customer who may be meant."""

    id: int
    name: str
    """One line."""
    about: str
    """What tells them from others of that name; one line."""
    why: str = ""
    """Why they are offered before anything is typed; empty for those found by typing."""


Finder = Callable[[str, Callable[[Sequence[Found]], None]], None]
"""Looks for a text and hands over whom it finds; for an empty text, whoever comes to mind."""


class ChooseCustomerDialog(Dialog[int]):
    """A line to type on, and those who are found; the answer is a customer's number."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("found.down", "down", "move(1)", N_("down"), N_("Next"), palette=False),
        Command("found.up", "up", "move(-1)", N_("up"), N_("Before"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, hint: str, find: Finder) -> None:
        super().__init__()
        self._title, self._hint, self._find = title, hint, find
        self._found: tuple[Found, ...] = ()

    def title_words(self) -> str:
        """What is asked."""
        return self._title

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("type to find · ↑ ↓ · Enter takes · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The line, whoever is found, and what will come of it."""
        yield Input(placeholder=_("name, e-mail, phone or number"), compact=True)
        yield Choices()
        yield Static(Content(self._hint), classes="dialog--hint")

    def on_mount(self) -> None:
        """Offer whoever comes to mind; keys go to the line."""
        self.query_one(Choices).can_focus = False
        self._find("", self.show_found)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value, self.show_found)

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these customers."""
        if not self.is_mounted:
            return
        self._found = tuple(found)
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options([Option(_prompt(one)) for one in found])
        choices.highlighted = 0 if found else None
        typed = self.query_one(Input).value.strip()
        self.show_problem(_("Nobody is found by that.") if typed and not found else "")

    def action_move(self, step: int) -> None:
        """The one before or after."""
        choices = self.query_one(Choices)
        if self._found:
            at = 0 if choices.highlighted is None else choices.highlighted + step
            choices.highlighted = max(0, min(at, len(self._found) - 1))

    @on(Input.Submitted)
    def _take(self) -> None:
        at = self.query_one(Choices).highlighted
        if at is not None and at < len(self._found):
            self.dismiss(self._found[at].id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].id)


def _prompt(one: Found) -> Content:
    second = " · ".join(part for part in (one.about, one.why) if part)
    return Content.assemble((one.name, "bold"), f"  {second}" if second else "")
