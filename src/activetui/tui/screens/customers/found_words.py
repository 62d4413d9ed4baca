"""How many customers a filter finds, in words."""

from __future__ import annotations

from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.commands import key_of


def found_words(found: int, everyone: int) -> str:
    """How many there are, or how many of them are found."""
    if found == everyone:
        return ngettext("{n} customer", "{n} customers", everyone).format(n=format_number(everyone))
    return _("{found} of {everyone}").format(found=format_number(found), everyone=format_number(everyone))


def nobody_words(everyone: int) -> str:
    """That nobody is found, and which key shows all again."""
    words = ngettext(
        "Your only customer does not fit this filter. {key} shows everyone again.",
        "Nobody among your {n} customers fits this filter. {key} shows everyone again.", everyone,
    )
    return words.format(n=format_number(everyone), key=key_of("customers.clear"))
