"""E-mail addresses and countries: as written, and as they are matched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from activetui.importing.values.phones import (
    country_of,
    identity_phone,
    is_country,
    is_lost_number,
    phones_in,
    read_phone,
    unwrap_formula,
)
from activetui.importing.values.words import is_nothing, is_shared_email, placeholder_words, shared_emails
from activetui.locales.countries import country_code

__all__ = [
    "all_emails", "are_identities", "country_of", "first_email", "identity_email", "identity_phone",
    "is_country", "is_lost_number", "is_placeholder", "phones_in", "read_country", "read_phone",
    "unwrap_formula",
]

_ADDRESS = re.compile(
    r"[^\s@<>,;:\"'()\[\]|]{1,64}@[^\s@<>,;:\"'()\[\]|]{1,190}\.[^\s@<>,;:\"'()\[\].|]{1,63}"
)
"""As long as an address may be, so that no cell takes long to search."""
_NO_LETTERS = re.compile(r"[^a-z]")
_NO_LETTERS_IN_LINES = re.compile(r"[^a-z\n]+")
_LOCAL, _AFTER_LOCAL = re.compile(r"(?m)^[^@\n]*@"), re.compile(r"@[^\n]*")
_ONE_SIGN = re.compile(r"(?m)^(.)\1{2,}$")
"""A local part that `_is_one_letter` is true of."""


def first_email(cell: str) -> str:
    """The first address in a cell, in lower case: out of `Ana <ana@…>`, `mailto:…`, `a@b; c@d`."""
    match = _ADDRESS.search(cell)
    return match[0].lower().rstrip(".") if match else ""


def all_emails(cell: str) -> list[str]:
    """Every address in a cell, in lower case, each once: `a@b.com ::: c@d.com`, `a@b; c@d`."""
    return list(dict.fromkeys(found.lower().rstrip(".") for found in _ADDRESS.findall(cell)))


def identity_email(address: str) -> str:
    """The address by which a customer is matched; nothing for a placeholder or a marketplace's alias."""
    return "" if not address or is_shared_email(address) or is_placeholder(address) else address


def are_identities(addresses: Sequence[str]) -> bool:
    """Whether `identity_email` gives each of these addresses (ASCII, small letters), empty ones left aside.

    Words that make an address suspicious are looked for in all of them together.
    """
    whole = "\n".join(addresses)
    locals_, domains = _AFTER_LOCAL.sub("", whole), set(_LOCAL.sub("", whole).split("\n"))
    strong, weak, _hosts = placeholder_words()
    shared, shared_domains = shared_emails()
    names = _NO_LETTERS_IN_LINES.sub("", locals_).split("\n")
    suspicious = not (
        shared.isdisjoint(addresses) and shared_domains.isdisjoint(domains)
        and strong.isdisjoint(names) and weak.isdisjoint(names) and not _ONE_SIGN.search(locals_)
    )
    return not suspicious or all(map(identity_email, filter(None, addresses)))


def is_placeholder(address: str) -> bool:
    """Whether an address was only typed to fill a field that had to be filled: `noemail@…`, `test@test.com`.

    Words that say so by themselves hold at every provider, others only where the provider says as little.
    """
    local, _at, domain = address.partition("@")
    name, host = local.strip("0123456789"), domain.partition(".")[0]
    if not (name.isascii() and name.isalpha() and name.islower()):
        name = _NO_LETTERS.sub("", name)
    strong, weak, hosts = placeholder_words()
    if name in strong:
        return True
    return (name in weak or _is_one_letter(local)) and (host in hosts or host in weak or _is_one_letter(host))


def _is_one_letter(word: str) -> bool:
    return len(word) > 2 and len(set(word)) == 1


@lru_cache(4096)
def read_country(cell: str) -> str:
    """A country as ISO alpha-2 where it can be read (code or name in six languages), else as written."""
    return "" if is_nothing(cell.strip()) else country_code(cell)


def is_country_name(cell: str) -> bool:
    """Whether a cell is a country: its code, or its name in one of our languages."""
    code = read_country(cell)
    return len(code) == 2 and code.isalpha()
