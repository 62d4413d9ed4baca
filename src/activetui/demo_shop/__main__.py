"""`python -m activetui.demo_shop [FILE]`: write `demo.db` anew."""

from __future__ import annotations

import sys
from pathlib import Path

from activetui.demo_shop.build import build

DEMO = Path(__file__).resolve().parents[3] / "demo.db"


def main(words: list[str]) -> int:
    """Build the demo and say what it holds."""
    target = Path(words[0]) if words else DEMO
    shop = build(target)
    events = sum(len(events) for events in shop.events.values())
    print(f"{target}: {len(shop.people)} customers, {events} events, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
