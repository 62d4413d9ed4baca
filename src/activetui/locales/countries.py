"""Countries by their names: owners write `Portugal` where the ledger has PT."""

from __future__ import annotations

from functools import cache

from activetui.ledger.text import fold
from activetui.locales import LANGUAGES

_ALSO = {
    "usa": "US", "united states of america": "US", "uk": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "great britain": "GB", "czech republic": "CZ", "holland": "NL",
}
"""What people write and no language calls the country."""


def country_code(text: str) -> str:
    """ISO alpha-2 where the text is a code or a country's name in one of the languages, else the text."""
    text = text.strip()
    if len(text) == 2 and text.isascii() and text.isalpha():
        return _ALSO.get(text.lower(), text.upper())
    return _codes().get(fold(text), text)


def names_of(code: str) -> list[str]:
    """What a country is called in the languages, folded; the code itself included."""
    return [fold(code), *(name for name, known in _codes().items() if known == code.upper())]


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    found = {
        fold(str(name)): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return found | {fold(name): code for name, code in _ALSO.items()}
