"""A round is about to start: how many are left in peace, and, before anything is written, whom it draws."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_share
from activetui.store.progress import Progress
from activetui.tui import reading
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.fields import Field, line_input, such_as
from activetui.tui.host import Host
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.playbooks.playbook_types import Playbook
    from activetui.reactivation.rounds.rounds import Wanted


_DIGITS = 7


class Wish(NamedTuple):
    """A round that is to start."""

    wanted: Wanted
    name: str


class Drawn(NamedTuple):
    """Whom it would draw, in words."""

    lines: tuple[str, ...]
    foresight: str
    anybody: bool


class RoundDialog(Dialog[Wish]):
    """The answer is the round that is to start, once somebody can be drawn for it."""

    DEFAULT_CSS = """
    RoundDialog .preview { height: auto; max-height: 50vh; }
    RoundDialog .why { height: auto; color: $quiet; margin-bottom: 1; }
    """

    def __init__(self, plan: Playbook) -> None:
        super().__init__()
        self._plan = plan
        self._turn = 0
        self._drawn: Drawn | None = None

    def title_words(self) -> str:
        """Which playbook."""
        return _("A round: {playbook}").format(playbook=one_line(self._plan.title))

    def keys_words(self) -> str:
        """What starts it."""
        return _("Enter starts the round · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """What can be said of it, and whom it draws."""
        from activetui.reactivation.rounds.hold_out import USUAL_SHARE

        share = "0" if self._plan.serves else str(USUAL_SHARE)
        why = _("Begins the playbook for all whom it fits. Some are left in peace by a coin that is tossed "
                "once, so that you see afterwards whether it made a difference.")
        yield Static(Content(why), classes="why")
        yield Field(_("In peace"), line_input("hold_out", share, _("of 100, 0 to 50")))
        yield Field(_("Only"), line_input("only", placeholder=such_as("spend>100 country:PT")))
        yield Field(_("At most"), line_input("most", placeholder=_("all; else so many, the dearest")))
        yield Field(_("Name"), line_input("name", placeholder=such_as(_("Before Christmas"))))
        yield VerticalScroll(Static(classes="drawn", markup=False), classes="preview")

    def on_mount(self) -> None:
        """Ask whom it draws as it stands."""
        self._ask()

    @property
    def host(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _wanted(self) -> Wanted:
        """What is asked for; `UsageError` for a number that is none."""
        from activetui.reactivation.rounds.rounds import Wanted

        return Wanted(
            self._plan, _number(self._text("hold_out")) or 0, self._text("only"), _number(self._text("most"))
        )

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.input.id != "name":
            self._ask()

    def _ask(self) -> None:
        self._drawn = None
        self.show_problem("")
        try:
            wanted = self._wanted()
        except OwnerError as error:
            self._refused(error)
            return
        self._say(_("Drawing…"))
        self._turn += 1
        session = self.host.session
        question = partial(
            _propose, wanted=wanted, day=session.day, progress=partial(self._progressed, self._turn)
        )
        reading.ask(
            self, session.reader, session.view, question, self._came, self._refused, group="drawing",
            slow=True,
        )

    def _progressed(self, turn: int, done: int, everything: int) -> None:
        """Called in the worker: stop if something else is wanted by now, else say how far it is."""
        if turn != self._turn:
            raise reading.Overtaken
        if everything:
            self.call_later(self._show_progress, turn, done / everything)

    def _show_progress(self, turn: int, share: float) -> None:
        if turn == self._turn and self._drawn is None:
            self._say(_("Drawing: {share}").format(share=format_share(share)))

    def _came(self, drawn: Drawn) -> None:
        self._drawn = drawn
        parts: list[tuple[str, str]] = [("\n".join(drawn.lines), "")]
        if drawn.foresight:
            parts.append((f"\n\n{drawn.foresight}", "$quiet"))
        self.query_one(".drawn", Static).update(Content.assemble(*parts))

    def _refused(self, error: OwnerError) -> None:
        self._say("")
        self.show_problem(f"{error.message} {error.hint}".strip())

    def _say(self, words: str) -> None:
        self.query_one(".drawn", Static).update(Content.styled(words, "$quiet"))

    @on(Input.Submitted)
    def _accept(self) -> None:
        if self._drawn is None:
            return
        if not self._drawn.anybody:
            self.show_problem(_("Nobody can be drawn, so no round can start."))
            return
        self.dismiss(Wish(self._wanted(), self._text("name")))


def _propose(conn: Connection, wanted: Wanted, day: Day, progress: Progress) -> Drawn:
    from activetui.reactivation.checklist.checklist import capacity
    from activetui.reactivation.rounds.foresight import foresight, foresight_words
    from activetui.reactivation.rounds.round_words import drawing_words
    from activetui.reactivation.rounds.rounds import propose

    drawing = propose(conn, wanted, day, progress)
    anybody = bool(drawing.to_contact or drawing.held_out)
    shown = foresight_words(foresight(conn, drawing, day), drawing) if anybody else ""
    return Drawn(tuple(drawing_words(drawing, day, capacity(conn))), shown, anybody)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise UsageError(_("“{text}” is not a whole number.").format(text=text))
    return int(text)
