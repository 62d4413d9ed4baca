"""Every trap of real files has a test named after it, or a stated reason why it cannot occur."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.importing.traps.reasons import WHY_NOT

TRAPS = range(1, 78)
_NAME = re.compile(r"test_trap_(\d\d)_\w+")


def test_every_trap_has_a_test_or_a_reason() -> None:
    tested = set()
    for path in sorted((Path(__file__).parent / "traps").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (found := _NAME.fullmatch(node.name)):
                tested.add(int(found[1]))
    assert tested.isdisjoint(WHY_NOT)
    assert sorted(tested | WHY_NOT.keys()) == list(TRAPS)
    assert all(len(reason) > 20 for reason in WHY_NOT.values())
