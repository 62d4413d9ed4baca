"""The words of the program: every message goes through `_` (English source text).

Catalogues live beside this module as `<language>/LC_MESSAGES/activetui.po`; without one the English
source text is shown. The language is chosen once, at the edge, by `use_language`.
"""

from __future__ import annotations

import gettext as _gettext
import os
from pathlib import Path

LANGUAGES = ("en", "pt", "es", "it", "fr", "ru")
DOMAIN = "activetui"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The message in the chosen language."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the chosen language; put the number in with `.format(n=n)`."""
    return _catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message in the chosen language, where one English word has several meanings."""
    return _catalogue.pgettext(context, message)


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return _language


def language_of_environment() -> str:
    """The language that ACTIVETUI_LANG, LC_ALL, LC_MESSAGES or LANG ask for; English if none of ours."""
    for variable in ("ACTIVETUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(variable, "")
        if wanted:
            code = wanted[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def use_language(code: str) -> None:
    """Use the catalogue of `code` from now on; an unknown code or a missing catalogue means English."""
    global _catalogue, _language
    _language = code if code in LANGUAGES else "en"
    _catalogue = _gettext.translation(
        DOMAIN, localedir=str(Path(__file__).parent), languages=[_language], fallback=True
    )
