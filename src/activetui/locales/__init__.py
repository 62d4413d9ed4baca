"""The words of the program: every message goes through `_` (English source text).

Catalogues live beside this module as `<language>/LC_MESSAGES/activetui.po`; without one the English
source text is shown. The language is chosen once, at the edge, by `use_language`.
"""

from __future__ import annotations

import gettext as _gettext
import os
import re
from pathlib import Path

LANGUAGES = ("en", "pt", "es", "it", "fr", "ru")
DOMAIN = "activetui"

_LOCALES = {"en": "en_GB", "pt": "pt_PT", "es": "es_ES", "it": "it_IT", "fr": "fr_FR", "ru": "ru_RU"}
"""How dates and money are written where the environment names no country for the language."""

_COUNTRIES = {
    "en": "AU CA GB IE IN NZ US ZA",
    "pt": "AO BR MZ PT",
    "es": "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE",
    "it": "CH IT",
    "fr": "BE CA CH FR LU",
    "ru": "BY KZ RU UA",
}
"""Countries whose own way of writing dates and money is known for a language."""

_SHAPE = re.compile(r"(?P<language>[A-Za-z]{2})(?:[_-](?P<country>[A-Za-z]{2}))?(?![A-Za-z])")

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
_locale = "en_GB"


def _(message: str) -> str:
    """The message in the chosen language."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the chosen language; put the number in with `.format(n=n)`."""
    return _catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message in the chosen language, where one English word has several meanings."""
    return _catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the customary name of this mark
    """Mark a message for the catalogue where it stands; `_` translates it later, where it is shown."""
    return message


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return _language


def locale_name() -> str:
    """The language with the country whose dates and money are written, such as `pt_BR`."""
    return _locale


def language_of_environment() -> str:
    """What ACTIVETUI_LANG, LC_ALL, LC_MESSAGES or LANG ask for, for `use_language`; English if not ours.

    With the country, if the variable names one: `pt_BR` for `pt_BR.UTF-8`.
    """
    for variable in ("ACTIVETUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(variable, "")
        if wanted:
            asked = _SHAPE.match(wanted)
            if asked is None or asked["language"].lower() not in LANGUAGES:
                return "en"
            code, country = asked["language"].lower(), asked["country"]
            return f"{code}_{country.upper()}" if country else code
    return "en"


def use_language(code: str) -> None:
    """Speak `code` from now on: `pt`, or `pt_BR` for the dates and money of that country.

    An unknown language or a missing catalogue means English, an unknown country the language's own.
    """
    global _catalogue, _language, _locale
    asked = _SHAPE.match(code)
    wanted = asked["language"].lower() if asked else ""
    country = (asked["country"] or "").upper() if asked else ""
    _language = wanted if wanted in LANGUAGES else "en"
    known = wanted == _language and country in _COUNTRIES[_language].split()
    _locale = f"{_language}_{country}" if known else _LOCALES[_language]
    _catalogue = _gettext.translation(
        DOMAIN, localedir=str(Path(__file__).parent), languages=[_language], fallback=True
    )
