"""Ask for one value of a condition, in the way that suits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from activetui.activity.editing import FormField, Value, as_typed, read_typed
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.choose_many import ChooseManyDialog

if TYPE_CHECKING:
    from textual.app import App

Take = Callable[[Value | None], None]
"""Puts a value in; `OwnerError` where it cannot be had."""


def ask_value(
    app: App[None], field: FormField, currency: str, take: Take, refused: Callable[[OwnerError], None]
) -> None:
    """Ask for another value of a field and hand it to `take`.

    What that refuses is said in the dialog, or where there is none any more, handed to `refused`.
    """
    def take_at_once(value: Value | None) -> None:
        try:
            take(value)
        except OwnerError as error:
            refused(error)

    match field.what:
        case "flag":
            take_at_once(not field.value)
        case "choice":
            _choose(app, field, take_at_once)
        case "choices":
            _choose_many(app, field, take)
        case _:
            _type(app, field, currency, take)


def _type(app: App[None], field: FormField, currency: str, take: Take) -> None:
    def check(typed: str) -> None:
        take(read_typed(field, typed, currency))

    hint = field.meaning
    if not field.needed:
        hint += " " + _("Left empty: {words}.").format(words=field.shown if field.value is None else _("any"))
    title = _("{label}, in days") if field.what == "days" else "{label}"
    app.push_screen(
        AskTextDialog(title.format(label=field.label), hint, value=as_typed(field, currency), check=check)
    )


def _choose(app: App[None], field: FormField, take: Take) -> None:
    choices = [Choice(option.value, one_line(option.words)) for option in field.choices]
    if not field.needed:
        choices.insert(0, Choice("", _("no matter which")))

    def chosen(value: str | None) -> None:
        if value is not None:
            take(value or None)

    present = field.value if isinstance(field.value, str) else ""
    app.push_screen(ChooseDialog(field.label, choices, present, hint=field.meaning), chosen)


def _choose_many(app: App[None], field: FormField, take: Take) -> None:
    def check(values: tuple[str, ...]) -> None:
        if field.needed and not values:
            raise OwnerError(_("Choose at least one."))
        take(values or None)

    present = field.value if isinstance(field.value, tuple) else ()
    choices = [Choice(option.value, one_line(option.words)) for option in field.choices]
    app.push_screen(ChooseManyDialog(field.label, choices, present, hint=field.meaning, check=check))
