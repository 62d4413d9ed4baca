"""What does not make sense in the definition, and what only the owner can decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.consistency import Finding
from activetui.locales import _
from activetui.tui.dialogs.choose import Choices


class CheckPanel(Vertical):
    """Findings with their codes; Enter on one says what can be done about it."""

    DEFAULT_CSS = """
    CheckPanel {
        & > .sense { height: auto; padding: 1 1 0 1; color: $status-active; display: none; }
        &.-sense > .sense { display: block; }
        &.-sense > Choices { display: none; }
        & > Choices, & > Choices:focus {
            height: 1fr; max-height: 100%; padding: 0; background: $background;
            background-tint: $background 0%; scrollbar-background: $background;
            & > .option-list--option { padding: 0 1; }
        }
    }
    """

    class Chosen(Message):
        """Something is to be done about a finding."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._findings: tuple[Finding, ...] = ()

    def compose(self) -> Iterable[Widget]:
        """The findings, or that there is none."""
        yield Static(classes="sense", markup=False)
        yield Choices()

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.query_one(Choices)

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        if tuple(findings) == self._findings and self.query_one(Choices).option_count:
            return
        self._findings = tuple(findings)
        self.query_one(".sense", Static).update(Content(_("✓ The definition makes sense.")))
        self.set_class(not findings, "-sense")
        choices = self.query_one(Choices)
        before = choices.highlighted or 0
        choices.clear_options()
        choices.add_options([Option(_prompt(finding)) for finding in findings])
        choices.highlighted = min(before, len(findings) - 1) if findings else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._findings[event.option_index]))


def _prompt(finding: Finding) -> Content:
    return Content.assemble(
        (f"! {finding.code} ", "bold $status-at-risk"), (finding.message, ""), "\n",
        (finding.advice, "$quiet"),
    )
