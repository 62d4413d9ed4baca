"""What headings usually mean: the files in `importing/synonyms`, a table a meaning, a list a language."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from activetui.importing.columns.headings import bare, normal
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.toml_files import said_in

_LONGEST = 60
_SHORT = 6
_SMALL = frozenset((
    "of", "the", "for", "de", "du", "des", "d", "la", "le", "les", "l", "da", "do", "das", "dos", "del",
    "della", "dello", "dell", "di", "el", "los", "las",
))
"""Words of headings that some write and some leave out."""
_BETWEEN = re.compile(r"\s*[/|]\s*|\s+-\s+")


class Meaning(NamedTuple):
    """One thing that a heading can mean."""

    field: str
    rank: int
    """Place in the list of its meaning: the more usual headings come first."""
    languages: frozenset[str]


@cache
def synonyms() -> dict[str, tuple[Meaning, ...]]:
    """Every known heading (made comparable) with all that it can mean."""
    found: dict[str, dict[str, tuple[int, set[str]]]] = {}
    for name in ("people", "purchases", "visits", "german"):
        for field, by_language in said_in("synonyms")[name].items():
            if field not in FIELDS:
                raise ValueError(f"synonyms/{name}.toml: no field is called {field}")
            for language, headings in by_language.items():
                for rank, heading in enumerate(headings):
                    best, languages = found.setdefault(normal(heading), {}).get(field, (rank, set()))
                    found[normal(heading)][field] = (min(best, rank), languages | {language})
    for field in FIELDS:  # the words of --map are headings too, where no list has them
        found.setdefault(normal(field), {field: (0, {"en"})})
    return {
        heading: tuple(Meaning(field, rank, frozenset(said)) for field, (rank, said) in meanings.items())
        for heading, meanings in found.items()
    }


def meanings(heading: str) -> tuple[Meaning, ...]:
    """What a heading can mean; nothing for an unknown one.

    It is compared whole; without what stands in parentheses; run together (`OrderDate`, `orderdate`);
    without the small words (`Date du début`, `Date début`); in two languages at once (`Nome / Name`), by what
    both halves mean; and, behind a word for a person (`Contact: Phone`), by what stands there.
    """
    known = synonyms()
    found = known.get(normal(heading)) or known.get(bare(heading))
    if found is None and len(heading) <= _LONGEST:
        text = bare(heading)
        found = _run_together().get(text) or _shortened().get(_short(text)) or _of_both(heading)
        found = found or _of_a_person(heading)
    return found or ()


@cache
def _run_together() -> dict[str, tuple[Meaning, ...]]:
    """Headings of several words as programs write them in one."""
    return {
        heading.replace(" ", ""): found for heading, found in synonyms().items()
        if " " in heading and len(heading) > _SHORT
    }


@cache
def _shortened() -> dict[str, tuple[Meaning, ...]]:
    """Headings of several words without their small ones, where what they mean is the same with any."""
    found: dict[str, tuple[Meaning, ...]] = {}
    for heading, meant in synonyms().items():
        short = _short(heading)
        if " " not in short:
            continue
        known = found.get(short)
        if known is None:
            found[short] = meant
        else:  # `Data da reserva`, `Data reserva`: what both can mean, once
            fields = {have.field for have in known}
            found[short] = (*known, *(one for one in meant if one.field not in fields))
    return found


def _short(heading: str) -> str:
    return " ".join(word for word in heading.split() if word not in _SMALL)


def _of_both(heading: str) -> tuple[Meaning, ...]:
    parts = [part for part in _BETWEEN.split(heading) if part.strip()]
    if len(parts) != 2:
        return ()
    known = synonyms()
    first, second = (known.get(normal(part), ()) for part in parts)
    also = {meaning.field for meaning in second}
    return tuple(meaning for meaning in first if meaning.field in also)


def _of_a_person(heading: str) -> tuple[Meaning, ...]:
    person, mark, text = heading.partition(": ")
    known = synonyms()
    if not mark or not any(meaning.field in ("name", "company") for meaning in known.get(normal(person), ())):
        return ()
    found = known.get(normal(text), ())
    return tuple(meaning for meaning in found if FIELDS[meaning.field].about == "customer")


def is_known(heading: str) -> bool:
    """Whether a cell reads like a heading that we know."""
    return bool(heading.strip()) and bool(meanings(heading))


def language_of(headings: list[str]) -> str:
    """The language in which most headings are that exist in one language only; empty if none."""
    votes: dict[str, int] = {}
    for heading in headings:
        said = frozenset[str]().union(*(meaning.languages for meaning in meanings(heading)))
        if len(said) == 1:
            (language,) = said
            votes[language] = votes.get(language, 0) + 1
    return max(votes, key=lambda language: votes[language]) if votes else ""
