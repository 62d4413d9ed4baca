"""Why a customer entered a list or left it: which condition changed between two days, and what changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.activity.words import kind_word, status_word, type_word
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day_short, format_money, format_number
from activetui.segments.fields import Holds
from activetui.segments.past import inside, leaves_of
from activetui.segments.phrases import chosen_words, either, phrase_of
from activetui.segments.rfm import group_title
from activetui.segments.tree import All, AnyOf, FieldTest, Node, Not, Query, Words
from activetui.segments.words import label
from activetui.store.listing.people import Person


class Cause(NamedTuple):
    """One condition that changed and, by that, took a customer in or out."""

    place: int
    """Which of the query's tests and words it is, from 0, from left to right."""
    leaf: Node
    holds: bool
    """Whether it holds now (it did not before), or does not any more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One customer on both days, and what happened between them."""

    before: Person | None
    """None where there was no such customer yet."""
    after: Person
    happened: Mapping[str, Day]
    """The kinds of events that count of the days between, each with the last day of it."""
    ever: Mapping[str, Day] = field(default_factory=dict)
    """The kinds of events that count up to the later day, each with the last day of it."""
    came: Day | None = None
    """The last of the days between on which the customer came into the active base, or back to it."""


def causes(query: Query, before: Sequence[bool], after: Sequence[bool]) -> list[Cause]:
    """Which tests made the query's answer change, from what each of them (`leaves_of`) said on both days.

    Empty where the query says the same on both days.
    """
    if query.root is None:
        return []
    places: dict[int, int] = {id(leaf): place for place, leaf in enumerate(leaves_of(query.root))}

    def said(of: Sequence[bool]) -> Callable[[Node], bool]:
        return lambda leaf: of[places[id(leaf)]]

    return list(_causes(query.root, said(before), said(after), places))


def _causes(
    node: Node, was: Callable[[Node], bool], now: Callable[[Node], bool], places: Mapping[int, int]
) -> Iterator[Cause]:
    turned = _holds(node, now)
    if turned == _holds(node, was):
        return
    node = inside(node)
    match node:
        case Not(part):
            yield from _causes(part, was, now, places)
        case All(parts) | AnyOf(parts):
            for part in parts:
                if _holds(part, now) == turned:
                    yield from _causes(part, was, now, places)
        case _:
            yield Cause(places[id(node)], node, turned)


def _holds(node: Node, said: Callable[[Node], bool]) -> bool:
    node = inside(node)
    match node:
        case Not(part):
            return not _holds(part, said)
        case All(parts):
            return all(_holds(part, said) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, said) for part in parts)
        case _:
            return said(node)


def cause_label(cause: Cause) -> str:
    """The condition in a word or two, to count how many it moved: `spend`, `status`."""
    return label(cause.leaf)


def cause_words(
    cause: Cause, moved: Moved, day: Day, currency: str, types: Mapping[str, Sequence[str]] | None = None
) -> str:
    """What happened, with its day or its figures: `became inactive on 3 Nov`, `spend rose from €480 to €530`.

    `day` is the later of the two days; `types` are the kinds of events that make each type of customer.
    """
    leaf = cause.leaf
    if isinstance(leaf, FieldTest):
        said = (
            _by_field(leaf, cause.holds, moved, day)
            or _by_class(leaf, cause.holds, moved, day, types or {})
            or _by_event(leaf, cause.holds, moved, day)
        )
        if said:
            return said
    if isinstance(leaf, FieldTest | Words):
        phrase = phrase_of(leaf, currency, negated=not cause.holds).text
    else:
        phrase = label(leaf)
    return _("now: {what}").format(what=phrase)


def _by_field(test: FieldTest, holds: bool, moved: Moved, day: Day) -> str:
    """What the figures of the customer tell; empty where they tell nothing."""
    before, after = moved.before, moved.after
    match test.field.name:
        case "status" if holds:
            return _became(moved, day)
        case "status" | "active" | "was" | "joined" | "returned" | "lapsed":
            return _came(moved, day) or _became(moved, day)
        case "turns" | "until":
            return _turns(after, day) if holds else _became(moved, day)
        case "since":
            return _became(moved, day) or _since(after, day)
        case "first" | "last":
            return _bought(moved, day)
        case "next":
            return _expected(after, day) if holds else _bought(moved, day)
        case _ if before is not None and test.field.name in _FIGURES:
            return _figure(test.field.name, before, after)
        case _:
            return ""


def _became(moved: Moved, day: Day) -> str:
    after, before = moved.after, moved.before
    if after.status_since is None or (before is not None and before.status_since == after.status_since):
        return ""
    status, since = status_word(after.status), format_day_short(after.status_since, day)
    came = before is not None and after.active and not before.active
    if came and after.status_since in (after.first_purchase, after.last_purchase):
        return _("bought on {day} and became {status}").format(day=since, status=status)
    return _("became {status} on {day}").format(status=status, day=since)


def _came(moved: Moved, day: Day) -> str:
    """Into the active base or back, where the status of now does not say so by itself; else empty."""
    after, came = moved.after, moved.came
    if came is None or not after.active or after.status_since is None:
        return ""
    back = moved.before is not None and moved.before.status in (Status.INACTIVE, Status.LOST)
    if after.status_since != came:
        template = (
            _("came back on {day}, {status} since {since}") if back
            else _("first active on {day}, {status} since {since}")
        )
    elif back and after.status is Status.AT_RISK and came != after.last_purchase:
        template = _("came back on {day} and is {status}")
    else:
        return ""
    return template.format(
        day=format_day_short(came, day), status=status_word(after.status),
        since=format_day_short(after.status_since, day),
    )


def _since(after: Person, day: Day) -> str:
    if after.status_since is None:
        return ""
    return _("{status} since {day}").format(
        status=status_word(after.status), day=format_day_short(after.status_since, day)
    )


def _turns(after: Person, day: Day) -> str:
    if after.status_until is None:
        return ""
    return _("turns {status} on {day}").format(
        status=status_word(after.next_status), day=format_day_short(after.status_until, day)
    )


def _bought(moved: Moved, day: Day) -> str:
    """A purchase between the days, or none for so long."""
    last = moved.after.last_purchase
    if last is None:
        return ""
    if moved.before is None or moved.before.last_purchase != last:
        return _("bought on {day}").format(day=format_day_short(last, day))
    ago = ngettext("{n} day ago", "{n} days ago", day - last).format(n=format_number(day - last))
    return _("last bought on {day}, {ago}").format(day=format_day_short(last, day), ago=ago)


def _expected(after: Person, day: Day) -> str:
    if after.next_expected is None:
        return ""
    return _("is expected on {day}").format(day=format_day_short(after.next_expected, day))


def _figure(field: str, before: Person, after: Person) -> str:
    read = _FIGURES[field]
    was, now = read(before), read(after)
    if was == now or now is None:
        return ""
    currency = after.currency if field in ("spend", "year") else ""
    template = _appeared(field) if was is None else _rose(field) if now > was else _fell(field)
    return template.format(before="" if was is None else _shown(was, currency), after=_shown(now, currency))


_FIGURES: dict[str, Callable[[Person], float | None]] = {
    "spend": lambda person: person.spend,
    "year": lambda person: person.year_spend,
    "purchases": lambda person: person.purchases,
    "rhythm": lambda person: person.rhythm,
}


def _rose(field: str) -> str:
    return {
        "spend": _("spend rose from {before} to {after}"),
        "year": _("spend in a year rose from {before} to {after}"),
        "purchases": _("purchases rose from {before} to {after}"),
        "rhythm": _("the rhythm slowed from {before} to {after} days"),
    }[field]


def _fell(field: str) -> str:
    return {
        "spend": _("spend fell from {before} to {after}"),
        "year": _("spend in a year fell from {before} to {after}"),
        "purchases": _("purchases fell from {before} to {after}"),
        "rhythm": _("the rhythm quickened from {before} to {after} days"),
    }[field]


def _appeared(field: str) -> str:
    return _("a rhythm of {after} days shows now") if field == "rhythm" else "{after}"


def _shown(figure: float, currency: str) -> str:
    return format_money(int(figure), currency) if currency else format_number(figure)


def _by_class(
    test: FieldTest, holds: bool, moved: Moved, day: Day, types: Mapping[str, Sequence[str]]
) -> str:
    """What put the customer into a type, a quintile or an RFM group, or took the customer out."""
    match test.field.name:
        case "type":
            words = either([type_word(word) for word in chosen_words(test)])
            template = _("is now of the type {type}") if holds else _("is no longer of the type {type}")
            said = template.format(type=words)
            kinds = [kind for word in chosen_words(test) for kind in types.get(word, ())]
            why = _spent_too(test, holds, moved) or _last_of(kinds, holds, moved, day)
        case "rfm":
            words = either([group_title(word) for word in chosen_words(test)])
            template = _("is now in the RFM group {group}") if holds else _("has left the RFM group {group}")
            said, why = template.format(group=words), _bought(moved, day)
        case "r":
            said, why = _("the quintile by last purchase changed"), _bought(moved, day)
        case "f":
            said = _("the quintile by number of purchases changed")
            why = _figure("purchases", moved.before, moved.after) if moved.before else ""
        case "m":
            said = _("the quintile by spend changed")
            why = _figure("spend", moved.before, moved.after) if moved.before else ""
        case _:
            return ""
    return _("{what}: {why}").format(what=said, why=why) if why else said


def _spent_too(test: FieldTest, holds: bool, moved: Moved) -> str:
    """The spend of a year, where that alone can have moved a VIP: it went the way that the type did."""
    before, after = moved.before, moved.after
    if "vip" not in chosen_words(test) or before is None or before.tags != after.tags:
        return ""
    return _figure("year", before, after) if (after.year_spend > before.year_spend) == holds else ""


def _last_of(kinds: Sequence[str], holds: bool, moved: Moved, day: Day) -> str:
    """The events that brought a type; or how long ago the last one is of what lacks now.

    Empty where events of those kinds did not keep the type: which of them count for it is not known here.
    """
    new = sorted((moved.happened[kind], kind) for kind in set(kinds) if kind in moved.happened)
    if holds:
        said = [
            _("{kind} on {day}").format(kind=kind_word(kind), day=format_day_short(when, day))
            for when, kind in new
        ]
        return ", ".join(said)
    when, kind = max(((moved.ever[kind], kind) for kind in kinds if kind in moved.ever), default=(None, ""))
    if new or when is None:
        return ""
    ago = ngettext("{n} day ago", "{n} days ago", day - when).format(n=format_number(day - when))
    return _("last {kind} on {day}, {ago}").format(
        kind=kind_word(kind), day=format_day_short(when, day), ago=ago
    )


def _by_event(test: FieldTest, holds: bool, moved: Moved, day: Day) -> str:
    """What an event between the days tells; empty where there was none that matters."""
    for kind in _kinds(test, holds):
        when = moved.happened.get(kind)
        if when is not None:
            return _("{kind} on {day}").format(kind=kind_word(kind), day=format_day_short(when, day))
    return ""


def _kinds(test: FieldTest, holds: bool) -> Sequence[str]:
    """The kinds of events that can make the test come to hold, or hold no more."""
    match test.field.name:
        case "complaint" | "complained":
            opened = holds == (test.field.name == "complained" or "open" in chosen_words(test))
            return (Kind.COMPLAINT.word,) if opened else (Kind.COMPLAINT_RESOLVED.word,)
        case "contacted":
            return (Kind.CONTACT.word,)
        case "product":
            return (Kind.PURCHASE.word,)
        case "renewal" | "expires" | "unrenewed" | "cancelled":
            return (Kind.SUBSCRIPTION.word,)
        case _ if test.field.holds in (Holds.KIND, Holds.PRESENCE):
            return chosen_words(test) if test.field.holds is Holds.KIND else ()
        case _:
            return ()
