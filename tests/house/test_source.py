"""Rules of the house that a linter does not know."""

from __future__ import annotations

import ast
import re
import subprocess

import pytest

from tests.house.source import PACKAGE, ROOT, calls, modules, texts

CLOCK = "cli/clock.py"
CLOCKS = re.compile(
    r"(^|\.)(date\.today|datetime\.(today|now|utcnow)|time\.(time|time_ns|localtime|gmtime|strftime))$"
)
SQL_CLOCK = re.compile(
    r"\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\b(date|datetime|julianday|unixepoch)\(\s*'now'", re.IGNORECASE
)
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|DROP\s+TABLE"
    r"|CREATE\s+(TEMP\s+)?(TABLE|INDEX)|PRAGMA\s+\w+|VACUUM\b|ATTACH\s)",
    re.DOTALL,
)
SQL_CALLS = ("execute", "executemany", "executescript")
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
TOP_LEVEL = {
    ".ci", ".gitignore", ".gitattributes", ".editorconfig", "benchmarks", "CHANGELOG.md", "CONTRIBUTING.md",
    "demo.db", "docs", "LICENSE", "pyproject.toml", "README.md", "src", "tests",
}


def test_files_are_short() -> None:
    lengths = {module.name: len(module.path.read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert not {name: lines for name, lines in lengths.items() if lines >= 400}


def test_what_is_public_says_what_it_means() -> None:
    silent = [module.name for module in modules() if not ast.get_docstring(module.tree)]
    silent += [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent, "public, but without a docstring"


def test_only_one_file_asks_the_clock() -> None:
    asked = [
        f"{module.name}:{call.lineno} {name}"
        for module in modules() if module.name != CLOCK
        for name, call in calls(module.tree) if CLOCKS.search(name)
    ]
    asked += [
        f"{module.name}:{line} {text[:60]}"
        for module in modules() for line, text in texts(module.tree) if SQL_CLOCK.search(text)
    ]
    assert not asked, f"days and moments come as arguments, from {CLOCK}"


def test_sql_stands_in_the_store_and_the_compiler_only() -> None:
    others = [
        module for module in modules()
        if not module.name.startswith(("store/", "segments/compile/"))
    ]
    found = [
        f"{module.name}:{line} {text[:60]}"
        for module in others for line, text in texts(module.tree) if SQL.search(text)
    ]
    found += [
        f"{module.name}:{call.lineno} {name}"
        for module in others
        for name, call in calls(module.tree) if name.rsplit(".", 1)[-1] in SQL_CALLS
    ]
    assert not found


def test_no_error_is_swallowed_whatever_it_is() -> None:
    swallowed = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and all(isinstance(inner, ast.Pass) for inner in node.body)
    ]
    assert not swallowed


def test_the_app_itself_stays_small() -> None:
    tree = next(module.tree for module in modules() if module.name == "tui/app.py")
    app = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "ActiveApp")
    assert app.end_lineno is not None
    assert app.end_lineno - app.lineno < 150


def test_no_file_is_named_after_nothing() -> None:
    assert not [module.name for module in modules() if module.path.stem in NAMELESS]


def test_every_folder_of_code_is_a_package() -> None:
    folders = {module.path.parent for module in modules()}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert (PACKAGE / "py.typed").exists()


def test_the_top_level_stays_tidy() -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = listing.stdout.splitlines()
    if not paths:
        pytest.skip("not a git clone")
    assert {path.split("/", 1)[0] for path in paths} <= TOP_LEVEL
    assert not [path for path in paths if path.startswith(".ci/") and path != ".ci/run"]
    assert not [path for path in paths if path.endswith((".mo", ".pyc", "-wal", "-shm"))]
