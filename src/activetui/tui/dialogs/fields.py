"""Labelled fields, one a line, for dialogs that ask for several things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from activetui.locales import _


class Field(Horizontal):
    """A label and an input on one line."""

    DEFAULT_CSS = """
    Field { height: 1; margin-bottom: 1; }
    Field.-close { margin-bottom: 0; }
    Field > .field--label { width: 12; color: $quiet; }
    Field.-close > .field--label { width: 20; }
    Field > Input { width: 1fr; }
    Field > Select { width: 1fr; }
    """

    def __init__(self, label: str, widget: Widget, *, close: bool = False) -> None:
        super().__init__(classes="-close" if close else "")
        self._label, self._widget = label, widget

    def compose(self) -> ComposeResult:
        """Label, then input."""
        yield Static(Content(self._label), classes="field--label")
        yield self._widget


def such_as(example: str) -> str:
    """An example as a placeholder: without colours it must not look like something that stands there."""
    return _("such as {example}").format(example=example)


def line_input(name: str, value: str = "", placeholder: str = "") -> Input:
    """A line to type on, whose present value is replaced by typing."""
    return Input(value, placeholder=placeholder, id=name, compact=True, select_on_focus=True)


def choice(name: str, options: Iterable[tuple[str, str]], value: str) -> Select[str]:
    """One of a few things: pairs of word and value, of which `value` is there already."""
    # Text is no more read as markup than Content, but only it is found by typing its first letters
    known = [(Text(word), each) for word, each in options]
    if value not in {each for _word, each in known}:
        known.append((Text(value), value))
    return Select(known, value=value, allow_blank=False, compact=True, id=name)


def field_of(owner: Widget, name: str) -> Field:
    """The line of a field of a dialog."""
    parent = owner.query_one(f"#{name}").parent
    assert isinstance(parent, Field)
    return parent


def value_of(owner: Widget, name: str) -> str:
    """What stands in a field; empty where it is hidden."""
    if not field_of(owner, name).display:
        return ""
    found = owner.query_one(f"#{name}")
    return found.value if isinstance(found, Input) else str(found.value) if isinstance(found, Select) else ""


def show_only(owner: Widget, names: Sequence[str], shown: Iterable[str]) -> None:
    """Show these fields of those."""
    wanted = set(shown)
    for name in names:
        field_of(owner, name).display = name in wanted
