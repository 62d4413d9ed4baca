"""Questions to the person at the terminal."""

from __future__ import annotations

import sys


def confirmed(question: str, *, otherwise: bool = False) -> bool:
    """Ask on the error stream; an empty or unclear answer means `otherwise`, the end of all input no."""
    from activetui.importing.values.words import yes_or_no

    print(question, end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        print(file=sys.stderr)
        return False
    meant = yes_or_no(answer)
    return otherwise if meant is None else meant
