"""The fields of an alert's sentence: which there are for a rule, and how a template names them."""

from __future__ import annotations

from string import Formatter

from activetui.activity.reading.positions import Path
from activetui.activity.reading.table_reading import did_you_mean, shown
from activetui.locales import _
from activetui.reactivation.alerts.types import (
    Begins,
    EachEvent,
    EndsSoon,
    Leavers,
    NoImport,
    Trigger,
    Turns,
    Unrenewed,
)
from activetui.reactivation.rules.rule_reading import Reading

OF_CUSTOMER = ("name", "day", "status", "spend", "last", "silence", "rhythm", "purchases")
"""Of every alert about a customer."""
OF_EVENT = ("product", "amount", "rating", "channel", "what")


def fields_of(trigger: Trigger) -> tuple[str, ...]:
    """The fields that the sentence of a rule may name."""
    match trigger:
        case EachEvent():
            return (*OF_CUSTOMER, *OF_EVENT)
        case Begins():
            return OF_CUSTOMER
        case Turns():
            return (*OF_CUSTOMER, "was")
        case EndsSoon():
            return (*OF_CUSTOMER, "product", "until", "days")
        case Unrenewed():
            return (*OF_CUSTOMER, "product", "ended", "days")
        case NoImport():
            return ("source", "day", "days")
        case Leavers():
            return ("product", "n", "of", "share", "others", "days")


def all_fields() -> tuple[str, ...]:
    """The fields that the sentence of some rule may name: for one that is not understood."""
    triggers = (
        *OF_CUSTOMER, *OF_EVENT, "was", "until", "ended", "days", "source", "n", "of", "share", "others",
    )
    return tuple(dict.fromkeys(triggers))


def check_fields(reading: Reading, path: Path, text: str, trigger: Trigger | None) -> None:
    """Note every field of a sentence that the rule does not have, or that is written wrongly.

    Without a trigger, because that is wrong itself, every field that no rule has.
    """
    known = all_fields() if trigger is None else fields_of(trigger)
    problems = reading.problems
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        message = _("a field is a word in braces, such as {example}; one of the braces is not closed")
        problems.at_value(path, message.format(example="{name}"))
        return
    for _before, field, form, conversion in parts:
        if field is None:
            continue
        if form or conversion or not field.isidentifier():
            message = _("{field} cannot stand here; a field is a word in braces, such as {example}")
            at = max(text.find("{" + field), 0)
            problems.within_text(path, at, message.format(field=shown(field or "{}"), example="{name}"))
        elif field not in known:
            message = _("there is no field {field} here").format(field=shown(field))
            at = max(text.find("{" + field + "}") + 1, 0)
            problems.within_text(path, at, message + did_you_mean(field, known))
