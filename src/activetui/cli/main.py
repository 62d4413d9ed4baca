"""Where the installed command begins."""

from __future__ import annotations

import gc
import os
import sys

_NEW = 50_000
"""New objects after which a command looks for garbage: most end before, and keep nearly all they make."""


def run() -> None:
    """Run the command line of this process and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from activetui import __version__

        print(f"activetui {__version__}")
        return
    # numpy would start a thread per core when it is loaded, for a linear algebra that is used nowhere here
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from activetui.cli.language import chosen_language
    from activetui.locales import use_language

    use_language(chosen_language())
    words = sys.argv[1:]
    if _opens_app(words):
        _open_app(words)
        return
    gc.set_threshold(_NEW, *gc.get_threshold()[1:])
    from activetui.cli.program import app

    app()


def _opens_app(words: list[str]) -> bool:
    """Whether the app is meant, and nothing said but, perhaps, on which file: then the command line, which
    takes a fifth of the time until the first picture, is not needed."""
    plain = not words or (len(words) == 2 and words[0] == "--db" and words[1][:1] not in ("", "-"))
    if not plain:
        return False
    from activetui.cli.app_command import is_terminal

    return is_terminal()


def _open_app(words: list[str]) -> None:
    from activetui.cli.app_command import open_app
    from activetui.cli.context import choose_db

    choose_db(words[1] if words else None)
    try:
        open_app()
    except BaseException:
        from activetui.cli.errors import ending

        with ending(words):
            raise
