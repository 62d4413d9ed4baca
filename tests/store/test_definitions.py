"""Definitions are kept for good; the latest one is in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.activity.mistakes import DefinitionError
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.status import Status
from activetui.store import definitions
from activetui.store.facts import spans
from activetui.store.opening.file import transaction
from tests.store.building import MADE_AT, TODAY, Building, derived, everything

WITHIN_90 = 'name = "Slow shop"\nactive = { event = "purchase", within_days = 90 }\n'


def test_a_new_store_has_the_preset_for_shops(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    definition = definitions.in_force(conn)
    assert (definition.text, definition.version) == (preset_text("shop"), 1)
    [saved] = definitions.history(conn)
    assert saved.in_force
    conn.close()


def test_saving_puts_a_new_version_in_force_and_works_everyone_out(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", TODAY - 60, amount=100)
    conn = shop.ready()
    assert spans.status_on(conn, ana, TODAY) is Status.INACTIVE
    told: list[tuple[int, int]] = []
    version = definitions.save(
        conn, WITHIN_90, note="We sell boilers", made_at=MADE_AT, today=TODAY,
        progress=lambda *step: told.append(step),
    )
    assert not conn.in_transaction
    assert version == 2
    assert definitions.in_force(conn).name == "Slow shop"
    assert spans.status_on(conn, ana, TODAY) is Status.ACTIVE
    assert conn.execute("SELECT status FROM fact").fetchone() == (Status.ACTIVE,)
    latest, first = definitions.history(conn)
    assert latest == (2, "Slow shop", WITHIN_90, MADE_AT, "We sell boilers", True)
    assert (first.version, first.in_force) == (1, False)
    assert told == sorted(told)
    assert told[0][0] == 0 and told[-1][0] == told[-1][1]
    conn.close()


def test_the_text_in_force_makes_no_new_version_but_an_older_one_does(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()

    def save(text: str) -> int:
        return definitions.save(conn, text, note="", made_at=MADE_AT, today=TODAY)

    assert [save(WITHIN_90), save(WITHIN_90), save(preset_text("shop"))] == [2, 2, 3]
    assert [saved.version for saved in definitions.history(conn) if saved.in_force] == [3]
    conn.close()


def test_a_definition_with_mistakes_changes_nothing(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), "purchase", TODAY - 60, amount=100)
    conn = shop.ready()
    before = everything(conn)
    with pytest.raises(DefinitionError):
        definitions.save(conn, "name = 3", note="", made_at=MADE_AT, today=TODAY)
    assert everything(conn) == before

    def cancel(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        definitions.save(conn, WITHIN_90, note="", made_at=MADE_AT, today=TODAY, progress=cancel)
    assert everything(conn) == before
    assert definitions.in_force(conn).version == 1
    conn.close()


def test_saving_within_a_transaction_belongs_to_it(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    with pytest.raises(KeyboardInterrupt), transaction(conn):
        definitions.save(conn, WITHIN_90, note="", made_at=MADE_AT, today=TODAY)
        raise KeyboardInterrupt
    assert definitions.in_force(conn).version == 1
    conn.close()


def test_own_kinds_of_event_can_be_named(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "wine_tasting", TODAY - 3)
    conn = shop.ready()
    text = 'name = "Cellar"\nactive = { event = "wine_tasting", within_days = 30 }\n'
    definitions.save(conn, text, note="", made_at=MADE_AT, today=TODAY)
    assert spans.status_on(conn, ana, TODAY) is Status.ACTIVE
    conn.close()


@pytest.mark.parametrize("key", [preset.key for preset in PRESETS])
def test_every_preset_can_be_put_in_force_and_changed_back(tmp_path: Path, key: str) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana", tags=["VIP"])
    for ago in (300, 40):
        shop.event(ana, "purchase", TODAY - ago, amount=1000)
    for kind, ago in (("visit", 4), ("subscription", 100), ("complaint", 2)):
        shop.event(ana, kind, TODAY - ago)
    conn = shop.ready()
    before = derived(conn)
    definitions.save(conn, preset_text(key), note="", made_at=MADE_AT, today=TODAY)
    definitions.save(conn, preset_text("shop"), note="", made_at=MADE_AT, today=TODAY)
    assert derived(conn) == before
    conn.close()
