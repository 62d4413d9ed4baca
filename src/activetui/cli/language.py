"""Which language the program speaks."""

from __future__ import annotations

import os

from activetui.locales import LANGUAGES, language_of_environment
from activetui.tui import config


def chosen_language() -> str:
    """ACTIVETUI_LANG, else the language of `config set language`, else that of the system; for
    `use_language`."""
    if os.environ.get("ACTIVETUI_LANG"):
        return language_of_environment()
    own = config.load().get("language", "")
    return own if own[:2] in LANGUAGES else language_of_environment()
