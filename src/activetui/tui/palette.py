"""The command palette: our commands for the present screen, and Textual's own in our words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from activetui.locales import _
from activetui.tui.commands import Command, commands_of, meaning_of, word_of

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def system_commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """What Textual can do by itself; colours, quitting and help are commands of ours."""
    if screen.maximized is not None:
        yield SystemCommand(_("Restore"), _("Back to the normal size"), screen.action_minimize)
    elif screen.focused is not None and screen.focused.allow_maximize:
        yield SystemCommand(
            _("Maximize"), _("Give the focused list the whole screen"), screen.action_maximize
        )
    yield SystemCommand(
        _("Picture"), _("Save a picture of this screen (SVG; it shows your customers)"),
        lambda: app.set_timer(0.1, app.deliver_screenshot) and None,
    )


class Commands(Provider):
    """Every command that does something here: those of the app, the screen and the focused widget."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for node, command in self._possible():
            yield DiscoveryHit(
                Content(meaning_of(command)), partial(self._run, node, command),
                text=meaning_of(command), help=command.shown_keys(),
            )
        for each in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(Content(each.title), each.callback, text=each.title, help=each.help)

    async def search(self, query: str) -> Hits:
        """Those that match what was typed, by what they do or by the word of the footer."""
        matcher = self.matcher(query)
        for node, command in self._possible():
            meaning = meaning_of(command)
            by_meaning, by_word = matcher.match(meaning), matcher.match(word_of(command))
            if by_meaning or by_word:
                yield Hit(
                    max(by_meaning, by_word), matcher.highlight(meaning) if by_meaning else Content(meaning),
                    partial(self._run, node, command), text=meaning, help=command.shown_keys(),
                )
        for each in self.app.get_system_commands(self.screen):
            score = matcher.match(each.title)
            if score > 0:
                title = matcher.highlight(each.title)
                yield Hit(score, title, each.callback, text=each.title, help=each.help)

    def _possible(self) -> list[tuple[DOMNode, Command]]:
        seen: set[str] = set()
        found: list[tuple[DOMNode, Command]] = []
        nodes: list[DOMNode] = [*(self.screen.focused.ancestors_with_self if self.screen.focused else ()),
                                self.screen, self.app]
        for node in nodes:
            for command in commands_of(node):
                if command.palette and command.id not in seen and _applies(node, command):
                    seen.add(command.id)
                    found.append((node, command))
        return found

    async def _run(self, node: DOMNode, command: Command) -> None:
        await self.app.run_action(command.action, default_namespace=node)


def _applies(node: DOMNode, command: Command) -> bool:
    name = command.action.partition("(")[0].rpartition(".")[2]
    return node.check_action(name, ()) is True
