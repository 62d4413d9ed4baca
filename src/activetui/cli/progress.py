"""How far long work is, on the error stream of a terminal; nothing where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

_PATIENCE = 0.5
"""Seconds for which work goes on without a word: what is soon done needs no progress."""


@contextmanager
def showing(what: str) -> Iterator[Callable[[int, int], None]]:
    """A `store.progress.Progress` that keeps one line up to date, and takes it away at the end."""
    shown = ""
    begun = monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal shown
        text = f"{what} {done * 100 // of if of else 100} %"
        if text != shown and monotonic() - begun > _PATIENCE:
            sys.stderr.write("\r" + text)
            sys.stderr.flush()
            shown = text

    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    try:
        yield progress
    finally:
        if shown:
            sys.stderr.write("\r" + " " * len(shown) + "\r")
            sys.stderr.flush()
