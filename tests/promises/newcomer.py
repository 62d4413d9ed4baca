"""Somebody at the keyboard: sees only what the terminal shows, and presses only keys that it names."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

PATIENCE = 20
"""Seconds until somebody gives up; the app answers in a fraction of one."""
_KEYS = {"Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " ", "f1": "\x1bOP"}
_KEY = r"(?:Enter|Esc|Tab|Space|f\d+|ctrl\+\S|\S)"


class Newcomer:
    """One sitting at the app."""

    def __init__(self, store: Path, today: str, *, rows: int, columns: int) -> None:
        environment = {
            **os.environ, "ACTIVETUI_TODAY": today, "ACTIVETUI_LANG": "en", "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
        }
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        words = ["-m", "activetui", "--db", str(store)]
        self._child = pexpect.spawn(sys.executable, words, dimensions=(rows, columns), env=environment)

    def __enter__(self) -> Newcomer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def sees(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def waits_for(self, *words: str) -> str:
        """Until all of the words are on the screen; the screen."""
        return self._waits(lambda screen: all(word in screen for word in words), f"{words}")

    def waits_until_gone(self, words: str) -> str:
        """Until the words are not on the screen any more; the screen."""
        return self._waits(lambda screen: words not in screen, f"no {words!r}")

    def presses(self, word: str) -> None:
        """The key beside which the last line of the screen has the word, such as `/ filter`."""
        found: list[str] = []

        def named(_screen: str) -> bool:
            found[:] = re.findall(rf"(?:^|\s)({_KEY}) {re.escape(word)}(?=\s|$)", self._screen.display[-1])
            return bool(found)

        self._waits(named, f"a key for {word!r} in the last line")
        self._child.send(_KEYS.get(found[0], found[0]))

    def goes_to(self, title: str) -> None:
        """The number that the first line has before the title, or before its beginning."""
        found: list[str] = []

        def named(_screen: str) -> bool:
            shown = re.findall(r"(\d) (\S+)", self._screen.display[0])
            found[:] = [number for number, word in shown if title.startswith(word.rstrip("."))]
            return bool(found)

        self._waits(named, f"a number for {title!r} in the first line")
        self._child.send(found[0])

    def types(self, text: str) -> None:
        """Letter by letter."""
        self._child.send(text)

    def confirms(self) -> None:
        """Enter."""
        self._child.send("\r")

    def leaves(self) -> int | None:
        """Quit as the screen says, and come back to the shell; the exit code."""
        self._child.send("q")
        self._child.expect(pexpect.EOF, timeout=PATIENCE)
        self._child.close()
        return self._child.exitstatus

    def is_killed(self) -> None:
        """The app is gone at once, without a chance to finish anything."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def _waits(self, seen: Callable[[str], bool], what: str) -> str:
        end = time.monotonic() + PATIENCE
        while not seen(self.sees):
            assert time.monotonic() < end, f"never saw {what}:\n{self.sees}"
            try:
                self._stream.feed(self._child.read_nonblocking(1 << 16, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                raise AssertionError(f"the app ended while waiting for {what}:\n{self.sees}") from None
        return self.sees
