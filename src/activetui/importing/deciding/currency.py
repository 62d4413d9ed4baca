"""In which currency a file's amounts are, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.columns.column import Layout
from activetui.importing.columns.headings import currency_in
from activetui.importing.tables.rows import Row
from activetui.importing.values.amounts import read_amount
from activetui.importing.values.bad import BadCell
from activetui.ledger.errors import UsageError
from activetui.ledger.text import fold
from activetui.locales import _

_CODE = re.compile(r"[A-Za-z]{3}")
_DOLLARS = ("USD", "MXN", "ARS", "CLP", "COP", "CAD", "AUD", "NZD", "UYU", "HKD", "SGD")
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
_OF_COUNTRY = {
    "US": "USD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "CA": "CAD", "AU": "AUD", "NZ": "NZD",
    "UY": "UYU", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK",
}
_MONEY = ("amount", "order_total", "unit_price", "subtotal", "refunded", "total_spent")


@dataclass(frozen=True, slots=True)
class Currency:
    """The currency of a file's amounts, unless a row names its own."""

    code: str
    why: str
    assumed: bool = False
    """Whether nothing in the file says so."""


def decide_currency(
    sample: Sequence[Row], layout: Layout, answers: Answers, setting: Setting, fixed: str = "",
    titles: Sequence[str] = (), country: str = "", language: str = "",
) -> Currency:
    """The owner's, else the file's own (a column, signs, a heading), else the store's, else the usual one.

    `fixed` is the only currency that a program writes, `titles` are the lines above the headings, `country`
    is where the telephone numbers are at home, `language` that of the headings.
    """
    if answers.currency:
        return Currency(_checked(answers.currency), _("as you said"))
    column = layout.one("currency")
    if column is not None:
        codes = Counter(code_of(row[column], setting) for _line, row in sample)
        codes.pop("", None)
        if codes:
            code = codes.most_common(1)[0][0]
            return Currency(code, _("the column {column} says so").format(column=layout.name_of(column)))
    if fixed:
        return Currency(fixed, _("the program has no other"))
    signs = _signs(sample, layout)
    if signs:
        sign = signs.most_common(1)[0][0]
        code = resolve_sign(sign, setting)
        return Currency(code, _("the amounts say so ({sign})").format(sign=sign))
    for name in _MONEY:
        for place in layout.of(name):
            code = currency_in(layout.name_of(place))
            if code:
                return Currency(code, _("the heading {column} says so").format(column=layout.name_of(place)))
    for title in titles:
        code = currency_in(title)
        if code:
            return Currency(code, _("a line above the headings says so"))
    if setting.currency:
        return Currency(setting.currency, _("the currency of your data; the file names none"), True)
    return _assumed(setting, country, language)


def _assumed(setting: Setting, country: str, language: str) -> Currency:
    """Where neither the file nor the store names a currency: what the file's country or language suggests."""
    own = usual_currency(f"_{country}") if country else ""
    if own:
        why = _("the file names none; it is that of the country of its telephone numbers")
        return Currency(own, why, True)
    if language == "ru" and setting.usual_currency == "EUR":
        return Currency("RUB", _("the file names none; its headings are in Russian"), True)
    why = _("the usual one here; neither the file nor your data name one (--currency says another)")
    return Currency(setting.usual_currency, why, True)


def usual_currency(locale: str) -> str:
    """The currency of the country that a locale such as `pt_BR` names; else the rouble or the euro."""
    language, _mark, country = locale.partition("_")
    if not country:
        return "RUB" if language == "ru" else "EUR"
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country)), "EUR")


def resolve_sign(sign: str, setting: Setting) -> str:
    """The currency behind a sign that several use (`$`, `kr`); others as they are."""
    family = {"$": _DOLLARS, "kr": _CROWNS}.get(sign)
    if family is None:
        return sign
    for code in (setting.currency, _OF_COUNTRY.get(setting.country, ""), setting.usual_currency):
        if code in family:
            return code
    return family[0]


def code_of(cell: str, setting: Setting) -> str:
    """The currency that a cell names: its code (`eur`), its sign (`€`), its word (`руб.`); or nothing."""
    word = cell.strip()
    if _CODE.fullmatch(word):
        return word.upper()
    if fold(word).startswith("руб"):
        return "RUB"
    try:
        amount = read_amount(f"1 {word}", ".") if word else None
    except BadCell:
        return ""
    return resolve_sign(amount.currency, setting) if amount and amount.currency else ""


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code.strip()):
        raise UsageError(
            _("{code!r} is not a currency.").format(code=code),
            _("Give the three letters of its code, such as EUR, BRL or RUB."),
        )
    return code.strip().upper()


def _signs(sample: Sequence[Row], layout: Layout) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in _MONEY:
        for place in layout.of(name):
            for _line, row in sample[:500]:
                try:
                    amount = read_amount(row[place], ".")
                except BadCell:
                    continue
                if amount and amount.currency:
                    found[amount.currency] += 1
    return found
