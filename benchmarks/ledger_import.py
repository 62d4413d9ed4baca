"""`python -m benchmarks.ledger_import FILE STORE`: the import up to the ledger, without the statuses.

The ways of SQLite alone work out no statuses either, so this is what they are to be held against as well.
"""

from __future__ import annotations

import runpy
import sys

from activetui.store.imports import applying


def main() -> None:
    """Import a file as an owner would, and work out nothing from it."""
    orders, store = sys.argv[1:]
    for name in ("begin_before", "begin"):
        setattr(applying._Early, name, lambda *_asked: None)
    setattr(applying, "refresh_touched", lambda *_asked: None)  # noqa: B010 - mypy takes no other function for it
    sys.argv = ["activetui", "import", orders, "--yes", "--db", store]
    runpy.run_module("activetui", run_name="__main__")


if __name__ == "__main__":
    main()
