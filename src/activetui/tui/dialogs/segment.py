"""Name a segment, write its query, seeing at once whom it finds, and say what it is for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.segments.alone_words import Counts, alone_words
from activetui.tui import reading
from activetui.tui.clause_counts import clause_counts
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.query_suggester import QuerySuggester
from activetui.tui.host import Host
from activetui.tui.reading import Connection
from activetui.tui.widgets.query_input import QueryInput

if TYPE_CHECKING:
    from activetui.segments.library import Segment


class Described(NamedTuple):
    """Whom a query finds."""

    words: str
    customers: int
    of: int
    year_spend: int
    currency: str


class Kept(NamedTuple):
    """A segment that was saved."""

    name: str
    replaced: bool
    """Whether there was one of that name."""


class SegmentDialog(Dialog[Kept]):
    """Saves the segment. What is wrong is said here, and nothing typed is lost."""

    DEFAULT_CSS = """
    SegmentDialog .finds { height: auto; min-height: 3; padding: 0 1; }
    """
    COMMON: ClassVar[str] = "status:inactive spend>500 last>60d"

    def __init__(self, query: str = "", *, own: Segment | None = None) -> None:
        """A new segment of a query, or one of the owner's that is to be changed."""
        super().__init__()
        self._own = own
        self._query = one_line(query if own is None else own.query)

    def title_words(self) -> str:
        """What is asked."""
        if self._own is None:
            return _("Save a segment")
        return _("Change the segment {name}").format(name=one_line(self._own.name))

    def compose_dialog(self) -> Iterable[Widget]:
        """Lines to type on, and whom the query finds."""
        own = self._own
        if own is None:
            yield Input(placeholder=_("name"), id="name")
        suggester = QuerySuggester(self.host)
        yield QueryInput(self._query, placeholder=self.COMMON, suggester=suggester, id="query")
        yield Static(classes="finds", markup=False)
        note = "" if own is None else one_line(own.note)
        yield Input(note, placeholder=_("what it is for, if you like"), id="note")
        yield Static(
            _("Such as: status:at_risk · spend>500 · last>60d · country:PT · tag:vip · -kind:complaint"
              " · → completes a word"),
            classes="dialog--hint", markup=False,
        )

    @property
    def host(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    @on(Input.Changed, "#query")
    def _query_changed(self, event: Input.Changed) -> None:
        self.show_problem("")
        if not event.value.strip():
            self._say(Content(""))
            return
        session = self.host.session
        at = event.input.cursor_position if event.input.has_focus else None
        question = partial(_described, query=event.value, day=session.day, typing_at=at)
        reading.ask(
            self, session.reader, session.view, question, partial(self._described, event.value),
            self._unreadable,
            group="described", slow=True,
        )

    def _described(self, query: str, found: Described | None) -> None:
        if found is None:           # a word is half typed: what is said stays
            return
        self._say(_finds_words(found))
        if found.customers < 0:     # of another day than that which is looked from
            return
        session = self.host.session
        reading.ask(
            self, session.reader, session.view, partial(clause_counts, text=query, day=session.day),
            partial(self._counted, query, found), lambda _error: None, group="counted", slow=True,
        )

    def _counted(self, query: str, found: Described, counts: Counts) -> None:
        """Say how many each condition leaves by itself, unless another query is typed by now."""
        if counts and self.query_one("#query", Input).value == query:
            self._say(Content.assemble(_finds_words(found), "\n", *_alone(counts)))

    def _unreadable(self, error: OwnerError) -> None:
        words = f"{error.message} {error.hint}".strip()
        self._say(Content.styled(one_line(words), "$error"), error)

    def _say(self, words: Content, error: OwnerError | None = None) -> None:
        self.query_one(QueryInput).show_mistake(error)
        self.query_one(".finds", Static).update(words)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        query = self.query_one("#query", Input)
        name = self._own.name if self._own else self.query_one("#name", Input).value.strip()
        if not name:
            self.query_one("#name", Input).focus()
            self.show_problem(_("A segment needs a name."))
        elif event.input.id == "name" and not query.value.strip():
            query.focus()
        else:
            self._save(name, query.value.strip(), self.query_one("#note", Input).value.strip())

    def _save(self, name: str, query: str, note: str) -> None:
        session = self.host.session
        made_at = session.made_at

        def write(conn: Connection) -> Kept:
            from activetui.segments import library

            replaced = library.save(conn, name, query, note=note, made_at=made_at())
            return Kept(library.find(conn, one_line(name)).name, replaced)

        def saved(kept: Kept) -> None:
            self.dismiss(kept)

        reading.change(self, session.reader, write, saved, self._refused)

    def _refused(self, error: OwnerError) -> None:
        self.show_problem(f"{error.message} {error.hint}".strip())


def saved_words(kept: Kept) -> str:
    """What was done: whoever has chosen a name that was taken is to know."""
    words = _("Replaced: {name}, which was there before") if kept.replaced else _("Saved: {name}")
    return words.format(name=kept.name)


def _described(conn: Connection, query: str, day: Day, typing_at: int | None) -> Described | None:
    """Whom a query finds; None where the word behind which the cursor stands is not typed to its end."""
    from activetui.segments.asking import ask
    from activetui.segments.complete import how_far
    from activetui.segments.words import reading as in_words
    from activetui.store.listing import people

    far = "DONE" if typing_at is None else how_far(query, typing_at, conn).name
    if far == "UNFINISHED":
        return None
    asked = ask(conn, query, day)
    words = in_words(asked.query, asked.currency)
    if asked.day != day:        # counted from another day than that of this connection
        return Described(words, -1, 0, 0, asked.currency)
    [total] = people.totals(conn, [asked.clause])
    if far == "MAYBE" and not total.customers:
        return None
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


def _alone(counts: Counts) -> list[tuple[str, str]]:
    """How many each condition leaves by itself; what leaves nobody stands out."""
    before, after = alone_words().split("{counts}")
    parts = [(before, "$quiet")]
    for place, (label, number) in enumerate(counts):
        parts += [(" · ", "$quiet")] if place else []
        parts.append((f"{label} {format_number(number)}", "$quiet" if number else "bold $warning"))
    return [*parts, (after, "$quiet")]
