"""Every message a person sees goes through the catalogue, as text that can be extracted."""

from __future__ import annotations

import ast
import re

import pytest

from activetui.locales.catalogues import TRANSLATED, compile_all, extract, update_all
from tests.house.source import PACKAGE, Module, calls, modules

MARKS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
SINKS = {
    "OwnerError": 2, "UsageError": 2, "NeedsAnswer": 1, "notify": 1, "echo": 1, "secho": 1, "print": 1,
    "Static": 1, "Label": 1, "Button": 1,
}
"""Calls whose first arguments are shown to a person, with how many of them."""
NAMELESS = re.compile(r"\{\d*[!:}]|%[sd]")
WORDS = re.compile(r"[A-Za-z]{2,}")
PROGRAM = "activetui"
FOR_MAINTAINERS = ("demo_shop/", "locales/catalogues.py", "locales/build_hook.py")


def test_only_plain_text_is_marked() -> None:
    computed = [
        f"{module.name}:{call.lineno} {ast.unparse(call)[:70]}"
        for module in modules()
        for name, call in calls(module.tree) if name in MARKS
        for argument in call.args[: MARKS[name]]
        if not (is_message(argument) or (name == "_" and is_marked_elsewhere(argument, module)))
    ]
    assert not computed, "an f-string or a variable cannot be extracted"


def test_nothing_is_shown_past_the_catalogue() -> None:
    bare = [
        f"{module.name}:{call.lineno} {ast.unparse(argument)[:70]}"
        for module in modules() if not module.name.startswith(FOR_MAINTAINERS)
        for name, call in calls(module.tree)
        for argument in call.args[: SINKS.get(name.rsplit(".", 1)[-1], 0)]
        if WORDS.search(fixed_text(argument).replace(PROGRAM, ""))
    ]
    assert not bare, "wrap it: _(\"…\")"


def is_message(node: ast.expr) -> bool:
    """Whether this is text that the extraction finds."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def is_marked_elsewhere(node: ast.expr, module: Module) -> bool:
    """Whether this hands on what was marked with `N_` in this file, or stands in a playbook or a table."""
    marks = any(name == "N_" for name, _call in calls(module.tree))
    passes_on = module.name in ("locales/__init__.py", "cli/command.py")
    return isinstance(node, ast.Attribute) or passes_on or (marks and isinstance(node, ast.Name))


def fixed_text(node: ast.expr) -> str:
    """The words that stand literally in an expression which is itself the shown text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return " ".join(fixed_text(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return fixed_text(node.left) + " " + fixed_text(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return fixed_text(node.func.value)
    return ""


def test_messages_are_found_and_survive_the_catalogue(tmp_path_factory: pytest.TempPathFactory) -> None:
    template = extract(PACKAGE)
    messages = [message for message in template if message.id]
    assert len(messages) > 100
    folder = tmp_path_factory.mktemp("locales")
    assert len(update_all(folder, template)) == len(TRANSLATED)
    assert len(compile_all(folder)) == len(TRANSLATED)


def test_the_blanks_to_fill_have_names() -> None:
    nameless = [
        text
        for message in extract(PACKAGE)
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if NAMELESS.search(text)
    ]
    assert not nameless, "translators cannot place what has no name"


def test_no_message_is_split_by_its_blanks() -> None:
    edged = [
        message.id for message in extract(PACKAGE)
        if isinstance(message.id, str) and message.id and message.id != message.id.strip()
    ]
    assert not edged, "blanks at the edges are layout, not text"
