"""What the usual words in cells mean, in six languages: states, yes and no, nothing, nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from activetui.importing.toml_files import said_in
from activetui.ledger.settlement import STATES
from activetui.ledger.text import fold

PARTLY_PAID = "partly_paid"
"""What a cell may say of a sale that is `paid`: that not all of it is, so far."""
_LONGEST_STATE = 40
"""Longer cells are remarks, whatever words stand in them."""
_ENDINGS = (
    ("ees", "e"), ("ee", "e"), ("es", "e"), ("os", "o"), ("as", "o"), ("a", "o"), ("i", "o"),
    ("а", ""), ("о", ""), ("ы", ""), ("ая", "ый"), ("ое", "ый"),
)
"""Feminines and plurals of our languages, folded, and the masculine of each."""
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_NOTHING = 24
"""No word for nothing is longer, blanks around it included."""


@cache
def _file() -> Mapping[str, Any]:
    return said_in("values")["words"]


@cache
def _set(table: str, name: str = "words") -> frozenset[str]:
    return frozenset(fold(word) for word in _file()[table][name])


@cache
def _states() -> dict[str, str]:
    told = _file()["states"].items()
    return {fold(word): "paid" if state == PARTLY_PAID else state for state, words in told for word in words}


@cache
def _beginnings() -> frozenset[str]:
    """The first signs of all words for nothing: most cells are told apart by theirs."""
    letters = {word[0] for word in _set("nothing")} | set(" \t.\u00a0\u202f")
    return frozenset(letters | {letter.upper() for letter in letters})


def plain(cell: str) -> str:
    """A cell as its words are looked up: one case, no accents, single blanks, no full stop at the end."""
    return " ".join(fold(cell).split()).rstrip(".")


def is_nothing(cell: str) -> bool:
    """Whether a cell says nothing: blank, a dash, `n/a`, `NULL`, an error of a spreadsheet."""
    if not cell:
        return True
    if len(cell) > _LONGEST_NOTHING or cell[0] not in _beginnings():
        return False
    word = plain(cell)
    return not word or word in _set("nothing")


def all_say_something(cells: Sequence[str]) -> bool:
    """Whether `is_nothing` is true of none of these cells, empty ones left aside."""
    beginnings = _beginnings()
    return not any(is_nothing(cell) for cell in cells if cell and cell[0] in beginnings)


def is_walk_in(name: str) -> bool:
    """Whether a name means nobody in particular."""
    word = plain(name)
    return not word or word in _set("walk_in") or is_nothing(name)


def is_shared_tax(number: str) -> bool:
    """Whether a tax number (letters and digits only) is written for whoever gives none: `999999990`."""
    return len(set(number)) == 1 or fold(number) in _set("walk_in", "tax_numbers")


def is_civility(cell: str) -> bool:
    """Whether a cell is a form of address: `Mrs`, `Sr.`, `Mme`."""
    return plain(cell) in _set("civility")


def is_shared_email(email: str) -> bool:
    """Whether an address is a placeholder or a marketplace's alias, and so nobody's identity."""
    addresses, domains = shared_emails()
    return email in addresses or email.rpartition("@")[2] in domains


def shared_emails() -> tuple[frozenset[str], frozenset[str]]:
    """Addresses, and domains of addresses, that are nobody's identity."""
    return _set("shared_email"), _set("shared_email", "domains")


@cache
def placeholder_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words before the @ that nobody's address has; words that some have; and hosts that say as little."""
    return _set("placeholders", "strong"), _set("placeholders", "weak"), _set("placeholders", "hosts")


def consent_of(cell: str) -> bool | None:
    """Whether a cell lets its customer be written to: a yes, a word of a newsletter, or the day of a yes.

    None where it does not say: no consent is known then.
    """
    word = plain(cell)
    if word in _set("consent", "given"):
        return True
    if word in _set("consent", "refused"):
        return False
    answer = yes_or_no(cell)
    if answer is not None or is_nothing(cell):
        return answer
    from activetui.importing.values.dates import shape_of

    return True if shape_of(cell) in ("iso", "triple", "named", "serial", "unix") else None


def yes_or_no(cell: str) -> bool | None:
    """Yes, no, or neither."""
    word = plain(cell)
    if word in _set("yes_no", "yes"):
        return True
    return False if word in _set("yes_no", "no") else None


def is_state(cell: str) -> bool:
    """Whether a cell is a known word for a state, or says one in a few words."""
    return bool(usual_state(plain(cell)))


@lru_cache(4096)
def usual_state(word: str) -> str:
    """The state that a `plain` cell says: as a whole, or by a word in it (`cancelled by the guest`).

    Empty for an unknown one, and for one that denies what was called off (`not cancelled`).
    """
    whole = word.removeprefix("wc-")  # what one shop program writes before each of its states
    return (
        _states().get(whole) or (whole if whole in STATES else "") or _state_within(whole)
        or _in_another_gender(whole)
    )


def _in_another_gender(word: str) -> str:
    """The state of a word known with another ending: `echouee` by `echoue`, `anulados` by `anulado`."""
    if len(word) <= _LONGEST_STATE:
        for ending, usual in _ENDINGS:
            if word.endswith(ending) and (state := _states().get(word.removesuffix(ending) + usual)):
                return state
    return ""


@cache
def _within() -> tuple[list[tuple[str, str]], frozenset[str]]:
    """What begins words that tell a state wherever they stand, and the words that deny it."""
    told = _file()["states_within"]
    found = [(fold(start), state) for state, starts in told.items() if state in STATES for start in starts]
    return found, _set("states_within", "not")


@lru_cache(1024)
def _state_within(word: str) -> str:
    if len(word) > _LONGEST_STATE:
        return ""
    words = _WORDS.findall(word)
    if len(words) < 2:
        return ""
    starts, denials = _within()
    if words[0] in denials:
        return _state_denied(" ".join(words[1:]))
    said = " " + " ".join(words)
    for start, state in starts:
        place = said.find(f" {start}")
        if place >= 0 and said[:place].rpartition(" ")[2] not in denials:
            return state
    return ""


@cache
def _sorts() -> dict[str, str]:
    return {fold(word): name for name, words in _file()["sorts"].items() for word in words}


def sort_of_row(cell: str) -> str:
    """The class (`columns.system.CLASSES`) that a word means in a column that tells sales from refunds."""
    return _sorts().get(plain(cell), "")


@cache
def _outgoing() -> list[tuple[str, str]]:
    """How words begin that tell why money went out, and the class of each."""
    told = _file()["outgoing"]
    return [(" " + fold(start), name) for name, starts in told.items() for start in starts]


@lru_cache(4096)
def sort_of_outgoing(cell: str) -> str:
    """The class (`columns.system.CLASSES`) that the words of a cell give an amount below zero, if any."""
    said = f" {' '.join(_WORDS.findall(plain(cell)))} "
    return next((name for start, name in _outgoing() if start in said), "")


def _state_denied(word: str) -> str:
    """What a cell says that denies this: whoever did not attend did not come, what is not done is pending.

    What has not been sent may well be paid.
    """
    if any(word.startswith(fold(start)) for start in _file()["states_within"]["done"]):
        return "no_show"
    sent = any(word.startswith(fold(start)) for start in _file()["states_within"]["sent"])
    return "pending" if _states().get(word) == "paid" and not sent else ""


def state_reader(own: Mapping[str, str], unknown: dict[str, int]) -> Callable[[str], str]:
    """States of one column, or `PARTLY_PAID`. `own` are a system's words; words that nobody knows are counted
    in `unknown`.

    An unknown word, like an empty cell, is no state: what such a row tells did take place.
    """
    mine = {plain(word): state for word, state in own.items()}
    seen: dict[str, str] = {}

    def read(cell: str) -> str:
        state = seen.get(cell)
        if state is None:
            word = plain(cell)
            known = mine[word] if word in mine else usual_state(word) or None
            if word not in mine and word.removeprefix("wc-") in _set("states", PARTLY_PAID):
                known = PARTLY_PAID
            answer = yes_or_no(cell) if known is None else None
            if answer is not None:
                known = "paid" if answer else "unpaid"
            if known is None:
                if not is_nothing(cell):
                    unknown[cell.strip()] = unknown.get(cell.strip(), 0) + 1
                return ""
            state = seen[cell] = known
        return state

    return read
