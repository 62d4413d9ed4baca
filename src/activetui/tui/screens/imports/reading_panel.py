"""How a file is read: letters, separator, days, amounts, currency; each with its reason, and changeable."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from activetui.importing.asking.choices import choices_of
from activetui.importing.asking.questions import Question
from activetui.importing.deciding.understand import Understanding
from activetui.importing.values.decide import Decision
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui.dialogs.choose import Choice
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList


class ReadingRow(NamedTuple):
    """One thing that was decided about the file."""

    about: str
    """The field of `Answers` that decides it otherwise; empty where nothing does."""
    title: str
    value: str
    why: str


class Way(NamedTuple):
    """How one thing can be decided otherwise."""

    question: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    """Without any, a text is asked for."""


def reading_rows(understood: Understanding, forgotten: int = 0) -> list[ReadingRow]:
    """What was decided about the file, in the order in which it is read.

    `forgotten` is how many of its events were deleted by hand.
    """
    table, decisions, layout = understood.table, understood.decisions, understood.layout
    days, mark, currency = decisions.of_days(layout), decisions.of_marks(layout), understood.currency
    answers = understood.answers
    rows = [
        ReadingRow("encoding", _("Letters"), table.encoding.name, table.encoding.why),
        ReadingRow("delimiter", _("Separator"), sign_words(table.dialect.delimiter), table.dialect.why),
        ReadingRow("", _("Headings"), *_headings(understood)),
        ReadingRow("date_order", _("Days"), _open(days) or order_words(days.choice), days.why),
        ReadingRow("decimal", _("Decimal mark"), _open(mark) or mark_words(mark.choice), mark.why),
        ReadingRow("currency", _("Currency"), currency.code, currency.why),
        ReadingRow("country", _("Telephones"), understood.country or _("as written"),
                   _("as you said") if answers.country else ""),
        ReadingRow("time_zone", _("Time zone"), *_zone(understood)),
        ReadingRow("source", _("Source"), understood.source, _("ids and order numbers hold within it")),
    ]
    rows += [
        ReadingRow(about, title, _title_of(about, said), _("as you said"))
        for about, title in _titles_of_answers().items() if (said := getattr(answers, about))
    ]
    if forgotten or answers.bring_back:
        value = RETURN if answers.bring_back else ""
        rows.append(ReadingRow(
            "bring_back", _("Deleted events"), returning_words(value),
            _("as you said") if answers.bring_back else _("you deleted them before"),
        ))
    return [row._replace(value=one_line(row.value), why=one_line(row.why)) for row in rows]


def _open(decision: Decision) -> str:
    return _("not decided yet") if decision.open else ""


def _headings(understood: Understanding) -> tuple[str, str]:
    table = understood.table
    if table.header_row is None:
        return _("none"), _("the meanings come from the contents")
    above = "; ".join(title for title in table.titles if title)
    words = _("in line {n}").format(n=table.header_line)
    return words, _("above them: {titles}").format(titles=above) if above else ""


RETURN = "return"
"""Says that deleted events come back; nothing says that they stay away."""


def returning_words(value: str) -> str:
    """What becomes of events that were deleted by hand."""
    return _("come back") if value == RETURN else _("stay away")


def _zone(understood: Understanding) -> tuple[str, str]:
    if understood.answers.time_zone:
        return understood.answers.time_zone, _("as you said")
    if understood.setting.time_zone:
        return understood.setting.time_zone, _("your business's clock")
    return _("as written"), _("days are taken as they stand in the file")


def _titles_of_answers() -> dict[str, str]:
    """What is only shown once it was answered."""
    return {
        "older": _("Older file"), "same_sale": _("Known sales"), "cents": _("Cents"),
        "serials": _("Days as numbers"), "carry_down": _("Empty cells"),
        "day_sums": _("Sums of days"),
    }


_OPTIONS = {
    "older": "--older keep|take", "same_sale": "--same-sale skip|both", "cents": "--cents yes|no",
    "serials": "--serials 1900|1904", "carry_down": "--carry-down yes|no",
    "day_sums": "--day-sums skip|take",
}
"""The answers that are asked for as questions, as an option with all its values."""


def _answers_to(about: str) -> list[Choice]:
    """The ways to answer one of them again; the value of each is what `Answers` holds."""
    choices = choices_of(Question(about, "", _OPTIONS[about]), ())
    return [Choice(shlex.split(choice.option)[1], choice.title) for choice in choices]


def _title_of(about: str, value: str) -> str:
    return next((choice.title for choice in _answers_to(about) if choice.value == value), value)


def sign_words(sign: str) -> str:
    """A separator in words."""
    return {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|", " ": _("blank")}.get(sign, sign)


def order_words(order: str | None) -> str:
    """An order of day, month and year in words."""
    orders = {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}
    return orders.get(order or "", _("each as it is written"))


def mark_words(mark: str | None) -> str:
    """A decimal mark in words."""
    return {",": _("comma: 1.234,50"), ".": _("full stop: 1,234.50")}.get(mark or "", _("none needed"))


def way_of(about: str) -> Way:
    """How the thing can be decided otherwise."""
    from activetui.importing.files.encodings import CANDIDATES
    from activetui.importing.tables.dialect import DELIMITERS

    found = Choice("", _("find out from the file"))
    ways: dict[str, Callable[[], Way]] = {
        "encoding": lambda: Way(
            _("How are letters stored?"),
            _("Take another one where letters such as é, ã or я look wrong."),
            (found, *(Choice(name, name) for name in ("utf-8", "utf-16", *CANDIDATES))),
        ),
        "delimiter": lambda: Way(
            _("What parts the columns?"), "",
            (found, *(Choice(sign, sign_words(sign)) for sign in DELIMITERS)),
        ),
        "date_order": lambda: Way(
            _("How are days written?"), "",
            (found, *(Choice(order, order_words(order), example) for order, example in (
                ("dmy", "31/12/2026"), ("mdy", "12/31/2026"), ("ymd", "2026-12-31")))),
        ),
        "decimal": lambda: Way(
            _("What stands before the cents?"), "",
            (found, *(Choice(mark, mark_words(mark)) for mark in (",", "."))),
        ),
        "currency": lambda: Way(
            _("Which currency are the amounts in?"),
            _("The three letters of its code, such as EUR, BRL or RUB; empty finds out from the file."),
        ),
        "country": lambda: Way(
            _("Where are the telephone numbers at home?"),
            _("The two letters of the country, such as PT, BR or RU: numbers without a country code are "
              "taken as from there; empty finds out from the file."),
        ),
        "time_zone": lambda: Way(
            _("By which clock are the days of your business?"),
            _("Its name, such as Europe/Lisbon or America/Sao_Paulo: moments with a time zone get its days; "
              "empty takes days as they are written."),
        ),
        "source": lambda: Way(
            _("Where does the file come from?"),
            _("One name for all exports of the same program: numbers of orders and customers hold within it; "
              "empty finds out from the file."),
        ),
    }
    if about == "bring_back":
        choices = tuple(Choice(value, returning_words(value)) for value in ("", RETURN))
        return Way(_("What becomes of events that you deleted?"), choices=choices)
    if about in _OPTIONS:
        return Way(_titles_of_answers()[about], choices=(Choice("", _("ask again")), *_answers_to(about)))
    return ways[about]()


class ReadingPanel(Vertical):
    """Everything that was decided; Enter decides it otherwise."""

    DEFAULT_CSS = """
    ReadingPanel { & > VirtualList { padding: 0 0 0 1; height: 1fr; } }
    """

    class Wanted(Message):
        """Something is to be decided otherwise."""

        def __init__(self, row: ReadingRow) -> None:
            super().__init__()
            self.row = row

    def compose(self) -> Iterable[Widget]:
        """One list."""
        yield VirtualList(_columns(), id="reading")

    @property
    def first_stop(self) -> VirtualList[ReadingRow]:
        """The list."""
        return self.query_one("#reading", VirtualList)

    def show(self, rows: Sequence[ReadingRow]) -> None:
        """Show what was decided."""
        self.first_stop.show_rows(rows)
        self.styles.max_height = len(rows) + 1

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, ReadingRow) and event.row.about:
            self.post_message(self.Wanted(event.row))


def _columns() -> list[Column[ReadingRow]]:
    return [
        Column("what", N_("How it is read"), lambda row: Cell(row.title, "quiet"), 14, 18, rank=0),
        Column("value", N_("As"), lambda row: Cell(row.value), 18, 30, rank=1, weight=2),
        Column("why", N_("Why"), lambda row: Cell(row.why, "quiet"), 16, 90, rank=2, weight=3),
    ]
