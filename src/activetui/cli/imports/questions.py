"""What only the owner can decide, asked at the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from activetui.cli.asking import chosen
from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.answers import Answers
    from activetui.importing.understand import Understanding


def ask_owner(understood: Understanding, answers: Answers) -> Answers | None:
    """Ask the first question about a file; the answers with the new one, None if it was left open."""
    from activetui.importing.choices import answered, choices_of

    question = understood.questions[0]
    name = one_line(understood.table.path.name)
    print(f"\n{name}: {question.why}", file=sys.stderr)
    choices = choices_of(question, understood.table.header)
    place = chosen([choice.title for choice in choices])
    if place is None:
        return None
    print(_("(next time without asking: {option})").format(option=choices[place].option), file=sys.stderr)
    return answered(answers, choices[place].option)
