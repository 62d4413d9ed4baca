"""Ask what the two errors of a definition cost."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.activity.past.backtest import Costs
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.money import plain
from activetui.locales import _
from activetui.store.changes.by_hand import amount_of
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.fields import Field


class CostsDialog(Dialog[Costs]):
    """The answer is the cost of a false alarm and that of a missed customer."""

    def __init__(self, costs: Costs | None, currency: str) -> None:
        super().__init__()
        self._costs, self._currency = costs, currency

    def title_words(self) -> str:
        """What is asked."""
        return _("What do the two errors cost you?")

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Tab next · Enter accepts · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """Two amounts and what they mean."""
        example = _("5.00 {currency}").format(currency=self._currency)
        for name, title in (("alarm", _("False alarm")), ("miss", _("Miss"))):
            known = None if self._costs is None else plain(getattr(self._costs, name), self._currency)
            yield Field(title, Input(known or "", placeholder=example, id=name, compact=True))
        yield Static(
            Content(_("A false alarm: an offer to somebody who would have come anyway. A miss: a customer "
                      "who leaves while you believe them active. The cheapest window is then shown.")),
            classes="dialog--hint",
        )

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        alarm, miss = self.query_one("#alarm", Input), self.query_one("#miss", Input)
        if event.input is alarm and not miss.value.strip():
            miss.focus()
            return
        try:
            self.dismiss(Costs(self._amount(alarm), self._amount(miss)))
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())

    def _amount(self, line: Input) -> int:
        amount = amount_of(line.value, self._currency)
        if amount is None or amount < 0:
            line.focus()
            raise UsageError(_("Both costs are needed; one may be 0."))
        return amount
