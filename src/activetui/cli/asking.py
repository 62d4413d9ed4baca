"""Questions to the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from activetui.cli.output import line
from activetui.ledger.errors import NeedsAnswer
from activetui.locales import _


def chosen(titles: Sequence[str]) -> int | None:
    """Ask on the error stream for one of some ways, told as numbered lines; None if none is taken."""
    for number, title in enumerate(titles, start=1):
        print(f"  {number}  {title}", file=sys.stderr)
    print(_("Your answer (a number; Enter leaves it open):"), end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip()
    if answer.isdecimal() and 1 <= int(answer) <= len(titles):
        return int(answer) - 1
    return None


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


def agreed(yes: bool) -> bool:
    """Whether the owner agrees to what was told, with `--yes` or when asked; if not, that is said.

    `NeedsAnswer` where nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise NeedsAnswer(_("Nothing was changed yet: nobody can be asked here."), ("--yes",))
    if confirmed(_("Do it? (y/n)")):
        return True
    line(_("Nothing was changed."))
    return False
