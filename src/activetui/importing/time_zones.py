"""Whose calendar the moments of a file are told in."""

from __future__ import annotations

from datetime import tzinfo

from activetui.importing.answers import Answers, Setting
from activetui.importing.columns.column import Layout
from activetui.importing.columns.headings import zone_in
from activetui.importing.columns.system import System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.values.zones import zone_of
from activetui.ledger.errors import UsageError
from activetui.ledger.text import one_line
from activetui.locales import _


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
