"""What only the owner can decide, asked at the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from activetui.cli.asking import chosen
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.asking.answers import Answers
    from activetui.importing.asking.questions import Question
    from activetui.importing.deciding.understand import Understanding
    from activetui.importing.read import FileReading


def ask_owner(reading: FileReading, answers: Answers) -> Answers | None:
    """Ask the first question about a file; the answers with the new one, None if it was left open."""
    section = next(one for one in reading.sections if one.questions)
    return ask_about(section.questions[0], section, answers)


def ask_about(question: Question, understood: Understanding, answers: Answers) -> Answers | None:
    """Ask one question; the answers with the new one, None if it was left open."""
    from activetui.importing.asking.choices import answered, choices_of

    print(f"\n{understood.table.label}: {question.why}", file=sys.stderr)
    choices = choices_of(question, understood.table.header)
    place = chosen([choice.title for choice in choices])
    if place is None:
        return None
    print(_("(next time without asking: {option})").format(option=choices[place].option), file=sys.stderr)
    return answered(answers, choices[place].option)
