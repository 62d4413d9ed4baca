"""The noun `imports`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.group import Noun
from activetui.locales import _

app = Noun()

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=_("The number of an import."))]
