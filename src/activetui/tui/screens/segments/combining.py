"""Queries made of several segments: all of any, who is in all, who is in one and not in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.segments.library import Segment
from activetui.segments.phrases import either
from activetui.segments.written import as_value
from activetui.store.listing.people import Total
from activetui.tui.screens.segments.data import Overlap

MOST = 4
"""Segments of which every combination is shown: fifteen lines at most."""
IN, OUT, ANY = "●", "○", "·"


class Combined(NamedTuple):
    """One way to put segments together."""

    marks: str
    """For each segment, whether its customers are in it, are not, or may be."""
    words: str
    query: str
    total: Total


def reference(segment: Segment) -> str:
    """How a query asks for a segment."""
    return f"segment:{as_value(segment.name)}"


def of_status(segments: Sequence[Segment], status: str) -> str:
    """The customers of a status in any of the segments."""
    return f"{any_of(segments)} status:{status}"


def any_of(segments: Sequence[Segment]) -> str:
    """Who is in any of them."""
    return "segment:" + ",".join(as_value(segment.name) for segment in segments)


def exactly(segments: Sequence[Segment], lists: int) -> str:
    """Who is in the segments whose bits are set, and in none of the others."""
    return " ".join(
        ("" if lists >> place & 1 else "-") + reference(segment) for place, segment in enumerate(segments)
    )


def combinations(overlap: Overlap) -> list[Combined]:
    """Union and intersection, then who is in some and not in the others, with their customers."""
    segments, regions = overlap.segments, overlap.regions
    everywhere = (1 << len(segments)) - 1
    found = [
        Combined(ANY * len(segments), _("in any of them"), any_of(segments), _sum(list(regions.values()))),
        _exact(overlap, everywhere, _("in all of them")),
    ]
    others = [lists for lists in range(1, everywhere) if len(segments) <= MOST or lists in _single(segments)]
    others.sort(key=lambda lists: (lists.bit_count(), lists))
    return found + [_exact(overlap, lists, _words(segments, lists)) for lists in others]


def _single(segments: Sequence[Segment]) -> set[int]:
    return {1 << place for place in range(len(segments))}


def _exact(overlap: Overlap, lists: int, words: str) -> Combined:
    marks = "".join(IN if lists >> place & 1 else OUT for place in range(len(overlap.segments)))
    total = overlap.regions.get(lists, Total(0, 0, 0))
    return Combined(marks, words, exactly(overlap.segments, lists), total)


def _words(segments: Sequence[Segment], lists: int) -> str:
    inside = [one_line(each.title) for place, each in enumerate(segments) if lists >> place & 1]
    outside = [one_line(each.title) for place, each in enumerate(segments) if not lists >> place & 1]
    return _("{segments}, not {others}").format(segments=" + ".join(inside), others=either(outside))


def _sum(totals: Sequence[Total]) -> Total:
    return Total(*(sum(figures) for figures in zip(*totals, strict=True))) if totals else Total(0, 0, 0)
