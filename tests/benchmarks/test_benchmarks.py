"""The measurements run, and hold what they measure against something measured; times are never asserted."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from activetui.ledger.days import to_day
from benchmarks import changes, imports
from benchmarks.files import LAST, write_orders
from benchmarks.report import Line, Report


def test_the_orders_are_the_same_for_a_size_and_add_up(tmp_path: Path) -> None:
    total = write_orders(tmp_path / "one.csv", 30, 200)
    assert total == write_orders(tmp_path / "two.csv", 30, 200)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == 200
    assert len({row["Customer number"] for row in rows}) == 30
    assert sum(int(row["Total"].replace(",", "")) for row in rows) == total


def test_import_and_changes_are_measured_against_a_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders, store, report = tmp_path / "orders.csv", tmp_path / "shop.db", Report()
    write_orders(orders, 30, 200)
    imports.measure(report, orders, store)
    changes.measure(report, store, to_day(LAST) + 1)
    held_against = [line.what for line in report.lines if line.floor]
    assert held_against == [
        "import, first time", "import, first time",
        "the same, without the statuses", "the same, without the statuses",
        "working out the statuses, by itself",
        *(["import, first time, processor"] if hasattr(os, "wait4") else []), "import, the same file again",
        "another definition, tried",
        "another definition, tried after that", "another definition, saved",
    ]
    assert all(line.floor_took > 0 for line in report.lines if line.floor)
    held = [line for line in report.lines if line.unit == "MB"]
    assert [line.at_most for line in held] == [200, 200, 600, 600]
    assert all(line.took > 0 for line in held)
    assert "sqlite3 .import" in capsys.readouterr().out


def test_a_figure_over_its_target_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.add(Line("slow", 10.0, "nothing", 2.0, at_most=4))
    report.add(Line("quick", 0.001, "", at_most=0.02))
    report.add(Line("without a target", 99.0, "nothing", 1.0))
    assert report.over() == 1
    said = capsys.readouterr().out
    assert "5.00 ×" in said and "OVER" in said and "1.0 ms" in said
