"""Where the installed command begins."""

from __future__ import annotations

import os
import sys


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
    from activetui.cli.program import app

    app()
