"""Change what is known of a customer: one form, one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store.customers import Customer, tag_name
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.fields import Field, choice, line_input, such_as, value_of

_TEXTS = (
    "name", "first_name", "email", "phone", "company", "tax_id", "address", "postcode", "city", "region",
    "country", "language",
)
_YES, _NO, _UNKNOWN = "yes", "no", "unknown"


class EditCustomerDialog(Dialog[Mapping[str, object]]):
    """The fields of a customer; the answer is what changes, by column of `customers.EDITABLE` and `tags`.

    `tags` is a tuple of all tags that the customer then has.
    """

    DEFAULT_CSS = """
    EditCustomerDialog .dialog > VerticalScroll { height: auto; max-height: 80vh; }
    """

    def __init__(self, customer: Customer, name: str, *, field: str = "", today: Day) -> None:
        """The form of `customer`, shown as `name`; it begins at `field`."""
        super().__init__()
        self._customer, self._name, self._field_name, self._today = customer, name, field, today

    def title_words(self) -> str:
        """Of whom."""
        return _("What is known of {name}").format(name=self._name)

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Tab next · Enter saves · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The fields."""
        customer = self._customer
        titles = {
            "name": _("Name"), "first_name": _("First name"), "email": _("E-mail"), "phone": _("Telephone"),
            "company": _("Company"), "tax_id": _("Tax number"), "address": _("Address"),
            "postcode": _("Postcode"), "city": _("Town"), "region": _("Region"), "country": _("Country"),
            "language": _("Language"),
        }
        hints = {"country": such_as("PT"), "language": such_as("pt")}
        consent = {True: _YES, False: _NO, None: _UNKNOWN}[customer.consent]
        answers = [(_("not known"), _UNKNOWN), (_("yes"), _YES), (_("no"), _NO)]
        wishes = [(_("may be contacted"), _NO), (_("never contact them"), _YES)]
        yield VerticalScroll(
            *(_line(titles[name], name, one_line(getattr(customer, name)), hints.get(name, ""))
              for name in _TEXTS),
            _line(_("Birthday"), "birthday", iso(customer.birthday) or "", such_as("1980-05-17")),
            _line(_("Tags"), "tags", ", ".join(one_line(tag) for tag in customer.tags),
                  such_as(_("vip, regular"))),
            _line(_("Note"), "note", one_line(customer.note), ""),
            Field(_("Agrees to marketing"), choice("consent", answers, consent), close=True),
            Field(_("Contact"), choice("do_not_contact", wishes, _YES if customer.do_not_contact else _NO),
                  close=True),
            can_focus=False,
        )

    def on_mount(self) -> None:
        """Begin at the field that was chosen."""
        if self._field_name:
            self.query_one(f"#{self._field_name}").focus()

    @on(Input.Submitted)
    def _save(self) -> None:
        try:
            changes = self._changes()
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.dismiss(changes)

    def _changes(self) -> dict[str, object]:
        said: dict[str, object] = {name: one_line(value_of(self, name)) for name in (*_TEXTS, "note")}
        said["birthday"] = self._birthday()
        said["consent"] = {_YES: True, _NO: False}.get(value_of(self, "consent"))
        said["do_not_contact"] = value_of(self, "do_not_contact") == _YES
        said["tags"] = tuple(sorted({tag_name(tag) for tag in value_of(self, "tags").split(",")} - {""}))
        before = {name: getattr(self._customer, name) for name in said}
        before |= {name: one_line(before[name]) for name in (*_TEXTS, "note")}
        before["tags"] = tuple(sorted(tag_name(tag) for tag in self._customer.tags))
        return {name: value for name, value in said.items() if value != before[name]}

    def _birthday(self) -> Day | None:
        text = value_of(self, "birthday").strip()
        if not text:
            return None
        day = read_day(text, self._today)
        if day > self._today:
            raise UsageError(_("A birthday cannot lie ahead."))
        return day


def _line(title: str, name: str, value: str, hint: str) -> Field:
    return Field(title, line_input(name, value, hint), close=True)
