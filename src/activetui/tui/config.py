"""What the app remembers of a person between sessions: the theme. No customer data."""

from __future__ import annotations

import json
from pathlib import Path

FILE_NAME = "app.json"


def config_file() -> Path:
    """Where the settings are kept, in the user's configuration folder."""
    from platformdirs import user_config_path

    return user_config_path("activetui", appauthor=False) / FILE_NAME


def load(path: Path | None = None) -> dict[str, str]:
    """The settings; none where the file is missing or cannot be read."""
    try:
        found = json.loads((path or config_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def remember(key: str, value: str, path: Path | None = None) -> None:
    """Keep one setting; a folder that cannot be written is no reason to stop."""
    target = path or config_file()
    settings = load(target)
    if settings.get(key) == value:
        return
    settings[key] = value
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(settings, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError:
        return
