"""Rounds: starting one for many at once, drawing more into it, ending it before its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.asking import Asks
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.confirm import ConfirmDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.playbooks.playbook_types import Playbook
    from activetui.reactivation.rounds.rounds import Drawing
    from activetui.store.rounds import Round
    from activetui.tui.dialogs.round import Wish

Answer = TypeVar("Answer")


def from_today(screen: Asks) -> bool:
    """Whether one looks from today, which alone can be written down of rounds; else that is told."""
    session = screen.session
    if session.day == session.today:
        return True
    from activetui.tui.commands import key_of

    screen.active_app.tell(_("A round starts, grows and ends today. {key} looks from today again.").format(
        key=key_of("app.back-to-today")
    ))
    return False


def start(screen: Asks, present: str = "", plan: Playbook | None = None) -> None:
    """Ask for which playbook, show whom it draws, and start the round."""
    if not from_today(screen):
        return
    if plan is not None:
        _ask(screen, plan)
        return

    def known(plans: tuple[Playbook, ...]) -> None:
        by_key = {each.key: each for each in plans}
        choices = [Choice(each.key, one_line(each.title), one_line(each.why)) for each in plans]
        dialog = ChooseDialog(_("A round of which playbook?"), choices, present)
        screen.active_app.push_screen(dialog, lambda key: None if key is None else _ask(screen, by_key[key]))

    screen.ask(_plans, known, group="plans")


def _ask(screen: Asks, plan: Playbook) -> None:
    from activetui.tui.dialogs.round import RoundDialog

    screen.active_app.push_screen(
        RoundDialog(plan), lambda wish: None if wish is None else _start(screen, wish)
    )


def _start(screen: Asks, wish: Wish) -> None:
    session = screen.session

    def write(conn: Connection, progress: Progress) -> tuple[Round, Drawing]:
        from activetui.reactivation.rounds import rounds

        return rounds.start(
            conn, wish.wanted, day=session.today, made_at=session.made_at(), name=one_line(wish.name),
            progress=progress,
        )

    def told(done: tuple[Round, Drawing]) -> None:
        found, drawing = done
        words = _("Round {n} has begun: {to_contact} to contact, {held_out} left in peace")
        _tell_drawn(screen, words, found, drawing)

    _write(screen, _("Starting the round"), write, told)


def _tell_drawn(screen: Asks, words: str, found: Round, drawing: Drawing) -> None:
    screen.active_app.tell_done(words.format(
        n=found.id, to_contact=format_number(len(drawing.to_contact)),
        held_out=format_number(len(drawing.held_out)),
    ))


def draw_more(screen: Asks, found: Round) -> None:
    """Draw into an open round whom it fits by now."""
    if not from_today(screen):
        return
    session = screen.session

    def write(conn: Connection, progress: Progress) -> Drawing:
        from activetui.reactivation.rounds import rounds

        return rounds.add(conn, found, day=session.today, made_at=session.made_at(), progress=progress)

    def told(drawing: Drawing) -> None:
        words = _("Drawn into round {n}: {to_contact} to contact, {held_out} left in peace")
        _tell_drawn(screen, words, found, drawing)

    _write(screen, _("Drawing"), write, told)


def end(screen: Asks, found: Round) -> None:
    """Ask, then end a round before its time."""
    if not from_today(screen):
        return
    session = screen.session

    def write(conn: Connection, _progress: Progress) -> int:
        from activetui.reactivation.rounds import rounds

        return rounds.end(conn, found, day=session.today, made_at=session.made_at())

    def told(stopped: int) -> None:
        words = ngettext(
            "Round {number} is over; {n} customer was still in it",
            "Round {number} is over; {n} customers were still in it", stopped,
        )
        screen.active_app.tell_done(words.format(number=found.id, n=format_number(stopped)))

    text = _("No more steps are given for it, and nobody is left in peace for it any more. Both sides are "
             "then counted up to yesterday, and never further.")
    dialog = ConfirmDialog(_("End round {n} before its time?").format(n=found.id), text, _("ends it"))
    screen.active_app.push_screen(
        dialog, lambda yes: _write(screen, _("Ending the round"), write, told) if yes else None
    )


def _write(
    screen: Asks,
    title: str,
    what: Callable[[Connection, Progress], Answer],
    told: Callable[[Answer], None],
) -> None:
    app, session = screen.active_app, screen.session

    def job(progress: Progress) -> Answer:
        return session.reader.write(lambda conn: what(conn, progress))

    def done(answer: Answer) -> None:
        app.store_changed()
        told(answer)

    do_long(app, title, job, done)


def _plans(conn: Connection) -> tuple[Playbook, ...]:
    from activetui.reactivation.playbooks.playbook import playbooks

    return playbooks(conn)
