"""What headings usually mean: the files in `importing/synonyms`, a table a meaning, a list a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from activetui.importing.columns.headings import bare, normal
from activetui.importing.columns.vocabulary import FIELDS


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
    for name in ("people", "purchases", "visits"):
        text = files("activetui.importing").joinpath(f"synonyms/{name}.toml").read_text(encoding="utf-8")
        for field, by_language in tomllib.loads(text).items():
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
    """What a heading can mean; nothing for an unknown one."""
    known = synonyms()
    return known.get(normal(heading)) or known.get(bare(heading)) or ()


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
