"""scipy is an extra: without it everything else works, and the models say what to install."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.house.source import modules
from tests.store.building import Building

WITHOUT = """
import sys


class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "scipy":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Absent())
from activetui.cli.main import run

sys.argv = ["activetui", *sys.argv[1:]]
run()
"""

LOADED = """
import sys
from activetui.cli.main import run

sys.argv = ["activetui", *sys.argv[1:]]
try:
    run()
finally:
    print("\\x00", *sys.modules)
"""


def run_script(script: str, *words: str, db: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ACTIVETUI_TODAY": "2026-11-22"}
    if db is not None:
        environment["ACTIVETUI_DB"] = str(db)
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )


def small_shop(path: Path) -> Path:
    shop = Building(path)
    shop.event(shop.customer("Ana"), on=20_000, amount=500)
    shop.ready().close()
    return path


def test_without_scipy_the_forecast_says_what_to_install(tmp_path: Path) -> None:
    path = small_shop(tmp_path / "shop.db")
    told = run_script(WITHOUT, "report", "forecast", db=path)
    assert told.returncode == 1
    assert "scipy" in told.stderr
    assert "pip install" in told.stderr
    assert f"{sys.executable} -m pip install scipy" in told.stderr.replace("\n", " ")
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


def test_without_scipy_other_reports_work(tmp_path: Path) -> None:
    path = small_shop(tmp_path / "shop.db")
    assert run_script(WITHOUT, "report", "summary", db=path).returncode == 0
    assert run_script(WITHOUT, "report", "forecast", "--help", db=path).returncode == 0


def test_help_loads_no_arrays_and_no_models() -> None:
    loaded = run_script(LOADED, "report", "forecast", "--help").stdout.rpartition("\x00")[2].split()
    assert "activetui.cli.report.forecast" in loaded
    assert not {"numpy", "scipy", "activetui.insights.models.forecast"} & set(loaded)


def test_scipy_is_asked_for_in_one_place_and_late() -> None:
    for module in modules():
        early = [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        anywhere = [node for node in ast.walk(module.tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not [node for node in early if speaks_of_scipy(node)], module.name
        if module.name != "insights/models/scipy_extra.py":
            assert not [node for node in anywhere if speaks_of_scipy(node)], module.name


def speaks_of_scipy(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
    return any(name.partition(".")[0] == "scipy" for name in names)
