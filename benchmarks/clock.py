"""How long things take, and what to hold that against."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Ran(NamedTuple):
    """One run of a command."""

    seconds: float
    peak_mb: float
    """The most memory that it held, where the system tells."""
    processor: float = 0.0
    """Seconds of processor time, where the system tells: nearly the same on a busy machine."""


def command(words: Sequence[str], environment: dict[str, str] | None = None) -> Ran:
    """Run a command to its end; `SystemExit` with its words on stderr if it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    assert process.stderr is not None
    said = process.stderr.read()
    peak = processor = 0.0
    if hasattr(os, "wait4"):
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        processor = usage.ru_utime + usage.ru_stime
        peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    else:
        process.wait()
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{said.decode(errors='replace')}")
    return Ran(seconds, peak, processor)


def quickest(times: int, run: Callable[[], float]) -> float:
    """The quickest of some runs: what the machine can do when nobody disturbs it."""
    return min(run() for _ in range(times))


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def activetui(*words: str) -> list[str]:
    """The program as an owner starts it, in this environment."""
    script = Path(sys.executable).with_name("activetui")
    return [str(script), *words] if script.exists() else [sys.executable, "-m", "activetui", *words]
