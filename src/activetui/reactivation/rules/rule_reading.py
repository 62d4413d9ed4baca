"""Reading one TOML file of rules: its table, its texts and queries, and all its mistakes with their places.

Shared by playbooks, alerts and messages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from activetui.activity.mistakes import DefinitionError, Problem
from activetui.activity.reading.positions import Path
from activetui.activity.reading.table_reading import Problems, Table
from activetui.activity.reading.toml_reading import read_toml
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store import kinds, settings

if TYPE_CHECKING:               # loaded for the owner's own rules only
    from activetui.segments.nested import Named


class RuleError(OwnerError):
    """A file of rules with mistakes, all of them; it is refused and nothing changes."""

    def __init__(self, problems: list[Problem], where: str) -> None:
        said = "\n".join(f"{where}:{p.line}:{p.column}: {p.message}" for p in problems)
        super().__init__(said, _("Nothing was changed. Correct the file and try again."))
        self.problems = problems
        self.where = where


@dataclass(frozen=True)
class Known:
    """What a file may name beside what comes with the program: a store's kinds and segments, its currency."""

    kinds: tuple[tuple[str, int], ...] = ()
    segments: tuple[tuple[str, Named], ...] = ()
    currency: str = "EUR"
    is_tried: bool = False
    """Whether the file comes with the program: its queries were tried when that was made."""

    @cached_property
    def own_kinds(self) -> Mapping[str, int]:
        """The numbers of the owner's kinds of event by their words."""
        return dict(self.kinds)

    @cached_property
    def named(self) -> dict[str, Named]:
        """The segments by `name_key`, the built-in ones too."""
        from activetui.segments.builtin import BUILT_IN
        from activetui.segments.nested import Named, name_key

        return {name_key(each.name): Named(each.name, each.query) for each in BUILT_IN} | dict(self.segments)


NOTHING_OWN = Known()
"""What a file may name without a store."""
OF_THE_PROGRAM = Known(is_tried=True)
"""What a file that comes with the program names."""


def known_to(conn: sqlite3.Connection) -> Known:
    """What a file may name in a store."""
    from activetui.segments.names import named_segments

    return Known(
        tuple(kinds.own_kinds(conn).items()), tuple(named_segments(conn).items()), settings.currency(conn)
    )


class Reading:
    """One file that is being read: its table, and what was found to be wrong with it."""

    def __init__(self, text: str, where: str, known: Known, top_keys: Collection[str]) -> None:
        """`RuleError` where the text is not even TOML; `top_keys` stand above all sections."""
        toml = text.removeprefix("\ufeff").replace("\r\n", "\n")
        try:
            data, positions = read_toml(toml, where)
        except DefinitionError as error:
            raise RuleError(error.problems, where) from None
        self.where = where
        self.known = known
        self.problems = Problems(positions, top_keys)
        self.table = Table(data, (), self.problems)

    def finish(self) -> None:
        """`RuleError` with every mistake, if there was one."""
        if self.problems.found:
            raise RuleError(self.problems.in_order(), self.where)

    def tables(self, key: str) -> list[Table]:
        """The tables under a key, such as `[[steps]]`; what is no list of tables is noted."""
        given: object = self.table[key] if key in self.table else []  # noqa: SIM401 - it is no mapping
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            message = _("each of them begins with [[{key}]] on a line of its own")
            self.table.problem(key, message.format(key=key))
            return []
        return [Table(item, (key, number), self.problems) for number, item in enumerate(given)]

    def line(self, table: Table, key: str, longest: int) -> str:
        """A text of one line; empty where the key is missing, or wrong, which is noted."""
        found = one_line(table.text(key) or "").strip()
        if len(found) > longest:
            table.problem(key, _("{key} must have at most {n} letters").format(key=key, n=longest))
            return ""
        return found

    def needed_line(
        self, table: Table, key: str, example: str, longest: int, known: Collection[str] = ()
    ) -> str:
        """As `line`, of a key that cannot be missing or empty; `example` is one, as it would be written."""
        found = self.line(table, key, longest)
        if table.misses(key, known):
            table.problem_here(_("{key} is missing, such as {example}").format(key=key, example=example))
        elif not found and table.text(key) is not None and not str(table[key]).strip():
            table.problem(key, _("{key} is empty; write such as {example}").format(key=key, example=example))
        return found

    def query(self, table: Table, key: str) -> str:
        """A query of the segment language, of the day looked at; empty where missing or wrong (noted)."""
        text = table.text(key)
        return text if text is not None and self.is_query((*table.path, key), text) else ""

    def is_query(self, path: Path, text: str) -> bool:
        """Whether a text is a query without a day of its own; if not, it is noted in its place."""
        if self.known.is_tried:
            return True
        from activetui.segments.errors import QueryError
        from activetui.segments.nested import with_segments
        from activetui.segments.query import parse

        own = tuple(self.known.own_kinds)
        try:
            query = with_segments(parse(text, own), self.known.named, own)
        except QueryError as error:
            said = " ".join(part for part in (error.message, error.hint) if part)
            self.problems.within_text(path, error.start, said)
            return False
        if query.as_of is not None:
            message = _("as-of: cannot stand here: it is asked anew each day, of that day; leave it out")
            self.problems.within_text(path, max(text.casefold().find("as"), 0), message)
            return False
        return True
