"""The files in `importing/systems` read, and held to what a system may say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from activetui.importing.answers import DATE_ORDERS, DECIMAL_MARKS
from activetui.importing.columns.system import CLASSES, MEANINGS, NO_STATE, OTHERS, TOTALS, System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.ledger.settlement import STATES

_KEYS = frozenset(
    (
        "name", "source", "meaning", "recognise", "totals", "date_order", "decimal", "exact", "file_name",
        "time_zone", "email_is_alias", "adds", "subtracts", "negative", "columns", "states", "classes", "fixed",
        "whole_list", "own_columns", "only_these", "phones", "account",
    )
)


@cache
def systems() -> tuple[System, ...]:
    """Every system that is described; `ValueError` for a file that describes none."""
    folder = files("activetui.importing").joinpath("systems")
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    return tuple(
        read_system(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")) for entry in found
    )


def systems_by_file() -> dict[str, System]:
    """The same by the name of their file, without `.toml`."""
    return {system.stem: system for system in systems()}


def read_system(stem: str, text: str) -> System:
    """One system from the text of its file. `ValueError` naming what is wrong in it."""
    said = tomllib.loads(text)
    classes = dict(said.get("classes", {}))
    other = classes.pop("other", "")
    system = System(
        name=said["name"], source=said["source"], meaning=said["meaning"],
        recognise=tuple(map(tuple, said["recognise"])), stem=stem,
        columns={name: tuple(headings) for name, headings in said.get("columns", {}).items()},
        states=_by_word(said.get("states", {})), classes=_by_word(classes), other=other,
        fixed={name: str(value) for name, value in said.get("fixed", {}).items()},
        adds=tuple(said.get("adds", ())), subtracts=tuple(said.get("subtracts", ())),
        negative=said.get("negative", ""), totals=said.get("totals", ""), date_order=said.get("date_order", ""),
        decimal=said.get("decimal", ""), time_zone=said.get("time_zone", ""),
        email_is_alias=tuple(said.get("email_is_alias", ())), file_name=tuple(said.get("file_name", ())),
        own_columns=said.get("own_columns", False), only_these=said.get("only_these", False),
        phones=said.get("phones", ""), whole_list=said.get("whole_list", False), exact=said.get("exact", False),
        account=said.get("account", False),
    )
    wrong = [key for key in said if key not in _KEYS] + _wrong(system)
    if wrong:
        raise ValueError(f"systems/{stem}.toml: {', '.join(wrong)}")
    return system


def _by_word(said: Mapping[str, Any]) -> dict[str, str]:
    return {word: name for name, words in said.items() for word in words}


def _wrong(system: System) -> list[str]:
    """What a system says that cannot be."""
    wrong = [name for name in (*system.columns, *system.fixed) if name not in FIELDS]
    wrong += [state for state in system.states.values() if state not in (*STATES, NO_STATE)]
    wrong += [name for name in system.classes.values() if name not in CLASSES]
    wrong += [name for name in (*system.adds, *system.subtracts) if name not in FIELDS]
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
