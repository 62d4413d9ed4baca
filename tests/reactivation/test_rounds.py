"""Rounds: who is drawn, by a coin that never falls twice, and who is not drawn at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.reactivation.playbooks.playbook import playbook
from activetui.reactivation.rounds import rounds as starting
from activetui.reactivation.rounds.round_words import drawing_words
from activetui.reactivation.rounds.rounds import Drawing, Wanted, Why
from activetui.store import events, rounds
from activetui.store.changes.images import key_values
from activetui.store.changes.taking_back import undo_last
from activetui.store.copies.backup import backup
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.store.privacy.forgetting import forget
from activetui.store.rounds import Round, Side
from activetui.store.same_person.merging import merge_customers, unmerge
from tests.reactivation.work_done import begin
from tests.store.building import MADE_AT, TODAY, Building, day_of, everything

DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 } ]
[lost]
days = 365
"""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    old = building.customer("Oldest")
    building.event(old, on="2023-11-01", amount=100)
    building.event(old, on="2026-11-21", amount=100)
    return building


def regular(shop: Building, name: str = "", amount: int = 1_000, **columns: object) -> int:
    """A customer who bought monthly until August, and then no more."""
    customer = shop.customer(name, **columns)
    for month in range(3, 9):
        shop.event(customer, on=f"2026-{month:02d}-10", amount=amount)
    shop.conn.execute(
        "INSERT INTO identity (kind, source_id, value, customer_id) VALUES ('email', 0, ?, ?)",
        (f"{name or customer}@example.org", customer),
    )
    return customer


def held_out_on(conn: sqlite3.Connection, day: int) -> set[int]:
    """Whom the rounds leave in peace on a day."""
    return set(people.ids(conn, rounds.held_out(day)))


def wanted(conn: sqlite3.Connection, key: str = "regular", **changes: object) -> Wanted:
    plan = playbook(conn, key)
    assert plan is not None
    return Wanted(plan, **changes)  # type: ignore[arg-type]


def start(conn: sqlite3.Connection, key: str = "regular", **changes: object) -> tuple[Round, Drawing]:
    return starting.start(conn, wanted(conn, key, **changes), day=TODAY, made_at=MADE_AT)


def sides(conn: sqlite3.Connection, found: Round) -> dict[int, Side | None]:
    return {member.customer_id: member.side for member in rounds.members(conn, found.id, TODAY + 999)}


def enrolled(conn: sqlite3.Connection, found: Round) -> set[int]:
    rows = conn.execute(
        "SELECT enrolment.customer_id FROM enrolment JOIN task ON task.enrolment_id = enrolment.id"
        " WHERE round_id = ? AND enrolment.ended IS NULL AND task.state = 'open'",
        (found.id,),
    )
    return {number for (number,) in rows}


def test_each_is_on_one_side_and_only_those_to_be_contacted_get_a_task(shop: Building) -> None:
    customers = {regular(shop) for _number in range(40)}
    conn = shop.ready()
    found, drawing = start(conn, hold_out=30)
    drawn = sides(conn, found)
    assert set(drawn) == customers
    assert set(drawing.held_out) == {number for number, side in drawn.items() if side is Side.HELD_OUT}
    assert enrolled(conn, found) == customers - set(drawing.held_out) == set(drawing.to_contact)
    assert 4 <= len(drawing.held_out) <= 20
    assert held_out_on(conn, TODAY) == set(drawing.held_out)


def test_who_may_not_or_would_not_be_contacted_is_on_no_side(shop: Building) -> None:
    fine = regular(shop, "fine")
    regular(shop, "wants none", do_not_contact=1)
    called = regular(shop, "called lately")
    shop.event(called, "contact", TODAY - 2, action="out")
    begin(shop, regular(shop, "busy"), "regular", TODAY - 1)
    tried = regular(shop, "tried lately")
    begin(shop, tried, "regular", TODAY - 40, [(TODAY - 39, "phone", "")])
    ended = "UPDATE enrolment SET ended = started, ending = 'finished' WHERE customer_id = ?"
    shop.conn.execute(ended, (tried,))
    shop.conn.execute(
        "INSERT INTO task (enrolment_id, customer_id, step, title, channel, due)"
        " SELECT id, customer_id, 0, '', 'phone', started FROM enrolment WHERE ended IS NULL"
    )
    conn = shop.ready()
    drawing = starting.propose(conn, wanted(conn, hold_out=50), TODAY)
    assert [*drawing.to_contact, *drawing.held_out] == [fine]
    assert {why: number for why, number in drawing.left_out.items() if number} == {
        Why.NO_CONTACT: 1, Why.CONTACTED: 1, Why.BUSY: 1, Why.TRIED: 1,
    }
    assert drawing.fitting == 5


def test_where_every_step_is_marketing_only_those_who_agreed_are_drawn(shop: Building) -> None:
    for consent in (1, 1, 0, None):
        customer = shop.customer(consent=consent)
        shop.event(customer, on="2026-05-01", amount=1_000)
    conn = shop.ready()
    drawing = starting.propose(conn, wanted(conn, "one_time", hold_out=0), TODAY)
    assert (len(drawing.to_contact), drawing.left_out[Why.NO_STEP]) == (2, 2)


def test_whom_one_round_leaves_in_peace_no_other_draws_until_its_window_is_over(shop: Building) -> None:
    for _number in range(20):
        regular(shop)
    conn = shop.ready()
    found, drawing = start(conn, hold_out=50)
    again = starting.propose(conn, wanted(conn, hold_out=0), TODAY)
    assert again.left_out[Why.HELD_OUT] == len(drawing.held_out)
    assert not again.to_contact
    last = TODAY + found.window_days
    assert held_out_on(conn, last) and not held_out_on(conn, last + 1)


def test_a_query_and_a_number_narrow_a_round_to_the_dearest(shop: Building) -> None:
    by_amount = {amount: regular(shop, amount=amount, country="PT") for amount in (100, 900, 500, 700)}
    regular(shop, amount=5_000, country="ES")
    conn = shop.ready()
    drawing = starting.propose(conn, wanted(conn, query="country:PT", most=2, hold_out=0), TODAY)
    assert set(drawing.to_contact) == {by_amount[900], by_amount[700]}
    assert (drawing.fitting, drawing.beyond) == (4, 2)


def test_undo_takes_a_round_away_and_the_same_day_draws_the_same_again(shop: Building) -> None:
    for _number in range(30):
        regular(shop)
    conn = shop.ready()
    before = everything(conn)
    _found, drawing = start(conn)
    undo_last(conn, today=TODAY, made_at=MADE_AT)
    after = everything(conn)
    for table in ("playbook_round", "round_member", "enrolment", "task"):
        assert after[table] == before[table]
    _found, again = start(conn)
    assert (again.to_contact, again.held_out) == (drawing.to_contact, drawing.held_out)


def test_who_comes_later_is_drawn_by_the_same_coin_for_as_many_days(shop: Building) -> None:
    first = [regular(shop) for _number in range(10)]
    late = [regular(shop) for _number in range(10)]
    for customer in late:
        shop.event(customer, on=TODAY - 30, amount=100)         # active until today
    conn = shop.ready()
    found, drawing = start(conn, hold_out=30)
    assert set(sides(conn, found)) == set(first)
    from activetui.store.facts.refresh import refresh_all
    from activetui.store.opening.file import transaction

    with transaction(conn):
        refresh_all(conn, TODAY + 1)
    added = starting.add(conn, found, day=TODAY + 1, made_at=MADE_AT)
    assert {*added.to_contact, *added.held_out} == set(late)
    conn2 = starting.the_round(conn, found.id)
    from activetui.reactivation.rounds.hold_out import is_held_out
    from activetui.reactivation.rounds.round_rules import rules_of

    signs = rounds.stable_signs(conn, late)
    assert set(added.held_out) == {n for n in late if is_held_out(found.seed, signs[n], 30)}
    assert rules_of(conn2).to_contact == len(drawing.to_contact) + len(added.to_contact)
    assert {member.drawn for member in rounds.members(conn, found.id, TODAY + 1)} == {TODAY, TODAY + 1}
    with pytest.raises(OwnerError):
        starting.add(conn, conn2, day=TODAY + 1, made_at=MADE_AT)


def test_ending_a_round_stops_its_steps_and_frees_those_left_in_peace(shop: Building) -> None:
    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    found, drawing = start(conn, hold_out=30)
    assert starting.end(conn, found, day=TODAY, made_at=MADE_AT) == len(drawing.to_contact)
    assert not held_out_on(conn, TODAY) and not enrolled(conn, found)
    with pytest.raises(OwnerError):
        starting.end(conn, starting.the_round(conn, found.id), day=TODAY, made_at=MADE_AT)
    undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert enrolled(conn, found) == set(drawing.to_contact)
    assert held_out_on(conn, TODAY) == set(drawing.held_out)


def test_what_cannot_be_is_refused_and_nothing_is_written(shop: Building) -> None:
    regular(shop)
    conn = shop.ready()
    before = everything(conn)
    with pytest.raises(UsageError):
        start(conn, hold_out=51)
    with pytest.raises(UsageError):
        start(conn, most=0)
    with pytest.raises(OwnerError, match="service"):
        start(conn, "complaint", hold_out=20)
    with pytest.raises(OwnerError, match="Nobody"):
        start(conn, "lost")
    with pytest.raises(OwnerError):
        start(conn, query="status:no_such")
    with pytest.raises(OwnerError):
        starting.the_round(conn, 99)
    assert everything(conn) == before


def test_stopped_halfway_nothing_is_written(shop: Building) -> None:
    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    before = everything(conn)

    def stop(done: int, of: int) -> None:
        if done > 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        starting.start(conn, wanted(conn), day=TODAY, made_at=MADE_AT, progress=stop)
    assert everything(conn) == before


def test_progress_tells_of_the_whole_and_never_goes_back(shop: Building) -> None:
    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    told: list[tuple[int, int]] = []
    starting.start(conn, wanted(conn), day=TODAY, made_at=MADE_AT, progress=lambda *step: told.append(step))
    assert told == sorted(told) and len({of for _done, of in told}) == 1
    assert told[-1][0] == told[-1][1]


def test_a_backup_holds_the_draw(shop: Building, tmp_path: Path) -> None:
    for _number in range(20):
        regular(shop)
    conn = shop.ready()
    found, _drawing = start(conn)
    backup(conn, tmp_path / "copy.db")
    with closing(open_store(tmp_path / "copy.db", today=TODAY)) as copy:
        assert sides(copy, found) == sides(conn, found)
        assert held_out_on(copy, TODAY) == held_out_on(conn, TODAY)


def test_merging_keeps_the_draw_and_two_sides_in_one_are_on_neither(shop: Building) -> None:
    for _number in range(30):
        regular(shop)
    conn = shop.ready()
    found, drawing = start(conn, hold_out=40)
    before = sides(conn, found)
    keep, same = drawing.to_contact[:2]
    one, other = drawing.held_out[0], drawing.to_contact[2]
    for kept, gone in ((keep, same), (one, other)):
        merge_customers(conn, kept, gone, today=TODAY, made_at=MADE_AT)
    now = sides(conn, found)
    assert now[keep] is Side.TO_CONTACT and same not in now
    assert now[one] is None and other not in now
    stranger = max(before) + 1
    assert stranger not in now
    for gone in (other, same):
        unmerge(conn, gone, today=TODAY, made_at=MADE_AT)
    assert sides(conn, found) == before


def test_who_is_left_in_peace_stays_so_when_merged_into_another(shop: Building) -> None:
    for _number in range(10):
        regular(shop)
    newcomer = shop.customer("Newcomer")
    shop.event(newcomer, on=TODAY - 1, amount=100)
    conn = shop.ready()
    _found, drawing = start(conn, hold_out=50)
    merge_customers(conn, newcomer, drawing.held_out[0], today=TODAY, made_at=MADE_AT)
    assert newcomer in held_out_on(conn, TODAY)


def test_who_is_forgotten_leaves_no_draw(shop: Building) -> None:
    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    found, drawing = start(conn, hold_out=50)
    gone = [drawing.held_out[0], drawing.to_contact[0]]
    for customer in gone:
        forget(conn, customer, today=TODAY, made_at=MADE_AT)
    assert set(sides(conn, found)) == {*drawing.held_out, *drawing.to_contact} - set(gone)
    keys = conn.execute("SELECT row_key FROM before_image WHERE table_name = 'round_member'").fetchall()
    assert {number for (key,) in keys for number in key_values(key)[1:]}.isdisjoint(gone)
    undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert not rounds.rounds(conn, TODAY)


def test_what_is_known_of_a_person_tells_of_their_draws(shop: Building) -> None:
    from activetui.store.privacy.person_data import person_data

    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    _found, drawing = start(conn, hold_out=50)
    merge_customers(conn, drawing.to_contact[0], drawing.held_out[0], today=TODAY, made_at=MADE_AT)
    told = person_data(conn, drawing.to_contact[0], TODAY)["rounds"]
    assert [(one["playbook"], one["drawn"]) for one in told] == [("regular", "2026-11-22")] * 2
    assert {one["side"] for one in told} == {"to_contact", "held_out"}


def test_before_a_round_starts_it_is_said_what_so_many_can_show(shop: Building) -> None:
    from activetui.reactivation.ranking.natural import chances
    from activetui.reactivation.results.shares import needed
    from activetui.reactivation.rounds.foresight import foresight, foresight_words

    for number in range(120):
        customer = shop.customer()
        for day in ("2024-03-10", "2024-04-10", "2024-05-10", *(["2024-08-20"] if number < 24 else [])):
            shop.event(customer, on=day, amount=100)
    for _number in range(80):
        regular(shop)
    conn = shop.ready()
    drawing = starting.propose(conn, wanted(conn, hold_out=30), TODAY)
    found = foresight(conn, drawing, TODAY)
    chance = chances(conn, TODAY, 90).of(TODAY - day_of("2026-08-10"), 6)
    assert found.natural == pytest.approx(chance.returned / chance.n)
    assert found.smallest is not None and found.natural is not None
    n, other_n = len(drawing.to_contact), len(drawing.held_out)
    whole = needed(found.natural + found.smallest, found.natural, other_n / n)
    less = needed(found.natural + found.smallest - 0.01, found.natural, other_n / n)
    assert whole is not None and less is not None and whole <= n + other_n < less
    assert "points would show" in foresight_words(found, drawing)
    few = starting.propose(conn, wanted(conn, hold_out=30, most=20), TODAY)
    assert "too few to show" in foresight_words(foresight(conn, few, TODAY), few)
    nobody = starting.propose(conn, wanted(conn, hold_out=0), TODAY)
    assert "Nobody is left in peace" in foresight_words(foresight(conn, nobody, TODAY), nobody)
    lines = drawing_words(drawing, TODAY, 5)
    assert lines[0] == "Inactive regular: for 80 customers"
    assert f"{-(-n // 5)} days at 5 a day" in lines[1]


def test_who_is_left_in_peace_is_served_all_the_same(shop: Building) -> None:
    from activetui.reactivation.checklist.checklist import items

    for _number in range(10):
        regular(shop)
    conn = shop.ready()
    _found, drawing = start(conn, hold_out=50)
    customer = drawing.held_out[0]
    assert customer not in {item.person.id for item in items(conn, TODAY)}
    events.log_event(
        conn, customer, EventRecord(kind=int(Kind.COMPLAINT), day=TODAY, key=""), today=TODAY, made_at=MADE_AT
    )
    keys = {item.person.id: item.playbook.key for item in items(conn, TODAY)}
    assert keys.pop(customer) == "complaint"
    assert keys.keys().isdisjoint(drawing.held_out)


def test_a_proposal_tells_how_far_it_is_and_can_be_stopped(shop: Building) -> None:
    for name in ("Ana", "Bea"):
        regular(shop, name)
    conn = shop.ready()
    told: list[float] = []
    drawing = starting.propose(conn, wanted(conn), TODAY, lambda done, whole: told.append(done / whole))
    assert told == sorted(told) and len(set(told)) > 2 and told[-1] == 1
    assert drawing == starting.propose(conn, wanted(conn), TODAY)

    def stop(_done: int, _whole: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        starting.propose(conn, wanted(conn), TODAY, stop)
