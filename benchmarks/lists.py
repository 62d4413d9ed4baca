"""Lists of customers in a store of any size: how long each question takes that a screen waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from activetui.ledger.days import Day
from activetui.segments.asking import ask
from activetui.segments.count import per_clause
from activetui.store.facts import spans
from activetui.store.listing import people, upkeep
from activetui.store.listing.people import EVERYONE, SORTS, Clause
from activetui.store.opening.file import open_store
from activetui.store.other_days import as_of
from benchmarks import app, clock, million
from benchmarks.report import Line, Report

TIMES = 3
PAGE = 200
STATUSES = ("new", "active", "at_risk", "inactive", "lost")
TEXTS = ("silva", "zylberstein", "ines carv", "k00012", "autumn", "maria", "nobody at all")
SORTS_WITH_TEXT = (("name", False), ("spend", True), ("last_purchase", True))
FILTERS = (
    "spend>500 last>60d", "country:PT -kind:complaint spend>500", "tag:vip last<30d", "city:Porto type:loyal",
    "purchases>=20 rhythm<14d", 'product:"olive oil" status:at_risk', "has:phone none:company since<90d",
)
FLOOR = "going through all facts once"


def measure(report: Report, store: Path, folder: Path) -> None:
    """Measure on a store from `million`; then in the app, on the same store."""
    today = million.TODAY
    with closing(open_store(store, today=today)) as conn:
        _upkeep(report, conn)
        floor = partial(_facts, conn)
        asked = _Asked(report, conn, today, clock.quickest(TIMES, lambda: clock.seconds(floor)))
        asked.sorts()
        asked.filters()
        asked.counts()
        asked.another_day()
    app.measure(report, store, folder, today)


class _Asked:
    """Questions put to one store."""

    def __init__(self, report: Report, conn: Connection, today: Day, floor: float) -> None:
        self.report, self.conn, self.today, self.floor = report, conn, today, floor

    def sorts(self) -> None:
        """The first page, the last one and one in the middle, in every order."""
        first, last, places = [], [], []
        for sort in SORTS:
            for falls in (False, True):
                first.append(partial(people.page, self.conn, EVERYONE, sort, falls, PAGE))
                last.append(partial(people.last_page, self.conn, EVERYONE, sort, falls, PAGE))
        for letter in "abmqz":
            places.append(partial(people.place_of, self.conn, EVERYONE, "name", False, letter))
        self.tell("first page, in every order (slowest)", first, within=0.1)
        self.tell("last page, in every order (slowest)", last, within=0.05)
        self.tell("going to a letter (slowest)", places, within=0.1)
        everyone = people.ids(self.conn)
        middle = everyone[len(everyone) // 2 :][:PAGE]
        self.tell("a page of known numbers", [partial(people.by_ids, self.conn, middle)], within=0.05)
        self.tell("everyone's numbers by name", [partial(people.ids, self.conn)])
        self.tell("everyone's numbers by spend", [partial(people.ids, self.conn, EVERYONE, "spend", True)])

    def filters(self) -> None:
        """The first page of those whom a filter finds."""
        self.tell("a status, in every order (slowest)", [
            partial(self.page, f"status:{status}", sort, falls)
            for status in STATUSES for sort in SORTS for falls in (False, True)
        ], within=0.05)
        self.tell("a text (95 of 100)", [
            partial(self.page, text, sort, falls) for text in TEXTS for sort, falls in SORTS_WITH_TEXT
        ], within=0.05, share=95)
        self.tell("a status and a text (95 of 100)", [
            partial(self.page, f"status:{status} {text}", sort, falls)
            for status in STATUSES for text in TEXTS for sort, falls in SORTS_WITH_TEXT
        ], within=0.05, share=95)
        beginnings = [text[:length] for text in TEXTS for length in range(1, len(text) + 1)]
        self.tell("a text letter by letter (95 of 100)", [
            partial(self.page, text.strip(), "name", False) for text in beginnings
        ], within=0.05, share=95)
        for text in FILTERS:
            self.tell(text, [partial(self.page, text, "name", False)])

    def counts(self) -> None:
        """How many, of everyone and of each status; in the past; and of each part of a filter."""
        self.tell("counts of every status", [partial(people.status_counts, self.conn)], within=0.1)
        months = [self.today - 30 * month for month in range(24)]
        self.tell("trend of 24 months", [partial(spans.counts_over, self.conn, months)], within=0.1)
        found = ask(self.conn, "status:lost silva", self.today).clause
        self.tell("counts of every status of a status and a text",
                  [partial(people.status_counts, self.conn, found)], within=0.1)
        query = ask(self.conn, "status:lost spend>500 silva", self.today).query
        self.tell("what each of three conditions finds alone",
                  [partial(per_clause, self.conn, query, self.today)])

    def another_day(self) -> None:
        """Facts of a day of the past; the statuses of that day need none."""
        for back in (30, 400):
            day = self.today - back
            self.tell(f"facts of {back} days ago", [partial(as_of.look_from, self.conn, day)], times=1)
            self.tell("  first page by spend then", [partial(people.page, self.conn, sort="spend")], times=1)
        as_of.look_from(self.conn, self.today)

    def page(self, text: str, sort: str, falls: bool) -> None:
        """The first page that a filter finds, from its text on."""
        clause = ask(self.conn, text, self.today).clause if text else Clause("TRUE")
        people.page(self.conn, clause, sort, falls, PAGE)

    def tell(
        self, what: str, questions: Sequence[Callable[[], object]], *,
        within: float = 0.0, share: int = 100, times: int = TIMES,
    ) -> None:
        """Ask each question some times, and report the slowest of all (of 95 of 100)."""
        took = sorted(clock.quickest(times, lambda: clock.seconds(question)) for question in questions)  # noqa: B023
        slow = took[min(len(took) - 1, len(took) * share // 100)]
        self.report.add(Line(f"list, {what}", slow, FLOOR, self.floor, within=within))


def _upkeep(report: Report, conn: Connection) -> None:
    """What is made when there is time; nothing, where an earlier run has made it."""
    pieces: list[float] = []
    while upkeep.is_due(conn):
        pieces.append(clock.seconds(partial(upkeep.do_some, conn)))
    if pieces:
        report.add(Line("what long lists need, in the background", sum(pieces), ""))
        report.add(Line("  the longest piece, while which nobody can write", max(pieces), "", within=5))


def _facts(conn: Connection) -> object:
    return conn.execute("SELECT sum(spend), count(rhythm) FROM fact NOT INDEXED").fetchone()
