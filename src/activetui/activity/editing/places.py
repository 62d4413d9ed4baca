"""Places in a definition's text, brought into a shape in which conditions can be added, moved and taken out.

Owners write groups in several ways: `any = [...]`, `[[active.any]]`, `active.any = [...]`, or a section that
is a single condition. Values are changed where they stand; where conditions come or go, the section is first
written as a list in square brackets.
"""

from __future__ import annotations

from activetui.activity.editing.toml_text import TomlText, groups_in
from activetui.activity.reading.condition_parsing import GROUPS
from activetui.activity.reading.positions import Path
from activetui.activity.types import DEFAULT_TYPES

_SECTIONS = ("active", "new", "reactivated", "at_risk", "lost", "types")


def section_of(path: Path) -> Path:
    """The section of a place: `("active",)`, or `("types", "loyal")`."""
    return path[:2] if path[0] == "types" else path[:1]


def table_of(path: Path) -> Path:
    """The table that a group belongs to; the path of a table is its own."""
    is_group = len(path) > len(section_of(path)) and path[-1] in GROUPS
    return path[:-1] if is_group else path


def with_type(toml: TomlText, path: Path) -> TomlText:
    """With the usual conditions of a type of customer written out, if the path leads to one that is not."""
    section = section_of(path)
    if path[0] != "types" or section in toml:
        return toml
    usual = TomlText(DEFAULT_TYPES)
    if toml.is_inline(("types",)):
        raw = usual.raw(section)
        begin, end = toml.spans[("types",)]
        inner = toml.text[begin + 1 : end - 1].strip()
        parts = ", ".join(part for part in (inner, f"{section[1]} = {raw}") if part)
        return toml.replaced(("types",), f"{{ {parts} }}")
    begin = usual.keys[section]
    nexts = [at for at in usual.keys.values() if at > begin and usual.text.startswith("[types.", at)]
    body = usual.text[begin : min(nexts, default=len(usual.text))].strip()
    return TomlText(f"{toml.text.rstrip()}\n\n{body}\n")


def new_section(toml: TomlText, name: str, body: str) -> TomlText:
    """With a new section, where the sections usually stand."""
    return toml.with_table(name, body, _SECTIONS[_SECTIONS.index(name) + 1 :])


def settled(toml: TomlText, path: Path) -> TomlText:
    """With everything down to `path` in brackets and braces; the path stays what it was."""
    section = section_of(path)
    steps = [path[:length] for length in range(len(section) + 1, len(path) + 1)]
    if section in toml.spans or all(step in toml.spans for step in steps):
        return toml
    groups = groups_in(toml.at(section))
    return toml.rewritten(section, {group: _items(toml, (*section, group)) for group in groups})


def as_list(toml: TomlText, path: Path) -> tuple[TomlText, Path]:
    """With one list in square brackets for the section, group or condition at `path`; its path."""
    if table_of(path) != path:
        return settled(toml, path), path
    groups = groups_in(toml.at(path))
    if len(groups) == 1:
        return as_list(toml, (*path, groups[0]))
    toml = settled(toml, path)
    group = "all" if groups else "any"
    items = [f"{{ {inner} = {toml.raw((*path, inner))} }}" for inner in groups] or [toml.raw(path)]
    if toml.is_inline(path):
        toml = toml.replaced(path, f"{{ {group} = [{', '.join(items)}] }}")
    else:
        toml = toml.rewritten(path, {group: items})
    return toml, (*path, group)


def item_of(toml: TomlText, path: Path) -> tuple[TomlText, Path]:
    """With a group that stands beside others in one table as an item of a list; the item's path."""
    table = table_of(path)
    number = groups_in(toml.at(table)).index(str(path[-1]))
    toml, inside = as_list(toml, table)
    return toml, (*inside, number)


def _items(toml: TomlText, path: Path) -> list[str]:
    return [toml.raw((*path, number)) for number in range(len(toml.at(path)))]
