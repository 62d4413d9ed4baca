"""Write a list of customers to a file: ask where, then write it with a bar that can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from activetui.locales import _
from activetui.store.listing.people import Clause
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.host import Host
from activetui.tui.reading import Connection, View


def export_list(
    app: Host,
    whom: Callable[[Connection], Clause | Sequence[int]],
    name: str,
    view: View | None = None,
    *,
    title: str,
) -> None:
    """Ask for a new file by `title`, offering one called after `name`, and write there whom `whom` finds.

    The figures are those seen in `view`, else in what the app looks at.
    """
    seen = app.session.view if view is None else view
    session = app.session

    def check(given: str) -> None:
        from activetui.segments.files import form_of
        from activetui.store.opening.new_file import refuse_existing

        path = _path(given)
        form_of(path)
        refuse_existing(path)

    def given(answer: str | None) -> None:
        if answer is None:
            return
        path = _path(answer)

        def write(progress: Progress) -> str:
            return _write(session.path, seen, whom, path, progress)

        do_long(app, _("Writing the customers"), write, app.tell)

    dialog = AskTextDialog(
        title,
        _("A new file. Its ending says how: .csv for spreadsheets, .json for programs, .md for notes."),
        value=file_name(name), check=check,
    )
    app.push_screen(dialog, given)


def file_name(name: str) -> str:
    """A name for a file, made of letters and digits of another name."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower()).split()
    return f"{'-'.join(words)[:60] or 'customers'}.csv"


def _write(
    store: Path,
    view: View,
    whom: Callable[[Connection], Clause | Sequence[int]],
    path: Path,
    progress: Progress,
) -> str:
    """On a connection of its own, so that nothing on the screen waits for it."""
    from activetui.segments.files import write_customers, written_words
    from activetui.store.opening.connection import connect_again
    from activetui.store.opening.guard import owner_errors
    from activetui.store.other_days.as_of import look_from

    with owner_errors(store):
        conn = connect_again(store, read_only=True)
        try:
            look_from(conn, view.day, known_then=view.known_then, progress=progress)
            written = write_customers(conn, whom(conn), path, progress=progress)
        finally:
            conn.close()
    return written_words(written, path)


def _path(given: str) -> Path:
    from activetui.importing.files.paths import clean_path

    return clean_path(given)
