"""Name a segment and write its query, seeing at once whom it finds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, NamedTuple, cast

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.tui import reading
from activetui.tui.dialogs.base import Dialog
from activetui.tui.host import Host
from activetui.tui.reading import Connection


class Described(NamedTuple):
    """Whom a query finds."""

    words: str
    customers: int
    of: int
    year_spend: int
    currency: str


class SegmentDialog(Dialog[str]):
    """Saves the segment; the answer is its name. What is wrong is said here, and nothing typed is lost."""

    DEFAULT_CSS = """
    SegmentDialog .finds { height: auto; min-height: 2; margin-top: 1; }
    """
    COMMON: ClassVar[str] = "status:inactive spend>500 last>60d"

    def __init__(self, name: str = "", query: str = "") -> None:
        super().__init__()
        self._known_name, self._known_query = one_line(name), one_line(query)

    def title_words(self) -> str:
        """What is asked."""
        return _("Save a segment")

    def compose_dialog(self) -> Iterable[Widget]:
        """Two lines to type on, and whom the query finds."""
        yield Input(self._known_name, placeholder=_("name"), id="name")
        yield Input(self._known_query, placeholder=self.COMMON, id="query")
        yield Static(classes="finds", markup=False)
        yield Static(
            _("Such as: status:at_risk · spend>500 · last>60d · country:PT · tag:vip · -kind:complaint"),
            classes="dialog--hint", markup=False,
        )

    @property
    def host(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    @on(Input.Changed, "#query")
    def _query_changed(self, event: Input.Changed) -> None:
        self.show_problem("")
        session = self.host.session
        question = partial(_described, query=event.value, day=session.day)
        reading.ask(
            self, session.reader, session.view, question, self._described, self._unreadable,
            group="described", slow=True,
        )

    def _described(self, found: Described | None) -> None:
        self.query_one(".finds", Static).update(Content("") if found is None else _finds_words(found))

    def _unreadable(self, error: OwnerError) -> None:
        words = f"{error.message} {error.hint}".strip()
        self.query_one(".finds", Static).update(Content.styled(one_line(words), "$quiet"))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        name, query = self.query_one("#name", Input), self.query_one("#query", Input)
        if not name.value.strip():
            name.focus()
            self.show_problem(_("A segment needs a name."))
            return
        if event.input is name and not query.value.strip():
            query.focus()
            return
        self._save(name.value.strip(), query.value.strip())

    def _save(self, name: str, query: str) -> None:
        session = self.host.session
        made_at = session.made_at

        def write(conn: Connection) -> None:
            from activetui.segments import library

            library.save(conn, name, query, made_at=made_at())

        def saved(_none: None) -> None:
            self.dismiss(name)

        reading.change(self, session.reader, write, saved, self._refused)

    def _refused(self, error: OwnerError) -> None:
        self.show_problem(f"{error.message} {error.hint}".strip())


def _described(conn: Connection, query: str, day: Day) -> Described | None:
    from activetui.segments.asking import ask
    from activetui.segments.words import reading as in_words
    from activetui.store import people

    if not query.strip():
        return None
    asked = ask(conn, query, day)
    words = in_words(asked.query, asked.currency)
    if asked.day != day:        # counted from another day than that of this connection
        return Described(words, -1, 0, 0, asked.currency)
    [total] = people.totals(conn, [asked.clause])
    return Described(words, total.customers, people.count(conn), total.year_spend, asked.currency)


def _finds_words(found: Described) -> Content:
    words = one_line(found.words)
    if found.customers < 0:
        return Content(words)
    counted = ngettext("{n} of {all} customer", "{n} of {all} customers", found.of).format(
        n=format_number(found.customers), all=format_number(found.of)
    )
    worth = _("{money} in a year").format(money=format_money(found.year_spend, found.currency))
    return Content.assemble(words, "\n", (counted, "bold"), (f" · {worth}", "$quiet"))
