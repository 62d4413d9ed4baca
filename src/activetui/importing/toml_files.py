"""What the TOML files of this package say, kept as Python keeps its modules: read once, not at each start.

A hundred of them take as long to read as everything else that looks at a short file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

_HERE = Path(__file__).parent
_TOGETHER = "together"


@cache
def said_in(folder: str) -> Mapping[str, Mapping[str, Any]]:
    """What the TOML files in a folder of `importing` say, by their names without `.toml`, in their order.

    Nobody may change it.
    """
    return read_folder(_HERE / folder)


def read_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """The same for any folder: kept beside the files, where that can be written, until one changes."""
    module = ModuleType(_TOGETHER)
    _Loader(folder).exec_module(module)
    found: dict[str, dict[str, Any]] = module.said
    return found


class _Loader(SourceFileLoader):
    """Takes all files of a folder for one source."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_TOGETHER, str(folder / f"{_TOGETHER}.toml"))
        self._folder = folder
        self._texts: dict[str, bytes] = {}

    def path_stats(self, path: str) -> dict[str, Any]:
        """By the age of the youngest and the size, Python tells whether what is kept is still true."""
        files = [file.stat() for file in self._folder.glob("*.toml")]
        return {"mtime": max(file.st_mtime for file in files), "size": sum(file.st_size for file in files)}

    def get_data(self, path: str) -> bytes:
        """The bytes of all files, which are as many as `path_stats` says, or of what is kept."""
        if path != self.path:
            return super().get_data(path)
        self._texts = {file.stem: file.read_bytes() for file in sorted(self._folder.glob("*.toml"))}
        return b"".join(self._texts.values())

    def source_to_code(  # type: ignore[override]
        self, data: bytes, path: str, *, _optimize: int = -1
    ) -> CodeType:
        """A module with `said`."""
        import tomllib

        said = {name: tomllib.loads(text.decode("utf-8")) for name, text in self._texts.items()}
        return super().source_to_code(f"said = {said!r}".encode(), path)
