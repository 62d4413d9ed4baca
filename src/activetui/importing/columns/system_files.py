"""The files in `importing/systems` read, and held to what a system may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from activetui.importing.asking.answers import DATE_ORDERS, DECIMAL_MARKS
from activetui.importing.columns.system import CLASSES, MEANINGS, NO_STATE, OTHERS, TOTALS, System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.toml_files import said_in
from activetui.ledger.settlement import STATES

_KEYS = frozenset(one.name for one in fields(System)) - {"stem", "other"}
_BY_WORD = frozenset(("states", "classes"))
"""Tables that say the words of each state or class; they are looked up by the word."""


@cache
def systems() -> tuple[System, ...]:
    """Every system that is described; `ValueError` for a file that describes none."""
    return tuple(_system(stem, said) for stem, said in said_in("systems").items())


def systems_by_file() -> dict[str, System]:
    """The same by the name of their file, without `.toml`."""
    return {system.stem: system for system in systems()}


def read_system(stem: str, text: str) -> System:
    """One system from the text of its file. `ValueError` naming what is wrong in it."""
    import tomllib

    return _system(stem, tomllib.loads(text))


def _system(stem: str, said: Mapping[str, Any]) -> System:
    classes = dict(said.get("classes", {}))
    system = System(
        **{name: _frozen(value) for name, value in said.items() if name in _KEYS - _BY_WORD},
        stem=stem, states=_by_word(said.get("states", {})), other=classes.pop("other", ""),
        classes=_by_word(classes),
    )
    wrong = [key for key in said if key not in _KEYS] + _wrong(system)
    if wrong:
        raise ValueError(f"systems/{stem}.toml: {', '.join(wrong)}")
    return system


def _frozen(value: Any) -> Any:
    """What a TOML file says, as something that nobody changes."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return {name: _frozen(one) for name, one in value.items()} if isinstance(value, dict) else value


def _by_word(said: Mapping[str, Any]) -> dict[str, str]:
    return {word: name for name, words in said.items() for word in words}


def _wrong(system: System) -> list[str]:
    """What a system says that cannot be."""
    wrong = [name for name in (*system.columns, *system.fixed, *system.patterns) if name not in FIELDS]
    wrong += [str(value) for value in system.fixed.values() if not isinstance(value, str)]
    wrong += [state for state in system.states.values() if state not in (*STATES, NO_STATE)]
    wrong += [name for name in system.classes.values() if name not in CLASSES]
    more = (*system.adds, *system.subtracts, system.unpaid_without)
    wrong += [name for name in more if name and name not in FIELDS]
    for value, possible in (
        (system.negative, ("refund", "")), (system.phones, ("international", "")),
        (system.meaning, MEANINGS), (system.totals, TOTALS), (system.other, OTHERS),
        (system.date_order, (*DATE_ORDERS, "")), (system.decimal, (*DECIMAL_MARKS, "")),
    ):
        if value not in possible:
            wrong.append(value)
    if not all(system.recognise):
        wrong.append("recognise")
    return wrong
