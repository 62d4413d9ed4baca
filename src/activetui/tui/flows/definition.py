"""Save the draft, begin from a preset, take a definition from a file, write it to one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.commands import key_of
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.flows.path_suggester import PathSuggester
from activetui.tui.host import Host
from activetui.tui.reading import Connection
from activetui.tui.session import Session


def save(app: Host, text: str, note: str, then: Callable[[int], None]) -> None:
    """Put the text in force as a new version; `then` gets its number."""
    session = app.session

    def write(progress: Progress) -> int:
        return session.reader.write(partial(_save, session, text, note, progress))

    def saved(version: int) -> None:
        app.store_changed()
        then(version)

    do_long(app, _("Working out every customer by the new definition"), write, saved)


def _save(session: Session, text: str, note: str, progress: Progress, conn: Connection) -> int:
    from activetui.store import definitions

    return definitions.put_in_force(
        conn, text, note=note, made_at=session.made_at(), today=session.today, progress=progress
    )


def choose_preset(app: Host, then: Callable[[str], None], *, hint: str = "") -> None:
    """Offer the kinds of business; `then` gets the text of the one chosen."""
    from activetui.activity.presets import PRESETS, preset_text

    def chosen(key: str | None) -> None:
        if key is not None:
            then(preset_text(key))

    choices = [Choice(preset.key, preset.title, preset.summary) for preset in PRESETS]
    dialog = ChooseDialog(_("What is your business?"), choices, app.session.overview.preset, hint=hint)
    app.push_screen(dialog, chosen)


def take_file(app: Host, then: Callable[[str], None]) -> None:
    """Ask for a definition's file; `then` gets its text, which may have mistakes."""
    from activetui.activity.reading.definition_file import read_definition
    from activetui.importing.files.paths import check_path, clean_path

    def check(given: str) -> None:
        path = clean_path(given)
        check_path(path)
        read_definition(path)

    def given(answer: str | None) -> None:
        if answer is not None:
            then(read_definition(clean_path(answer)))

    hint = _("A TOML file, such as one that {key} has written. → completes a path. Nothing is saved yet.")
    dialog = AskTextDialog(
        _("Take the definition from which file?"),
        hint.format(key=key_of("definition.to-file")),
        check=check, suggester=PathSuggester(case_sensitive=True),
    )
    app.push_screen(dialog, given)


def write_file(app: Host, text: str, name: str) -> None:
    """Ask for a new file, and write the text there."""
    from activetui.store.opening.new_file import whole_new_file

    def write(answer: str) -> None:
        with whole_new_file(_path(answer)) as draft:
            draft.write_text(text, encoding="utf-8", newline="")

    def written(answer: str | None) -> None:
        if answer is not None:
            app.tell(_("Written: {file}").format(file=one_line(str(_path(answer)))))

    dialog = AskTextDialog(
        _("Write the definition to which file?"),
        _("A new file; one that is there already is left alone."),
        value=_file_name(name), check=write,
    )
    app.push_screen(dialog, written)


def _path(given: str) -> Path:
    from activetui.importing.files.paths import clean_path

    path = clean_path(given)
    return path if path.suffix else path.with_name(f"{path.name}.toml")


def _file_name(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower()).split()
    return f"{'-'.join(words) or 'definition'}.toml"
