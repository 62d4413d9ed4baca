"""How soon the app shows the list of customers, and how long each key takes there, from key to paint."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from activetui.ledger.days import Day, iso
from activetui.segments.asking import ask
from activetui.store.listing import people
from activetui.store.listing.people import SORTS
from activetui.store.opening.file import open_store
from activetui.tui.people import display_name
from benchmarks.report import Line, Report
from benchmarks.terminal import DOWN, END, ENTER, ESCAPE, HOME, PAGE_DOWN, Terminal, bare, opened

TIMES = 5
PAGES = 40
NO_CUSTOMERS = "No customers yet"
BARE = "an app that only paints"
WORDS = (
    "silva", "zyl", "olga", "k000012", "autumn", "maria car", "lucia", "giulia r", "joao", "beat", "hansen",
    "noah", "smith", "marco", "l.c",
)
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
    bare: Terminal
    """An app that only paints, asked to do so after every key: what that takes just then."""
    waits: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    begun: float = 0.0
    ended: float = 0.0

    def add(self, wait: float) -> None:
        """Keep how long a key took, and how long painting takes now."""
        self.waits.append(wait)
        pressed = self.bare.press("x")
        self.floors.append(self.bare.wait_for_another() - pressed)


def _slow(waits: list[float]) -> float:
    """The wait that 95 of 100 do not pass."""
    return sorted(waits)[len(waits) * 95 // 100]


def measure(report: Report, store: Path, folder: Path, today: Day) -> None:
    """Open the app on a store and on an empty one by turns; then press keys in its list of customers."""
    empty, day = folder / "empty.db", str(iso(today))
    open_store(empty, today=today, create=True).close()
    with closing(open_store(store, today=today)) as conn:    # the facts are of today, as after any start
        first = _first(conn, "", "name", False, today)
        _paints(report, store, empty, day, first)
        gaps = folder / "gaps.txt"
        with bare() as floor, opened(store, day, first, gaps) as (terminal, _seconds):
            terminal.let(5)                                 # the whole list is known by then
            pressed = [
                _pages(report, Keys("a page down", floor), terminal),
                _ends(Keys("the end, the beginning", floor), terminal, conn, today),
                _typed(Keys("a letter of a filter", floor), terminal, conn, today),
                _sorted(Keys("another order", floor), terminal, conn, today),
                _statuses(Keys("a status, a text within it", floor), terminal, conn, today),
            ]
    for keys in pressed:
        slow, bare_slow = _slow(keys.waits), _slow(keys.floors)
        report.add(Line(f"app, {keys.name}, to paint (95 of 100)", slow, BARE, bare_slow, within=0.05))
    for keys in pressed:
        late = [late for end, late in _read(gaps) if keys.begun <= end <= keys.ended]
        report.add(Line(f"app, {keys.name}, screen blocked", max(late, default=0.0), "", within=0.05))


def _paints(report: Report, store: Path, empty: Path, day: str, first: str) -> None:
    paints: dict[str, list[float]] = {first: [], NO_CUSTOMERS: []}
    for _ in range(TIMES):
        for path, sign in ((store, first), (empty, NO_CUSTOMERS)):
            with opened(path, day, sign) as (_terminal, seconds):
                paints[sign].append(seconds)
    full, bare = min(paints[first]), min(paints[NO_CUSTOMERS])
    report.add(Line("app, start to the first list", full, "the app on an empty store", bare, at_most=1.5))


def _pages(report: Report, keys: Keys, terminal: Terminal) -> Keys:
    before = terminal.processor_seconds()
    with _pressing(keys):
        for _ in range(PAGES):
            pressed = terminal.press(PAGE_DOWN)
            keys.add(terminal.wait_for_another() - pressed)
    used = (terminal.processor_seconds() - before) / PAGES
    report.add(Line("app, a page down, processor", used, "", within=0.05))
    return keys


def _ends(keys: Keys, terminal: Terminal, conn: Connection, today: Day) -> Keys:
    last = display_name(people.last_page(conn, limit=1)[0])[:_SHORT]
    first = _first(conn, "", "name", False, today)
    with _pressing(keys):
        for key, sign in ((END, last), (HOME, first)) * 4:
            pressed = terminal.press(key)
            keys.add(terminal.wait(partial(_row_is_seen, sign)) - pressed)
            terminal.let(_QUIET)
    return keys


def _typed(keys: Keys, terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing(keys):
        for word in WORDS:
            terminal.press("/")
            terminal.let(_QUIET)
            for length in range(1, len(word) + 1):
                _wait_for_first(terminal, conn, keys, word[length - 1], word[:length], today)
            _everyone(terminal)
    return keys


def _sorted(keys: Keys, terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing(keys):
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


def _statuses(keys: Keys, terminal: Terminal, conn: Connection, today: Day) -> Keys:
    with _pressing(keys):
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
        keys.add(terminal.wait(lambda text: _first_row(text).startswith(sign)) - pressed)
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
def _pressing(keys: Keys) -> Iterator[None]:
    keys.begun = time.perf_counter()
    yield
    keys.ended = time.perf_counter()


def _read(path: Path) -> list[tuple[float, float]]:
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return [(float(end), float(late)) for end, late in rows]
