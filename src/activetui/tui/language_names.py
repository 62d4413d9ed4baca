"""Languages by their own names, as those who speak them look for them."""

from __future__ import annotations


def language_name(tongue: str) -> str:
    """The name of a language such as `pt` or `pt_BR` in itself: `português (Brasil)`; else the code."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tongue).get_display_name()
    except (UnknownLocaleError, ValueError):
        return tongue
    return name or tongue
