"""From the TOML of an alert rule to an `AlertRule`, with every mistake, its place and what was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from activetui.activity.conditions import EventCondition
from activetui.activity.reading.condition_parsing import ConditionReader, Place
from activetui.activity.reading.table_reading import Table, did_you_mean, shown
from activetui.activity.status import STATUS_OF_WORD, Status
from activetui.ledger.settlement import VOID_STATES
from activetui.locales import _
from activetui.reactivation.alerts.fields import check_fields
from activetui.reactivation.alerts.types import (
    USUAL_DAYS,
    USUAL_RANK,
    AlertRule,
    Begins,
    EachEvent,
    EndsSoon,
    Leavers,
    NoImport,
    Tone,
    Trigger,
    Turns,
    Unrenewed,
)
from activetui.reactivation.rules.own_rules import is_key
from activetui.reactivation.rules.rule_reading import Known, Reading

_TRIGGERS = ("each", "when", "status", "renewal_days", "unrenewed_days", "no_import_days", "leavers_days")
TOP_KEYS = frozenset(
    ("title", "says", "why", "rank", "tone", "within_days", "who", "stage", "playbook",
     "status", "from", "renewal_days", "unrenewed_days", "no_import_days", "leavers_days", "least")
)
"""The keys of a rule that stand above its section."""
_OF_CUSTOMERS = ("who", "stage", "playbook")
_LONGEST_TITLE = 120
_LONGEST_TEXT = 400
_LONGEST_WAIT = 366
_HIGHEST_RANK = 999
_USUAL_LEAST = 5


def read_alert(key: str, text: str, where: str, known: Known) -> AlertRule:
    """The alert rule that a TOML text says; `RuleError` with every mistake in it."""
    reading = Reading(text, where, known, TOP_KEYS)
    table = reading.table
    table.only(TOP_KEYS | {"each", "when"})
    title = reading.needed_line(table, "title", 'title = "Bad review"', _LONGEST_TITLE)
    within = _whole(table, "within_days", USUAL_DAYS, 1, _LONGEST_WAIT)
    tone = _tone(table)
    trigger = _trigger(reading, within)
    says = reading.line(table, "says", _LONGEST_TEXT)
    if says:
        check_fields(reading, ("says",), says, trigger)
    if isinstance(trigger, NoImport | Leavers):
        for name in _OF_CUSTOMERS[:2]:
            if name in table:
                message = _("{key} does not go with a rule about the whole business")
                table.problem(name, message.format(key=name))
    rule = AlertRule(
        key=key,
        rank=_whole(table, "rank", USUAL_RANK, 1, _HIGHEST_RANK),
        title_source=title,
        says_source=says,
        why_source=reading.line(table, "why", _LONGEST_TEXT),
        tone=tone,
        within_days=within,
        who=reading.query(table, "who").strip(),
        stage=_statuses(table, "stage"),
        playbook=_playbook(table),
        trigger=trigger or NoImport(USUAL_DAYS),     # never given on: a missing trigger is a mistake
    )
    reading.finish()
    return rule


def _whole(table: Table, key: str, usual: int, least: int, most: int) -> int:
    """A whole number; the usual one where the key is missing, or wrong, which is noted."""
    found = table.whole(key, least, most) if key in table else usual
    return usual if found is None else found


def _tone(table: Table) -> Tone:
    if table.misses("tone"):
        table.problem_here(_('tone is missing: "problem" or "opportunity"?'))
    word = table.text("tone")
    tones = [tone.value for tone in Tone]
    if word is not None and word not in tones:
        table.problem("tone", _("{value} is no tone").format(value=shown(word)) + did_you_mean(word, tones))
    return Tone(word) if word in tones else Tone.PROBLEM


def _playbook(table: Table) -> str:
    """The key of a playbook; whether there is one of that key is asked when the alert is shown."""
    key = table.text("playbook") or ""
    if key and not is_key(key):
        from activetui.reactivation.playbooks.playbook import SHELF

        message = _("playbook is the key of a playbook, such as {example}, not {value}")
        near = did_you_mean(key, SHELF.texts()) if key.strip() else ""
        table.problem("playbook", message.format(example='"complaint"', value=shown(key)) + near)
        return ""
    return key


def _trigger(reading: Reading, within: int) -> Trigger | None:
    """What sets the rule off; None where that is wrong or missing, which is noted."""
    table = reading.table
    given = [key for key in _TRIGGERS if key in table]
    if not given:
        if all(table.misses(key) for key in _TRIGGERS):
            message = _("this says nothing that sets the alert off; it needs one of {keys}")
            table.problem_here(message.format(keys=", ".join(_TRIGGERS)))
        return None
    for key in given[1:]:
        message = _("{keys} cannot stand in one rule; make two of it")
        table.problem(key, message.format(keys=f"{given[0]}, {key}"))
    for key, needed in (("from", "status"), ("least", "leavers_days")):
        if key in table and given[0] != needed:
            table.problem(key, _("{key} needs {heads} beside it").format(key=key, heads=needed))
    made = _READERS[given[0]](reading, within)
    return made if len(given) == 1 else None


def _each(reading: Reading, within: int) -> Trigger | None:
    table = reading.table.table("each")
    if table is None:
        return None
    states = _states(table)
    for key in ("count", "spend", "ahead"):
        if key in table:
            table.problem(key, _("{key} does not go with [each]; write [when] instead").format(key=key))
            return None
    if "within_days" in table:
        message = _("within_days stands at the top, above [each]: for how long the alert is told")
        table.problem("within_days", message)
        return None
    value: dict[str, Any] = {key: table[key] for key in table if key != "state"} | {"within_days": within}
    if "event" not in table:
        if table.misses("event"):
            table.problem_here(_('event is missing, such as event = "review"'))
        else:
            table.only({"event"})
        return None
    found = _conditions(reading).condition(value, ("each",), Place.TYPES)
    return EachEvent(found, states) if isinstance(found, EventCondition) else None


def _states(table: Table) -> tuple[str, ...]:
    """The states asked for: those in which an event is no activity."""
    words = table.texts("state") or ()
    for word in words:
        if word not in VOID_STATES:
            message = _("{value} is no state of something that did not come about").format(value=shown(word))
            table.problem_with_text("state", word, message + did_you_mean(word, VOID_STATES))
    return tuple(word for word in words if word in VOID_STATES)


def _when(reading: Reading, _within: int) -> Trigger | None:
    found = _conditions(reading).condition(reading.table["when"], ("when",), Place.AT_RISK)
    return None if found is None else Begins(found)


def _turns(reading: Reading, _within: int) -> Trigger | None:
    to, before = _statuses(reading.table, "status"), _statuses(reading.table, "from")
    for word in {status.word for status in to} & {status.word for status in before}:
        if len(to) == 1:
            message = _("{value} cannot be what it begins with and what it comes to")
            reading.table.problem_with_text("from", word, message.format(value=shown(word)))
    return Turns(to, before) if to else None


def _ends_soon(reading: Reading, _within: int) -> Trigger | None:
    days = reading.table.whole("renewal_days", 1, _LONGEST_WAIT)
    return None if days is None else EndsSoon(days)


def _unrenewed(reading: Reading, _within: int) -> Trigger | None:
    days = reading.table.whole("unrenewed_days", 1, _LONGEST_WAIT)
    return None if days is None else Unrenewed(days)


def _no_import(reading: Reading, _within: int) -> Trigger | None:
    days = reading.table.whole("no_import_days", 1, _LONGEST_WAIT)
    return None if days is None else NoImport(days)


def _leavers(reading: Reading, _within: int) -> Trigger | None:
    days = reading.table.whole("leavers_days", 1, _LONGEST_WAIT)
    least = _whole(reading.table, "least", _USUAL_LEAST, 2, 10_000)
    return None if days is None else Leavers(days, least)


_READERS: dict[str, Callable[[Reading, int], Trigger | None]] = {
    "each": _each, "when": _when, "status": _turns, "renewal_days": _ends_soon, "unrenewed_days": _unrenewed,
    "no_import_days": _no_import, "leavers_days": _leavers,
}


def _conditions(reading: Reading) -> ConditionReader:
    return ConditionReader(reading.problems, reading.known.own_kinds, reading.known.currency)


def _statuses(table: Table, key: str) -> tuple[Status, ...]:
    """The statuses that a key names, in their order; none where it is missing, or wrong, which is noted."""
    words = table.texts(key) or ()
    for word in words:
        if word not in STATUS_OF_WORD:
            message = _("{value} is no status").format(value=shown(word))
            table.problem_with_text(key, word, message + did_you_mean(word, STATUS_OF_WORD))
    return tuple(sorted({STATUS_OF_WORD[word] for word in words if word in STATUS_OF_WORD}))
