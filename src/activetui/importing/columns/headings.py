"""Headings made comparable, and what they say beside their meaning: a currency, a time zone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from activetui.ledger.text import fold, one_line

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]{2,}\b)")
_NUMBER_SIGN = re.compile(r"#|№|\bn\s?[°º]|\bn\s?\.\s?[°º]|\b(?:no|nr|num|n)\.(?=\W|$)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s_\-./,:;*?()\[\]|&\"'`’‘“”\\]+")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CURRENCY_AT_END = re.compile(
    r"[\s,/]+(?:руб\.?|р\.?|₽|eur|euros?|usd|gbp|brl|rub|mxn|ars|chf|pln|[€$£₽]|r\$)\s*$", re.IGNORECASE
)
_CODE = re.compile(
    r"\b(EUR|USD|GBP|BRL|RUB|MXN|ARS|CLP|COP|CHF|PLN|CZK|SEK|NOK|DKK|UAH|KZT|JPY|CAD|AUD|TRY)\b"
)
_SIGNS = (("R$", "BRL"), ("€", "EUR"), ("£", "GBP"), ("₽", "RUB"), ("руб", "RUB"), ("(сум)", "UZS"))

_CENTS = re.compile(
    r" (?:cents|centavos|centimes|centimos|centesimi|копеиках|копеек|копеики|коп|minor units) "
)
_ZONE = re.compile(r"\b(UTC|GMT|CET|MSK|МСК)\b(?:\s+(?:time\s?zone))?\)?\s*$", re.IGNORECASE)


@lru_cache(4096)
def normal(heading: str) -> str:
    """The heading as it is compared: one case, no accents, words parted by single blanks."""
    text = unicodedata.normalize("NFC", one_line(heading))
    text = _NUMBER_SIGN.sub(" no ", _CAMEL.sub(" ", text.replace("_", " ")))
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@lru_cache(4096)
def bare(heading: str) -> str:
    """The same without what stands in parentheses and without a currency at the end."""
    text = normal(_CURRENCY_AT_END.sub("", _PARENTHESES.sub(" ", one_line(heading))))
    return _CENTS.sub(" ", f" {text} ").strip() or text


def currency_in(heading: str) -> str:
    """The currency that a heading names (`Total (BRL)`, `Сумма, руб.`), or nothing."""
    code = _CODE.search(heading)
    if code:
        return code[1]
    folded = heading.casefold()
    return next((currency for sign, currency in _SIGNS if sign.casefold() in folded), "")


def is_in_cents(heading: str) -> bool:
    """Whether a heading says that its amounts are in hundredths (`amount_cents`, `Valor (centavos)`)."""
    return bool(_CENTS.search(" " + normal(heading) + " "))


def zone_in(heading: str) -> str:
    """The time zone that a heading names (`Created (UTC)`), or nothing."""
    found = _ZONE.search(heading)
    return found[1] if found else ""
