"""A stretch of days in words: `more than 60 days ago`, `within 7 days`, `before 31 Jan 2026`."""

from __future__ import annotations

from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, relative_day
from activetui.segments.tree import Days, Edge, Length


def when(days: Days) -> str:
    """When it is, as it stands at the end of a phrase."""
    first, last = days.first, days.last
    if first is not None and last is not None:
        return _between(first, last)
    edge = first or last
    if edge is None:
        return _("on any day")
    if _is_distance(edge):
        return _beyond(edge)
    moved = edge.shift != 0 and edge.day is not None
    if last is not None:
        template = _("before {day}") if moved else _("up to {day}")
    else:
        template = _("after {day}") if moved else _("from {day} on")
    return template.format(day=_day(edge))


def seen_from(edge: Edge) -> str:
    """From which day a query is asked: `as of 31 Mar 2026`, `as of 30 days ago`."""
    if _is_distance(edge):
        return _("as of {length} ago").format(length=length_words(edge.length))
    return _("as of {day}").format(day=_day(edge))


def _between(first: Edge, last: Edge) -> str:
    today = Edge()
    if _is_distance(first) and last == today:
        template = _("less than {length} ago") if first.shift else _("at most {length} ago")
        return template.format(length=length_words(first.length))
    if first == today and _is_distance(last):
        template = _("in less than {length}") if last.shift else _("within {length}")
        return template.format(length=length_words(last.length))
    if first == last:
        if _is_distance(first):
            template = _("exactly {length} ago") if first.sign < 0 else _("in exactly {length}")
            return template.format(length=length_words(first.length))
        return _("on {day}").format(day=_day(first)) if first.day is not None else _day(first)
    if _is_distance(first) and _is_distance(last):
        near, far = (last, first) if first.sign < 0 else (first, last)
        template = _("between {near} and {far} ago") if first.sign < 0 else _("in {near} to {far}")
        return template.format(near=length_words(near.length), far=length_words(far.length))
    return _("from {first} to {last}").format(first=_day(first), last=_day(last))


def _beyond(edge: Edge) -> str:
    """A stretch that runs from a distance away from today."""
    if edge.sign < 0:
        template = _("more than {length} ago") if edge.shift else _("at least {length} ago")
    else:
        template = _("in more than {length}") if edge.shift else _("in at least {length}")
    return template.format(length=length_words(edge.length))


def length_words(length: Length) -> str:
    """`60 days`, `2 months`."""
    n = length.count
    match length.unit:
        case "d":
            return ngettext("{n} day", "{n} days", n).format(n=n)
        case "w":
            return ngettext("{n} week", "{n} weeks", n).format(n=n)
        case "m":
            return ngettext("{n} month", "{n} months", n).format(n=n)
        case "y":
            return ngettext("{n} year", "{n} years", n).format(n=n)


def _is_distance(edge: Edge) -> bool:
    return edge.day is None and edge.length.count > 0


def _day(edge: Edge) -> str:
    """The day itself; what a comparison shifted is said by the words around it."""
    return relative_day(edge.shift, 0) if edge.day is None else format_day(edge.day)
