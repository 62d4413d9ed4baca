"""The customers of many rows at once, where their cells are plain: what is wrong with a cell is looked for
in all of a column together. Whatever may be unusual is left to `CustomerReader.read`, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import is_normalized

from activetui.importing.values.contacts import are_identities
from activetui.importing.values.ids import are_plain_ids
from activetui.importing.values.words import all_say_something
from activetui.ledger.plain_people import PlainPeople

FIELDS = ("customer_id", "name", "email")
"""What may be told of people who are read together; each in one column."""
_LINE = "\n"
_LETTERS = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386-\u03ff\u0400-\u0481"
# letters and signs that no reader of texts changes, in words with one blank between them
_NAMES = re.compile(rf"(?:(?:[{_LETTERS}][{_LETTERS}.,'()/+-]*(?: [{_LETTERS}.,'()/+-]+)*)?\n)*")
_ADDRESSES = re.compile(r"(?:(?:[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?\n)*")
_LONGEST_ADDRESS = 64
_NOBODY = frozenset(("0", "-1"))
"""Ids that databases give to all who have bought without an account."""


def plain_people(
    keys: Sequence[str], names: Sequence[str], addresses: Sequence[str]
) -> PlainPeople | None:
    """The people whose cells these are; None where any of them has to be read by itself.

    A column that the file does not have is empty; there are keys or addresses.
    """
    if keys and not (are_plain_ids(keys) and _NOBODY.isdisjoint(keys) and all_say_something(keys)):
        return None
    if not keys and "" in addresses:
        return None
    whole = _joined(names)
    if not (_NAMES.fullmatch(whole) and is_normalized("NFC", whole) and all_say_something(names)):
        return None
    whole = _joined(addresses).lower()
    if not (whole.isascii() and _ADDRESSES.fullmatch(whole)):
        return None
    addresses = whole.split(_LINE)[:-1] if addresses else ()
    if max(map(len, addresses), default=0) > _LONGEST_ADDRESS or not are_identities(addresses):
        return None
    return PlainPeople(keys, names, addresses)


def _joined(cells: Sequence[str]) -> str:
    """The cells, a line end after each, which no cell holds that matches."""
    return _LINE.join(cells) + _LINE
