"""What does not make sense in the definition, and what only the owner can decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.consistency import Finding, Severity
from activetui.activity.questions import Question
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.screens.definition.choices import PanelChoices

_MARKS = {
    Severity.MISTAKE: ("✗", "$error"),
    Severity.WARNING: ("!", "$status-at-risk"),
    Severity.NOTE: ("·", "$quiet"),
    Severity.QUESTION: ("?", "$accent"),
}


class Effect(NamedTuple):
    """What the other answer to a question would do."""

    moved: int
    of: int
    before: int
    """The active base now."""
    after: int


class Open(NamedTuple):
    """A question that the definition leaves open."""

    question: Question
    effect: Effect | None = None
    """None where there is no other definition, nobody to tell it from, or it is not known yet."""


class CheckPanel(Vertical):
    """Findings and questions with their codes; Enter on a question shows both answers."""

    DEFAULT_CSS = """
    CheckPanel {
        & > .sense { height: auto; padding: 0 1 1 1; color: $status-active; display: none; }
        &.-sense > .sense { display: block; }
        & > PanelChoices { height: 1fr; max-height: 100%; }
    }
    """

    class QuestionChosen(Message):
        """Both answers to a question are wanted."""

        def __init__(self, open_question: Open) -> None:
            super().__init__()
            self.open_question = open_question

    class FindingChosen(Message):
        """A finding is to be put right."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entries: list[Finding | Open] = []

    def compose(self) -> Iterable[Widget]:
        """That it makes sense where it does, then what there is to say."""
        yield Static(classes="sense", markup=False)
        yield PanelChoices()

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.query_one(PanelChoices)

    def show(self, findings: Sequence[Finding], questions: Sequence[Open]) -> None:
        """Show these findings, the gravest first, and these questions."""
        weight = list(Severity)
        gravest_first = sorted(findings, key=lambda each: weight.index(each.severity))
        entries: list[Finding | Open] = [*gravest_first, *questions]
        self.query_one(".sense", Static).update(Content(_("✓ The definition makes sense.")))
        self.set_class(not any(map(is_grave, findings)), "-sense")
        if entries == self._entries:
            return
        self._entries = entries
        choices = self.query_one(PanelChoices)
        before = choices.highlighted or 0
        choices.clear_options()
        choices.add_options([
            Option(_finding(entry) if isinstance(entry, Finding) else _question(entry)) for entry in entries
        ])
        choices.highlighted = min(before, len(entries) - 1) if entries else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self._entries[event.option_index]
        if isinstance(entry, Open):
            self.post_message(self.QuestionChosen(entry))
        else:
            self.post_message(self.FindingChosen())


def is_grave(finding: Finding) -> bool:
    """Whether the definition should be changed because of it."""
    return finding.severity in (Severity.MISTAKE, Severity.WARNING)


def note_of(findings: Sequence[Finding], questions: Sequence[Open]) -> str:
    """How much there is to say, for the title of the panel: "!2 ?3", or ✓."""
    grave = sum(map(is_grave, findings))
    parts = [f"!{format_number(grave)}" if grave else "✓", f"?{format_number(len(questions))}"]
    return " ".join(parts if questions else parts[:1])


def effect_words(effect: Effect | None) -> str:
    """Whom the other answer would move; empty where that is not known."""
    if effect is None:
        return ""
    words = ngettext(
        "The other answer would move {n} of {of} customer; active base {before} → {after}.",
        "The other answer would move {n} of {of} customers; active base {before} → {after}.",
        effect.of,
    )
    return words.format(
        n=format_number(effect.moved), of=format_number(effect.of), before=format_number(effect.before),
        after=format_number(effect.after),
    )


def _finding(finding: Finding) -> Content:
    mark, style = _MARKS[finding.severity]
    return Content.assemble(
        (f"{mark} {finding.code} ", f"bold {style}"), one_line(finding.message), "\n",
        (one_line(finding.advice), "$quiet"),
    )


def _question(entry: Open) -> Content:
    mark, style = _MARKS[Severity.QUESTION]
    question = entry.question
    now = _("Now: {answer}.").format(answer=one_line(question.now))
    return Content.assemble(
        (f"{mark} {question.code} ", f"bold {style}"), question.question, "\n",
        (" ".join(words for words in (now, effect_words(entry.effect)) if words), "$quiet"),
    )
