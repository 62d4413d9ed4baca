"""The options of the commands that write an event down or correct one."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from activetui.cli.options import parse_day
from activetui.locales import _

OnOption: TypeAlias = Annotated[
    int | None, typer.Option("--on", metavar="DATE", parser=parse_day, help=_("The day, if not today."))
]
TimeOption: TypeAlias = Annotated[
    str | None, typer.Option("--time", metavar="HH:MM", help=_("The time of day."))
]
AmountOption: TypeAlias = Annotated[
    str | None, typer.Option("--amount", metavar="A", help=_("What was paid, such as 12.50."))
]
CurrencyOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--currency", metavar="CODE", help=_("Its currency, if not the store's, such as USD.")),
]
StateOption: TypeAlias = Annotated[
    str | None, typer.Option("--state", metavar="WORD", help=_("paid, unpaid, cancelled, no_show …"))
]
NoteOption: TypeAlias = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help=_("Anything worth keeping."))
]
ProductOption: TypeAlias = Annotated[
    str | None, typer.Option("--product", metavar="TEXT", help=_("Product, service or feature."))
]
QuantityOption: TypeAlias = Annotated[
    str | None, typer.Option("--quantity", metavar="N", help=_("How many, such as 2 or 1.5."))
]
NatureOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--nature", metavar="product|service", help=_("What a subscription or purchase is for.")),
]
RatingOption: TypeAlias = Annotated[
    str | None, typer.Option("--rating", metavar="N", help=_("Review: 1 to 5. Feedback: 0 to 10."))
]
ChannelOption: TypeAlias = Annotated[
    str | None, typer.Option("--channel", metavar="TEXT", help=_("email, phone, chat, social, in_person …"))
]
UntilOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--until", metavar="DATE", parser=parse_day, help=_("Last day of a subscription.")),
]
ActionOption: TypeAlias = Annotated[
    str | None, typer.Option("--action", metavar="WORD", help=_("start, renewal, pause, cancel; in, out …"))
]
OrderOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--order", metavar="NUMBER", help=_("Number of the order; a refund lowers its purchase.")),
]
