"""Write one event of a customer down by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from activetui.activity.words import kind_word
from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store.by_hand import RATINGS, USUAL_ACTION, amount_of, check_day, rating_of
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.base import Dialog

_WITH_MONEY = (Kind.PURCHASE, Kind.REFUND, Kind.BOOKING, Kind.SUBSCRIPTION)


class Field(Horizontal):
    """A label and an input on one line."""

    DEFAULT_CSS = """
    Field { height: 1; margin-bottom: 1; }
    Field > .field--label { width: 12; color: $quiet; }
    Field > Input { width: 1fr; }
    Field > Select { width: 1fr; }
    """

    def __init__(self, label: str, widget: Widget) -> None:
        super().__init__()
        self._label, self._widget = label, widget

    def compose(self) -> ComposeResult:
        """Label, then input."""
        yield Static(Content(self._label), classes="field--label")
        yield self._widget


class AddEventDialog(Dialog[EventRecord]):
    """Kind, day, amount, product, rating and note; the answer is the event."""

    def __init__(
        self, name: str, kinds: Sequence[tuple[str, int]], *, day: Day, today: Day, currency: str
    ) -> None:
        super().__init__()
        self._name, self._kinds = name, dict(kinds)
        self._day, self._today, self._currency = day, today, currency

    def title_words(self) -> str:
        """For whom."""
        return _("New event of {name}").format(name=self._name)

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Tab next · Enter saves · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The fields; those that a kind does not have are hidden."""
        options = [(Content(one_line(kind_word(word))), word) for word in self._kinds]
        kind = Select(options, value=Kind.PURCHASE.word, allow_blank=False, compact=True, id="kind")
        money = _("12.50 {currency}").format(currency=self._currency)
        yield Field(_("Kind"), kind)
        yield Field(_("Day"), self._input("day", iso(self._day) or "", _("2026-11-22, today, -3d")))
        yield Field(_("Amount"), self._input("amount", "", money))
        yield Field(_("Product"), self._input("product", "", _("what it was about, if you like")))
        yield Field(_("Rating"), self._input("rating", "", ""))
        yield Field(_("Note"), self._input("note", "", _("anything worth keeping")))

    def _input(self, name: str, value: str, placeholder: str) -> Input:
        return Input(value, placeholder=placeholder, id=name, compact=True, select_on_focus=True)

    @on(Select.Changed, "#kind")
    def _kind_changed(self) -> None:
        word = str(self.query_one("#kind", Select).value)
        with_money = self._kinds.get(word) in _WITH_MONEY
        self._field("amount").display = with_money
        self._field("rating").display = word in RATINGS
        if word in RATINGS:
            least, most = RATINGS[word]
            words = _("{least} to {most}").format(least=least, most=most)
            self.query_one("#rating", Input).placeholder = words

    def _field(self, name: str) -> Widget:
        parent = self.query_one(f"#{name}", Input).parent
        assert isinstance(parent, Field)
        return parent

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value if self._field(name).display else ""

    @on(Input.Submitted)
    def _save(self) -> None:
        try:
            record = self._record()
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.dismiss(record)

    def _record(self) -> EventRecord:
        word = str(self.query_one("#kind", Select).value)
        day = read_day(self._typed("day"), self._today)
        check_day(word, day, self._today)
        amount = amount_of(self._typed("amount"), self._currency)
        return EventRecord(
            kind=self._kinds[word],
            day=day,
            key="",
            amount=amount,
            currency="" if amount is None else self._currency,
            action=USUAL_ACTION.get(word, ""),
            product=one_line(self._typed("product")),
            rating=rating_of(self._typed("rating"), word),
            note=one_line(self._typed("note")),
        )
