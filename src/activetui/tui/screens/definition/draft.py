"""The definition while it is being changed: a text, what is wrong with it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from activetui.activity.definition import Definition
from activetui.activity.mistakes import DefinitionError, Problem
from activetui.activity.reading.parsing import parse


@dataclass(frozen=True)
class Ground:
    """What a draft stands on: the definition in force, and what its text may speak of."""

    text: str
    name: str
    version: int
    own_kinds: Mapping[str, int] = field(default_factory=dict)
    currency: str = "EUR"


class Draft:
    """A text on its way to being the next version; nothing of it is in force before it is saved."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.text = ground.text
        self.problems: tuple[Problem, ...] = ()
        self.definition: Definition | None = None
        """What the text says; None while it has mistakes."""
        self._before: list[str] = []
        self._typing = False
        self._read()

    @property
    def in_force(self) -> Definition:
        """The definition that the draft would replace."""
        ground = self.ground
        return parse(
            ground.text, own_kinds=ground.own_kinds, currency=ground.currency, version=ground.version
        )

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.text != self.ground.text

    def stand_on(self, ground: Ground) -> None:
        """Another definition is in force, or other kinds: a text that was not changed follows it."""
        untouched = not self.changed
        self.ground = ground
        if untouched:
            self.text = ground.text
            self._before.clear()
        self._read()

    def change(self, text: str, *, typed: bool = False) -> bool:
        """Take another text; whether it is another one. Letters typed in a row are one step."""
        if text == self.text:
            return False
        if not (typed and self._typing):
            self._before.append(self.text)
        self._typing = typed
        self.text = text
        self._read()
        return True

    def undo(self) -> bool:
        """Take the last step back; whether there was one."""
        if not self._before:
            return False
        self.text = self._before.pop()
        self._typing = False
        self._read()
        return True

    def discard(self) -> bool:
        """Back to what is in force, as a step that can be taken back; whether anything was changed."""
        return self.change(self.ground.text)

    def saved(self) -> None:
        """The text is in force now; what is typed from here on is another step."""
        self._typing = False

    def _read(self) -> None:
        try:
            self.definition = parse(
                self.text, own_kinds=self.ground.own_kinds, currency=self.ground.currency,
                version=0 if self.changed else self.ground.version,
            )
        except DefinitionError as error:
            self.definition, self.problems = None, tuple(error.problems)
        else:
            self.problems = ()
