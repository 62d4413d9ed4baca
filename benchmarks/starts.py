"""How long a command takes from Enter to prompt, against a Python that does nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks import clock
from benchmarks.report import Line, Report

COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("--version",), 6), (("--help",), 10), (("customers", "--limit", "20"), 15), (("report", "summary"), 15),
    (("customers", "status:active"), 15), (("segments", "list"), 15), (("checklist", "today"), 15),
)
"""What is started, and how many times as long as nothing it may take."""
TIMES = 9


def _in_turns(words: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """The quickest start of a command and of nothing, by turns: both in the same quiet or busy moments."""
    runs = [
        (
            clock.command(clock.activetui(*words), environment).seconds,
            clock.command([sys.executable, "-c", "pass"], environment).seconds,
        )
        for _ in range(TIMES)
    ]
    return min(took for took, _nothing in runs), min(nothing for _took, nothing in runs)


def measure(report: Report, demo: Path, folder: Path) -> None:
    """Measure on a private copy of the demo."""
    copy = folder / "demo.db"
    shutil.copyfile(demo, copy)
    settled = {
        "ACTIVETUI_DB": str(copy), "ACTIVETUI_TODAY": "2026-11-22",
        # an owner's program was compiled when it was installed or first started; this checkout may never be
        "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    for words, at_most in COMMANDS:
        took, nothing = _in_turns(words, settled)
        report.add(Line(f"activetui {' '.join(words)}", took, "python -c pass", nothing, at_most=at_most))
