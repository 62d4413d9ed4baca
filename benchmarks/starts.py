"""How long a command takes from Enter to prompt, against a Python that does nothing."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

from benchmarks import clock
from benchmarks.report import Line, Report

COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("--version",), 6), (("--help",), 10), (("customers", "--limit", "20"), 15), (("report", "summary"), 15),
)
"""What is started, and how many times as long as nothing it may take."""
TIMES = 9


def _start(words: tuple[str, ...], environment: dict[str, str]) -> float:
    return clock.command(clock.activetui(*words), environment).seconds


def measure(report: Report, demo: Path, folder: Path) -> None:
    """Measure on a private copy of the demo."""
    copy = folder / "demo.db"
    shutil.copyfile(demo, copy)
    settled = {"ACTIVETUI_DB": str(copy), "ACTIVETUI_TODAY": "2026-11-22"}
    nothing = clock.quickest(TIMES, lambda: clock.command([sys.executable, "-c", "pass"]).seconds)
    for words, at_most in COMMANDS:
        took = clock.quickest(TIMES, partial(_start, words, settled))
        report.add(Line(f"activetui {' '.join(words)}", took, "python -c pass", nothing, at_most=at_most))
