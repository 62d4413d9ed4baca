"""One table on its way in: read and compared off the screen's thread, written when it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.importing.asking.answers import Answers
from activetui.ledger.text import one_line
from activetui.tui.reading import Connection
from activetui.tui.session import Session

if TYPE_CHECKING:
    from activetui.importing.asking.answers import Setting
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan

Progress = Callable[[int, int], None]


class Looked(NamedTuple):
    """A table compared with the ledger."""

    plan: ImportPlan
    answers: Answers
    """What the owner said of it; what is remembered of others stands in `plan`."""
    before: tuple[int, ...] = ()
    """The imports, not undone, of a file with exactly these contents."""
    again: int | None = None
    """The import that this one replaces."""


class Written(NamedTuple):
    """What came of an import."""

    batch: int | None
    """None: the file changed nothing."""
    refused: Path | None
    """Where the refused rows were put."""


class Room:
    """A folder beside the store for what has to be unpacked, made when it is needed."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._held = ExitStack()
        self._path: Path | None = None

    @property
    def path(self) -> Path:
        """The place of the folder; what fills it makes it."""
        from activetui.importing.files.room import room_beside

        if self._path is None:
            self._path = self._held.enter_context(room_beside(self._store))
        return self._path

    def close(self) -> None:
        """Remove it with all that it holds."""
        self._held.close()
        self._path = None


class Job:
    """One table. `read` and `write` block: call them from a worker, one at a time; then `close`."""

    def __init__(self, session: Session, room: Room) -> None:
        self.session, self.room = session, room
        self.looked: Looked | None = None
        self.more: tuple[FileJob, ...] = ()
        """The other tables of the same file, once it was read."""
        self._held: ExitStack | None = None
        self._progress: Progress = lambda _done, _everything: None

    @property
    def label(self) -> str:
        """What the table is called; one line."""
        raise NotImplementedError

    def read(self, answers: Answers, progress: Progress) -> Looked:
        """Read it with these answers. If that fails or is stopped, what was read before stays."""
        from activetui.store.opening.guard import owner_errors

        self._progress = progress
        with ExitStack() as stack, owner_errors(self.session.path):
            looked = self._look(stack, answers)
            kept = stack.pop_all()
        self.close()
        self._held, self.looked = kept, looked
        return looked

    def write(self, progress: Progress) -> Written:
        """Import it. If that is stopped, nothing is changed, and it can be read again."""
        from activetui.store.opening.guard import owner_errors

        assert self.looked is not None
        self._progress = progress
        try:
            with owner_errors(self.session.path):
                written = self._write(self.looked)
        finally:
            self.session.reader.look_again()
        self.close()
        return written

    def close(self) -> None:
        """Forget what was not written."""
        held, self._held, self.looked = self._held, None, None
        if held is not None:
            held.close()

    def _look(self, stack: ExitStack, answers: Answers) -> Looked:
        raise NotImplementedError

    def _write(self, looked: Looked) -> Written:
        return self._apply(looked.plan)

    def _apply(self, plan: ImportPlan) -> Written:
        from activetui.importing.refused import write_refused

        batch = plan.apply(self.session.made_at())
        aside = None
        if plan.refusals:
            aside = write_refused(plan.refusals, plan.reading, self.session.path.parent, None)
        return Written(batch, aside)

    def _open(self, stack: ExitStack) -> Connection:
        from activetui.store.opening.file import open_store

        conn = open_store(self.session.path, today=self.session.today, create=True)
        stack.callback(conn.close)
        return conn

    def _step(self, _what: str, done: int, everything: int) -> None:
        self._progress(done, everything)


class FileJob(Job):
    """A file of the owner's, or one table of it."""

    def __init__(
        self, session: Session, room: Room, path: Path, reading: FileReading | None = None
    ) -> None:
        super().__init__(session, room)
        self._path, self._reading = path, reading

    @property
    def label(self) -> str:
        """The file's name, and the table's within it."""
        return one_line(self._path.name) if self._reading is None else self._reading.part.label

    def _look(self, stack: ExitStack, answers: Answers) -> Looked:
        from activetui.importing.run import plan_reading
        from activetui.store.imports import batches

        conn = self._open(stack)
        reading = self._understood(answers, _setting(conn, self.session))
        plan = stack.enter_context(plan_reading(conn, reading, self._step))
        self._reading = reading
        before = tuple(batches.same_file(conn, reading.understood.table.scan.sha256))
        return Looked(plan, answers, before)

    def _understood(self, answers: Answers, setting: Setting) -> FileReading:
        from activetui.importing.read import read_files

        if self._reading is not None:
            return self._reading.anew(answers, setting)
        first, *others = read_files(self._path, answers, setting, self.room.path)
        self.more = tuple(FileJob(self.session, self.room, self._path, other) for other in others)
        return first


class KeptJob(Job):
    """The file of an import, read once more in place of the first time."""

    def __init__(self, session: Session, room: Room, batch: int, file_name: str) -> None:
        super().__init__(session, room)
        self._batch, self._file_name = batch, file_name

    @property
    def label(self) -> str:
        """The file's name."""
        return one_line(self._file_name)

    def _look(self, stack: ExitStack, answers: Answers) -> Looked:
        from tempfile import mkdtemp

        from activetui.importing.rereading import as_if_undone, read_kept
        from activetui.importing.run import plan_reading

        session, made_at = self.session, self.session.made_at()
        conn = self._open(stack)
        self.room.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        room = Path(mkdtemp(dir=self.room.path))
        before = stack.enter_context(
            as_if_undone(conn, self._batch, room, today=session.today, made_at=made_at)
        )
        reading = read_kept(
            conn, self._batch, answers, before=before, room=room, today=session.today,
            usual_currency=_usual_currency(),
        )
        plan = stack.enter_context(plan_reading(before, reading, self._step))
        return Looked(plan, answers, again=self._batch)

    def _write(self, looked: Looked) -> Written:
        from activetui.importing.run import plan_reading
        from activetui.ledger.errors import OwnerError
        from activetui.locales import _
        from activetui.store.imports import batches

        session = self.session
        reading = looked.plan.reading.again()
        with ExitStack() as stack:
            conn = self._open(stack)
            if not batches.show(conn, self._batch).undone_at:
                undone = batches.undo(conn, self._batch, today=session.today, made_at=session.made_at())
                if undone.failed:
                    words = _("Import {id} could not be taken back whole; its file was not read again.")
                    raise OwnerError(words.format(id=self._batch))
            return self._apply(stack.enter_context(plan_reading(conn, reading, self._step)))


def _setting(conn: Connection, session: Session) -> Setting:
    from activetui.importing.run import setting_of

    return setting_of(conn, session.today, usual_currency=_usual_currency())


def _usual_currency() -> str:
    from activetui.importing.deciding.currency import usual_currency
    from activetui.locales import language_of_environment

    return usual_currency(language_of_environment())
