"""Promise: the exported ledger of the demo, imported into an empty store, gives the same statuses."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from activetui.activity.status import Status
from activetui.cli.program import app
from activetui.ledger.days import Day
from activetui.store.facts import spans
from activetui.store.opening.file import open_store
from activetui.store.other_days.as_of import look_from
from activetui.store.other_days.known_then import NothingKnownError
from tests.promises.days import RANDOM_DAYS
from tests.store.building import TODAY


def statuses(path: Path) -> dict[tuple[str, Day], str]:
    """The status of every customer on every one of the days, by what names the customer in both stores."""
    conn = open_store(path, today=TODAY, read_only=True)
    rows = conn.execute("SELECT id, key, name, email, phone FROM customer").fetchall()
    found = {
        ("|".join(who), day): spans.status_on(conn, number, day).word
        for number, *who in rows
        for day in RANDOM_DAYS
    }
    assert len(found) == len(rows) * len(RANDOM_DAYS)
    conn.close()
    return found


def known_then(path: Path) -> dict[tuple[str, Day], str]:
    """The same as it was known on each of those days, for whom it was known."""
    conn = open_store(path, today=TODAY, read_only=True)
    who = {
        number: "|".join(signs)
        for number, *signs in conn.execute("SELECT id, key, name, email, phone FROM customer")
    }
    found = {}
    for day in RANDOM_DAYS:
        try:
            look_from(conn, day, known_then=True)
        except NothingKnownError:
            continue
        statuses = conn.execute("SELECT customer_id, status FROM fact").fetchall()
        found.update({(who[number], day): Status(status).word for number, status in statuses})
    conn.close()
    return found


def test_every_status_returns_by_both_clocks(demo_file: Path, tmp_path: Path) -> None:
    ledger, definition, store = tmp_path / "ledger.csv", tmp_path / "casa.toml", tmp_path / "new.db"
    run = CliRunner().invoke
    exported = run(app, ["export", "ledger", str(ledger), "--db", str(demo_file)])
    assert exported.exit_code == 0, exported.output
    conn = open_store(demo_file, today=TODAY, read_only=True)
    definition.write_text(conn.execute("SELECT toml FROM definition ORDER BY version DESC").fetchone()[0])
    conn.close()
    for words in (["import", str(ledger), "--yes"], ["definition", "use", str(definition)]):
        done = run(app, [*words, "--db", str(store)])
        assert done.exit_code == 0, done.output
    assert statuses(store) == statuses(demo_file)
    assert known_then(store) == known_then(demo_file) != {}
