"""Promise: published figures about the past of CDNOW come out of the commands that an owner would give.

The Fader & Hardie sample: 2,357 customers of 1997, their purchases until 30 June 1998; the day tested is
30 September 1997.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from activetui.ledger.days import from_iso, iso
from activetui.reactivation.ranking.natural import chances
from activetui.store.opening.file import open_store
from activetui.store.purchase_history import purchase_days, purchase_history
from tests.importing.test_cdnow import cdnow_csv

CUT = "1997-09-30"
WINDOWS = {
    # days: active, tp, fp, fn, tn, precision, recall, accuracy
    30: (175, 105, 70, 293, 1889, 0.6000, 0.2638, 0.8460),
    60: (300, 168, 132, 230, 1827, 0.5600, 0.4221, 0.8464),
    90: (411, 199, 212, 199, 1747, 0.4842, 0.5000, 0.8256),
    120: (530, 230, 300, 168, 1659, 0.4340, 0.5779, 0.8014),
    180: (721, 281, 440, 117, 1519, 0.3897, 0.7060, 0.7637),
}
NATURAL_RETURN = {
    15: 0.3933, 30: 0.3240, 45: 0.2736, 60: 0.2284, 75: 0.2118, 90: 0.1931, 120: 0.1626, 150: 0.1331,
    180: 0.1093, 240: 0.0840, 300: 0.0692,
}
WITHOUT_NEXT = {30: 0.6888, 60: 0.5640, 90: 0.5032, 180: 0.4037, 365: 0.3295}
BUYERS_WITHIN = {30: 172, 60: 305, 90: 398, 180: 589}

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store into which the purchases were imported by command."""
    folder = tmp_path_factory.mktemp("cdnow")
    path, purchases = folder / "cdnow.db", cdnow_csv(folder / "cdnow.csv")
    done = CliRunner().invoke(app, ["import", str(purchases), "--yes", "--db", str(path)])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(scope="module")
def ask(store: Path) -> Ask:
    """What a command answers as JSON."""

    def command(*words: object) -> Any:
        told = CliRunner().invoke(app, [*map(str, words), "--format", "json", "--db", str(store)])
        assert told.exit_code == 0, told.output
        return json.loads(told.stdout)

    return command


@pytest.fixture(scope="module")
def tested(ask: Ask) -> Any:
    """The test on the past as of the cut."""
    days = ",".join(map(str, WINDOWS))
    return ask("definition", "backtest", "--as-of", CUT, "--horizon", 90, "--windows", days)


@pytest.mark.parametrize("days", WINDOWS)
def test_a_window_judged_by_what_came_after(tested: Any, days: int) -> None:
    [row] = [row for row in tested["rows"] if row["window_days"] == days]
    counts = tuple(row[name] for name in ("active", "tp", "fp", "fn", "tn"))
    shares = tuple(round(row[name], 4) for name in ("precision", "recall", "accuracy"))
    assert counts + shares == WINDOWS[days]


def test_the_outcome_and_how_silence_ranks_it(tested: Any) -> None:
    assert (tested["as_of"], tested["horizon_days"]) == (CUT, 90)
    assert tested["outcome"] == {"buyers": 398, "of": 2357}
    assert round(tested["auc"], 4) == 0.7843
    assert round(tested["auc_repeaters"], 4) == 0.7241


def test_a_definition_is_judged_as_its_window_is(ask: Ask, tmp_path: Path, tested: Any) -> None:
    definition = tmp_path / "window.toml"
    definition.write_text('name = "Window"\nactive = { event = "purchase", within_days = 60 }\n')
    found = ask("definition", "backtest", definition, "--as-of", CUT, "--windows", 60)
    [window] = found["rows"]
    assert found["definition_row"] == {**window, "window_days": None}
    assert window == tested["rows"][1]


@pytest.mark.parametrize(("horizon", "buyers"), BUYERS_WITHIN.items())
def test_who_bought_after_the_cut(ask: Ask, horizon: int, buyers: int) -> None:
    found = ask("definition", "backtest", "--as-of", CUT, "--horizon", horizon, "--windows", 30)
    assert found["outcome"] == {"buyers": buyers, "of": 2357}


def test_the_gaps_of_all_eighteen_months(ask: Ask) -> None:
    found = ask("definition", "suggest")
    assert (found["customers"], found["purchase_days"]) == (2357, 6696)
    assert (found["closed_gaps"], found["open_gaps"]) == (4339, 2357)
    assert found["percentiles"] == {"p50": 34, "p75": 90.5, "p80": 117, "p90": 196, "p95": 279}
    without = {point["days"]: round(point["share_without"], 4) for point in found["curve"]}
    assert {days: without[days] for days in WITHOUT_NEXT} == WITHOUT_NEXT


def test_the_gaps_up_to_the_cut(ask: Ask) -> None:
    found = ask("definition", "suggest", "--as-of", CUT)
    assert found["closed_gaps"] == 2457
    assert found["percentiles"] == {"p50": 27, "p75": 61, "p80": 77, "p90": 128, "p95": 164}


def test_these_customers_have_no_rhythm(ask: Ask) -> None:
    found = ask("definition", "suggest")["regularity"]
    assert found["customers"] == 736
    assert round(found["variance"], 7) == 0.0828234
    assert round(found["k"], 4) == 1.0092
    assert found["regular"] is False


def test_who_comes_back_unasked(ask: Ask) -> None:
    found = ask("report", "returns", "--horizon", 90, "--silent", ",".join(map(str, NATURAL_RETURN)))
    assert {row["silent_days"]: round(row["share"], 4) for row in found} == NATURAL_RETURN


def test_the_chances_of_losing_somebody_come_from_the_same_silences(ask: Ask, store: Path) -> None:
    found = ask("report", "returns", "--horizon", 90, "--silent", ",".join(map(str, NATURAL_RETURN)))
    with closing(open_store(store, today=from_iso("1998-07-01"))) as conn:
        known = chances(conn, from_iso("1998-07-01"))
    assert iso(known.end) == "1998-06-30"
    for row in found:
        silent = row["silent_days"]
        n, returned = (sum(part[place][silent] for part in known.silences) for place in (0, 1))
        assert (n, returned) == (row["n"], row["returned"])
        assert round(returned / n, 4) == NATURAL_RETURN[silent]
    once, often = known.of(90, 1), known.of(90, 12)
    assert once.share_lost > often.share_lost


@pytest.mark.parametrize("cut", [CUT, "1997-12-31"])
def test_the_chances_foretell_how_many_come_back(store: Path, cut: str) -> None:
    """Those of everyone, as they were known on a day, add up to about as many as then came back."""
    day = from_iso(cut)
    with closing(open_store(store, today=day)) as conn:
        known, history = chances(conn, day + 1), purchase_history(conn)
        who, when = purchase_days(conn, day)
    so_far = Counter(who.tolist())
    last = dict(zip(who.tolist(), when.tolist(), strict=True))
    shares = [known.of(day - last[one], so_far[one]).share_returned for one in so_far]
    came_back = history.number_in(day + 1, day + 90) > 0
    assert len(shares) == len(last) == 2357
    assert sum(share or 0 for share in shares) == pytest.approx(came_back.sum(), rel=0.1)


def test_the_whole_sample_can_be_counted_again(store: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    done = CliRunner().invoke(app, ["export", "ledger", str(ledger), "--db", str(store)])
    assert done.exit_code == 0, done.output
    with ledger.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "purchase"]
    amounts = [Decimal(row["amount"]) for row in rows]
    assert (len(rows), sum(amounts), amounts.count(Decimal(0))) == (6919, Decimal("244091.94"), 8)
    assert sum(int(row["quantity"]) for row in rows) == 16_479
    assert len({(row["customer_id"], row["date"]) for row in rows}) == 6919 - 223
