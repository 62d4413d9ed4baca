"""E-mail addresses, telephone numbers, countries: as written, and as they are matched."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from activetui.importing.values.words import is_nothing, is_shared_email
from activetui.ledger.text import fold

_ADDRESS = re.compile(r"[^\s@<>,;:\"'()\[\]]+@[^\s@<>,;:\"'()\[\]]+\.[^\s@<>,;:\"'()\[\].]+")
_PHONE_SIGNS = re.compile(r"[\s().\-/\u00a0\u202f\u2011\u2013]+")
_DIGITS = re.compile(r"\d{5,}")
_LOST = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_PLAIN_INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}")
_TRUNK_ZERO = re.compile(r"\+\d{1,3}0")
_FLOAT = re.compile(r"(\d+)\.0")
_LABEL = re.compile(r"^(?:tel|ph|phone|p|m|mob|fax)\s*[.:]\s*", re.IGNORECASE)


def first_email(cell: str) -> str:
    """The first address in a cell, in lower case: out of `Ana <ana@…>`, `mailto:…`, `a@b; c@d`."""
    match = _ADDRESS.search(cell)
    return match[0].lower() if match else ""


def identity_email(address: str) -> str:
    """The address by which a customer is matched; nothing for a placeholder or a marketplace's alias."""
    return "" if not address or is_shared_email(address) else address


def is_lost_number(cell: str) -> bool:
    """Whether a spreadsheet has replaced a long number by `5.55001E+09`: its digits are gone."""
    return bool(_LOST.fullmatch(cell.strip()))


@lru_cache(65_536)
def read_phone(cell: str, country: str, language: str = "") -> str:
    """A telephone number as E.164 where it can be read, else as written; nothing for a lost or empty one.

    `country` is where numbers without a country code are at home; `language` `ru` reads 8… and 7… as +7….
    """
    text = _unwrapped(cell)
    if not text or is_nothing(text) or _LOST.fullmatch(text):
        return ""
    number = _PHONE_SIGNS.sub("", text.split(",")[0].split(";")[0].split(" ::: ")[0])
    if "/" in text and len(number) > 16:
        number = _PHONE_SIGNS.sub("", text.split("/")[0])
    if number.startswith("00"):
        number = "+" + number[2:]
    if _PLAIN_INTERNATIONAL.fullmatch(number) and not _TRUNK_ZERO.match(number):
        return number
    digits = number.lstrip("+")
    if not digits.isascii() or not digits.isdigit():
        return text if _DIGITS.search(digits) else ""
    if language == "ru" and len(digits) == 11 and digits[0] in "78" and country in ("", "RU", "KZ"):
        return "+7" + digits[1:]
    return _parsed(number, country) or (text if len(digits) >= 5 else "")


def identity_phone(phone: str) -> str:
    """The number by which a customer is matched: E.164, else its digits if there are enough."""
    if phone.startswith("+"):
        return phone
    digits = _PHONE_SIGNS.sub("", phone)
    plain = digits.isascii() and digits.isdigit() and len(digits) >= 7
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


@lru_cache(4096)
def read_country(cell: str) -> str:
    """A country as ISO alpha-2 where it can be read (code or name in six languages), else as written."""
    text = cell.strip()
    if is_nothing(text):
        return ""
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    return _countries().get(fold(text), text)


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    from activetui.locales import LANGUAGES

    return {
        fold(str(name)): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    } | {"usa": "US", "uk": "GB", "england": "GB", "россия": "RU", "brasil": "BR"}


def _unwrapped(cell: str) -> str:
    """Without a spreadsheet's `="…"`, its apostrophe, `.0`, and labels such as `Tel.:`."""
    text = unwrap_formula(cell).strip()
    text = _LABEL.sub("", text)
    whole = _FLOAT.fullmatch(text)
    return whole[1] if whole else text


def unwrap_formula(cell: str) -> str:
    """The text in a cell such as `="+79990000000"` or `'8500000000001`; others as they are."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].replace('""', '"')
    if cell.startswith("'") and len(cell) > 1 and (cell[1].isdigit() or cell[1] in "+=-@"):
        return cell[1:]
    return cell


def _parsed(number: str, country: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
