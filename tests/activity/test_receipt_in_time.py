"""Receipts of conditions that only time decides: how long someone is a customer, and the season."""

from __future__ import annotations

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.definition import Definition
from activetui.activity.reading.parsing import parse
from activetui.activity.receipts.receipt import Receipt, explain
from activetui.activity.status import Status
from activetui.ledger.days import from_iso, iso
from activetui.ledger.kinds import Kind

TREES = parse("""
    name = "Toys and trees"
    active = { any = [{ event = "purchase", within_days = 90 }, { seasonal = 3 }] }
    at_risk = { window_used = 0.9 }
    lost = { days = 60 }
""")
DECEMBERS = ("2021-12-20", "2022-12-11", "2023-12-22")
SEASON = "a purchase at the same time of year, 3 years running (give or take 30 days)"


def on(day: str, bought: tuple[str, ...], definition: Definition, start: str = "2010-01-01") -> Receipt:
    events = [BlockEvent(1, from_iso(day), Kind.PURCHASE) for day in bought]
    return explain(definition, block_of([1], events), from_iso(start), from_iso(day))


def active_while(condition: str) -> Definition:
    return parse(f'name = "x"\nactive = {{ {condition} }}')


def test_a_season_names_the_last_time_and_how_long_the_next_is_awaited() -> None:
    receipt = on("2024-06-01", DECEMBERS, TREES)
    assert (receipt.status, receipt.rule) == (Status.ACTIVE, SEASON)
    assert receipt.threshold == "here on 22 Dec 2023, awaited until 21 Jan 2025"
    assert (receipt.event, receipt.event_day) == (2, from_iso("2023-12-22"))
    assert (iso(receipt.flips_on), receipt.next_status) == ("2024-12-13", Status.AT_RISK)
    assert receipt.would_change == "A purchase by 12 Dec 2024 would keep this customer from turning at risk."


def test_a_season_that_is_due_is_a_risk() -> None:
    receipt = on("2024-12-20", DECEMBERS, TREES)
    assert (receipt.status, receipt.event) == (Status.AT_RISK, 2)
    assert receipt.rule == "90% of the time to inactivity has gone"
    assert iso(receipt.flips_on) == "2025-01-22"
    assert receipt.would_change == "A purchase would end the risk."


def test_a_season_that_was_missed() -> None:
    receipt = on("2025-02-01", DECEMBERS, TREES)
    assert (receipt.status, receipt.rule) == (Status.INACTIVE, f"no longer: {SEASON}")
    assert receipt.threshold == "here on 22 Dec 2023, awaited until 21 Jan 2025"
    assert (iso(receipt.since), receipt.ended_by) == ("2025-01-22", None)
    assert receipt.would_change == "A purchase would make this customer active again."


def test_a_purchase_of_the_season_keeps_it_and_one_outside_does_not_bring_it_back() -> None:
    days = ("2021-12-20", "2022-12-20", "2023-12-20")
    season = active_while("seasonal = 3")
    due = on("2025-01-01", days, season)
    assert (due.rule, iso(due.flips_on)) == (SEASON, "2025-01-20")
    assert due.would_change == "A purchase by 19 Jan 2025 would keep this customer from turning inactive."
    assert on("2025-01-20", days, season).would_change == f"It takes {SEASON} to be active."


def test_until_the_ledger_has_seen_every_season_it_cannot_say() -> None:
    receipt = on("2012-06-01", (), TREES)
    assert (receipt.status, iso(receipt.known_from)) == (Status.UNKNOWN, "2013-03-02")
    assert receipt.threshold == "1156 days after the ledger begins to know this customer: 2 Mar 2013"


def test_a_customer_of_long_standing() -> None:
    receipt = on("2026-01-01", ("2024-01-01", "2025-06-01"), active_while("tenure_at_least = 365"))
    assert (receipt.status, receipt.rule) == (Status.ACTIVE, "a customer for 365 days or longer")
    assert receipt.threshold == "customer since 1 Jan 2024, 365 days reached on 31 Dec 2024"
    assert (receipt.event, iso(receipt.since)) == (0, "2024-12-31")
    assert (receipt.flips_on, receipt.would_change) == (None, "Time alone changes nothing.")


def test_a_customer_of_the_first_days() -> None:
    first_days = active_while("tenure_at_most = 90")
    receipt = on("2024-01-05", ("2024-01-01", "2024-03-01"), first_days)
    assert receipt.threshold == "customer since 1 Jan 2024, 90 days to 31 Mar 2024"
    assert (iso(receipt.flips_on), receipt.next_status) == ("2024-04-01", Status.INACTIVE)
    assert receipt.would_change == (
        "No single event would keep this customer from turning inactive; "
        "it takes a customer for 90 days at most."
    )
    nobody_yet = on("2023-12-31", ("2024-01-01",), first_days)
    assert nobody_yet.would_change == (
        "A purchase, a visit or a subscription would make this customer active."
    )


def test_a_customer_between_two_tenures() -> None:
    between = active_while("tenure_at_least = 30, tenure_at_most = 90")
    receipt = on("2024-02-05", ("2024-01-01",), between)
    assert receipt.threshold == "customer since 1 Jan 2024, from 31 Jan 2024 to 31 Mar 2024"
    assert on("2024-01-15", ("2024-01-01",), between).would_change == (
        "It takes a customer for 30 to 90 days to be active."
    )


def test_time_that_ends_an_activity_is_no_event() -> None:
    """The purchase of 90 days ago has not ended anything: time has."""
    receipt = on("2024-05-01", ("2024-01-01",), active_while("none = [{ tenure_at_least = 90 }]"))
    assert (receipt.status, receipt.ended_by) == (Status.INACTIVE, None)
    assert iso(receipt.since) == "2024-03-31"
