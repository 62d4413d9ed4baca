"""The programs whose exports are known: the files in `importing/systems`, recognised by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from activetui.importing.columns.column import Column
from activetui.importing.columns.named import Headings, is_pattern
from activetui.importing.columns.system import System
from activetui.importing.columns.system_files import systems, systems_by_file
from activetui.importing.columns.vocabulary import IGNORE
from activetui.locales import _

__all__ = ["System", "recognise", "system_columns", "systems", "systems_by_file"]


def recognise(header: Sequence[str], file_name: str = "") -> System | None:
    """The system whose export has such headings; the most particular one. Its name decides between equals."""
    loose, exact = Headings(header), Headings(header, exact=True)
    best: tuple[int, int, int] = (0, 0, 0)
    found = None
    for system in systems():
        headings = exact if system.exact else loose
        fits = system.fits_in(headings)
        if fits:
            name = system.fits_name(file_name)
            fit = (_matched(system, headings) + name, fits, name)
            if found is None or fit > best:
                best, found = fit, system
    return found


def system_columns(system: System, header: Sequence[str], said: Mapping[int, str]) -> list[Column]:
    """The columns of a recognised file; `said` are the owner's own."""
    places = _placed(system, Headings(header))
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


def _placed(system: System, headings: Headings) -> dict[int, tuple[str, int]]:
    """Column → its field and its rank among the columns of that field."""
    placed: dict[int, tuple[str, int]] = {}
    for name, wanted in system.columns.items():
        for rank, heading in enumerate(wanted):
            free = [place for place in headings.places(heading) if place not in placed]
            for place in free if is_pattern(heading) else free[:1]:
                placed[place] = (name, rank)
    return placed


def _matched(system: System, headings: Headings) -> int:
    return sum(1 for wanted in system.columns.values() for heading in wanted if headings.places(heading))
