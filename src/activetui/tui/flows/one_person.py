"""A person's rights: everything that is known of them as a file, and to be forgotten for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from activetui.ledger.text import fold, one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.text import TextDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.flows.path_suggester import PathSuggester
from activetui.tui.host import Host
from activetui.tui.reading import Connection, View
from activetui.tui.widgets.receipt_panel import Row

if TYPE_CHECKING:
    from activetui.store.privacy.forgetting import Forgotten

_LONGEST_NAME = 40


def write_to_file(app: Host, customer_id: int, name: str) -> None:
    """Ask for a new file, and write there everything that is known of a customer."""
    session = app.session
    view = session.view

    def check(typed: str) -> None:
        from activetui.store.opening.new_file import refuse_existing

        refuse_existing(_path(typed))

    def given(typed: str | None) -> None:
        if typed is not None:
            path = _path(typed)
            told = _("Everything that is known of {name} is in {path}.").format(name=name, path=path)
            write = partial(_write, session.path, view, customer_id, path)
            do_long(app, _("Writing what is known of {name}").format(name=name), write,
                    lambda _none: app.tell(told))

    hint = _("Everything that is known of {name}: .json for programs, .csv for spreadsheets. Only you can "
             "open the file.")
    dialog = AskTextDialog(
        _("Write to which file?"), hint.format(name=name), value=str(Path("~") / f"{_file_name(name)}.json"),
        check=check, suggester=PathSuggester(),
    )
    app.push_screen(dialog, given)


def forget(app: Host, customer_id: int, name: str, then: Callable[[], None]) -> None:
    """Ask for the word, and forget a customer for good; `then` runs once that is done."""
    from activetui.tui.dialogs.forget import ForgetDialog

    session = app.session

    def work(progress: Progress) -> Forgotten:
        def change(conn: Connection) -> Forgotten:
            from activetui.store.privacy import forgetting

            return forgetting.forget(
                conn, customer_id, today=session.today, made_at=session.made_at(), progress=progress
            )

        return session.reader.write(change)

    def done(forgotten: Forgotten) -> None:
        then()
        app.store_changed()
        app.push_screen(TextDialog(_("Forgotten for good"), forgotten_rows(forgotten, session.path)))

    def answered(wanted: bool | None) -> None:
        if wanted:
            do_long(app, _("Forgetting {name}").format(name=name), work, done)

    app.push_screen(ForgetDialog(name, what_goes()), answered)


def what_goes() -> Sequence[str]:
    """What goes, what stays and what cannot be reached, in lines."""
    return (
        _("Goes: name, addresses, tags, notes, tasks, contacts, everything written about them, and every row "
          "about them in the files that are kept. Later imports leave them out."),
        _("Stays: their purchases and refunds, without a person, so that your sums stay right."),
        _("Not reached: backups and exports that you have made. Delete those yourself."),
    )


def forgotten_rows(forgotten: Forgotten, store: Path) -> list[Row]:
    """What became of everything in a store, and what is left to do."""
    sales = ngettext(
        "{n} purchase or refund, without a person", "{n} purchases and refunds, without a person",
        forgotten.sales,
    )
    rows = [
        (_("Stays"), sales.format(n=format_number(forgotten.sales)) if forgotten.sales else ""),
        (_("Gone"), _gone(forgotten)),
        (_("No longer kept"), ", ".join(one_line(name) for name in forgotten.dropped)),
        (_("Look at"), "; ".join(one_line(text) for text in forgotten.mentions)),
        (_("Delete"), ", ".join(str(path) for path in forgotten.copies)),
    ]
    if not forgotten.erased:
        rows.append((_("Left to do"), _(
            "Another program uses the data file, so its bytes could not be written anew. Close that program, "
            "then give the command: {command}"
        ).format(command=f"activetui --db {quote(str(store))} customer forget --finish")))
    return [(title, text) for title, text in rows if text]


def _gone(forgotten: Forgotten) -> str:
    parts = [
        (forgotten.events, ngettext("{n} other event", "{n} other events", forgotten.events)),
        (forgotten.tasks, ngettext("{n} task", "{n} tasks", forgotten.tasks)),
        (forgotten.rows, ngettext("{n} row of kept files", "{n} rows of kept files", forgotten.rows)),
    ]
    counted = [words.format(n=format_number(number)) for number, words in parts if number]
    return ", ".join([_("everything known of the person"), *counted])


def _path(typed: str) -> Path:
    return Path(typed.strip()).expanduser()


def _file_name(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return "-".join(words)[:_LONGEST_NAME] or "person"


def _write(store: Path, view: View, customer_id: int, path: Path, progress: Progress) -> None:
    """On a connection of its own, so that nothing on the screen waits for it."""
    from activetui.store.opening.connection import connect_again
    from activetui.store.opening.guard import owner_errors
    from activetui.store.other_days.as_of import look_from
    from activetui.store.privacy.person_data import write_person

    with owner_errors(store):
        conn = connect_again(store, read_only=True)
        try:
            look_from(conn, view.day, known_then=view.known_then)
            write_person(conn, customer_id, view.day, path, progress)
        finally:
            conn.close()
