"""From a text to the values of its TOML and their places, or to the mistake in it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

from activetui.activity.mistakes import DefinitionError, Problem
from activetui.activity.reading.positions import Positions
from activetui.activity.reading.toml_mistakes import longest_number, toml_problem
from activetui.locales import _


def read_toml(text: str, where: str) -> tuple[dict[str, Any], Positions]:
    """What a TOML text says, and where; `DefinitionError` where it is not even TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal), Positions(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([toml_problem(text, str(error))], where) from None
    except RecursionError:
        raise DefinitionError([Problem(1, 1, _("conditions are nested too deeply"))], where) from None
    except ValueError:                                     # more digits than Python reads
        place = longest_number(text)
        raise DefinitionError([Problem(*place, _("this number is too long"))], where) from None
