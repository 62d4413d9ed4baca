"""The demo is what it promises: everything that can happen in a shop, small, and always the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.demo_shop.build import build
from activetui.demo_shop.people import DOMAINS, OPENED, TODAY
from activetui.demo_shop.shop import invent
from activetui.ledger.kinds import ACTIONS, Kind
from activetui.ledger.settlement import STATES
from activetui.reactivation.results.results import results
from activetui.reactivation.results.round_results import FEWEST, Verdict, round_result
from activetui.store import rounds
from activetui.store.opening.file import open_store
from tests.house.source import ROOT
from tests.store.spans_of_lives import unfold

PACKAGED = ROOT / "demo.db"
LEDGER = {
    "sqlite_schema": "type, name, sql",
    "customer": "id, key, name, first_name, email, phone, tax_id, company, address, city, postcode, country, "
                "language, birthday, history_from, note, consent, do_not_contact, entered",
    "event": "id, customer_id, kind, day, time, amount, currency, refunded, net, counts, state, action, "
             "nature, product, quantity, rating, channel, until, order_ref, note, recorded, entered, "
             "source_id, key",
    "line": "event_id, position, product, category, quantity, unit_price, amount",
    "tag": "customer_id, name",
    "life": "customer_id, spans",
    "fact": "customer_id, status, since, until, first_purchase, last_purchase, purchases, spend, types",
    "definition": "version, name, toml",
    "operation": "what, day",
    "segment": "name, query",
    "enrolment": "customer_id, playbook, reason, started, ended, ending, round_id",
    "task": "customer_id, step, channel, due, state, closed, outcome",
    "playbook_round": "id, playbook, name, started, ended, hold_out, window_days, seed, rules",
    "round_member": "round_id, customer_id, held_out, drawn",
}
"""What of each table, and of the tables themselves, is the same in the packaged demo and in one built now."""


@pytest.fixture(scope="module")
def built_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo built just now, alone in its folder."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path)
    assert [file.name for file in path.parent.iterdir()] == ["demo.db"]
    return path


@pytest.fixture(scope="module")
def built(built_file: Path) -> Iterator[sqlite3.Connection]:
    """What the demo holds, to be looked at only."""
    with closing(sqlite3.connect(f"file:{built_file}?mode=ro&immutable=1", uri=True)) as conn:
        unfold(conn)
        yield conn


def column(conn: sqlite3.Connection, sql: str, *values: object) -> set[object]:
    return {row[0] for row in conn.execute(sql, values)}


def number(conn: sqlite3.Connection, sql: str, *values: object) -> int:
    return int(conn.execute(sql, values).fetchone()[0])


def test_about_four_hundred_customers_over_three_years(built: sqlite3.Connection) -> None:
    assert 380 <= number(built, "SELECT count(*) FROM customer") <= 420
    assert 7_000 <= number(built, "SELECT count(*) FROM event") <= 12_000
    assert number(built, "SELECT min(day) FROM event") == OPENED
    assert number(built, "SELECT max(day) FROM event WHERE day = recorded") == TODAY - 1
    assert TODAY - OPENED > 3 * 360


def test_every_kind_action_and_state_occurs(built: sqlite3.Connection) -> None:
    kinds = column(built, "SELECT kind.name FROM event JOIN kind ON kind.id = event.kind")
    assert kinds == {kind.word for kind in Kind}
    for word, actions in ACTIONS.items():
        kind = int(Kind[word.upper()])
        assert column(built, "SELECT action FROM event WHERE kind = ?", kind) == set(actions), word
    states = column(built, "SELECT state FROM event")
    assert states <= STATES
    assert states >= {"", "partially_refunded", "cancelled", "pending", "failed", "unpaid", "no_show"}
    assert column(built, "SELECT rating FROM event WHERE kind = ?", Kind.REVIEW) == {1, 2, 3, 4, 5}
    assert len(column(built, "SELECT rating FROM event WHERE kind = ?", Kind.FEEDBACK)) > 8


def test_every_status_occurs_today(built: sqlite3.Connection) -> None:
    assert column(built, "SELECT DISTINCT status FROM span WHERE start < ?", TODAY) == set(Status)
    today = dict(built.execute("SELECT status, count(*) FROM fact GROUP BY status"))
    assert set(today) == set(Status)
    assert min(today.values()) >= 10
    in_the_first_weeks = "SELECT count(*) FROM span WHERE status = ? AND start < ? AND \"end\" > ?"
    assert number(built, in_the_first_weeks, Status.UNKNOWN, OPENED + 20, OPENED + 20) > 100


def test_every_type_occurs_today(built: sqlite3.Connection) -> None:
    counts = {
        name: number(built, "SELECT count(*) FROM fact WHERE (types >> ?) & 1", bit)
        for bit, name in enumerate(TYPES)
    }
    assert min(counts.values()) >= 5, counts


def test_the_stories_of_a_shop_are_there(built: sqlite3.Connection) -> None:
    spans = "SELECT count(DISTINCT customer_id) FROM span WHERE status = ? AND start BETWEEN ? AND ?"
    assert number(built, spans, Status.REACTIVATED, TODAY - 365, TODAY - 1) > 30
    open_complaints = """
        SELECT count(DISTINCT customer_id) FROM event AS c WHERE kind = 9 AND day > ? AND NOT EXISTS
        (SELECT 1 FROM event AS r WHERE r.kind = 10 AND r.customer_id = c.customer_id AND r.day >= c.day)"""
    assert number(built, open_complaints, TODAY - 30) >= 3
    assert number(built, "SELECT count(*) FROM event WHERE day > ?", TODAY) >= 10, "bookings ahead"
    assert number(built, "SELECT count(*) FROM event WHERE customer_id IS NULL") >= 100, "walk-ins"
    assert number(built, "SELECT count(*) FROM event WHERE kind = 2 AND order_ref = '' AND net < 0") >= 1
    assert number(built, "SELECT count(*) FROM event WHERE kind = 1 AND counts = 0 AND state = ''") >= 3
    assert number(built, "SELECT count(*) FROM event WHERE kind = 1 AND net BETWEEN 1 AND amount - 1") >= 10
    assert number(built, "SELECT count(*) FROM customer WHERE do_not_contact") >= 4
    assert column(built, "SELECT consent FROM customer") == {0, 1, None}
    assert number(built, "SELECT count(*) FROM line") > 1_000
    assert column(built, "SELECT state FROM task") == {"open", "done", "skipped"}
    assert number(built, "SELECT count(*) FROM task WHERE state = 'open' AND due < ?", TODAY) >= 1
    assert column(built, "SELECT nature FROM subscription") == {"product", "service"}
    months = dict(built.execute(
        "SELECT strftime('%m', day * 86400, 'unixepoch'), count(*) FROM event WHERE kind = 1 GROUP BY 1"
    ))
    assert months["12"] > 1.3 * months["08"], "Christmas is not August"


def test_some_work_was_done_for_customers_in_every_part_of_their_life(built: sqlite3.Connection) -> None:
    begun = column(built, "SELECT DISTINCT playbook FROM enrolment")
    assert begun >= {"regular", "slipping", "vip", "complaint", "lost", "renewal", "advocate"}
    outcomes = column(built, "SELECT DISTINCT outcome FROM task WHERE state = 'done'")
    assert outcomes >= {"", "reached", "no_answer", "coming_back", "thinking", "not_interested"}
    assert len(column(built, "SELECT DISTINCT reason FROM enrolment")) >= 8
    assert column(built, "SELECT ending FROM enrolment") >= {"", "finished", "stopped", "came_back"}
    most = "SELECT max(n) FROM (SELECT count(*) AS n FROM task WHERE state = 'done' GROUP BY closed)"
    assert number(built, most) == 5, "calls a day"
    wished = """
        SELECT count(*) FROM task JOIN customer ON customer.id = task.customer_id WHERE do_not_contact = 1"""
    assert number(built, wished) == 0


def test_two_rounds_are_over_and_prove_nothing_yet_and_one_still_runs(built_file: Path) -> None:
    with closing(open_store(built_file, today=TODAY, read_only=True)) as conn:
        found = [round_result(conn, each, TODAY) for each in rounds.rounds(conn, TODAY)]
        whole = results(conn, TODAY).whole
    assert [each.verdict for each in found] == [Verdict.TOO_EARLY, Verdict.NOT_PROVEN, Verdict.NOT_PROVEN]
    differences = [each.difference.value for each in found if each.difference is not None]
    assert min(differences) < 0 < max(differences), "one looks as if it had worked, one as if not"
    assert min(each.held_out.drawn for each in found) >= FEWEST
    assert whole.held_out is not None and whole.held_out.verdict is Verdict.NOT_PROVEN
    assert whole.held_out.more_needed is not None


def test_the_names_are_as_awkward_as_real_ones(built: sqlite3.Connection) -> None:
    names = "\n".join(str(name) for name in column(built, "SELECT name FROM customer"))
    for sign in ("[/]", "[red]", "'", "’", "«", "🌻", "王", "김", "Щ", "محمد", "Νίκος"):
        assert sign in names, sign
    assert number(built, "SELECT max(length(name)) FROM customer") > 100
    assert column(built, "SELECT language FROM customer") == {"pt", "es", "it", "fr", "en", "ru"}


def test_nobody_in_the_demo_can_be_reached(built: sqlite3.Connection) -> None:
    emails = column(built, "SELECT email FROM customer WHERE email <> ''")
    assert {str(email).rpartition("@")[2] for email in emails} == set(DOMAINS)
    phones = column(built, "SELECT phone FROM customer WHERE phone <> ''")
    assert all(str(phone).startswith(("+351900100", "+447700900", "+33639980")) for phone in phones)


def test_the_same_shop_at_every_invention() -> None:
    assert invent().events == invent().events


def test_building_again_gives_the_same_bytes(built_file: Path, tmp_path: Path) -> None:
    build(tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == built_file.read_bytes()


def test_the_packaged_demo_is_the_one_that_is_built(built: sqlite3.Connection) -> None:
    assert PACKAGED.stat().st_size < 2_500_000
    with closing(sqlite3.connect(f"file:{PACKAGED}?mode=ro&immutable=1", uri=True)) as packaged:
        for table, columns in LEDGER.items():
            rows = f"SELECT {columns} FROM {table} ORDER BY {columns}"
            same = packaged.execute(rows).fetchall() == built.execute(rows).fetchall()
            assert same, f"{table}: build demo.db anew with python -m activetui.demo_shop"
