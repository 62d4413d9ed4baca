"""Amounts as files write them: strict, decimal, with the sign, the currency and the evidence kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from activetui.importing.values.bad import BadCell, shown
from activetui.ledger.money import digits, to_minor
from activetui.ledger.text import fold
from activetui.locales import _

Mark = Literal[",", "."]
Proof = Literal[",", ".", "open", "none"]
"""What a cell says of its column: a decimal mark, a mark that may be either, or nothing."""

PlainReader = Callable[[Sequence[str]], list[int] | None]

_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "‒": "-", "–": "-", "’": "'", "´": "'"}
)
_NOTHING = frozenset(
    ("", "-", "--", "---", "—", "–", "n/a", "na", "null", "none", "nan", "s/d", "#n/a", "#n/d", "нет")
)
_SIGNS = (
    ("R$", "BRL"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("US$", "USD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("MX$", "MXN"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₽", "RUB"),
    ("₹", "INR"),
    ("৳", "BDT"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₸", "KZT"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("₪", "ILS"),
    ("₩", "KRW"),
    ("руб", "RUB"),
    ("р.", "RUB"),
    ("грн", "UAH"),
    ("тг", "KZT"),
    ("сум", "UZS"),
    ("CHF", "CHF"),
    ("Fr.", "CHF"),
    ("$", "$"),
    ("¥", "JPY"),
    ("kr", "kr"),
    ("р", "RUB"),
)
_SIGN_OF = {sign.casefold(): code for sign, code in _SIGNS}
_MONEY = (
    r"(?:AU ?\$|[A-Z]{1,2}\$|[€£₽₹৳₺₴₸₪₩¥¤$]|руб\.?|р\.|р|zł|Kč|грн\.?|тг\.?|сум|kr\.?|Fr\."
    r"|(?i:eur|euros?|usd)|[A-Z]{3})"
)
_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign1>[+-])?\s*(?P<money1>{_MONEY})?\s*(?P<open2>\()?\s*(?P<sign2>[+-])?\s*"
    rf"(?P<number>\d[\d.,' ]*|[.,]\d+)(?P<power>[Ee][+-]?\d{{1,2}})?(?P<sign3>-)?\s*(?P<money2>{_MONEY})?"
    rf"(?P<close>\))?\s*(?P<sign4>-)?",
    re.ASCII,
)
_EMPTY_MONEY = re.compile(rf"{_MONEY}?\s*-+\s*{_MONEY}?")
_GROUPS = re.compile(r"\d{1,3}(?P<sign>[.,' ])\d{3}(?:(?P=sign)\d{3})*", re.ASCII)
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}", re.ASCII)
_TOO_LARGE = Decimal(10) ** 15
_LONGEST = 100
"""Signs beyond which a cell is no amount, whatever it is made of."""
_PLAIN_DIGITS = 13
"""Digits below which a number needs no second look."""


class Amount(NamedTuple):
    """An amount as a cell gives it."""

    value: Decimal
    currency: str = ""
    """A code, `$` or `kr` where several currencies use the sign, or nothing."""


def proof_of(cell: str) -> Proof:
    """What the cell proves about the decimal mark of its column."""
    match = _SHAPE.fullmatch(cell.strip().translate(_BLANKS).strip()) if len(cell) <= _LONGEST else None
    if match is None:
        return "none"
    number = match["number"].strip()
    decimal, grouped = _marks(number)
    if decimal:
        return decimal
    if grouped in (",", "."):
        single = number.count(grouped) == 1
        if single and not (match["money1"] or match["money2"]):
            return "open"
        return "." if grouped == "," else ","
    return "none"


def read_amount(cell: str, mark: Mark | None) -> Amount | None:
    """The amount of a cell, None for an empty one; `BadCell` for anything else.

    `mark` is the column's decimal mark; None refuses the cells for which it matters. A cell that proves
    another mark by itself (`199.90` among `1.093,18`) is read by its own proof.
    """
    text = cell.strip().translate(_BLANKS).strip()
    if text.casefold() in _NOTHING:
        return None
    if len(text) > _LONGEST:
        raise _unreadable(cell)
    if text.startswith("'"):
        text = text[1:]
    match = _SHAPE.fullmatch(text)
    if match is None:
        if _EMPTY_MONEY.fullmatch(text):
            return Amount(Decimal(0))
        raise _unreadable(cell)
    parentheses = (bool(match["open"] or match["open2"]), bool(match["close"]))
    if parentheses[0] != parentheses[1]:
        raise _unreadable(cell)
    currency = _currency(match["money1"] or match["money2"] or "")
    value = Decimal(
        _plain(match["number"].strip(), mark, _in_hundredths(currency), cell) + (match["power"] or "")
    )
    signs = [match["sign1"], match["sign2"], match["sign3"], match["sign4"]].count("-")
    if signs > 1:
        raise _unreadable(cell)
    if value >= _TOO_LARGE:
        raise BadCell(_("{cell} is too large for an amount").format(cell=shown(cell)))
    return Amount(-value if signs == 1 or parentheses[0] else value, currency)


def _in_hundredths(currency: str) -> bool:
    """Whether amounts with this sign have at most two decimal places, so that three digits are thousands."""
    return bool(currency) and digits(currency) != 3


def _plain(number: str, mark: Mark | None, money: bool, cell: str) -> str:
    """The digits with a decimal point, by the cell's own proof or the column's mark.

    `money`: the cell names a currency of two decimal places.
    """
    decimal, grouped = _marks(number)
    if decimal is None and grouped in (",", ".") and number.count(grouped) == 1:
        if mark is None and not money:
            raise BadCell(_("{cell}: thousands or decimals?").format(cell=shown(cell)))
        if mark == grouped:
            decimal, grouped = mark, ""
    if decimal is None and not grouped and not number.isdigit():
        raise _unreadable(cell)
    whole, _mark, fraction = number.partition(decimal) if decimal else (number, "", "")
    if decimal and decimal in fraction:
        raise _unreadable(cell)
    for sign in ".,' ":
        if sign in whole:
            if not _GROUPS.fullmatch(whole) and not _INDIAN.fullmatch(whole):
                raise _unreadable(cell)
            whole = whole.replace(sign, "")
    if (whole and not whole.isdigit()) or (fraction and not fraction.isdigit()):
        raise _unreadable(cell)
    return f"{whole or 0}.{fraction}" if fraction else whole or "0"


def _marks(number: str) -> tuple[Mark | None, str]:
    """The proven decimal mark, and the sign that groups thousands (perhaps, if it stands once)."""
    dot, comma = number.rfind("."), number.rfind(",")
    if dot >= 0 and comma >= 0:
        return (".", ",") if dot > comma else (",", ".")
    sign: Mark | None = "." if dot >= 0 else "," if comma >= 0 else None
    if sign is None:
        return None, " " if " " in number else "'" if "'" in number else ""
    if number.count(sign) > 1:
        return None, sign
    whole, _mark, fraction = number.partition(sign)
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole.isdigit() and whole[0] != "0":
        return None, sign
    return sign, ""


def _currency(money: str) -> str:
    plain = money.replace(" ", "")
    known = _SIGN_OF.get(plain.casefold()) or _SIGN_OF.get(plain.casefold().rstrip("."))
    if known:
        return known
    code = plain.upper()
    return {"EURO": "EUR", "EUROS": "EUR"}.get(code, code if len(code) == 3 and code.isascii() else "")


def _unreadable(cell: str) -> BadCell:
    return BadCell(_("{cell} is not an amount").format(cell=shown(cell)))


def minor_reader(mark: Mark | None, currency: str, *, cents: bool = False) -> Callable[[str], int | None]:
    """Amounts of one column as whole minor units of a currency, remembering what it has seen.

    `cents`: whole numbers are hundredths of the currency's unit already.
    """
    seen: dict[str, int | None] = {}
    places: int = 10 ** digits(currency)

    def read(cell: str) -> int | None:
        try:
            return seen[cell]
        except KeyError:
            pass
        if len(cell) < _PLAIN_DIGITS and cell.isascii() and cell.isdigit() and not cents:
            return int(cell) * places
        amount = read_amount(cell, mark)
        value = None if amount is None else to_minor(amount.value / 100 if cents else amount.value, currency)
        if len(seen) > 200_000:
            seen.clear()
        seen[cell] = value
        return value

    return read


def plain_reader(mark: Mark | None, currency: str, *, cents: bool = False) -> PlainReader:
    """Reads many cells of one column at once, where each is what most programs write: digits, the decimal
    mark, and as many digits as the currency has. None where any is not: then each is to be read by itself.

    It looks nothing up: to find one of very many amounts in memory takes longer than to read it.
    """
    places = digits(currency)
    if cents or places not in (0, 2) or (places and mark is None):
        return lambda cells: None
    sign = mark if places and mark else ""
    plain = re.compile(rf"(?:[0-9]{{1,12}}{re.escape(sign)}[0-9]{{{places}}}\n)*+")

    def read(cells: Sequence[str]) -> list[int] | None:
        text = "\n".join(cells) + "\n"
        if not plain.fullmatch(text):
            return None
        amounts = list(map(int, text.replace(sign, "").split()))
        return amounts if len(amounts) == len(cells) else None  # a cell may hold several lines

    return read


_QUANTITY = re.compile(
    r"(?:[x×]\s?)?(?P<number>[+\-−]?\s?\d[\d.,' ]*)\s?"
    r"(?:[x×]|(?P<unit>[^\W\d_]{1,12}\.?(?:/[^\W\d_]{1,5})?))?",
    re.IGNORECASE,
)
_NO_UNITS = frozenset(("de", "of", "di", "из", "sur", "am", "pm", "e"))


def without_unit(cell: str) -> str:
    """The number of a cell such as `1.000 kg`, `2 шт.`, `10 sesiones` or `2x`; other cells as they are.

    A percentage is no quantity, nor is `4 de 10`.
    """
    match = _QUANTITY.fullmatch(cell.strip().translate(_BLANKS)) if len(cell) <= _LONGEST else None
    if match is None or fold(match["unit"] or "") in _NO_UNITS:
        return cell
    return match["number"].strip()


def number_reader(mark: Mark | None) -> Callable[[str], float | None]:
    """Plain numbers of one column (quantities, points); what is none, or undecided, is left out."""
    seen: dict[str, float | None] = {}

    def read(cell: str) -> float | None:
        if cell in seen:
            return seen[cell]
        try:
            amount = read_amount(without_unit(cell), mark)
        except BadCell:
            amount = None
        value = None if amount is None else float(amount.value)
        if len(seen) < 100_000:
            seen[cell] = value
        return value

    return read
