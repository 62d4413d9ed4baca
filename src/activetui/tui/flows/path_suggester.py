"""Completes the path of a file while it is typed, as a shell does."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.suggester import Suggester

from activetui.tui.folder import is_table


class PathSuggester(Suggester):
    """Offers folders and files that can be imported."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first file or folder that begins so."""
        return await asyncio.to_thread(_first_beginning, value)


def _first_beginning(value: str) -> str | None:
    if not value.strip():
        return None
    folder, slash, beginning = value.rpartition("/")
    try:
        entries = sorted(Path(f"{folder}{slash}" or ".").expanduser().iterdir())
    except (OSError, ValueError, RuntimeError):
        return None
    for entry in entries:
        if entry.name.startswith(beginning) and (beginning or not entry.name.startswith(".")):
            if entry.is_dir():
                return f"{folder}{slash}{entry.name}/"
            if is_table(entry.name):
                return f"{folder}{slash}{entry.name}"
    return None
