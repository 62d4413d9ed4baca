"""What happens when the app itself is at fault: it ends, and shows no cell of any customer."""

from __future__ import annotations

from textual.app import App
from textual.worker import WorkerFailed


class FailsQuietly(App[None]):
    """Keeps the error for whoever started the app, instead of printing it with all local values.

    Textual prints names and amounts that happen to stand in variables. It offers no public way to change
    that; the two methods overridden here are the only private ones that we touch.
    """

    failure: Exception | None = None
    """The first error that ended the app."""

    def run_or_raise(self) -> None:
        """Run until the person leaves; raises the error that ended the app, if one did."""
        self.run()
        if self.failure is not None:
            raise self.failure

    def _handle_exception(self, error: Exception) -> None:
        if self.failure is None:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self.failure = cause if isinstance(cause, Exception) else error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.bell()
        self._close_messages_no_wait()
