"""The app in a terminal of its own: what is on its screen, and when it came there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

from benchmarks.clock import activetui

COLUMNS, ROWS = 120, 40
PATIENCE = 120.0
_ON_ITS_HEELS = 0.002
"""Seconds within which the rest of a picture comes: a terminal hands it on in pieces."""
PAGE_DOWN, END, HOME, DOWN, ENTER, ESCAPE, LEAVE = (
    "\x1b[6~", "\x1b[F", "\x1b[H", "\x1b[B", "\r", "\x1b", "\x11",
)


class Terminal:
    """One run of a program with a screen, in English; leaves it when done."""

    def __init__(self, command: Sequence[str], settings: Mapping[str, str]) -> None:
        environment = {
            **os.environ, "ACTIVETUI_LANG": "en", "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none",
            **settings,
        }
        program, *words = command
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.begun = time.perf_counter()
        self._child = pexpect.spawn(program, words, dimensions=(ROWS, COLUMNS), env=environment)
        self._child.delaybeforesend = None          # it would wait for 50 ms before every key

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.send(LEAVE)
        if kind is None:
            self._child.expect(pexpect.EOF, timeout=PATIENCE)
        self._child.close(force=True)

    def press(self, keys: str) -> float:
        """Type; when, by the clock of `time.perf_counter`."""
        now = time.perf_counter()
        self._child.send(keys)
        return now

    def wait(self, seen: Callable[[str], bool]) -> float:
        """Until the screen is as wanted: when the last of that came, by the clock of `time.perf_counter`.

        `SystemExit` with the screen if it never does.
        """
        end = time.perf_counter() + PATIENCE
        came, painted = time.perf_counter(), b""
        while not seen(self.text):
            if time.perf_counter() > end:
                raise SystemExit(f"The app never showed what was waited for:\n{self.text}")
            try:
                painted = self._child.read_nonblocking(1 << 16, timeout=0.02)
                came = time.perf_counter()
                while True:                     # all of it before any is looked at, which takes its time
                    painted += self._child.read_nonblocking(1 << 16, timeout=_ON_ITS_HEELS)
                    came = time.perf_counter()
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                end = 0.0
            self._stream.feed(painted)
            painted = b""
        return came

    def wait_for_another(self) -> float:
        """Until the screen is another one than now."""
        now = self.text
        return self.wait(lambda text: text != now)

    def let(self, seconds: float) -> None:
        """Let the app do what it does for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            try:
                self._stream.feed(self._child.read_nonblocking(1 << 16, timeout=0.02))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def processor_seconds(self) -> float:
        """Seconds of processor time that the app has used; 0 where the system does not tell."""
        try:
            told = Path(f"/proc/{self._child.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        fields = told.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def opened(
    store: Path, today: str, sign: str, gaps: Path | None = None
) -> Iterator[tuple[Terminal, float]]:
    """The app on its list of customers, and the seconds from the start until `sign` was on the screen.

    With `gaps`, its event loop is watched, and written there is what it did not answer at once.
    """
    command = activetui("--db", str(store))
    if gaps is not None:
        command = [sys.executable, "-m", "benchmarks.watched_app", str(gaps), str(store), today]
    with Terminal(command, {"ACTIVETUI_TODAY": today}) as terminal:
        terminal.wait(lambda text: "2 Customers" in text)
        terminal.press("2")
        yield terminal, terminal.wait(lambda text: sign in text) - terminal.begun


@contextmanager
def bare() -> Iterator[Terminal]:
    """An app that only paints: a screen of words, others after every `x`."""
    with Terminal([sys.executable, "-m", "benchmarks.bare_app"], {}) as terminal:
        terminal.wait(lambda text: "word" in text)
        yield terminal
