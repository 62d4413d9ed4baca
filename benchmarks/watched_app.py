"""The app with a watch on its event loop: `python -m benchmarks.watched_app OUT STORE DAY`, in a terminal.

Whenever the loop could not answer at once, that is written to OUT at the end: a line a gap, with its end by
the clock that all processes share, and its length in seconds, without the time for which other programs had
the processor, where the system tells.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from activetui.ledger.days import from_iso
from activetui.tui.app import ActiveApp

BEAT = 0.005
"""Seconds between two looks at the loop."""
_GAP = 0.005


class Watch:
    """Notes whenever the loop in which it runs is busy with something else."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []

    async def run(self) -> None:
        """Watch until cancelled."""
        before, waited = time.perf_counter(), _waited()
        while True:
            await asyncio.sleep(BEAT)
            now, by_now = time.perf_counter(), _waited()
            late = now - before - BEAT - (by_now - waited)
            if late > _GAP:
                self.gaps.append((now, late))
            before, waited = now, by_now


def _waited() -> float:
    """Seconds for which this thread could have run but had no processor; 0 where the system does not tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class WatchedApp(ActiveApp):
    """The app as owners have it, watched from its first paint on."""

    lateness = Watch()

    def on_ready(self) -> None:
        """Begin to watch."""
        self._watching = asyncio.create_task(self.lateness.run())


def main() -> None:
    """Run until the app is left."""
    out, store, day = sys.argv[1:]
    today = from_iso(day)
    WatchedApp(Path(store), today=today, as_of=today, made_at=lambda: f"{day}T09:00:00Z").run()
    gaps = "".join(f"{end} {late}\n" for end, late in WatchedApp.lateness.gaps)
    Path(out).write_text(gaps, encoding="ascii")


if __name__ == "__main__":
    main()
