"""Another process of this program, which writes what this one reads: a copy of this one, or one started anew.

A copy has everything loaded already. It is made only where that is safe; elsewhere, and in the app, which has
threads, a new one is started.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

_BUFFER = 1 << 18
_WAITING = 1 << 20
"""Bytes that wait between the processes, where the system can be told."""
_TASKS = Path("/proc/self/task")
"""On Linux, an entry for each thread of this process, whoever started it."""


class Other:
    """A process that writes to `told`, until it has written everything or is no longer wanted."""

    def __init__(self, told: IO[bytes]) -> None:
        self.told = told
        _widen(told)

    def end(self) -> None:
        """Let it end now, and wait until it has."""
        self._stop()
        with suppress(OSError):
            self.told.close()

    def _stop(self) -> None:
        raise NotImplementedError


class Copy(Other):
    """A copy of this process."""

    def __init__(self, told: IO[bytes], number: int) -> None:
        super().__init__(told)
        self._number = number

    def _stop(self) -> None:
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)


class Started(Other):
    """A process that began with nothing loaded."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        super().__init__(process.stdout)
        self.process = process

    def ask(self, question: bytes) -> None:
        """Write to its input, which then ends."""
        assert self.process.stdin is not None
        self.process.stdin.write(question)
        self.process.stdin.close()

    def _stop(self) -> None:
        self.process.kill()
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
        self.process.wait()


def can_copy() -> bool:
    """Whether a copy of this process is sound: with one thread, nobody else can hold a lock or be missing.

    Elsewhere than on Linux, libraries of the system do not bear it, or there are no copies.
    """
    try:
        return sys.platform == "linux" and len(list(_TASKS.iterdir())) == 1
    except OSError:
        return False


def copied(work: Callable[[IO[bytes]], None]) -> Copy:
    """Have a copy of this process do some work, which writes to what it is given; `OSError` if there is none.

    The copy never returns from here, whatever happens to it, and ends nothing that this process has begun.
    """
    told, out = os.pipe()
    # no key that ends this process may reach the copy before it does not listen any more
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        number = os.fork()
        if number == 0:
            _work(work, told, out)
    except OSError:
        os.close(told)
        raise
    finally:
        os.close(out)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return Copy(os.fdopen(told, "rb"), number)


def _work(work: Callable[[IO[bytes]], None], told: int, out: int) -> None:
    code = 1
    try:
        gc.freeze()  # what was made before is this process's in name only: it is never taken apart here
        os.close(told)
        _say_nothing_but(out)
        with os.fdopen(out, "wb", buffering=_BUFFER) as written:
            work(written)
        code = 0
    finally:
        os._exit(code)


def started(command: list[str]) -> Started:
    """Start a program in the background; it writes to its output. `OSError` if it cannot be."""
    return Started(
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    )


def own_output() -> IO[bytes]:
    """In a process that was started: its output, to which from then on nobody else writes."""
    out = os.dup(1)
    _say_nothing_but(out)
    return os.fdopen(out, "wb", buffering=_BUFFER)


def _say_nothing_but(out: int) -> None:
    """Let only what is written to `out` reach anyone; the first process decides when this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for usual in {1, 2} - {out, nowhere}:
        os.dup2(nowhere, usual)


def _widen(pipe: IO[bytes]) -> None:
    """Let more wait in a pipe, so that neither process has to wait for the other at every part."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WAITING)
