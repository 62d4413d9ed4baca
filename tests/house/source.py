"""The project's own source files as syntax trees, for the tests of the house's rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "activetui"


class Module(NamedTuple):
    """One source file of the package."""

    name: str
    """Its path within the package, such as `store/opening/file.py`."""
    path: Path
    tree: ast.Module


@cache
def modules() -> tuple[Module, ...]:
    """Every source file of the package."""
    return tuple(
        Module(path.relative_to(PACKAGE).as_posix(), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string constant but docstrings, with its line; the fixed parts of f-strings too."""
    docstrings = {
        id(node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called (`date.today`, `self.notify`, `open`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or an attribute; of anything else only what follows it."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""
