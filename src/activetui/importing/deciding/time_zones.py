"""Whose calendar the moments of a file are told in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.columns.column import Layout
from activetui.importing.columns.headings import zone_in
from activetui.importing.columns.system import System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.tables.rows import Row
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import read_written
from activetui.importing.values.zones import zone_of
from activetui.ledger.errors import UsageError
from activetui.ledger.text import one_line
from activetui.locales import _

_TIMED = ("date", "visit_date")
_LOOKED_AT = 50
_SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001


def home_zone(answers: Answers, setting: Setting) -> tzinfo | None:
    """The business's zone: the owner's word, else the store's; `UsageError` for one that does not exist."""
    name = answers.time_zone or setting.time_zone
    if not name:
        return None
    zone = zone_of(name)
    if zone is None:
        raise UsageError(
            _("{text!r} is no time zone.").format(text=one_line(name)),
            _("Give its name, such as Europe/Lisbon, America/Sao_Paulo or Europe/Moscow."),
        )
    return zone


def zone_assumption(
    sample: Sequence[Row], layout: Layout, zones: Mapping[int, tzinfo], home: tzinfo | None
) -> tuple[str, str] | None:
    """What is assumed (and why) of a file in universal time while the business's zone is not known."""
    if home is not None:
        return None
    for name in _TIMED:
        for place in layout.of(name)[:1]:
            for _line, row in sample[:_LOOKED_AT]:
                zone = _in_cell(row[place], zones.get(place))
                if zone is None:
                    continue
                if zone.utcoffset(_SOME_DAY):
                    return None
                return _("as written"), _(
                    "{column} is in universal time, so that a sale of the evening can fall on the day before "
                    "or after (--time-zone says where your business is)"
                ).format(column=layout.name_of(place))
    return None


def _in_cell(cell: str, usual: tzinfo | None) -> tzinfo | None:
    """The zone of a cell with a time of day."""
    try:
        read = read_written(cell, "dmy", own_proof=True)
    except BadCell:
        return None
    if not read.moment.time or read.shape == "unix":
        return None
    return zone_of(read.zone) if read.zone else usual


def zones_of(layout: Layout, system: System | None) -> dict[int, tzinfo]:
    """Column of days or times → the zone that its heading names (`Created (UTC)`), else the system's."""
    usual = zone_of(system.time_zone) if system and system.time_zone else None
    found: dict[int, tzinfo] = {}
    for column in layout.columns:
        if column.field is None or FIELDS[column.field].sort not in ("day", "time"):
            continue
        named = zone_in(column.name)
        zone = zone_of(named) if named else usual
        if zone is not None:
            found[column.index] = zone
    return found
