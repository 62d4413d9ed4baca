"""The fields of an event, as a form: those that the chosen kind can have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import on
from textual.containers import VerticalScroll
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import Input, Select

from activetui.activity.words import kind_word
from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import ACTIONS, CHANNELS, NATURES, Kind
from activetui.ledger.money import plain
from activetui.ledger.records import EventRecord
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store.changes.by_hand import (
    RATINGS,
    USUAL_ACTION,
    amount_of,
    check_day,
    check_until,
    rating_of,
    time_of,
)
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.fields import Field, choice, line_input, show_only, such_as, value_of
from activetui.tui.event_words import action_word, channel_word, nature_word, state_word

_MONEY = {Kind.PURCHASE, Kind.REFUND, Kind.BOOKING, Kind.SUBSCRIPTION}
_GOODS = {*_MONEY, Kind.USAGE, Kind.VISIT, Kind.SUPPORT, Kind.COMPLAINT, Kind.REVIEW, Kind.FEEDBACK}
_TALK = {Kind.CONTACT, Kind.SUPPORT, Kind.COMPLAINT, Kind.REVIEW, Kind.FEEDBACK, Kind.SOCIAL, Kind.REFERRAL}
_STATED = {Kind.PURCHASE, Kind.BOOKING, Kind.SUBSCRIPTION, Kind.VISIT}
_STATES = ("", "paid", "unpaid", "pending", "cancelled", "refunded", "failed", "no_show")
OPTIONAL = (
    "amount", "product", "quantity", "action", "nature", "rating", "channel", "until", "state", "time",
)
"""The fields that not every kind has, by the names in `EventRecord`."""
ALWAYS = ("kind", "day", "note")


class EventForm(Dialog[ScreenResultType]):
    """Everything that a person may say of one event. `_record` is what the fields say."""

    DEFAULT_CSS = """
    EventForm .dialog > VerticalScroll { height: auto; max-height: 75vh; }
    """

    def __init__(
        self, name: str, kinds: Sequence[tuple[str, int]], given: EventRecord, *, today: Day, currency: str
    ) -> None:
        """The form of an event of `name`, filled with what is `given`; `kinds` are words and numbers."""
        super().__init__()
        self._name, self._kinds = name, dict(kinds)
        self._given, self._today, self._currency = given, today, given.currency or currency
        self._word = next(word for word, code in kinds if code == given.kind)

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Tab next · Enter saves · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The fields; those that a kind does not have are hidden."""
        given = self._given
        kinds = [(one_line(kind_word(word)), word) for word in self._kinds]
        pieces = "" if given.quantity is None else _plain_number(given.quantity)
        rating = "" if given.rating is None else str(given.rating)
        yield VerticalScroll(
            self._field(_("Kind"), choice("kind", kinds, self._word)),
            self._field(_("Day"), line_input(
                "day", iso(given.day) or "", such_as(_("2026-11-22, today, -3d")),
            )),
            self._field(_("Amount"), line_input(
                "amount", plain(given.amount, self._currency) or "",
                such_as(f"12.50 {self._currency}"),
            )),
            self._field(_("Product"), line_input(
                "product", one_line(given.product), _("what it was about, if you like"),
            )),
            self._field(_("Pieces"), line_input("quantity", pieces, such_as("1"))),
            self._field(_("What"), choice("action", [("", "")], "")),
            self._field(_("For"), choice(
                "nature", [(nature_word(word), word) for word in ("", *NATURES)], given.nature,
            )),
            self._field(_("Rating"), line_input("rating", rating)),
            self._field(_("How"), choice(
                "channel", [(channel_word(word), word) for word in ("", *CHANNELS)], one_line(given.channel),
            )),
            self._field(_("Until"), line_input("until", iso(given.until) or "", _("the last day of it"))),
            self._field(_("State"), choice(
                "state", [(state_word(word), word) for word in _STATES], given.state,
            )),
            self._field(_("Time"), line_input("time", given.time, _("14:05, if it matters"))),
            self._field(_("Note"), line_input("note", one_line(given.note), _("anything worth keeping"))),
            can_focus=False,
        )

    def _field(self, label: str, widget: Widget) -> Field:
        return Field(label, widget, close=True)

    def on_mount(self) -> None:
        """Show what the kind has."""
        self._fit_kind(self._word, self._given.action)

    @on(Select.Changed, "#kind")
    def _kind_changed(self) -> None:
        word = value_of(self, "kind")
        if word != self._word:
            self._word = word
            self._fit_kind(word, USUAL_ACTION.get(word, ""))

    def _fit_kind(self, word: str, action: str) -> None:
        kind = self._kinds.get(word, 0)
        allowed = ACTIONS.get(word, ())
        having = {
            "amount": kind in _MONEY, "product": kind in _GOODS or kind >= 100, "quantity": kind in _MONEY,
            "action": bool(allowed), "nature": kind == Kind.SUBSCRIPTION, "rating": word in RATINGS,
            "channel": kind in _TALK, "until": kind == Kind.SUBSCRIPTION, "state": kind in _STATED,
            "time": kind in (Kind.BOOKING, Kind.VISIT, Kind.CONTACT) or bool(self._given.time),
        }
        show_only(self, OPTIONAL, (name for name, has in having.items() if has))
        if allowed:
            select = self.query_one("#action", Select)
            select.set_options([(action_word(each), each) for each in allowed])
            select.value = action if action in allowed else allowed[0]
        if word in RATINGS:
            least, most = RATINGS[word]
            words = _("{least} to {most}").format(least=least, most=most)
            self.query_one("#rating", Input).placeholder = words

    @on(Input.Submitted)
    def _save(self) -> None:
        try:
            record = self._record()
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.save(record)

    def save(self, record: EventRecord) -> None:
        """The fields are in order: answer."""
        raise NotImplementedError

    def _record(self) -> EventRecord:
        """What the fields say; `OwnerError` if it cannot be."""
        word = value_of(self, "kind")
        day = read_day(value_of(self, "day"), self._today)
        check_day(word, day, self._today)
        until = read_day(value_of(self, "until"), day) if value_of(self, "until").strip() else None
        check_until(word, until, day)
        amount = amount_of(value_of(self, "amount"), self._currency)
        return replace(
            self._given, kind=self._kinds[word], day=day, amount=amount,
            currency="" if amount is None else self._currency, action=value_of(self, "action"),
            product=self._text("product"), quantity=_number(value_of(self, "quantity")),
            nature=value_of(self, "nature"), rating=rating_of(value_of(self, "rating"), word),
            channel=self._text("channel"), until=until, state=value_of(self, "state"),
            time=time_of(value_of(self, "time")), note=self._text("note"),
        )

    def _text(self, name: str) -> str:
        return one_line(value_of(self, name))


def _number(text: str) -> float | None:
    """The typed number of pieces, None for none; `UsageError` for what is none."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    try:
        number = float(typed)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise UsageError(_("“{text}” is not a number of pieces.").format(text=text.strip()))
    return number


def _plain_number(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
