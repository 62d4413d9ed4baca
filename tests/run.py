"""The test command: `python3 tests/run.py`.

Needs Python 3.11 or later and nothing else: it makes `.venv`, installs the project with what the tests
need (again only when pyproject.toml changes), then runs every check and stops at the first that fails.
Words after the command go to pytest: `python3 tests/run.py tests/store -k undo` runs only these tests.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
INSTALLED = VENV / "installed-for-tests"
OLDEST = (3, 11)


def main() -> int:
    """Run all checks; the exit code is that of the first one that fails."""
    os.environ.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore", PYTHONUTF8="1")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)     # many tests start the program: compile it once
    if not PYTHON.exists():
        made = step("environment", python_for_venv(), "-m", "venv", str(VENV))
        if made:
            return made
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not INSTALLED.exists() or INSTALLED.read_text(encoding="utf-8") != wanted:
        installed = step("install", str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", ".[test]")
        if installed:
            return installed
        INSTALLED.write_text(wanted, encoding="utf-8")
    chosen = sys.argv[1:]
    checks: list[tuple[str, list[str]]] = [("tests", [str(PYTHON), "-m", "pytest", *(chosen or ["-n", "2"])])]
    if not chosen:
        checks[:0] = [
            ("ruff", [str(BIN / "ruff"), "check", "--no-cache", "."]),
            ("mypy", [str(BIN / "mypy")]),
            ("layers", [str(BIN / "lint-imports"), "--no-cache"]),
            ("dependencies", [str(BIN / "deptry"), "src"]),
        ]
    for title, command in checks:
        failed = step(title, *command)
        if failed:
            return failed
    return 0


def step(title: str, *command: str) -> int:
    """Run one command in the project's folder, saying what runs and how it ended."""
    print(f"── {title}", flush=True)
    begun = time.perf_counter()
    code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    ended = "done" if code == 0 else f"FAILED (exit code {code})"
    print(f"── {title}: {ended}, {time.perf_counter() - begun:.0f} s", flush=True)
    return code


def python_for_venv() -> str:
    """A Python that is new enough: this one, else the newest on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise SystemExit("ActiveTUI needs Python 3.11 or later; this is Python " + sys.version.split()[0])


if __name__ == "__main__":
    raise SystemExit(main())
