"""Telephone numbers: as written, and as they are matched."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from activetui.importing.values.words import is_nothing
from activetui.ledger.text import one_line

_SIGNS = re.compile(r"[\s().\-/\u00a0\u202f\u2010-\u2015]+")
_DIGITS = re.compile(r"\d{5,}")
_LOST = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_PLAIN_INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}")
_TRUNK_ZERO = re.compile(r"\+\d{1,3}0")
_OPTIONAL_ZERO = re.compile(r"(?<=\d)\s*\(0\)\s*")
_FLOAT = re.compile(r"(\d+)\.0")
_LABEL = re.compile(
    r"^(?:(?:tel|ph|phone|p|m|t|mob|mobile|fax|cel|celular|cell|cellulare|casa|work|home|wa|whatsapp|telefone"
    r"|telefono|teléfono|móvil|movil|telemóvel|tél|portable|тел|моб|телефон|т)\s*[.:]+\s*)+",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"\s*(?:,?\s*(?:ext|extn|x|доб|ramal|int|poste)\.?\s?\d{1,5}|#\d{1,5})\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?: ::: |[;,|\n]|\s/\s|\s(?:ou|or|o|или|и|y|e|et|and)\s)\s*", re.IGNORECASE)
_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=[+\d(])")
_LONGEST = 120
"""No cell with numbers and their labels is longer."""
_FULL = 7
"""Digits of a whole number: what follows a slash with fewer is another line of the same number."""


def is_lost_number(cell: str) -> bool:
    """Whether a spreadsheet has replaced a long number by `5.55001E+09`: its digits are gone."""
    return bool(_LOST.fullmatch(cell.strip()))


def phones_in(cell: str) -> list[str]:
    """The numbers of a cell as written, one each: `02 9000 1111 / 0401 222 333`, `a ::: b`."""
    found: list[str] = []
    for part in _BETWEEN.split(_unwrapped(cell)):
        pieces = _SLASH.split(part)
        if len(pieces) > 1 and not all(_count(piece) >= _FULL for piece in pieces):
            pieces = [pieces[0] if _count(pieces[0]) >= _FULL else part]
        for piece in pieces:
            text = _LABEL.sub("", piece.strip())
            if text:
                found.append(text)
    return found


@lru_cache(65_536)
def read_phone(cell: str, country: str, language: str = "") -> str:
    """A telephone number as E.164 where it can be read, else as written; nothing for a lost or empty one.

    Of several numbers in a cell, the first that can be read. `country` is where numbers without a country
    code are at home; `language` `ru` reads 8… and 7… as +7….
    """
    text = _unwrapped(cell)
    if not text or len(text) > _LONGEST or is_nothing(text) or _LOST.fullmatch(text):
        return ""
    written = ""
    for part in phones_in(text):
        number = _number(part, country, language)
        if number.startswith("+"):
            return number
        written = written or number
    return written


def identity_phone(phone: str) -> str:
    """The number by which a customer is matched: E.164, else its digits if there are enough."""
    if phone.startswith("+"):
        return phone
    digits = _SIGNS.sub("", phone)
    plain = digits.isascii() and digits.isdigit() and len(digits) >= _FULL
    return digits if plain and len(set(digits)) > 2 else ""


def country_of(phone: str) -> str:
    """The country of an international number, ISO alpha-2; nothing where it cannot be told."""
    if not phone.startswith("+"):
        return ""
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) or ""
    except phonenumbers.NumberParseException:
        return ""


def is_country(code: str) -> bool:
    """Whether two letters are a country that has telephone numbers."""
    import phonenumbers

    return code in phonenumbers.SUPPORTED_REGIONS


def unwrap_formula(cell: str) -> str:
    """The text in a cell such as `="+79990000000"` or `'8500000000001`; others as they are."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].replace('""', '"')
    if cell.startswith("'") and len(cell) > 1 and (cell[1].isdigit() or cell[1] in "+=-@"):
        return cell[1:]
    return cell


def _number(text: str, country: str, language: str) -> str:
    """One number as E.164, else as written; nothing where there are too few digits."""
    number = _SIGNS.sub("", _OPTIONAL_ZERO.sub("", _EXTENSION.sub("", text)))
    if number.startswith("00"):
        number = "+" + number[2:]
    if _PLAIN_INTERNATIONAL.fullmatch(number) and not _TRUNK_ZERO.match(number):
        return number
    digits = number.lstrip("+")
    if not digits.isascii() or not digits.isdigit():
        return text if _DIGITS.search(digits) else ""
    if language == "ru" and len(digits) == 11 and digits[0] in "78" and country in ("", "RU", "KZ"):
        return "+7" + digits[1:]
    found = _parsed(number, country)
    if not found and country and digits.startswith(_calling_code(country)) and number[0] != "+":
        found = _parsed("+" + digits, "")
    return found or (text if len(digits) >= 5 else "")


def _count(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _unwrapped(cell: str) -> str:
    """Without a spreadsheet's `="…"`, its apostrophe, `.0`, unseen signs, and labels such as `Tel.:`."""
    text = _LABEL.sub("", one_line(unwrap_formula(one_line(cell))))
    whole = _FLOAT.fullmatch(text)
    return whole[1] if whole else text


@cache
def _calling_code(country: str) -> str:
    import phonenumbers

    return str(phonenumbers.country_code_for_region(country) or "-")


def _parsed(number: str, country: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
