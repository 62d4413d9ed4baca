"""What the help says: of what has the focus first, then of the screen or dialog, then of the whole app."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from textual.dom import DOMNode
from textual.screen import Screen

from activetui.locales import N_, _
from activetui.tui.commands import Command, commands_of


class Section(NamedTuple):
    """One part of the help."""

    title: str
    """Already translated."""
    commands: Sequence[Command]
    about: str = ""
    """A sentence or two on what it is; already translated."""


_ABOUT = {
    "VirtualList": (
        N_("The list you are in"),
        N_("One line each, as many as there are. The keys of the screen act on the line under the cursor; a "
           "click on a title sorts where the list can be sorted."),
    ),
    "FilterInput": (
        N_("The filter you are typing"),
        N_("Words find names, e-mail addresses, telephone numbers, companies and notes. Narrower: "
           "status:inactive spend>500 last>60d tag:vip -kind:complaint, joined by or and brackets. "
           "What can come next stands below; the list follows while you type."),
    ),
    "StatusCounts": (
        N_("The counts you are in"),
        N_("How many have each status. Enter shows only those."),
    ),
    "Door": (
        N_("The figure you are on"),
        N_("A number leads somewhere: Enter shows the customers behind it."),
    ),
    "Figures": (
        N_("The figures you are in"),
        N_("Every number leads somewhere: the arrows go from one to the next, Enter shows the customers "
           "behind it."),
    ),
    "AlertList": (
        N_("The alerts you are in"),
        N_("What has begun and wants an answer: ! for problems, + for opportunities, what is new first. Many "
           "of one sort stand in one line."),
    ),
    "FormRows": (
        N_("The form you are in"),
        N_("Each line is a condition of the definition. What a change does to your customers stands beside "
           "it before it counts."),
    ),
    "Choices": (
        N_("The choice you are asked for"),
        N_("The arrows move, Enter takes the one under the cursor, Esc leaves everything as it is."),
    ),
    "GoToInput": (
        N_("The letter you are asked for"),
        N_("The list goes to the first customer that begins so."),
    ),
    "Input": (
        N_("The line you are typing on"),
        N_("Letters are text here: keys that are letters work again once you leave it. Enter accepts."),
    ),
    "TextArea": (
        N_("The text you are typing"),
        N_("Letters are text here: keys that are letters work again once you leave it with Esc."),
    ),
    "Select": (
        N_("The choice you are on"),
        N_("Enter opens it, the arrows move, Enter takes the one under the cursor."),
    ),
}
"""What a thing is that can have the focus, by the name of its class or of one that it extends."""


def sections_of_focus(screen: Screen[Any]) -> list[Section]:
    """What has the focus, and what it is in, up to the screen."""
    focused = screen.focused
    if focused is None:
        return []
    found: list[Section] = []
    for node in focused.ancestors_with_self:
        if node is screen:
            break
        title, about = _words_of(node)
        commands = commands_of(node)
        if title or commands:
            found.append(Section(title or _("Where you are"), commands, about))
    return found


def once_each(sections: Iterable[Section]) -> list[Section]:
    """The sections, each command only where it comes first; those that say nothing go."""
    seen: set[str] = set()
    found: list[Section] = []
    for section in sections:
        new = [command for command in section.commands if command.id not in seen]
        seen.update(command.id for command in new)
        if new or section.about:
            found.append(section._replace(commands=new))
    return found


def _words_of(node: DOMNode) -> tuple[str, str]:
    for part in type(node).__mro__:
        if part.__name__ in _ABOUT:
            title, about = _ABOUT[part.__name__]
            return _(title), _(about)
    return "", ""
