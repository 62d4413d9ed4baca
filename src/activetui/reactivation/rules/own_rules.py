"""Rules that come with the program, with the owner's own ones and changes laid over them.

Playbooks, alerts and messages are kept alike: the program's in a folder of the package, the owner's in the
store (`store.rule_texts`). A text that cannot be read any more is passed over and told of; the others go on.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, OF_THE_PROGRAM, Known, RuleError, known_to
from activetui.store.rule_texts import RuleText, Sort, drop_text, rule_texts, save_text

Thing = TypeVar("Thing")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Origin(StrEnum):
    """Where the text of a rule is from."""

    PROGRAM = "program"
    CHANGED = "changed"
    """The program has one of this key; the owner has put another one in its place."""
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Thing]):
    """One rule as it stands in a store."""

    key: str
    origin: Origin
    in_use: bool
    toml: str
    thing: Thing | None
    """The playbook, alert or message; None where its text cannot be read."""
    fault: RuleError | None
    """Why it cannot be read."""
    saved_at: str
    """When the owner saved it or switched it off; empty where it is as it came."""


class Shelf(Generic[Thing]):
    """All rules of one sort."""

    def __init__(
        self, sort: Sort, folder: Path, read: Callable[[str, str, str, Known], Thing]
    ) -> None:
        """`read(key, toml, where, known)` makes the thing, or raises `RuleError` with all mistakes."""
        self.sort = sort
        self._folder = folder
        self._read = lru_cache(256)(read)
        self._texts: dict[str, str] | None = None

    def texts(self) -> Mapping[str, str]:
        """The TOML of the program's own rules by key, in the order of the keys."""
        if self._texts is None:
            files = sorted(self._folder.glob("*.toml"))
            self._texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
        return self._texts

    def built_in(self) -> list[Thing]:
        """The program's own rules, in the order of their keys."""
        return [self.read(key, text, OF_THE_PROGRAM) for key, text in self.texts().items()]

    def read(self, key: str, toml: str, known: Known, where: str = "") -> Thing:
        """The thing that a text says; `RuleError` with every mistake in it, as of the file `where`."""
        return self._read(key, toml, where or f"{key}.toml", known)

    def rules(self, conn: sqlite3.Connection) -> list[Rule[Thing]]:
        """Every rule, those not in use and those with faults too: the program's first, then the owner's."""
        saved = rule_texts(conn, self.sort)
        known = known_to(conn) if any(text.toml for text in saved.values()) else NOTHING_OWN
        return [self._rule(key, saved.get(key), known) for key in self.keys(conn)]

    def keys(self, conn: sqlite3.Connection) -> list[str]:
        """The keys of all rules, in use or not; nothing is read for it."""
        saved = rule_texts(conn, self.sort)
        return [key for key in dict.fromkeys((*self.texts(), *saved)) if self._is_there(key, saved)]

    def rule(self, conn: sqlite3.Connection, key: str) -> Rule[Thing] | None:
        """The rule of a key, in use or not; None if there is none."""
        saved = rule_texts(conn, self.sort)
        if not self._is_there(key, saved):
            return None
        text = saved.get(key)
        return self._rule(key, text, known_to(conn) if text is not None and text.toml else NOTHING_OWN)

    def in_use(self, conn: sqlite3.Connection) -> list[Thing]:
        """The rules that are in use and can be read."""
        return [rule.thing for rule in self.rules(conn) if rule.in_use and rule.thing is not None]

    def faults(self, conn: sqlite3.Connection) -> list[RuleError]:
        """What is wrong with the rules that are in use and are passed over."""
        return [rule.fault for rule in self.rules(conn) if rule.in_use and rule.fault is not None]

    def use(
        self, conn: sqlite3.Connection, key: str, toml: str, *, where: str = "", what: str, made_at: str
    ) -> Thing:
        """Keep a text as the rule of its key and put it in use, as one operation called `what`.

        `RuleError` with every mistake, and `UsageError` for a key that cannot be one; then nothing changes.
        """
        thing = self.read(checked_key(key), toml, known_to(conn), where)
        save_text(conn, self.sort, key, toml, what=what, made_at=made_at)
        return thing

    def switch(self, conn: sqlite3.Connection, key: str, on: bool, *, what: str, made_at: str) -> bool:
        """Put a rule in use or out of it, as one operation; whether that changed anything.

        `RuleError` if a rule with mistakes is to be put in use, `OwnerError` if there is none of that key.
        """
        rule = self.rule(conn, key)
        if rule is None:
            raise OwnerError(_("There is no “{key}”.").format(key=one_line(key)))
        if rule.in_use == on:
            return False
        if on and rule.fault is not None:
            raise rule.fault
        if on and rule.origin is Origin.PROGRAM:
            return drop_text(conn, self.sort, key, what=what, made_at=made_at)
        toml = "" if rule.origin is Origin.PROGRAM else rule.toml
        save_text(conn, self.sort, key, toml, in_use=on, what=what, made_at=made_at)
        return True

    def forget(self, conn: sqlite3.Connection, key: str, *, what: str, made_at: str) -> bool:
        """Drop what the owner saved under a key: the program's own is back, if there is one.

        One operation; whether there was anything to drop.
        """
        return drop_text(conn, self.sort, key, what=what, made_at=made_at)

    def _is_there(self, key: str, saved: Mapping[str, RuleText]) -> bool:
        """Whether there is a text: one switched off may belong to another version of the program."""
        return key in self.texts() or (key in saved and bool(saved[key].toml))

    def _rule(self, key: str, saved: RuleText | None, known: Known) -> Rule[Thing]:
        mine = saved is not None and bool(saved.toml)
        origin = Origin.PROGRAM if not mine else Origin.CHANGED if key in self.texts() else Origin.OWN
        toml = saved.toml if saved is not None and mine else self.texts()[key]
        thing, fault = None, None
        try:
            thing = self.read(key, toml, known if mine else OF_THE_PROGRAM)
        except RuleError as error:
            fault = error
        return Rule(
            key, origin, saved is None or saved.in_use, toml, thing, fault, saved.saved_at if saved else ""
        )


def is_key(text: str) -> bool:
    """Whether a text can be the key of a rule."""
    return _KEY.fullmatch(text) is not None


def checked_key(key: str) -> str:
    """The key, if it can be one; else `UsageError`."""
    if not is_key(key):
        raise UsageError(
            _("“{key}” cannot be a key.").format(key=one_line(key)),
            _("Use small letters, digits and _, beginning with a letter, at most 40 of them."),
        )
    return key
