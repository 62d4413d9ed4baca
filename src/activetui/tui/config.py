"""What the program remembers of a person between sessions: language, theme, columns. No customer data.

Commands read it too, so it loads nothing that takes long.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE_NAME = "app.json"
KEYMAP_NAME = "keys.toml"


def config_folder() -> Path:
    """The user's folder for the settings of this program.

    Where XDG's rule holds it is applied here: it is read at every start, and the package that knows the
    rules of all systems takes as long to load as Python itself.
    """
    system: str = sys.platform
    if system.startswith("linux"):
        base = os.environ.get("XDG_CONFIG_HOME", "")
        return Path(base if base.startswith("/") else "~/.config").expanduser() / "activetui"
    from platformdirs import user_config_path

    return user_config_path("activetui", appauthor=False)


def config_file() -> Path:
    """Where the settings are kept."""
    return config_folder() / FILE_NAME


def keymap_file() -> Path:
    """Where the owner's own keys are looked for."""
    return config_folder() / KEYMAP_NAME


def load(path: Path | None = None) -> dict[str, str]:
    """The settings; none where the file is missing or cannot be read."""
    try:
        text = (path or config_file()).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def remember(key: str, value: str, path: Path | None = None) -> None:
    """Keep one setting, or forget it where it is empty; a folder that cannot be written is no reason to stop.
    """
    try:
        put(key, value, path)
    except OSError:
        return


def put(key: str, value: str, path: Path | None = None) -> None:
    """As `remember`, but `OSError` where it cannot be kept."""
    import json

    target = path or config_file()
    settings = load(target)
    if settings.get(key, "") == value:
        return
    settings[key] = value
    kept = {name: text for name, text in settings.items() if text}
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(target)
