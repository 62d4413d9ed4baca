"""Promise: a month of work with the checklist keeps every rule, and ends with results that a hand can check.

The real commands on a copy of the demo, day after day: calls with all that can come of them, a round, files
from the till, complaints, bookings, wishes to be left alone, and things taken back.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from activetui.ledger.days import Day, from_iso, iso, to_date
from tests.promises import by_hand
from tests.store.building import TODAY

LAST = TODAY + 33
"""The round of those who are slipping has a window of 30 days: it is over by then."""
CAPACITY = 5
SERVICE = {"complaint", "renewal", "not_renewed"}
AIMS_ELSEWHERE = {"complaint", "renewal", "not_renewed", "advocate"}
"""They go on when the customer buys: to mend something, for a renewal, for a review."""
TILL = "Casa Verde till"
OUTCOMES = ("reached", "reached", "no_answer", "coming_back", "thinking", "not_interested", "wrong_contact")


class Shop:
    """The owner at the counter: what is done, what arrives, and what was noted down on paper beside."""

    def __init__(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.db = db
        self.monkeypatch = monkeypatch
        self.rng = random.Random(20261122)
        self.orders: list[dict[str, Any]] = []
        """Rows for the next file from the till."""
        self.told: list[dict[str, Any]] = []
        """Rows of the last file, some of which the next one has again."""
        self.alone = set(self.rows("SELECT id FROM customer WHERE do_not_contact = 1"))
        """Who wants no contact."""
        self.called: list[tuple[int, Day, str]] = []
        """Whom the owner has contacted on which day, and what came of it."""
        self.move_to(TODAY)

    def move_to(self, day: Day) -> None:
        self.day = day
        self.monkeypatch.setenv("ACTIVETUI_TODAY", str(iso(day)))

    def run(self, *words: object) -> str:
        done = CliRunner().invoke(app, [*map(str, words), "--db", str(self.db)])
        assert done.exit_code == 0, (words, done.output)
        return done.stdout

    def rows(self, query: str, *values: object) -> list[Any]:
        """Rows of the file, as they are; those of one column as its values."""
        with closing(sqlite3.connect(self.db)) as conn:
            found = conn.execute(query, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in found]

    def lines(self, *words: str) -> list[dict[str, Any]]:
        return by_hand.rows_of(self.run("checklist", "today", *words, "--format", "json"))

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is done within is taken back, and the store must be as it was."""
        before = self._whole()
        yield
        assert self._whole() != before
        self.run("undo")
        assert self._whole() == before

    def _whole(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row but those in which undo keeps that there was something.

        Where nothing was written on the day yet, the first write also moves the stored facts to it.
        """
        tables = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {
            table: self.rows(f'SELECT * FROM "{table}"')
            for table in tables if table not in ("operation", "before_image")
        }

    # what arrives

    def sell(self, customer: int, day: Day, **fields: object) -> None:
        key = self.rows("SELECT key FROM customer WHERE id = ?", customer)[0]
        number = f"M{len(self.orders) + len(self.told):02d}-{day}-{customer}"
        self.orders.append({
            "customer_id": key, "date": iso(day), "kind": "purchase", "order_id": number, "currency": "EUR",
            "amount": f"{self.rng.randint(5, 90)}.50", "state": "", "action": "", "until": "", **fields,
        })

    def import_till(self, folder: Path) -> None:
        """A file with the new sales, and some of the last one again, one of which was given back since."""
        again = self.told[-6:]
        for row in again[:1]:
            row["state"] = "refunded"
        rows = again + self.orders
        if not rows:
            return
        path = folder / f"till-{self.day}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        self.run("import", path, "--yes", "--source", TILL)
        self.told, self.orders = self.told + self.orders, []

    def customers_buy(self) -> None:
        """Some of those who were called lately, some of those left in peace, and others."""
        lately = [customer for customer, day, _outcome in self.called if self.day - day < 15]
        in_peace = self.rows("SELECT customer_id FROM round_member WHERE held_out = 1")
        anybody = self.rows("SELECT id FROM customer WHERE key LIKE 'C%'")
        for people, chance in ((lately, 0.12), (in_peace, 0.03), (anybody, 0.02)):
            for customer in sorted(set(people)):
                if self.rng.random() < chance:
                    self.sell(customer, self.day)

    # what is checked

    def check(self) -> list[dict[str, Any]]:
        """What must be so at every moment; the calls of the day."""
        listed, short = self.lines("--all"), self.lines()
        done = len(self.rows("SELECT id FROM task WHERE state = 'done' AND closed = ?", self.day))
        assert done <= CAPACITY
        assert len(short) == sum(line["group"] in ("late", "today") for line in listed) <= CAPACITY - done
        assert [line["customer"] for line in short] == [line["customer"] for line in listed][:len(short)]
        people = [line["customer"] for line in listed]
        assert len(people) == len(set(people)), "one line a customer"
        assert not self.alone & set(people)
        self._check_lines(listed)
        twice = "SELECT customer_id FROM enrolment WHERE ended IS NULL GROUP BY 1 HAVING count(*) > 1"
        assert self.rows(twice) == [], "two playbooks at once"
        return short

    def _check_lines(self, listed: list[dict[str, Any]]) -> None:
        day = self.day
        agreed = set(self.rows("SELECT id FROM customer WHERE consent = 1"))
        bought, contacted = (
            dict(self.rows(
                "SELECT customer_id, max(day) FROM event WHERE counts <> 0 AND kind = ? AND day <= ?"
                " GROUP BY 1", kind, day,
            ))
            for kind in (1, 7)
        )
        in_peace = set(self.rows(
            "SELECT customer_id FROM round_member JOIN playbook_round ON id = round_id WHERE held_out = 1"
            " AND ended IS NULL AND ? BETWEEN drawn AND drawn + window_days", day,
        ))
        for line in listed:
            customer, playbook = line["customer"], line["playbook"]
            assert not line["marketing"] or customer in agreed
            if line["begun"] is not None:
                is_back = bought.get(customer, 0) > from_iso(line["begun"])
                assert not is_back or playbook in AIMS_ELSEWHERE, "who is back is off the list"
            elif playbook not in SERVICE:
                assert customer not in in_peace
                assert contacted.get(customer, 0) < day - 7, "nobody is asked again within a week"

    # what the owner does

    def work(self, calls: list[dict[str, Any]]) -> None:
        """Go down the list of the day, as far as the owner feels like."""
        for line in calls[:self.rng.choice((0, 2, 3, 4, 5, 5))]:
            customer, dice = line["customer"], self.rng.random()
            if dice < 0.07:
                self.run("checklist", "snooze", customer, "--days", self.rng.randint(1, 4))
            elif dice < 0.12:
                self.run("checklist", "skip", customer, "--reason", "moved")
            elif dice < 0.16:
                self.run("checklist", "skip", customer, "--step")
            elif dice < 0.19:
                self.run("checklist", "done", customer, "--outcome", "no_contact")
                self.alone.add(customer)
                self.called.append((customer, self.day, "no_contact"))
            else:
                self._contact(line)

    def _contact(self, line: dict[str, Any]) -> None:
        customer, outcome = line["customer"], self.rng.choice(OUTCOMES)
        words = ["checklist", "done", customer]
        if line["channel"] == "phone" or outcome == "wrong_contact":
            words += ["--outcome", outcome]
        else:
            outcome = ""
        if line["reason"] is None and self.rng.random() < 0.4:
            words += ["--reason", self.rng.choice(("price", "season", "forgot"))]
        if self.rng.random() < 0.1:
            with self.taken_back():
                self.run(*words)
        self.run(*words)
        self.called.append((customer, self.day, outcome))


WISHES, WITHDRAWN, COMPLAINTS = (5, 12, 19, 26), (7, 21), (3, 14)
DAYS_WITH_NEWS = (*WISHES, *WITHDRAWN, *COMPLAINTS, 16)
"""Counted from the first day of the month."""


def events_of_the_day(shop: Shop, folder: Path) -> None:
    """What happens on the days of this month, beside calls and sales."""
    day, number = shop.day, shop.day - TODAY
    listed = shop.lines("--all") if number in DAYS_WITH_NEWS else []
    if number == 1:
        shop.run("checklist", "round", "start", "slipping", "--hold-out", 40, "--name", "Slipping", "--yes")
    if number == 9:
        shop.run("checklist", "round", "add", 4, "--yes")
    if number % 4 == 2:
        shop.import_till(folder)
    if number in WISHES:
        wish = next(line["customer"] for line in listed if line["task"] is not None)
        shop.run("customer", "edit", wish, "--do-not-contact")
        shop.alone.add(wish)
    if number in WITHDRAWN:
        agreed = next(line["customer"] for line in listed if line["marketing"])
        shop.run("customer", "edit", agreed, "--consent", "no")
    if number in COMPLAINTS:
        regular = next(line["customer"] for line in listed if line["task"] is not None)
        shop.run("log", regular, "complaint", "--note", "Cork", "--channel", "phone")
        shop.run("log", listed[-1]["customer"], "booking", "--on", iso(day + 6))
    if number == 16:
        shop.run("log", listed[0]["customer"], "note", "--note", "Greeted the dog")    # the first of the day
        with shop.taken_back():
            shop.run("checklist", "snooze", listed[0]["customer"], "--days", 7)
        with shop.taken_back():
            shop.run("checklist", "skip", listed[0]["customer"], "--reason", "price")
        with shop.taken_back():
            shop.run("checklist", "round", "start", "regular", "--yes")
    if number == 17:
        customer = shop.called[-1][0]
        shop.run("log", customer, "purchase", "--amount", "33.00")      # soon after the call
        with shop.taken_back():
            shop.run("checklist", "outcome", customer, "not_interested", "--reason", "product")


def test_a_month_of_work_ends_with_results_that_a_hand_can_check(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "shop.db"
    db.write_bytes(demo_file.read_bytes())
    shop = Shop(db, monkeypatch)
    for day in range(TODAY, LAST + 1):
        shop.move_to(day)
        events_of_the_day(shop, tmp_path)
        calls = shop.check()
        if to_date(day).weekday() < 6:
            shop.work(calls)
            shop.customers_buy()
        if day % 3 == 0:
            shop.check()
    shop.move_to(LAST + 1)
    shop.import_till(tmp_path)
    shop.check()
    done = "SELECT customer_id, closed, outcome FROM task WHERE state = 'done' AND closed >= ?"
    written = shop.rows(done, TODAY)
    assert sorted(written) == sorted(shop.called)
    assert len(written) > 60
    results_agree(shop)


def results_agree(shop: Shop) -> None:
    """What the program says came of it, by whatever it is asked, is what the hand counts."""
    found = by_hand.cases(shop.db, shop.day)
    new = {case.became for case in found if case.started >= TODAY}
    assert new >= {"not contacted", "by themselves", "won back", "too early"}
    assert {case.became for case in found} == new | {"away"}         # of the rounds of the year before
    expected = {
        "playbook": by_hand.counted(found, lambda case: case.playbook),
        "reason": by_hand.counted(found, lambda case: case.reason),
        "step": by_hand.counted_by_step(found, lambda case, step: (case.playbook, step.number + 1)),
        "channel": by_hand.counted_by_step(found, lambda _case, step: step.channel),
        "month": by_hand.counted(found, _month_of),
    }
    for by, counts in expected.items():
        rows = by_hand.rows_of(shop.run("checklist", "results", "--by", by, "--format", "json"))
        said = {
            (row["playbook"], row["step"]) if by == "step" else row[by] or "": by_hand.as_said(row)
            for row in rows
        }
        assert said == counts, by
    for number in (1, 2, 3, 4):
        told = json.loads(shop.run("checklist", "round", "show", number, "--format", "json"))
        one, other = by_hand.side_as_said(told), by_hand.sides(shop.db, number, shop.day)
        assert one[:-3] == other[:-3]
        assert one[-3:] == pytest.approx(other[-3:], abs=1e-6)
        assert number == 3 or one.held_out_window_over > 0


def _month_of(case: by_hand.Case) -> str:
    day = case.contacts[0].day if case.contacts else case.started
    return str(to_date(day).replace(day=1))
