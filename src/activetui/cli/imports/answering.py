"""The options by which the owner answers what a file leaves open, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.ledger.errors import UsageError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.asking.answers import Answers

SourceOption = Annotated[
    str, typer.Option("--source", metavar="NAME", help=_("Where the files come from; ids hold within it."))
]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help=_("What a column means; may be given several times.")),
]
DateOrderOption = Annotated[
    str, typer.Option("--date-order", metavar="dmy|mdy|ymd", help=_("How days are written."))
]
DecimalOption = Annotated[
    str, typer.Option("--decimal", metavar=", | .", help=_("The decimal mark of amounts."))
]
EncodingOption = Annotated[
    str, typer.Option("--encoding", metavar="E", help=_("How letters are stored, such as cp1251."))
]
DelimiterOption = Annotated[
    str, typer.Option("--delimiter", metavar="D", help=_("What parts the columns: , ; | or tab."))
]
CurrencyOption = Annotated[
    str, typer.Option("--currency", metavar="CODE", help=_("The currency of the amounts, such as EUR."))
]
CountryOption = Annotated[
    str, typer.Option("--country", metavar="CC", help=_("Where telephone numbers are at home, such as PT."))
]
TimeZoneOption = Annotated[
    str,
    typer.Option(
        "--time-zone", metavar="ZONE", help=_("The clock of the business, such as Europe/Lisbon.")
    ),
]
OlderOption = Annotated[
    str,
    typer.Option(
        "--older", metavar="keep|take", help=_("What an older export says against what is known by now.")
    ),
]
SameSaleOption = Annotated[
    str,
    typer.Option(
        "--same-sale", metavar="skip|both", help=_("What to do with sales that another program told already.")
    ),
]
MissingOption = Annotated[
    str,
    typer.Option(
        "--missing", metavar="left|keep", help=_("What became of people who are not on a list any more.")
    ),
]
CentsOption = Annotated[
    str,
    typer.Option("--cents", metavar="yes|no", help=_("Whether amounts are in hundredths: 2999 for 29.99.")),
]
SerialsOption = Annotated[
    str,
    typer.Option(
        "--serials", metavar="1900|1904", help=_("From when a spreadsheet counted days that became numbers.")
    ),
]
CarryDownOption = Annotated[
    str,
    typer.Option(
        "--carry-down", metavar="yes|no",
        help=_("Whether what is written once, above or on the first row, holds for the rows below."),
    ),
]
DaySumsOption = Annotated[
    str,
    typer.Option(
        "--day-sums", metavar="skip|take",
        help=_("Whether rows that are the sum of a day are left out, or taken as sales to nobody."),
    ),
]


_WORDS = {"date_order", "older", "missing", "same_sale", "cents", "serials", "carry_down", "day_sums"}
"""Answers that are one of a few words, however written."""


def answers_of(columns: Sequence[str] | None, *, bring_back: bool = False, **said: str) -> Answers:
    """What the options say together; names as in `Answers`."""
    from activetui.importing.asking.answers import Answers

    given = {name: text.strip() if name == "decimal" else text for name, text in said.items() if text}
    for name in given.keys() & _WORDS:
        given[name] = given[name].lower()
    if "country" in given:
        given["country"] = given["country"].upper()
    return Answers(columns=_mapped(columns or ()), bring_back=bring_back, **given)


def _mapped(given: Sequence[str]) -> dict[str, str]:
    """`COLUMN=FIELD` as given; a heading may hold an equals sign, a field none."""
    found = {}
    for text in given:
        column, equals, field = text.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            raise UsageError(
                _("--map {text}: give the column and what it means.").format(text=text),
                _("For example: --map Valor=amount"),
            )
        found[column.strip()] = field.strip()
    return found
