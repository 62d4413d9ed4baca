"""Compiles the catalogues whenever the package is built or installed. Not part of the installed package."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Hatchling's hook: `.po` files become the `.mo` files that gettext reads."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        folder = Path(self.root) / "src" / "activetui" / "locales"
        runpy.run_path(str(folder / "catalogues.py"))["compile_all"](folder)
