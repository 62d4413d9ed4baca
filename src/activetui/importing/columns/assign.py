"""What each column means: by its heading, its cells and its neighbours; how sure, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from activetui.importing.columns.by_contents import by_contents
from activetui.importing.columns.candidates import Candidate
from activetui.importing.columns.column import Column
from activetui.importing.columns.contents import Contents, in_words
from activetui.importing.columns.fits import fit
from activetui.importing.columns.neighbours import weigh
from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.vocabulary import FIELDS, IGNORE
from activetui.locales import _


def assign(
    header: Sequence[str], contents: Sequence[Contents], said: Mapping[int, str], *, headless: bool = False
) -> list[Column]:
    """The meaning of every column. `said` are the owner's own; `headless`: the headings are mere numbers."""
    candidates: dict[int, list[Candidate]] = {}
    if not headless:
        for place, heading in enumerate(header):
            if place not in said:
                candidates[place] = _candidates(heading, contents[place])
        weigh(candidates, header, contents, set(said.values()))
    taken = _choose(candidates, said)
    columns = [
        _column(place, heading, taken, said, candidates, contents[place])
        for place, heading in enumerate(header)
    ]
    return by_contents(columns, contents, headless=headless)


def others_assigned(columns: Sequence[Column], contents: Sequence[Contents]) -> list[Column]:
    """The columns of a known program, with meanings for those that its owner added."""
    known = {column.index: column.field for column in columns if column.field}
    guessed = assign([column.name for column in columns], contents, known)
    return [
        column if column.field or column.confidence == 1.0 else other
        for column, other in zip(columns, guessed, strict=True)
    ]


def _candidates(heading: str, contents: Contents) -> list[Candidate]:
    found = []
    for meaning in meanings(heading):
        share = fit(meaning.field, contents)
        if share is not None:
            found.append(Candidate(meaning.field, share - 0.004 * min(meaning.rank, 20)))
    return found


def _choose(candidates: Mapping[int, Sequence[Candidate]], said: Mapping[int, str]) -> dict[int, Candidate]:
    """One meaning a column, and one column a meaning where only one can be: the surest pairs first."""
    pairs = sorted(
        ((candidate.score, -place, candidate) for place, found in candidates.items() for candidate in found),
        key=lambda pair: (-pair[0], -pair[1]),
    )
    used = set(said.values())
    chosen: dict[int, Candidate] = {}
    for _score, negative, candidate in pairs:
        place = -negative
        single = not FIELDS[candidate.field].several
        if place in chosen or (single and candidate.field in used):
            continue
        chosen[place] = candidate
        used.add(candidate.field)
    return chosen


def _column(
    place: int, heading: str, taken: Mapping[int, Candidate], said: Mapping[int, str],
    candidates: Mapping[int, Sequence[Candidate]], contents: Contents,
) -> Column:
    if place in said:
        field = said[place]
        return Column(place, heading, None if field == IGNORE else field, 1.0, _("you said so"))
    candidate = taken.get(place)
    if candidate is None:
        if candidates.get(place):
            return Column(place, heading, None, 0.5, _("another column already has this meaning"))
        return _unused(place, heading, contents)
    why = candidate.why or _("the heading says so, the values agree")
    return Column(place, heading, candidate.field, round(max(0.0, min(candidate.score, 0.99)), 2), why)


def _unused(place: int, heading: str, contents: Contents) -> Column:
    """A column that nothing is taken from, with the reason."""
    cells = in_words(contents)
    if not contents.filled:
        return Column(place, heading, None, 0.9, _("the column is empty"))
    if meanings(heading):
        why = _("the heading is known, but the cells ({cells}) do not fit it").format(cells=cells)
        return Column(place, heading, None, 0.3, why)
    if not heading.strip():
        return Column(place, heading, None, 0.0, _("no heading; the cells are {cells}").format(cells=cells))
    why = _("the heading is not known; the cells are {cells}").format(cells=cells)
    return Column(place, heading, None, 0.0, why)
