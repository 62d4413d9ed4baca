"""What the owner says of columns: `--map COLUMN=FIELD`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from activetui.importing.columns.headings import normal
from activetui.importing.columns.vocabulary import FIELDS
from activetui.ledger.errors import UsageError
from activetui.locales import _


def mapped_columns(header: Sequence[str], said: Mapping[str, str]) -> dict[int, str]:
    """Column place → field, for every column that the owner names by heading or number (from 1).

    `UsageError` for a column or a field that does not exist, with the nearest that does.
    """
    return {_column(header, name): _field(field) for name, field in said.items()}


def has_column(header: Sequence[str], name: str) -> bool:
    """Whether a table has the column that the owner names."""
    return _place(header, name) is not None


def _column(header: Sequence[str], name: str) -> int:
    place = _place(header, name)
    if place is not None:
        return place
    near = get_close_matches(name, header, n=1, cutoff=0.5)
    hint = (
        _("Did you mean {name}?").format(name=near[0]) if near
        else _("The columns are: {names}.").format(names=", ".join(filter(None, header[:30])))
    )
    raise UsageError(_("There is no column {name!r} in the file.").format(name=name), hint)


def _place(header: Sequence[str], name: str) -> int | None:
    exact = [place for place, heading in enumerate(header) if heading.strip() == name.strip()]
    alike = exact or [
        place for place, heading in enumerate(header) if heading and normal(heading) == normal(name)
    ]
    if alike:
        return alike[0]
    if name.strip().isdigit() and 1 <= int(name) <= len(header):
        return int(name) - 1
    return None


def _field(name: str) -> str:
    plain = name.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in FIELDS:
        return plain
    near = get_close_matches(plain, FIELDS, n=1)
    hint = (
        _("Did you mean {name}?").format(name=near[0]) if near
        else _("The fields are: {names}.").format(names=", ".join(FIELDS))
    )
    raise UsageError(_("No field is called {name!r}.").format(name=name), hint)
