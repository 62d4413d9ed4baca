"""From TOML to a definition, with every mistake, its place and what was meant."""

from __future__ import annotations

from collections.abc import Mapping

from activetui.activity.agreed import QUESTION_CODES
from activetui.activity.conditions import Condition
from activetui.activity.definition import Definition
from activetui.activity.mistakes import DefinitionError
from activetui.activity.reading.condition_parsing import ConditionReader, Place
from activetui.activity.reading.table_reading import LONGEST, TOP_KEYS, Problems, Table, did_you_mean, shown
from activetui.activity.reading.toml_reading import read_toml
from activetui.activity.types import DEFAULT_TYPES, TYPES
from activetui.ledger.text import one_line
from activetui.locales import _

_LONGEST_NAME = 120
_SECTIONS = frozenset(("active", "new", "reactivated", "at_risk", "lost", "types"))


def parse(
    text: str,
    *,
    where: str = "definition",
    own_kinds: Mapping[str, int] | None = None,
    currency: str = "EUR",
    version: int = 0,
) -> Definition:
    """The definition that a TOML text says; `DefinitionError` with every problem it has.

    `own_kinds` are the numbers of the owner's kinds by name, `currency` that of amounts in the text.
    """
    toml = text.removeprefix("\ufeff").replace("\r\n", "\n")
    data, positions = read_toml(toml, where)
    problems = Problems(positions)
    reader = ConditionReader(problems, own_kinds or {}, currency)
    definition = _definition(Table(data, (), problems), reader, text, version)
    if problems.found or definition is None:
        raise DefinitionError(problems.in_order(), where)
    return definition


def default_types(own_kinds: Mapping[str, int], currency: str) -> dict[str, Condition]:
    """The conditions of the types, as they are without a definition's own."""
    data, positions = read_toml(DEFAULT_TYPES, "types")
    problems = Problems(positions)
    table = Table(data, (), problems)
    return _types(table, ConditionReader(problems, own_kinds, currency))


def _definition(table: Table, reader: ConditionReader, text: str, version: int) -> Definition | None:
    table.only(TOP_KEYS | _SECTIONS)
    name = one_line(table.text("name") or "")
    if table.misses("name"):
        table.problem_here(_("the definition needs a name, such as name = \"My shop\""))
    elif "name" in table and not 0 < len(name) <= _LONGEST_NAME:
        table.problem("name", _("the name must have 1 to {n} characters").format(n=_LONGEST_NAME))
    active: Condition | None = None
    if "active" in table:
        active = reader.condition(table["active"], ("active",), Place.ACTIVE)
    elif table.misses("active"):
        table.problem_here(_("the definition needs [active]: what makes a customer active?"))
    at_risk = None
    if "at_risk" in table:
        at_risk = reader.condition(table["at_risk"], ("at_risk",), Place.AT_RISK)
    new = _days(table, "new", least=0)
    reactivated = _days(table, "reactivated", least=0)
    lost = _days(table, "lost", least=1)
    agreed = _agreed(table)
    types = default_types(reader.own_kinds, reader.currency) | _types(table, reader)
    if active is None:
        return None
    return Definition(
        name=name,
        active=active,
        new_days=new or 0,
        reactivated_days=reactivated or 0,
        at_risk=at_risk,
        lost_days=lost,
        types=types,
        text=text,
        version=version,
        agreed=agreed,
    )


def _agreed(table: Table) -> tuple[str, ...]:
    """The questions that the owner has settled, in their order; none where the key is missing."""
    if "agreed" not in table or table["agreed"] == []:
        return ()
    given = table.texts("agreed") or ()
    for code in given:
        if code.strip().upper() not in QUESTION_CODES:
            message = _("{value} is no question").format(value=shown(code))
            table.problem_with_text("agreed", code, message + did_you_mean(code, QUESTION_CODES))
    settled = {code.strip().upper() for code in given}
    return tuple(code for code in QUESTION_CODES if code in settled)


def _days(table: Table, section: str, *, least: int) -> int | None:
    """The `days` of a section such as `[new]`; None where the section does not stand."""
    if section not in table:
        return None
    inner = table.table(section)
    if inner is None:
        return None
    inner.only({"days"})
    if "days" not in inner:
        if inner.misses("days"):
            table.problem(section, _("[{section}] needs days, such as days = 30").format(section=section))
        return None
    return inner.whole("days", least, LONGEST)


def _types(table: Table, reader: ConditionReader) -> dict[str, Condition]:
    if "types" not in table:
        return {}
    inner = table.table("types")
    if inner is None:
        return {}
    inner.only(set(TYPES))
    given = [name for name in TYPES if name in inner]
    found = {name: reader.condition(inner[name], ("types", name), Place.TYPES) for name in given}
    return {name: condition for name, condition in found.items() if condition is not None}
