"""What words mean in lists about people: consent, subscriptions, points, tickets, in six languages."""

from __future__ import annotations

import re
from functools import cache

from activetui.importing.toml_files import said_in
from activetui.importing.values.words import plain, usual_state

_JOINED = re.compile(r"[-_]+")
_LISTED = re.compile(r"subscri|suscri|inscri|iscri|descadastr|abonne|подписа|отписа|opt|cleaned|bounced")
"""What words about a list of addresses have in them, and words about orders have not."""
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Table → word → what it means there."""
    return {
        table: {plain(word): name for name, words in meanings.items() for word in words}
        for table, meanings in said_in("values")["people_words"].items()
    }


def meaning_of_word(table: str, cell: str) -> str:
    """What a whole cell means, by a table of `people_words.toml`; empty for an unknown word."""
    known, word = _tables()[table], plain(cell).removeprefix("wc-")
    return known.get(word) or known.get(_JOINED.sub(" ", word), "")


def tells_complaint(text: str) -> bool:
    """Whether a text has a word for a complaint in it."""
    known = _tables()["ticket"]
    return any(known.get(plain(word)) == "complaint" for word in _WORD.findall(text))


def tells_appointment(cell: str) -> bool:
    """Whether a whole cell is a word that only a diary says of a row: booked, or not shown up."""
    return meaning_of_word("diary", cell) == "appointment" or usual_state(plain(cell)) == "no_show"


def tells_listing(cell: str) -> bool:
    """Whether a cell says that somebody is on a list of addresses, or is not any more."""
    return bool(meaning_of_word("consent", cell)) and _LISTED.search(plain(cell)) is not None


def tells_standing(cell: str) -> bool:
    """Whether a whole cell says how a subscription, an appointment or a ticket stands."""
    return any(meaning_of_word(table, cell) for table in ("subscription", "visit", "ticket"))
