"""Where the installed command begins."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line of this process and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from activetui import __version__

        print(f"activetui {__version__}")
        return
    from activetui.locales import language_of_environment, use_language

    use_language(language_of_environment())
    from activetui.cli.program import app

    app()
