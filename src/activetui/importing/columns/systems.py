"""The programs whose exports are known: the files in `importing/systems`, recognised by their headings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from activetui.importing.answers import DATE_ORDERS, DECIMAL_MARKS
from activetui.importing.columns.column import Column
from activetui.importing.columns.headings import normal
from activetui.importing.columns.vocabulary import FIELDS, IGNORE
from activetui.ledger.settlement import STATES
from activetui.locales import _

MEANINGS = ("purchases", "visits", "customers", "native")
TOTALS = ("first_row", "every_row", "")


@dataclass(frozen=True, slots=True)
class System:
    """A program's export, as its TOML file describes it."""

    name: str
    source: str
    """Exports with the same source share ids and keys."""
    meaning: str
    """What a row tells: one of `MEANINGS`."""
    recognise: tuple[tuple[str, ...], ...]
    """Sets of headings; a file that has all of one set is of this system."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field → headings, the first that is filled wins."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The program's own words → states."""
    totals: str = ""
    """Where what is true of a whole order stands: on its first row or on every one."""
    date_order: str = ""
    decimal: str = ""
    exact: bool = False
    """Whether headings are compared letter by letter."""

    def fits(self, header: Sequence[str]) -> int:
        """How many headings of the best set a header has, if it has all of one; else 0."""
        have = {heading.strip() if self.exact else normal(heading) for heading in header}
        wanted = ([heading if self.exact else normal(heading) for heading in one] for one in self.recognise)
        return max((len(one) for one in wanted if have.issuperset(one)), default=0)


def recognise(header: Sequence[str]) -> System | None:
    """The system whose export has such headings; the most particular one."""
    fits = [(system.fits(header), _matched(system, header), system) for system in systems()]
    best = max(fits, key=lambda fit: (fit[0] > 0, fit[1], fit[0]), default=None)
    return best[2] if best and best[0] else None


def system_columns(system: System, header: Sequence[str], said: Mapping[int, str]) -> list[Column]:
    """The columns of a recognised file; `said` are the owner's own."""
    places: dict[int, tuple[str, int]] = {}
    normals = [normal(heading) for heading in header]
    for name, headings in system.columns.items():
        for rank, heading in enumerate(headings):
            for place, found in enumerate(normals):
                if found == normal(heading) and place not in places:
                    places[place] = (name, rank)
                    break
    why = _("{system} calls it so").format(system=system.name)
    columns = []
    for place, heading in enumerate(header):
        if place in said:
            name = said[place]
            columns.append(Column(place, heading, None if name == IGNORE else name, 1.0, _("you said so")))
        elif place in places and places[place][0] not in said.values():
            field_name, rank = places[place]
            columns.append(Column(place, heading, field_name, 0.99, why, rank))
        else:
            columns.append(Column(place, heading, None, 0.99, _("not needed")))
    return columns


def _matched(system: System, header: Sequence[str]) -> int:
    have = set(map(normal, header))
    return sum(1 for headings in system.columns.values() for heading in headings if normal(heading) in have)


@cache
def systems() -> tuple[System, ...]:
    """Every system that is described; `ValueError` for a file that describes none."""
    folder = files("activetui.importing").joinpath("systems")
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    return tuple(_system(entry.name, tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in found)


def _system(file: str, said: Mapping[str, Any]) -> System:
    states = {word: state for state, words in said.get("states", {}).items() for word in words}
    columns = {name: tuple(headings) for name, headings in said.get("columns", {}).items()}
    system = System(
        name=said["name"], source=said["source"], meaning=said["meaning"],
        recognise=tuple(map(tuple, said["recognise"])), columns=columns, states=states,
        totals=said.get("totals", ""), date_order=said.get("date_order", ""),
        decimal=said.get("decimal", ""), exact=said.get("exact", False),
    )
    wrong = [name for name in columns if name not in FIELDS] + [
        state for state in states.values() if state not in STATES
    ]
    if system.meaning not in MEANINGS or system.totals not in TOTALS:
        wrong.append(f"{system.meaning}/{system.totals}")
    if system.date_order not in (*DATE_ORDERS, "") or system.decimal not in (*DECIMAL_MARKS, ""):
        wrong.append(f"{system.date_order}{system.decimal}")
    if wrong:
        raise ValueError(f"systems/{file}: {', '.join(wrong)}")
    return system
