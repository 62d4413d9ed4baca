"""Name a segment and write its query."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.segments.errors import QueryError
from activetui.segments.query import parse
from activetui.tui.dialogs.base import Dialog


class SegmentDialog(Dialog[tuple[str, str]]):
    """The answer is (name, query). A query that cannot be read is said at once."""

    def __init__(self, name: str = "", query: str = "") -> None:
        super().__init__()
        self._known_name = name
        self._known_query = query

    def title_words(self) -> str:
        """What is asked."""
        return _("Save a segment")

    def compose_dialog(self) -> Iterable[Widget]:
        """Two lines."""
        yield Input(one_line(self._known_name), placeholder=_("name"), id="name")
        yield Input(one_line(self._known_query), placeholder="status:inactive spend>500 last>60d", id="query")
        yield Static(
            _("Such as: status:at_risk · spend>500 · last>60d · country:PT · tag:vip · -kind:complaint"),
            classes="dialog--hint", markup=False,
        )

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
        try:
            parse(query.value)
        except QueryError as problem:
            query.focus()
            self.show_problem(f"{problem.message} {problem.hint}".strip())
            return
        self.dismiss((name.value.strip(), query.value.strip()))
