"""Changes of a definition's text: each gives the text anew, with everything else as the owner wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from activetui.activity.editing.dependent import dependent
from activetui.activity.editing.places import as_list, item_of, new_section, settled, table_of, with_type
from activetui.activity.editing.terms import Terms
from activetui.activity.editing.toml_text import TomlText, Value, braces, groups_in, literal
from activetui.activity.reading.positions import Path
from activetui.ledger.errors import OwnerError
from activetui.locales import _

# -- single values ----------------------------------------------------------------------------------------


def set_field(
    text: str, path: Path, key: str, value: Value | None, own_kinds: Mapping[str, int] | None = None,
    currency: str = "EUR",
) -> str:
    """With another value of one key of the condition at `path`; None takes the key away.

    What cannot stand beside the new value goes with it: a rating where the kind of event has none.
    `OwnerError` where the condition would not be one any more.
    """
    terms = Terms(own_kinds or {}, currency)
    toml = with_type(TomlText.read(text), path)
    before = toml.at(path)
    after = dependent(before, key, value, path, terms)
    _made, wrong = terms.read(after, path)
    if wrong and terms.fits(before, path):
        raise OwnerError(wrong)
    for changed in after:
        if changed not in before or before[changed] != after[changed]:
            toml = toml.put(path, changed, _as_value(after[changed]))
    for gone in before:
        if gone not in after:
            toml = toml.dropped(path, gone)
    return toml.like(text)


def unset_field(
    text: str, path: Path, key: str, own_kinds: Mapping[str, int] | None = None, currency: str = "EUR"
) -> str:
    """Without one key of the condition at `path`."""
    return set_field(text, path, key, None, own_kinds, currency)


def rename(text: str, name: str) -> str:
    """With another name of the definition."""
    return TomlText.read(text).put((), "name", name).like(text)


def set_days(text: str, section: str, days: int | None) -> str:
    """With other days of `new`, `reactivated` or `lost`; None takes the section away."""
    toml = TomlText.read(text)
    if days is None:
        return toml.without_table((section,)).like(text) if (section,) in toml else text
    if (section,) in toml:
        return toml.put((section,), "days", days).like(text)
    return new_section(toml, section, f"days = {days}").like(text)


def set_agreed(text: str, codes: Sequence[str]) -> str:
    """With these questions settled, such as "Q1"."""
    toml = TomlText.read(text)
    if not codes:
        return toml.dropped((), "agreed").like(text) if ("agreed",) in toml else text
    raw = "[" + ", ".join(literal(code) for code in codes) + "]"
    if ("agreed",) in toml:
        return toml.replaced(("agreed",), raw).like(text)
    end = toml.text.find("\n", toml.spans[("name",)][1]) + 1 or len(toml.text)
    return TomlText(f"{toml.text[:end]}agreed = {raw}\n{toml.text[end:]}").like(text)


# -- conditions -------------------------------------------------------------------------------------------


def add_condition(text: str, path: Path, condition: Mapping[str, Value]) -> str:
    """With one more condition in the section or group at `path`, as its last one.

    A section that does not stand is made. A section of a single condition becomes "any of" the two.
    """
    toml = with_type(TomlText.read(text), path)
    raw = braces([(key, literal(value)) for key, value in condition.items()])
    if path not in toml:
        return new_section(toml, str(path[0]), f"any = [\n  {raw},\n]").like(text)
    toml, inside = as_list(toml, path)
    return toml.added(inside, raw).like(text)


def remove(text: str, path: Path) -> str:
    """Without the condition or group at `path`; what it leaves empty goes with it.

    Of a type of customer, what the definition says of its own goes. `OwnerError` where nothing would be
    left that makes a customer active.
    """
    toml = TomlText.read(text)
    if path not in toml:
        return text
    place = path
    while (above := _emptied(toml, place)) is not None:
        place = above
    if place == ("active",):
        raise OwnerError(
            _("Something must keep a customer active."),
            _("Add another condition first, then remove this one."),
        )
    if isinstance(place[-1], int):
        return settled(toml, place).removed(place).like(text)
    if place in toml.spans:
        return toml.dropped(place[:-1], str(place[-1])).like(text)
    return toml.without_table(place).like(text)


def _emptied(toml: TomlText, place: Path) -> Path | None:
    """What would be left empty without what is at `place`; None if nothing."""
    above = place[:-1]
    if isinstance(place[-1], int):
        return above if len(toml.at(above)) == 1 else None
    in_table = above and place != table_of(place)
    return above if in_table and len(groups_in(toml.at(above))) == 1 else None


def change_group(text: str, path: Path, group: str) -> str:
    """With `any`, `all` or `none` for the group or section at `path`."""
    toml, inside = as_list(with_type(TomlText.read(text), path), path)
    if inside[-1] == group:
        return toml.like(text)
    if group in toml.at(inside[:-1]):
        toml, item = item_of(toml, inside)
        inside = (*item, inside[-1])
    return toml.renamed(inside, group).like(text)


def wrap(text: str, path: Path, group: str) -> str:
    """With the condition or group at `path` in a group of its own."""
    toml = with_type(TomlText.read(text), path)
    item = table_of(path)
    if item != path and len(groups_in(toml.at(item))) > 1:
        toml, item = item_of(toml, path)
    if isinstance(item[-1], int):
        toml = settled(toml, item)
        return toml.replaced(item, _grouped(toml, item, group)).like(text)
    if not groups_in(toml.at(item)):
        toml, inside = as_list(toml, item)
        return (toml if inside[-1] == group else toml.renamed(inside, group)).like(text)
    if toml.is_inline(item):
        return toml.replaced(item, _grouped(toml, item, group)).like(text)
    return toml.rewritten(item, {group: [toml.raw(item)]}).like(text)


def _grouped(toml: TomlText, item: Path, group: str) -> str:
    return f"{{ {group} = [{toml.raw(item)}] }}"


def unwrap(text: str, path: Path) -> str:
    """With the conditions of the group at `path` in its place, where that means the same.

    `OwnerError` where it would mean something else: "all of" within "any of".
    """
    toml = with_type(TomlText.read(text), path)
    item, group = table_of(path), str(path[-1])
    if not can_unwrap(toml.data, path):
        raise OwnerError(
            _("Taken apart, this group would mean something else."), _("Change its any, all or none first.")
        )
    toml = settled(toml, item)
    outer = item[:-1]
    if _alone(toml.data, item) and outer[-1] != "none":
        toml = toml.renamed(outer, group)
        outer = (*outer[:-1], group)
        item, path = (*outer, item[-1]), (*outer, item[-1], group)
    return toml.replaced(item, toml.contents(path)).like(text)


def can_unwrap(data: Mapping[str, Any], path: Path) -> bool:
    """Whether the conditions of a group could as well stand where the group stands."""
    item, group = table_of(path), path[-1]
    if item == path or not isinstance(item[-1], int):
        return False
    table, outer = _value_at(data, item), item[-2]
    if len(groups_in(table)) > 1:
        return False
    takes_over = outer != "none" and _alone(data, item)
    if group == "none":
        return takes_over
    return takes_over or len(table[group]) == 1 or outer == group or (outer, group) == ("none", "any")


def _alone(data: Mapping[str, Any], item: Path) -> bool:
    """Whether an item is all that its list and the table of that hold."""
    return len(_value_at(data, item[:-1])) == 1 and len(groups_in(_value_at(data, item[:-2]))) == 1


def _value_at(data: Mapping[str, Any], path: Path) -> Any:
    value: Any = data
    for step in path:
        value = value[step]
    return value


# -- a whole proposal -------------------------------------------------------------------------------------


def set_window(
    text: str, *, window_days: int | None = None, at_risk_share: Decimal | None = None,
    lost_days: int | None = None,
) -> str:
    """With other windows, as a suggestion has them; None leaves one as it is.

    `window_days` goes to the purchases that keep a customer active, however often and for however much, and
    becomes a condition of its own where there are none. `at_risk_share` is the share of the time to
    inactivity that has gone; `lost_days` count from the first inactive day.
    """
    if window_days is not None:
        places = _purchase_windows(TomlText.read(text).at(("active",)), ("active",))
        for place in places:
            text = TomlText.read(text).put(place, "within_days", window_days).like(text)
        if not places:
            text = add_condition(text, ("active",), {"event": "purchase", "within_days": window_days})
    if at_risk_share is not None:
        toml = TomlText.read(text)
        risk = _first_with(toml.data.get("at_risk", {}), ("at_risk",), "window_used")
        if risk is not None:
            text = toml.put(risk, "window_used", at_risk_share).like(text)
        else:
            text = add_condition(text, ("at_risk",), {"window_used": at_risk_share})
    return set_days(text, "lost", lost_days) if lost_days is not None else text


def _purchase_windows(table: Any, path: Path) -> list[Path]:
    """The conditions on purchases that keep active; not those that must not hold."""
    inner = [
        place
        for group in groups_in(table) if group != "none"
        for number, part in enumerate(table[group])
        for place in _purchase_windows(part, (*path, group, number))
    ]
    kinds = table.get("event", "purchase")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    own = not groups_in(table) and "within_days" in table and "purchase" in kinds
    return [path] if own else inner


def _first_with(table: Any, path: Path, key: str) -> Path | None:
    if key in table:
        return path
    for group in groups_in(table):
        for number, part in enumerate(table[group]):
            found = _first_with(part, (*path, group, number), key)
            if found is not None:
                return found
    return None


def _as_value(given: Any) -> Value:
    """A value as it was read, ready to be written again."""
    value: Value = tuple(given) if isinstance(given, list) else given
    return value
