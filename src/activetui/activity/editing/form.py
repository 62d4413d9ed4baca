"""A definition as rows that a person can read and change, each with its way into the TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from activetui.activity.condition_words import condition_in_words
from activetui.activity.editing.changes import can_unwrap
from activetui.activity.editing.fields import FormField, days_field, fields_of
from activetui.activity.editing.terms import Terms
from activetui.activity.editing.toml_text import TomlText, groups_in
from activetui.activity.reading.parsing import parse
from activetui.activity.reading.positions import Path
from activetui.activity.types import DEFAULT_TYPES, TYPES
from activetui.activity.words import type_word
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext


class RowKind(Enum):
    """What a row is."""

    NAME = auto()
    SECTION = auto()
    """Active, at risk, or one type of customer: its conditions stand below it."""
    DAYS = auto()
    """New, reactivated, lost: a number of days."""
    GROUP = auto()
    """Any, all or none of the conditions below it."""
    CONDITION = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form."""

    kind: RowKind
    path: Path
    """Its way in the TOML; that of a group ends with `any`, `all` or `none`."""
    depth: int
    """0 for sections; conditions and groups stand deeper than what holds them."""
    words: str
    """What it says."""
    fields: tuple[FormField, ...] = ()
    """What can be changed in it."""
    group: str = ""
    """How the conditions below belong together: `any`, `all`, `none`, or empty for a single one."""
    within: str = ""
    """The group that it is a part of."""
    first: bool = False
    """Whether it is the first part of that group."""
    usual: bool = False
    """The definition says nothing of its own here: it is as it is for everyone."""

    apart: bool = False
    """Whether its conditions could as well stand without this group around them."""
    absent: bool = False
    """The definition does not have this section."""

    @property
    def section(self) -> str:
        """Where it stands: `active`, `at_risk`, `new`, `reactivated`, `lost`, `types`, `name`."""
        return str(self.path[0])


@dataclass(frozen=True, slots=True)
class Form:
    """A definition, to be read and changed row by row."""

    name: str
    rows: tuple[Row, ...]


def form_of(text: str, own_kinds: Mapping[str, int], currency: str) -> Form:
    """The rows of a definition; `DefinitionError` where its text has mistakes.

    Every section has its row, also those that the text does not have; they then have no fields to unset.
    """
    definition = parse(text, own_kinds=own_kinds, currency=currency)
    toml, terms = TomlText.read(text), Terms(own_kinds, currency)
    rows = [Row(RowKind.NAME, ("name",), 0, definition.name)]
    rows += _section(toml, ("active",), terms)
    rows += [_days(toml, "new"), _days(toml, "reactivated")]
    rows += _section(toml, ("at_risk",), terms)
    rows.append(_days(toml, "lost"))
    usual = TomlText(DEFAULT_TYPES)
    for name in TYPES:
        path = ("types", name)
        rows += _section(toml, path, terms) if path in toml else _section(usual, path, terms, usual=True)
    return Form(definition.name, tuple(rows))


def _section(toml: TomlText, path: Path, terms: Terms, *, usual: bool = False) -> list[Row]:
    if path not in toml:
        return [Row(RowKind.SECTION, path, 0, _section_words(path, ""), absent=True)]
    table = toml.at(path)
    group = _group_of(table)
    head = Row(RowKind.SECTION, path, 0, _section_words(path, group or "one"), group=group, usual=usual)
    walk = _Walk(toml, terms, usual)
    return [head, *(walk.parts(table, path, group, 1) if group else walk.node(table, path, 1, "", True))]


def _group_of(table: Any) -> str:
    groups = groups_in(table)
    return "all" if len(groups) > 1 else "".join(groups)


@dataclass(frozen=True)
class _Walk:
    """Goes through the conditions of one section."""

    toml: TomlText
    terms: Terms
    usual: bool

    def node(self, table: Any, path: Path, depth: int, within: str, first: bool) -> Iterator[Row]:
        """A condition, or a group with everything in it."""
        groups = groups_in(table)
        if groups:
            group = _group_of(table)
            inside = (*path, group) if len(groups) == 1 else path
            yield Row(RowKind.GROUP, inside, depth, group_words(group), group=group, within=within,
                      first=first, usual=self.usual, apart=can_unwrap(self.toml.data, inside))
            yield from self.parts(table, path, group, depth + 1)
            return
        condition, _wrong = self.terms.read(table, path)
        words = condition_in_words(condition) if condition is not None else ""
        yield Row(RowKind.CONDITION, path, depth, one_line(words), fields_of(table, path, self.terms),
                  within=within, first=first, usual=self.usual)

    def parts(self, table: Any, path: Path, group: str, depth: int) -> Iterator[Row]:
        """What a group holds; where several stand in one table, each is a part of its own."""
        groups = groups_in(table)
        if len(groups) > 1:
            for number, inner in enumerate(groups):
                yield Row(RowKind.GROUP, (*path, inner), depth, group_words(inner), group=inner, within="all",
                          first=number == 0, usual=self.usual)
                yield from self._items(table[inner], (*path, inner), inner, depth + 1)
        else:
            yield from self._items(table[group], (*path, group), group, depth)

    def _items(self, items: Any, path: Path, group: str, depth: int) -> Iterator[Row]:
        for number, item in enumerate(items):
            yield from self.node(item, (*path, number), depth, group, number == 0)


def _days(toml: TomlText, section: str) -> Row:
    table = toml.data.get(section)
    days = table["days"] if table is not None else None
    meanings = {
        "new": _("The first days of a customer's first active time. Without it nobody is called new."),
        "reactivated": _("The first days after coming back. Without it nobody is called reactivated."),
        "lost": _("Days without coming back, from the first inactive one. Without it nobody is called lost."),
    }
    field = days_field(days, least=1 if section == "lost" else 0, meaning=meanings[section])
    return Row(RowKind.DAYS, (section,), 0, _days_words(section, days), (field,))


def _days_words(section: str, days: int | None) -> str:
    if not days:
        return _("never")
    return {
        "new": ngettext("on the first day", "for the first {n} days", days),
        "reactivated": ngettext("on the first day after coming back", "for {n} days after coming back", days),
        "lost": ngettext("after {n} inactive day", "after {n} inactive days", days),
    }[section].format(n=days)


def _section_words(path: Path, group: str) -> str:
    """How a section begins; `group` is empty where it does not stand."""
    if path[0] == "types":
        return one_line(type_word(str(path[1])))
    if path[0] == "at_risk":
        return {
            "": _("never"),
            "one": _("active, but this holds:"),
            "any": _("active, but any of these holds:"),
            "all": _("active, but all of these hold:"),
            "none": _("active, but none of these holds:"),
        }[group]
    return {
        "": "",
        "one": _("while this holds:"),
        "any": _("while any of these holds:"),
        "all": _("while all of these hold:"),
        "none": _("while none of these holds:"),
    }[group]


def group_words(group: str) -> str:
    """A group of conditions before they are told one by one."""
    return {
        "any": _("any of these:"),
        "all": _("all of these:"),
        "none": _("none of these:"),
    }[group]
