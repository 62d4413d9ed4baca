"""How soon the app shows the list of customers, and how long each key takes there, from key to paint."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from activetui.ledger.days import Day, iso
from activetui.segments.asking import ask
from activetui.store import people
from activetui.store.file import open_store
from activetui.store.people import SORTS
from activetui.tui.people import display_name
from benchmarks.report import Line, Report
from benchmarks.terminal import DOWN, END, ENTER, ESCAPE, HOME, PAGE_DOWN, Terminal, opened

TIMES = 5
PAGES = 40
NO_CUSTOMERS = "No customers yet"
WORDS = ("silva", "zyl", "olga", "k000012", "autumn", "maria car")
"""Typed letter by letter."""
SORTED_BY = ("status", "since", "turns", "last", "rhythm", "purchases", "spend", "year")
"""Columns of the list, in the order of the dialog, after the first one."""
_OF_COLUMN = {"since": "status_since", "turns": "status_until", "last": "last_purchase", "year": "year_spend"}
_SHORT = 14
"""Letters of a name that surely have room."""
_QUIET = 0.4
"""Seconds after which what a key began is over."""


@dataclass
class Keys:
    """The keys of one sort that were pressed."""

    name: str
    waits: list[float] = field(default_factory=list)
    begun: float = 0.0
    ended: float = 0.0

    @property
    def slow(self) -> float:
        """The wait that 95 of 100 do not pass."""
        return sorted(self.waits)[len(self.waits) * 95 // 100]


def measure(report: Report, store: Path, folder: Path, today: Day) -> None:
    """Open the app on a store and on an empty one by turns; then press keys in its list of customers."""
    empty, day = folder / "empty.db", str(iso(today))
    open_store(empty, today=today, create=True).close()
    with closing(open_store(store, today=today)) as conn:    # the facts are of today, as after any start
        first = _first(conn, "", "name", False, today)
        _paints(report, store, empty, day, first)
        gaps, idle = folder / "gaps.txt", folder / "idle.txt"
        with _idle_loop(idle), opened(store, day, first, gaps) as (terminal, _seconds):
            terminal.let(5)                             # the whole list is known by then
            pressed = [
                _pages(report, terminal), _ends(terminal, conn, today), _typed(terminal, conn, today),
                _sorted(terminal, conn, today), _statuses(terminal, conn, today),
            ]
    for keys in pressed:
        report.add(Line(f"app, {keys.name}, key to paint (95 of 100)", keys.slow, "", at_most=0.05))
    _blocked(report, pressed, _read(gaps), _read(idle))


def _paints(report: Report, store: Path, empty: Path, day: str, first: str) -> None:
    paints: dict[str, list[float]] = {first: [], NO_CUSTOMERS: []}
    for _ in range(TIMES):
        for path, sign in ((store, first), (empty, NO_CUSTOMERS)):
            with opened(path, day, sign) as (_terminal, seconds):
                paints[sign].append(seconds)
    full, bare = min(paints[first]), min(paints[NO_CUSTOMERS])
    report.add(Line("app, start to the first list", full, "the app on an empty store", bare, at_most=1.5))


def _pages(report: Report, terminal: Terminal) -> Keys:
    before = terminal.processor_seconds()
    with _pressing("a page down") as keys:
        for _ in range(PAGES):
            pressed = terminal.press(PAGE_DOWN)
            keys.waits.append(terminal.wait_for_another() - pressed)
    used = (terminal.processor_seconds() - before) / PAGES
    report.add(Line("app, a page down, processor", used, "", at_most=0.05))
    return keys


def _ends(terminal: Terminal, conn: Connection, today: Day) -> Keys:
    last = display_name(people.last_page(conn, limit=1)[0])[:_SHORT]
    first = _first(conn, "", "name", False, today)
    with _pressing("the end, the beginning") as keys:
        for key, sign in ((END, last), (HOME, first)) * 4:
            pressed = terminal.press(key)
            keys.waits.append(terminal.wait(partial(_row_is_seen, sign)) - pressed)
            terminal.let(_QUIET)
    return keys


def _typed(terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing("a letter of a filter") as keys:
        for word in WORDS:
            terminal.press("/")
            terminal.let(_QUIET)
            for length in range(1, len(word) + 1):
                _wait_for_first(terminal, conn, keys, word[length - 1], word[:length], today)
            _everyone(terminal)
    return keys


def _sorted(terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing("another order") as keys:
        for place, column in enumerate(SORTED_BY, 1):
            sort = _OF_COLUMN.get(column, column)
            terminal.press("s")
            terminal.wait(lambda text: "Sort by" in text)
            terminal.press(HOME + DOWN * place)
            terminal.let(_QUIET)
            falls = SORTS[sort].descending_first
            _wait_for_first(terminal, conn, keys, ENTER, "", today, sort, falls)
            _wait_for_first(terminal, conn, keys, "r", "", today, sort, not falls)
    terminal.press("s" + HOME)
    terminal.let(_QUIET)
    terminal.press(ENTER)
    terminal.let(_QUIET)
    return keys


def _statuses(terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing("a status, and a text in it") as keys:
        for status in ("new", "at_risk", "lost", "prospect"):
            query = f"status:{status}"
            terminal.press("/")
            terminal.let(_QUIET)
            terminal.press(query[:-1])
            terminal.let(_QUIET)
            _wait_for_first(terminal, conn, keys, query[-1], query, today)
            terminal.press(" mari")
            terminal.let(_QUIET)
            _wait_for_first(terminal, conn, keys, "a", f"{query} maria", today)
            _everyone(terminal)
    return keys


def _wait_for_first(
    terminal: Terminal, conn: Connection, keys: Keys, key: str, query: str, today: Day,
    sort: str = "name", descending: bool = False,
) -> None:
    """Press a key after which the first row is another one; without a change there is nothing to measure."""
    sign = _first(conn, query, sort, descending, today)
    before = _first_row(terminal.text)
    pressed = terminal.press(key)
    if sign and not before.startswith(sign):
        keys.waits.append(terminal.wait(lambda text: _first_row(text).startswith(sign)) - pressed)
    terminal.let(_QUIET)


def _everyone(terminal: Terminal) -> None:
    terminal.press(ESCAPE)
    terminal.let(_QUIET)
    terminal.press(ESCAPE)
    terminal.let(2 * _QUIET)


def _first(conn: Connection, query: str, sort: str, descending: bool, today: Day) -> str:
    """The beginning of the name of the first customer of a list; empty if nobody is found."""
    clause = ask(conn, query, today).clause if query else people.EVERYONE
    rows = people.page(conn, clause, sort, descending, 1)
    return display_name(rows[0])[:_SHORT] if rows else ""


def _first_row(text: str) -> str:
    lines = text.splitlines()
    for at, line in enumerate(lines[:-1]):
        if "Customer" in line and "Status" in line:
            return lines[at + 1][2:]
    return ""


def _row_is_seen(sign: str, text: str) -> bool:
    return any(line[2:].startswith(sign) for line in text.splitlines())


@contextmanager
def _pressing(name: str) -> Iterator[Keys]:
    keys = Keys(name, begun=time.perf_counter())
    yield keys
    keys.ended = time.perf_counter()


@contextmanager
def _idle_loop(out: Path) -> Iterator[None]:
    """Beside the app, a loop that has nothing to do: what it misses, other programs have taken."""
    words = [sys.executable, "-m", "benchmarks.watched_app", str(out)]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        yield
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def _read(path: Path) -> list[tuple[float, float]]:
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return [(float(end), float(late)) for end, late in rows]


def _blocked(
    report: Report, pressed: list[Keys], gaps: list[tuple[float, float]], idle: list[tuple[float, float]]
) -> None:
    """The longest time that nothing could be painted, beside what a loop with nothing to do missed then."""
    for keys in pressed:
        longest, missed = (
            max((late for end, late in some if keys.begun <= end <= keys.ended), default=0.0)
            for some in (gaps, idle)
        )
        report.add(Line(f"app, {keys.name}, screen blocked at most", longest, "", at_most=0.05))
        report.add(Line("  the same of a loop with nothing to do", missed, ""))
