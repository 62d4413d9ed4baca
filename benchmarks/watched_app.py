"""The app, or nothing, with a watch on its event loop: `python -m benchmarks.watched_app OUT [STORE DAY]`.

Whenever the loop could not answer at once, that is written to OUT at the end: a line a gap, with its end by
the clock that all processes share, and its length in seconds. Without a store, a loop that has nothing else
to do is watched until the standard input closes: what the machine itself costs at that moment.
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
        before = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            late = now - before - BEAT
            if late > _GAP:
                self.gaps.append((now, late))
            before = now


class WatchedApp(ActiveApp):
    """The app as owners have it, watched from its first paint on."""

    lateness = Watch()

    def on_ready(self) -> None:
        """Begin to watch."""
        self._watching = asyncio.create_task(self.lateness.run())


async def _idle(watch: Watch) -> None:
    watching = asyncio.create_task(watch.run())
    await asyncio.to_thread(sys.stdin.read)
    watching.cancel()


def main() -> None:
    """Run until the app is left."""
    out, *app = sys.argv[1:]
    if app:
        store, day = app
        today = from_iso(day)
        WatchedApp(Path(store), today=today, as_of=today, made_at=lambda: f"{day}T09:00:00Z").run()
        gaps = WatchedApp.lateness.gaps
    else:
        watch = Watch()
        asyncio.run(_idle(watch))
        gaps = watch.gaps
    Path(out).write_text("".join(f"{end} {late}\n" for end, late in gaps), encoding="ascii")


if __name__ == "__main__":
    main()
