"""One file on its way in: read and compared off the screen's thread, written when it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.importing.answers import Answers
from activetui.tui.reading import Connection
from activetui.tui.session import Session

if TYPE_CHECKING:
    from activetui.importing.run import ImportPlan

Progress = Callable[[int, int], None]


class Looked(NamedTuple):
    """A file compared with the ledger, and the answers with which it was read."""

    plan: ImportPlan
    answers: Answers
    before: tuple[int, ...]
    """The imports, not undone, of a file with exactly these contents."""


class Written(NamedTuple):
    """What came of an import."""

    batch: int | None
    """None: the file changed nothing."""
    refused: Path | None
    """Where the refused rows were put."""


class Job:
    """One file. `read` and `write` block: call them from a worker, one at a time; then `close`."""

    def __init__(self, session: Session, path: Path) -> None:
        self.session, self.path = session, path
        self.looked: Looked | None = None
        self._conn: Connection | None = None
        self._progress: Progress = lambda _done, _everything: None

    def read(self, answers: Answers, progress: Progress) -> Looked:
        """Read the file with these answers. If that fails or is stopped, what was read before stays."""
        from activetui.importing.currency import usual_currency
        from activetui.importing.run import plan_import, setting_of
        from activetui.locales import language_of_environment
        from activetui.store import batches
        from activetui.store.file import open_store
        from activetui.store.guard import owner_errors

        session = self.session
        self._progress = progress
        with owner_errors(session.path):
            conn = open_store(session.path, today=session.today, create=True)
            try:
                usual = usual_currency(language_of_environment())
                setting = setting_of(conn, session.today, usual_currency=usual)
                plan = plan_import(conn, self.path, answers, setting, self._step)
                before = tuple(batches.same_file(conn, plan.reading.understood.table.scan.sha256))
            except BaseException:
                conn.close()
                raise
        self.close()
        self._conn, self.looked = conn, Looked(plan, answers, before)
        return self.looked

    def write(self, progress: Progress) -> Written:
        """Import it. If that is stopped, nothing is changed, and it can be tried again."""
        from activetui.importing.refused import write_refused
        from activetui.store.guard import owner_errors

        assert self.looked is not None
        plan, self._progress = self.looked.plan, progress
        try:
            with owner_errors(self.session.path):
                batch = plan.apply(self.session.made_at())
                aside = None
                if plan.refusals:
                    aside = write_refused(
                        plan.refusals, plan.reading.understood, self.session.path.parent, None
                    )
        finally:
            self.session.reader.close()
        self.close()
        return Written(batch, aside)

    def close(self) -> None:
        """Forget what was not written."""
        if self.looked is not None:
            self.looked.plan.close()
        if self._conn is not None:
            self._conn.close()
        self.looked, self._conn = None, None

    def _step(self, _what: str, done: int, everything: int) -> None:
        self._progress(done, everything)
