"""A text in the owner's own editor, kept as a file until it is saved or given up unchanged."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from activetui.cli.output import clean_line
from activetui.ledger.errors import OwnerError
from activetui.locales import _

_USUAL = ("notepad",) if os.name == "nt" else ("sensible-editor", "editor", "nano", "vim", "vi")


class Draft:
    """A text that is being edited."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._begun_with = text
        self.saved = False
        """Whether nothing need be kept."""

    def read(self) -> str:
        """What the file says now; `OwnerError` where it is no text."""
        from activetui.activity.reading.definition_file import read_definition

        return read_definition(self.path)

    @property
    def is_worth_keeping(self) -> bool:
        """Whether the file holds work that is saved nowhere else."""
        if self.saved or not self.path.exists():
            return False
        return self.path.read_bytes() != self._begun_with.encode()


@contextmanager
def drafted(text: str, name: str = "definition.toml", go_on: str = "") -> Iterator[Draft]:
    """A file with the text, for the owner's eyes only. Work that is not saved stays there, and is told of.

    `go_on` says how to go on with the `{file}`; it is that of a definition where it is empty.
    """
    folder = Path(tempfile.mkdtemp(prefix="activetui-"))
    draft = Draft(folder / name, text)
    draft.path.write_bytes(text.encode())
    try:
        yield draft
    finally:
        if draft.is_worth_keeping:
            file = shlex.quote(str(draft.path))
            kept = go_on or _("Your text is kept; to go on: activetui definition edit {file}")
            print(clean_line(kept.format(file=file)), file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def edit_file(path: Path) -> None:
    """Open the file in VISUAL, EDITOR or a usual editor, and wait; `OwnerError` where that fails."""
    words = _editor()
    # ctrl+c is the editor's while it runs; a handler, as the editor would inherit that it is ignored
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        code = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise OwnerError(
            _("The editor {editor} cannot be started: {reason}.").format(
                editor=words[0], reason=error.strerror or str(error)
            ),
            _("Say which one you use, such as EDITOR=nano, and try again."),
        ) from None
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise OwnerError(
            _("The editor {editor} ended with the error {code}.").format(editor=words[0], code=code)
        )


def _editor() -> list[str]:
    """The editor and its options."""
    for variable in ("VISUAL", "EDITOR"):
        value = os.environ.get(variable, "").strip()
        if value:
            return _words(variable, value)
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise OwnerError(
        _("No editor is found."), _("Say which one you use, such as EDITOR=nano, and try again.")
    )


def _words(variable: str, value: str) -> list[str]:
    if os.name == "nt":
        return [value.strip('"')] if shutil.which(value.strip('"')) else value.split()
    try:
        return shlex.split(value)
    except ValueError:
        raise OwnerError(
            _("{variable} cannot be read: {value}.").format(variable=variable, value=value),
            _("A quotation mark is missing there."),
        ) from None
