"""The steps that are due as a file: mails for a newsletter program, or letters; marked as sent or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.asking import Asks
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.dialogs.text import TextDialog
from activetui.tui.flows.export_list import file_name
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection, View

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.messages.round_file import Sheet, Wanted

_MAILS, _SENT, _LETTERS, _PEOPLE = "email", "sent", "letter", "people"


class Which(NamedTuple):
    """Of which steps a file is wanted."""

    name: str
    """For the name of the file."""
    playbook: str = ""
    """Its key; empty for all."""
    round_id: int | None = None


def begin(screen: Asks, which: Which, people: Callable[[], None] | None = None) -> None:
    """Ask what is to be written and where, and write it.

    `people` writes the customers of a round without any message, where there is a round.
    """
    session = screen.session
    choices = [Choice(_MAILS, _("the mails that are due, filled in"),
                      _("a line for each customer, for a newsletter program; nothing is changed"))]
    if session.day == session.today and not session.known_then:
        choices.append(Choice(_SENT, _("the mails that are due, and mark them as sent"),
                              _("these steps are done then, and no call of the day; send the file today")))
    choices.append(Choice(_LETTERS, _("the letters that are due, filled in"), _("to print")))
    if people is not None:
        choices.append(Choice(_PEOPLE, _("the customers to contact"), _("without a message")))

    def chosen(what: str | None) -> None:
        if what == _PEOPLE and people is not None:
            people()
        elif what is not None:
            _ask_file(screen, which, what)

    screen.active_app.push_screen(PickDialog(_("Write what to a file?"), choices, _MAILS), chosen)


def _ask_file(screen: Asks, which: Which, what: str) -> None:
    def given(answer: str | None) -> None:
        if answer is not None:
            _write(screen, which, what, _path(answer))

    dialog = AskTextDialog(
        _("Write the messages to which file?"),
        _("A new file. Its ending says how: .csv for spreadsheets, .json for programs, .md for notes."),
        value=file_name(which.name), check=_check,
    )
    screen.active_app.push_screen(dialog, given)


def _write(screen: Asks, which: Which, what: str, path: Path) -> None:
    app, session = screen.active_app, screen.session
    marks = what == _SENT
    channel = _LETTERS if what == _LETTERS else _MAILS

    def job(progress: Progress) -> Sheet:
        if marks:
            mark = partial(_write_and_mark, made_at=session.made_at(), day=session.today, path=path,
                           which=which, channel=channel, progress=progress)
            return session.reader.write(mark)
        return _write_due(session.path, session.view, which, channel, path, progress)

    def done(sheet: Sheet) -> None:
        if marks:
            app.store_changed()
        _tell(screen, sheet, path, marks=marks)

    do_long(app, _("Writing the messages"), job, done)


def _write_due(
    store: Path, view: View, which: Which, channel: str, path: Path, progress: Progress
) -> Sheet:
    """On a connection of its own, so that nothing on the screen waits for it."""
    from activetui.reactivation.messages.round_file import write_due
    from activetui.store.opening.connection import connect_again
    from activetui.store.opening.guard import owner_errors
    from activetui.store.other_days.as_of import look_from

    with owner_errors(store):
        conn = connect_again(store, read_only=True)
        try:
            look_from(conn, view.day, known_then=view.known_then, progress=progress)
            return write_due(conn, _wanted(conn, which, channel), path, view.day, progress=progress)
        finally:
            conn.close()


def _write_and_mark(
    conn: Connection,
    which: Which,
    channel: str,
    path: Path,
    day: int,
    made_at: str,
    progress: Progress,
) -> Sheet:
    from activetui.reactivation.messages.sent import write_and_mark

    return write_and_mark(
        conn, _wanted(conn, which, channel), path, day=day, made_at=made_at, progress=progress
    )


def _wanted(conn: Connection, which: Which, channel: str) -> Wanted:
    from activetui.reactivation.messages.round_file import Wanted
    from activetui.reactivation.playbooks.playbook import playbook

    plan = playbook(conn, which.playbook) if which.playbook else None
    return Wanted(plan, which.round_id, channel=channel)


def _tell(screen: Asks, sheet: Sheet, path: Path, *, marks: bool) -> None:
    """How many are in the file; in a dialog also who is not, and why."""
    from activetui.reactivation.messages.round_file import left_out_words
    from activetui.segments.files import written_words

    app, n = screen.active_app, len(sheet.lines)
    written = written_words(n, path) if n else _("nothing: no file")
    left_out = left_out_words(sheet)
    if marks and n:
        app.tell_done(ngettext("{n} step marked as sent", "{n} steps marked as sent", n).format(
            n=format_number(n)
        ))
    if left_out:
        rows = [(_("Written"), written), *((_("Left out"), words.strip()) for words in left_out)]
        app.push_screen(TextDialog(_("The messages that are due"), rows))
    elif not n:
        app.tell(_("No such step is due; no file was written."))
    else:
        app.tell(written)


def _check(given: str) -> None:
    from activetui.segments.files import form_of
    from activetui.store.opening.new_file import refuse_existing

    path = _path(given)
    form_of(path)
    refuse_existing(path)


def _path(given: str) -> Path:
    from activetui.importing.files.paths import clean_path

    return clean_path(given)
