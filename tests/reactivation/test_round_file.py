"""Messages for many as one file: who is in it, who is left out and why, what marking them as sent does."""

from __future__ import annotations

import csv
import json
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import Kind
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import checklist, item_of
from activetui.reactivation.checklist.enrolling import enrol
from activetui.reactivation.checklist.outcome import SENT
from activetui.reactivation.messages.message import SHELF
from activetui.reactivation.messages.round_file import (
    FIELDS,
    Sheet,
    Wanted,
    Why,
    left_out_words,
    look_through,
    write_due,
)
from activetui.reactivation.messages.sent import write_and_mark
from activetui.reactivation.playbooks.playbook import playbook
from activetui.reactivation.rounds.rounds import Wanted as WantedRound
from activetui.reactivation.rounds.rounds import start
from activetui.store import settings, tasks
from activetui.store.changes.taking_back import undo_last
from activetui.store.other_days.as_of import look_from
from tests.store.building import MADE_AT, TODAY, Building, everything

DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 } ]
[at_risk]
any = [ { event = "complaint", within_days = 30, unless_resolved = true } ]
[lost]
days = 365
"""
MAIL = Wanted()


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop that says who signs, whose ledger reaches back three years."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    settings.put(building.conn, "business", "Casa Verde")
    settings.put(building.conn, "sender", "Ana")
    old = building.customer("Oldest", do_not_contact=1)
    for day in ("2023-11-01", "2026-11-21"):
        building.event(old, on=day, amount=100)
    return building


def once(shop: Building, name: str, **columns: object) -> int:
    """Somebody who bought once in August, agrees to marketing and can be written to."""
    known: dict[str, Any] = {"email": f"c{name}@example.org", "language": "en", "consent": 1, **columns}
    customer = shop.customer(name, **known)
    shop.event(customer, on="2026-08-10", amount=500, product="Oil")
    return customer


def begun(shop: Building, *ids: int, key: str = "one_time") -> sqlite3.Connection:
    """The store with a playbook begun for customers, today."""
    conn = shop.ready()
    plan = playbook(conn, key)
    assert plan is not None
    enrol(conn, ids, plan, day=TODAY, made_at=MADE_AT)
    return conn


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def marked(conn: sqlite3.Connection, path: Path, wanted: Wanted = MAIL, day: int = TODAY) -> Sheet:
    return write_and_mark(conn, wanted, path, day=day, made_at=MADE_AT)


def test_each_gets_a_row_with_the_message_in_the_own_language(shop: Building, tmp_path: Path) -> None:
    ana = once(shop, "Ana Sousa", language="pt", city="Porto", key="A-1")
    conn = begun(shop, ana, once(shop, "Bob Hill"))
    file = tmp_path / "mails.csv"
    sheet = write_due(conn, MAIL, file, TODAY)
    first, second = rows_of(file)
    assert tuple(first) == FIELDS
    assert [line.person.id for line in sheet.lines] == [int(first["customer"]), int(second["customer"])]
    assert (first["email"], first["first_name"], first["language"], first["city"]) == (
        "cAna Sousa@example.org", "Ana", "pt", "Porto"
    )
    assert first["subject"] == "Correu tudo bem, Ana?"
    assert first["body"].startswith("Olá Ana,\n\n") and "Casa Verde" in first["body"]
    assert (first["product"], first["last_visit"], first["key"]) == ("Oil", "2026-08-10", "A-1")
    assert (first["playbook"], first["step"], first["round"], first["due"]) == (
        "one_time", "1", "", "2026-11-22"
    )
    assert second["language"] == "en" and "Bob" in second["body"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_json_has_the_same_with_null_for_what_is_not_known(shop: Building, tmp_path: Path) -> None:
    conn = begun(shop, once(shop, "Ana"))
    write_due(conn, MAIL, tmp_path / "mails.json", TODAY)
    [row] = json.loads((tmp_path / "mails.json").read_text(encoding="utf-8"))
    assert tuple(row) == FIELDS
    assert (row["step"], row["round"], row["company"]) == (1, None, None)


def test_who_is_left_out_is_counted_with_the_reason(shop: Building, tmp_path: Path) -> None:
    ids = {word: once(shop, word) for word in (
        "fine", "no_contact", "no_consent", "over", "other_first", "contacted", "no_address"
    )}
    nameless = once(shop, "", email="nobody@example.org")
    conn = begun(shop, *ids.values(), nameless)
    conn.execute("UPDATE customer SET do_not_contact = 1 WHERE id = ?", (ids["no_contact"],))
    conn.execute("UPDATE customer SET consent = 0 WHERE id = ?", (ids["no_consent"],))
    conn.execute("UPDATE customer SET email = '' WHERE id = ?", (ids["no_address"],))
    look_from(conn, TODAY + 1)
    later = TODAY + 1
    shop.today = later
    shop.event(ids["over"], on=later, amount=900)
    shop.event(ids["other_first"], "subscription", later, action="start", until=later + 7, product="Box")
    shop.event(ids["contacted"], "contact", later, action="out", channel="phone")
    shop.ready()
    sheet = look_through(conn, MAIL, later)
    assert [line.person.name for line in sheet.lines] == ["fine"]
    assert dict(sheet.left_out) == {
        Why(word): 1 for word in ids if word != "fine"
    } | {Why.MISSING: 1}
    assert sheet.missing == {"first_name": 1}
    words = "\n".join(left_out_words(sheet))
    assert "1  have not agreed to marketing" in words and "1 without: how the customer is addressed" in words


def test_a_step_without_a_message_in_use_is_told(shop: Building, tmp_path: Path) -> None:
    conn = begun(shop, once(shop, "Ana"))
    SHELF.switch(conn, "how_was_it", False, what="off", made_at=MADE_AT)
    sheet = look_through(conn, MAIL, TODAY)
    assert not sheet.lines and sheet.left_out == {Why.NO_MESSAGE: 1}


def test_an_offer_stands_only_in_steps_that_make_it(shop: Building, tmp_path: Path) -> None:
    ana = once(shop, "Ana")
    conn = begun(shop, ana)
    look = Wanted(offer="A glass of Porto")
    write_due(conn, look, tmp_path / "first.csv", TODAY)
    assert rows_of(tmp_path / "first.csv")[0]["offer"] == ""
    marked(conn, tmp_path / "sent.csv", look)
    mine = 'title = "x"\n[en]\nsubject = "For you"\nbody = "{offer}, if you come again."\n'
    SHELF.use(conn, "come_again", mine, what="message", made_at=MADE_AT)
    waiting = item_of(conn, ana, TODAY)
    assert waiting is not None and waiting.doing.offer
    look_from(conn, waiting.due)
    missing = look_through(conn, MAIL, waiting.due)
    assert missing.missing == {"offer": 1} and not missing.lines
    write_due(conn, look, tmp_path / "second.csv", waiting.due)
    [row] = rows_of(tmp_path / "second.csv")
    assert row["offer"] == "A glass of Porto" and "A glass of Porto" in row["body"]


def test_letters_need_an_address_for_letters(shop: Building) -> None:
    at_home, nowhere = (
        shop.customer(name, consent=1, language="en", **more)
        for name, more in (("Ana", {"address": "Rua 1"}), ("Bob", {}))
    )
    for customer in (at_home, nowhere):
        for month in range(3, 9):
            shop.event(customer, on=f"2025-{month:02d}-10", amount=2000)
    conn = begun(shop, at_home, nowhere, key="lost")
    sheet = look_through(conn, Wanted(channel="letter"), TODAY)
    assert [line.person.name for line in sheet.lines] == ["Ana"]
    assert sheet.left_out == {Why.NO_ADDRESS: 1}
    assert not look_through(conn, MAIL, TODAY).left_out


def test_playbook_round_and_step_narrow_it(shop: Building) -> None:
    drawn, alone = [once(shop, f"Drawn {n}") for n in range(10)], once(shop, "Alone")
    conn = shop.ready()
    plan = playbook(conn, "one_time")
    assert plan is not None
    conn.execute("UPDATE customer SET consent = 0 WHERE id = ?", (alone,))
    found, drawing = start(conn, WantedRound(plan, 20), day=TODAY, made_at=MADE_AT)
    conn.execute("UPDATE customer SET consent = 1 WHERE id = ?", (alone,))
    enrol(conn, [alone], plan, day=TODAY, made_at=MADE_AT)
    in_round = {line.person.id for line in look_through(conn, Wanted(round_id=found.id), TODAY).lines}
    assert in_round == set(drawing.to_contact) and in_round < set(drawn)
    assert {line.person.id for line in look_through(conn, MAIL, TODAY).lines} == in_round | {alone}
    assert not look_through(conn, Wanted(playbook(conn, "lost")), TODAY).lines
    assert not look_through(conn, Wanted(plan, step=1), TODAY).lines
    with pytest.raises(UsageError, match="Round 1 is one of the playbook one_time"):
        look_through(conn, Wanted(playbook(conn, "lost"), found.id), TODAY)
    with pytest.raises(UsageError, match="steps"):
        look_through(conn, Wanted(plan, step=9), TODAY)
    with pytest.raises(UsageError, match="by phone"):
        look_through(conn, Wanted(channel="phone"), TODAY)
    with pytest.raises(OwnerError, match="no round 9"):
        look_through(conn, Wanted(round_id=9), TODAY)


def test_marking_writes_what_doing_each_by_itself_writes(shop: Building, tmp_path: Path) -> None:
    ids = [once(shop, f"Customer {n}", consent=int(n != 3)) for n in range(6)]
    conn = begun(shop, *ids)
    begin, due = work(conn), [line.person.id for line in look_through(conn, MAIL, TODAY).lines]
    assert len(due) == 5
    for number in due:
        actions.done(conn, number, day=TODAY, today=TODAY, made_at=MADE_AT, outcome=SENT)
    alone = work(conn)
    for _number in due:
        undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert work(conn) == begin != alone
    marked(conn, tmp_path / "mails.csv")
    assert work(conn) == alone


def work(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that marking changes, without the numbers that rows happen to get."""
    asked = {
        "task": "SELECT customer_id, step, title, channel, due, state, closed, outcome, note,"
        " event_id IS NULL FROM task ORDER BY 1, 2, 5",
        "enrolment": "SELECT customer_id, playbook, started, ended, ending FROM enrolment ORDER BY 1",
        "event": "SELECT customer_id, kind, day, action, channel, note, state, counts FROM event"
        " ORDER BY 1, 2, 3",
        "fact": "SELECT * FROM main.fact ORDER BY customer_id",
    }
    return {name: conn.execute(sql).fetchall() for name, sql in asked.items()}


def test_sent_ones_are_no_calls_of_the_day_and_their_next_step_comes(shop: Building, tmp_path: Path) -> None:
    ids = [once(shop, f"Customer {n}") for n in range(8)]
    conn = begun(shop, *ids)
    before = checklist(conn, TODAY)
    sheet = marked(conn, tmp_path / "mails.csv")
    assert len(sheet.lines) == 8 > before.capacity
    after = checklist(conn, TODAY)
    assert (after.done, after.room) == (0, before.room)
    for number in ids:
        [contact] = conn.execute(
            "SELECT day, action, channel FROM event WHERE customer_id = ? AND kind = ?",
            (number, Kind.CONTACT),
        ).fetchall()
        assert contact == (TODAY, "out", "email")
        first, second = tasks.tasks_of(conn, number)
        assert (first.state, first.closed, first.outcome) == ("done", TODAY, SENT)
        assert (second.state, second.step) == ("open", 1) and second.due > TODAY
    assert not look_through(conn, MAIL, TODAY).lines


def test_one_undo_takes_everything_back(shop: Building, tmp_path: Path) -> None:
    conn = begun(shop, *(once(shop, f"Customer {n}") for n in range(5)))
    before = kept(conn)
    marked(conn, tmp_path / "mails.csv")
    assert kept(conn) != before
    undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert kept(conn) == before


def kept(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but the record of what was done."""
    return {
        name: rows for name, rows in everything(conn).items() if name not in ("operation", "before_image")
    }


@pytest.mark.parametrize("at", [0.2, 0.7, 0.95])
def test_a_cancelled_file_leaves_neither_file_nor_marks(shop: Building, tmp_path: Path, at: float) -> None:
    conn = begun(shop, *(once(shop, f"Customer {n}") for n in range(5)))
    before = everything(conn)

    def stop(done: int, of: int) -> None:
        if done >= at * of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_mark(conn, MAIL, tmp_path / "mails.csv", day=TODAY, made_at=MADE_AT, progress=stop)
    assert everything(conn) == before
    assert [path.name for path in tmp_path.iterdir() if "mails" in path.name] == []


def test_a_file_that_is_there_is_left_alone_and_nothing_is_marked(shop: Building, tmp_path: Path) -> None:
    conn = begun(shop, once(shop, "Ana"))
    before = everything(conn)
    file = tmp_path / "mails.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(OwnerError, match="exists already"):
        marked(conn, file)
    assert file.read_text(encoding="utf-8") == "mine" and everything(conn) == before
    with pytest.raises(UsageError, match="does not say what to write"):
        marked(conn, tmp_path / "mails.txt")


def test_progress_goes_to_its_end_and_never_back(shop: Building, tmp_path: Path) -> None:
    conn = begun(shop, *(once(shop, f"Customer {n}") for n in range(5)))
    told: list[float] = []
    write_and_mark(
        conn, MAIL, tmp_path / "mails.csv", day=TODAY, made_at=MADE_AT,
        progress=lambda done, of: told.append(done / of),
    )
    assert told == sorted(told) and told[-1] == 1


@trying(max_examples=30, deadline=None)
@given(name=st.text(min_size=1, max_size=20), product=st.text(max_size=12))
def test_no_cell_is_a_formula_and_every_row_stays_a_row(
    tmp_path_factory: pytest.TempPathFactory, name: str, product: str
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    shop = Building(folder / "shop.db", definition=DEFINITION)
    settings.put(shop.conn, "business", "=1+1")
    settings.put(shop.conn, "sender", "Ana")
    whole, product = (text.encode("utf-8", "replace").decode() for text in (name, product))
    ids = [
        shop.customer(text, email="a@example.org", consent=1, company=text) for text in (whole, "=cmd|x!A1")
    ]
    for number in ids:
        shop.event(number, on="2026-08-10", amount=500, product=product)
    conn = begun(shop, *ids)
    sheet = write_due(conn, MAIL, folder / "mails.csv", TODAY)
    rows = rows_of(folder / "mails.csv")
    assert len(rows) == len(sheet.lines)
    for row in rows:
        assert set(row) == set(FIELDS)
        assert not any(cell.startswith(("=", "@", "\t")) for cell in row.values())
        assert not {"\x1b", "\x00", "\u202e", "\r"} & set("".join(row.values()))
        assert "\n" not in "".join(value for key, value in row.items() if key != "body")
    shop.conn.close()


def test_without_anybody_no_file_is_made_and_the_next_try_is_not_refused(
    shop: Building, tmp_path: Path
) -> None:
    conn = begun(shop, once(shop, "Ana", email=""))
    for write in (lambda path: write_due(conn, MAIL, path, TODAY), lambda path: marked(conn, path)):
        sheet = write(tmp_path / "mails.csv")
        assert (sheet.lines, sheet.left_out) == ([], {Why.NO_ADDRESS: 1})
        assert not list(tmp_path.glob("*mails*"))
    conn.execute("UPDATE customer SET email = 'ana@example.org' WHERE name = 'Ana'")
    assert len(marked(conn, tmp_path / "mails.csv").lines) == 1


def test_of_two_with_one_address_one_is_in_the_file(shop: Building, tmp_path: Path) -> None:
    ids = [
        once(shop, name, email=email)
        for name, email in (
            ("Ana", "home@example.org"), ("Rui", "Home@Example.org"), ("Eva", "eva@example.org")
        )
    ]
    conn = begun(shop, *ids)
    sheet = marked(conn, tmp_path / "mails.csv")
    assert [row["name"] for row in rows_of(tmp_path / "mails.csv")] == ["Ana", "Eva"]
    assert sheet.left_out == {Why.SAME_ADDRESS: 1}
    assert "1  have the address of somebody in the file" in left_out_words(sheet)[0]
    assert [line.person.id for line in look_through(conn, MAIL, TODAY).lines] == [ids[1]]
