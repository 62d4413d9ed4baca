"""Work that may take long: a bar appears if it does, and Escape stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import ProgressBar, Static

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.tui import reading
from activetui.tui.dialogs.base import Dialog
from activetui.tui.host import Host

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]
_SOON = 0.3
"""Seconds after which work is long."""
_STEPS = 200
"""How often at most the bar moves from empty to full."""


class Stopped(OwnerError):
    """The person does not want to wait any longer; nothing was changed."""


class WorkDialog(Dialog[None]):
    """What is being done, and how far it is."""

    def __init__(self, title: str, stop: Callable[[], None]) -> None:
        super().__init__()
        self._title, self._stop = title, stop

    def title_words(self) -> str:
        """What is being done."""
        return self._title

    def keys_words(self) -> str:
        """How to stop it."""
        return _("Esc stops it, and nothing is changed")

    def compose_dialog(self) -> Iterable[Widget]:
        """A bar."""
        yield Static(Content(_("One moment…")), classes="dialog--hint")
        yield ProgressBar(show_eta=False)

    def show_progress(self, done: int, everything: int) -> None:
        """Move the bar."""
        self.query_one(ProgressBar).update(total=max(1, everything), progress=done)

    def action_leave(self) -> None:
        """Stop the work; the dialog goes when it has stopped."""
        self._stop()


class _Work:
    """One piece of long work and its dialog."""

    def __init__(self, app: Host, title: str) -> None:
        self.app = app
        self.dialog = WorkDialog(title, self.stop)
        self.stopped = False
        self.over = False
        self._shown_step = -1

    def stop(self) -> None:
        self.stopped = True

    def progress(self, done: int, everything: int) -> None:
        """Called by the work, in its thread."""
        if self.stopped:
            raise Stopped(_("Stopped. Nothing was changed."))
        step = done * _STEPS // max(1, everything)
        if step != self._shown_step:
            self._shown_step = step
            self.app.call_later(self._show, done, everything)

    def _show(self, done: int, everything: int) -> None:
        if self.dialog.is_mounted and not self.over:
            self.dialog.show_progress(done, everything)

    def appear(self) -> None:
        if not self.over:
            self.app.push_screen(self.dialog)

    def end(self) -> None:
        self.over = True
        if self.dialog.is_attached and self.dialog.is_current:
            self.dialog.dismiss(None)


def do_long(
    app: Host,
    title: str,
    job: Callable[[Progress], Answer],
    then: Callable[[Answer], None],
    *,
    otherwise: Callable[[], None] = lambda: None,
    soon: float = _SOON,
) -> None:
    """Do `job` in a worker; `then` runs on the screen's thread with what came of it.

    The bar appears after `soon` seconds. `otherwise` runs where it failed or was stopped, once that is told.

    The job calls its argument with (done, everything) now and then, and lets its exception through: that is
    how it is stopped. Errors of the owner's are told.
    """
    work = _Work(app, title)

    def done(answer: Answer) -> None:
        work.end()
        then(answer)

    def refused(error: OwnerError) -> None:
        work.end()
        if isinstance(error, Stopped):
            app.tell(error.message)
        else:
            app.tell_error(error)
        otherwise()

    app.set_timer(soon, work.appear)
    reading.work_aside(app, lambda: job(work.progress), done, refused)
