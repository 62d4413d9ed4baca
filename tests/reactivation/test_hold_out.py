"""The coin: even, the same each time, and tossed by what stays of a customer."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.days import from_iso
from activetui.reactivation.rounds.hold_out import draw, falls, is_held_out, seed_of
from activetui.store.rounds import stable_signs
from tests.store.building import Building

SEED = seed_of("regular", from_iso("2026-11-22"))


def test_the_coin_falls_as_it_always_did() -> None:
    """Written down once: a round that was drawn by an older version is drawn the same by a newer one."""
    assert SEED == "regular:2026-11-22"
    assert f"{falls(SEED, 'id:shop:K1'):.12f}" == "0.569807713191"


@given(st.text(), st.text())
def test_it_falls_the_same_each_time_and_never_beyond_its_edges(seed: str, sign: str) -> None:
    assert 0 <= falls(seed, sign) < 1
    assert falls(seed, sign) == falls(seed, sign)
    assert not is_held_out(seed, sign, 0)
    assert is_held_out(seed, sign, 100)


@given(st.integers(0, 50), st.integers(0, 50))
def test_who_is_left_in_peace_of_a_smaller_share_is_of_a_larger_one(one: int, other: int) -> None:
    few, many = sorted((one, other))
    signs = [f"id:shop:{number}" for number in range(50)]
    assert all(is_held_out(SEED, sign, many) for sign in signs if is_held_out(SEED, sign, few))


def test_the_share_comes_out_about_as_wanted() -> None:
    numbers = range(10_000)
    drawn = draw(SEED, 20, numbers, {number: f"id:shop:{number}" for number in numbers})
    assert sorted((*drawn.to_contact, *drawn.held_out)) == list(numbers)
    assert 1_880 <= len(drawn.held_out) <= 2_120     # four standard errors to either side


def test_another_day_or_playbook_leaves_others_in_peace() -> None:
    signs = [f"id:shop:{number}" for number in range(300)]
    seeds = SEED, seed_of("regular", from_iso("2026-11-23")), seed_of("lost", from_iso("2026-11-22"))
    sides = {tuple(is_held_out(seed, sign, 30) for sign in signs) for seed in seeds}
    assert len(sides) == 3


def test_a_customer_is_drawn_by_the_sign_that_stays(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    names = ("by id", "by e-mail", "by phone", "by nothing")
    everyone = {name: shop.customer(name) for name in names}
    shop.conn.execute("INSERT INTO source (id, name) VALUES (7, 'b shop'), (8, 'a shop')")
    shop.conn.executemany(
        "INSERT INTO identity (kind, source_id, value, customer_id) VALUES (?, ?, ?, ?)",
        [
            ("email", 0, "z@example.org", everyone["by id"]), ("id", 7, "1", everyone["by id"]),
            ("id", 8, "9", everyone["by id"]), ("phone", 0, "+3511", everyone["by e-mail"]),
            ("email", 0, "b@example.org", everyone["by e-mail"]),
            ("phone", 0, "+3512", everyone["by phone"]), ("name", 7, "by nothing", everyone["by nothing"]),
        ],
    )
    signs = stable_signs(shop.conn, list(everyone.values()))
    assert [signs[everyone[name]] for name in names] == [
        "id:a shop:9", "email::b@example.org", "phone::+3512", f"number:{everyone['by nothing']}",
    ]
