"""A new file appears whole, readable by its owner only, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.opening.guard import DataFileError, file_errors

MODE = 0o600
"""The owner reads and writes; nobody else does anything."""


class AlreadyThereError(OwnerError):
    """Something has the name that the new file was to have."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} exists already and was not touched.").format(path=path),
            _("Choose another name, or move the file away."),
        )


@contextmanager
def whole_new_file(target: Path) -> Iterator[Path]:
    """An empty file of mode 0600 beside `target` to be filled; it gets its name when the block ends well.

    `AlreadyThereError` if something has that name, at the beginning or by then; `DataFileError` if the
    folder is missing or cannot be written. After any error nothing is left.
    """
    draft = beside(target, "new")
    with file_errors(target):
        refuse_existing(target)
        if not target.absolute().parent.is_dir():
            raise DataFileError(
                _("The folder of {path} does not exist.").format(path=target),
                _("Make the folder first, or choose another place."),
            )
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, MODE))
    try:
        yield draft
        with file_errors(target):
            to_disk(draft)
            _name(draft, target)
            to_disk(target.absolute().parent)
    finally:
        for leftover in (draft, *side_files(draft)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def refuse_existing(target: Path) -> None:
    """`AlreadyThereError` if anything, be it a dangling link, has that name."""
    if os.path.lexists(target):
        raise AlreadyThereError(target)


def beside(path: Path, word: str) -> Path:
    """A name nobody has, in the same folder, that says what the file is for."""
    return path.with_name(f".{path.name}.{word}-{os.urandom(4).hex()}")


def claim_scratch(store: Path) -> Path | None:
    """An empty file beside a store for what is on its way there; None where there is no place for it.

    What a killed program has left of such files goes; whoever has one open keeps it.
    """
    if not store.name:
        return None
    place = beside(store, "staging")
    ours = place.name.rpartition("-")[0] + "-"
    try:
        for left in [file for file in place.parent.iterdir() if file.name.startswith(ours)]:
            with suppress(OSError):
                left.unlink()
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, MODE))
    except OSError:
        return None
    return place


def side_files(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may keep beside a database."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def to_disk(path: Path) -> None:
    """Have the system write a file, or a folder's list of names, to the disk itself."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError:
        raise AlreadyThereError(target) from None
    except OSError:  # a file system without hard links: claim the name, then take it
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, MODE))
        except FileExistsError:
            raise AlreadyThereError(target) from None
        draft.replace(target)


