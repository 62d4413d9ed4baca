"""The noun `event`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from activetui.cli.group import Noun
from activetui.locales import _

app = Noun()

EventArgument: TypeAlias = Annotated[
    int,
    typer.Argument(metavar="EVENT", help=_("The number of the event, as customer show tells it.")),
]
