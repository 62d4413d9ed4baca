"""A definition's text with the other answer to a question: changed as an owner would change it by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from activetui.activity.editing import (
    Value,
    add_condition,
    remove,
    set_field,
    wrap,
)
from activetui.activity.editing.toml_text import TomlText
from activetui.activity.reading.condition_parsing import GROUPS
from activetui.activity.reading.positions import Path
from activetui.ledger.kinds import Kind

RHYTHM_TIMES = 2
FEWEST_PURCHASES = 4
_NO_EVENTS = frozenset(
    ("subscription", "window_used", "rhythm", "tenure_at_least", "tenure_at_most", "seasonal", "ahead")
)


class Place(NamedTuple):
    """A simple condition in the text."""

    path: Path
    table: Mapping[str, Any]
    wanted: bool
    """Whether its holding makes the whole more likely to hold."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of event that it asks for, as written; purchases where it only counts or adds up."""
        if _NO_EVENTS & set(self.table):
            return ()
        kinds = self.table.get("event", Kind.PURCHASE.word)
        return tuple(kinds) if isinstance(kinds, list) else (str(kinds),)


@dataclass(frozen=True)
class Changed:
    """A definition's text on the way to another answer; each change gives another one."""

    text: str
    own_kinds: Mapping[str, int]
    currency: str

    def places(self, section: str) -> Iterator[Place]:
        """The simple conditions of `active` or `at_risk`."""
        data = TomlText.read(self.text).data
        if section in data:
            yield from _places(data[section], (section,), True)

    def regular(self, often: bool) -> Changed:
        """With two purchases in twice the window where one is asked for now; or the other way round."""
        made = self
        for place in [place for place in self.places("active") if _is_purchase(place)]:
            count, within = int(place.table.get("count", 1)), int(place.table["within_days"])
            if often and count == 1:
                made = made._set(place.path, "count", 2)._set(place.path, "within_days", 2 * within)
            elif not often and count > 1:
                made = made._set(place.path, "within_days", max(1, within // count))
                made = made._set(place.path, "count", None)
        return made

    def by_own_rhythm(self) -> Changed:
        """With an end of activity after some own usual gaps, where a window of purchases goes on."""
        made = self
        # From the last to the first: what is wrapped moves nothing that stands before it.
        for place in reversed([place for place in self.places("active") if _is_purchase(place)]):
            text = wrap(made.text, place.path, "all")
            group = (*place.path, "all")
            rhythm: dict[str, Value] = {"rhythm": Decimal(RHYTHM_TIMES), "min_purchases": FEWEST_PURCHASES}
            text = add_condition(text, group, rhythm)
            made = made._with(wrap(text, (*group, 1), "none"))
        return made

    def without_rhythm(self) -> Changed:
        """Without the own rhythm in [active]."""
        made = self
        while True:
            found = next((place for place in made.places("active") if "rhythm" in place.table), None)
            if found is None:
                return made
            made = made._with(remove(made.text, found.path))

    def also(self, section: str, condition: Mapping[str, Value]) -> Changed:
        """With one more condition that is enough for `active` or `at_risk` to hold."""
        data = TomlText.read(self.text).data
        groups = [group for group in GROUPS if group in data.get(section, {})]
        text = wrap(self.text, (section,), "any") if groups and groups != ["any"] else self.text
        return self._with(add_condition(text, (section,), condition))

    def without_kinds(self, section: str, kinds: Collection[str], wanted: bool = True) -> Changed:
        """Without conditions on events of these kinds; those on others, too, keep the others.

        Of those that are wanted, or of those that must not hold.
        """
        made = self
        while True:
            found = next(
                (
                    place for place in made.places(section)
                    if place.wanted is wanted and set(place.kinds) & set(kinds)
                ),
                None,
            )
            if found is None:
                return made
            rest = tuple(kind for kind in found.kinds if kind not in kinds)
            if rest:
                made = made._set(found.path, "event", rest if len(rest) > 1 else rest[0])
            else:
                made = made._with(remove(made.text, found.path))

    def _set(self, path: Path, key: str, value: Value | None) -> Changed:
        return self._with(set_field(self.text, path, key, value, self.own_kinds, self.currency))

    def _with(self, text: str) -> Changed:
        return Changed(text, self.own_kinds, self.currency)


def _places(table: Mapping[str, Any], path: Path, wanted: bool) -> Iterator[Place]:
    groups = [group for group in GROUPS if group in table]
    if not groups:
        yield Place(path, table, wanted)
    for group in groups:
        for number, part in enumerate(table[group]):
            yield from _places(part, (*path, group, number), wanted is (group != "none"))


def _is_purchase(place: Place) -> bool:
    """Whether a condition makes active for having bought, so often or at all."""
    return (
        place.wanted
        and Kind.PURCHASE.word in place.kinds
        and "spend" not in place.table
        and "within_days" in place.table
    )
