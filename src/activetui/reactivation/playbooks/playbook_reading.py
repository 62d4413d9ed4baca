"""From the TOML of a playbook to a `Playbook`, with every mistake, its place and what was meant."""

from __future__ import annotations

from activetui.activity.reading.table_reading import Table, did_you_mean, shown
from activetui.ledger.kinds import ACTIONS, KIND_OF_WORD, Kind
from activetui.locales import _
from activetui.reactivation.playbooks.playbook_types import (
    CHANNELS,
    CONTENT,
    DO_NOT_CONTACT,
    SUCCESS,
    TURNED_TO_US,
    USUAL_PAUSE,
    USUAL_RANK,
    USUAL_WINDOW,
    Goal,
    Playbook,
    Step,
)
from activetui.reactivation.rules.rule_reading import Known, Reading

_TOP = frozenset(
    ("title", "rank", "why", "for", "rest_days", "again_after_days", "offer", "stop", "serves")
)
_ALL = _TOP | {"success", "steps"}
_STEP = frozenset(("after_days", "channel", "title", "marketing", "offer", "template", "only"))
_NO_SUCCESS = frozenset((Kind.REFUND, Kind.COMPLAINT, Kind.COMPLAINT_RESOLVED, Kind.NOTE))
"""What nobody works for, and what only the owner does."""
_LONGEST_TITLE = 120
_LONGEST_TEXT = 400
_MOST_STEPS = 20
_LONGEST_WAIT = 730
_HIGHEST_RANK = 999
_LONGEST_PAUSE = 3650


def read_playbook(key: str, text: str, where: str, known: Known) -> Playbook:
    """The playbook that a TOML text says; `RuleError` with every mistake in it."""
    reading = Reading(text, where, known, _TOP)
    table = reading.table
    table.only(_ALL)
    title = reading.needed_line(table, "title", 'title = "Inactive regular"', _LONGEST_TITLE, _ALL)
    audience = reading.query(table, "for")
    if table.misses("for", _ALL):
        table.problem_here(_("for is missing: a query that says whom it fits, such as {example}").format(
            example='for = "status:inactive purchases>=3"'
        ))
    elif "for" in table and not str(table["for"]).strip():
        table.problem("for", _("for is empty, which would be everyone; say whom it fits"))
    goals, within = _success(reading)
    on_success, queries = _stop(reading)
    playbook = Playbook(
        key=key,
        rank=_whole(table, "rank", USUAL_RANK, 1, _HIGHEST_RANK),
        title_source=title,
        audience=audience.strip(),
        steps=_steps(reading),
        why_source=reading.line(table, "why", _LONGEST_TEXT),
        goals=goals,
        within_days=within,
        rest_days=_whole(table, "rest_days", 0, 0, _LONGEST_WAIT) if "rest_days" in table else None,
        again_after_days=_whole(table, "again_after_days", USUAL_PAUSE, 0, _LONGEST_PAUSE),
        offer_source=reading.line(table, "offer", _LONGEST_TEXT),
        stops_on_success=on_success,
        stop_queries=queries,
        serves=bool(table.flag("serves")),
    )
    _fits_together(reading, playbook)
    reading.finish()
    return playbook


def _whole(table: Table, key: str, usual: int, least: int, most: int) -> int:
    """A whole number; the usual one where the key is missing, or wrong, which is noted."""
    found = table.whole(key, least, most) if key in table else usual
    return usual if found is None else found


def _success(reading: Reading) -> tuple[tuple[Goal, ...], int]:
    """The goals and the window of `[success]`."""
    usual = (Goal("purchase", int(Kind.PURCHASE)),)
    inner = reading.table.table("success") if "success" in reading.table else None
    if inner is None:
        return usual, USUAL_WINDOW
    inner.only(("any", "within_days"))
    within = _whole(inner, "within_days", USUAL_WINDOW, 1, _LONGEST_WAIT)
    goals = [_goal(reading, inner, word) for word in inner.texts("any") or ()]
    return tuple(goal for goal in goals if goal is not None) or usual, within


def _goal(reading: Reading, table: Table, word: str) -> Goal | None:
    """What counts by a word such as `purchase` or `subscription:renewal`."""
    kinds = KIND_OF_WORD | dict(reading.known.own_kinds)
    name, colon, action = (part.strip().casefold() for part in word.partition(":"))
    good = {each for each, number in kinds.items() if number not in _NO_SUCCESS}
    if name not in kinds:
        message = _("{value} is no kind of event").format(value=shown(name)) + did_you_mean(name, good)
        table.problem_with_text("any", word, message)
        return None
    kind = kinds[name]
    if kind in _NO_SUCCESS:
        message = _("{kind} is nothing by which a customer comes back").format(kind=name)
        table.problem_with_text("any", word, message + did_you_mean(name, good))
        return None
    if not colon:
        return Goal(name, kind, TURNED_TO_US.get(kind, ()), CONTENT.get(kind))
    actions = TURNED_TO_US.get(kind, ACTIONS.get(name, ()))
    if action not in actions:
        message = _("{value} is no action of {kind} by which a customer comes back")
        message = message.format(value=shown(action), kind=name)
        table.problem_with_text("any", word, message + (did_you_mean(action, actions) if actions else ""))
        return None
    return Goal(f"{name}:{action}", kind, (action,))


def _stop(reading: Reading) -> tuple[bool, tuple[str, ...]]:
    """Whether success ends the playbook, and the queries that do."""
    table = reading.table
    if "stop" not in table:
        return True, ()
    given = table.texts("stop")
    if given is None:
        return True, ()
    if DO_NOT_CONTACT not in given:
        table.problem("stop", _("do_not_contact cannot be left out: who wants no contact gets none"))
    queries = [
        text for number, text in enumerate(given) if text not in (SUCCESS, DO_NOT_CONTACT)
        and _is_stop(reading, text, ("stop", number) if isinstance(table["stop"], list) else ("stop",))
    ]
    return SUCCESS in given, tuple(queries)


def _is_stop(reading: Reading, text: str, path: tuple[str | int, ...]) -> bool:
    """Whether a text of `stop` is a query; a word alone is most likely one of the two words misspelt."""
    if text.replace("_", "").replace("-", "").isalpha():
        message = _("{value} is no reason to stop, nor a query such as status:active")
        words = did_you_mean(text, (SUCCESS, DO_NOT_CONTACT))
        reading.problems.at_value(path, message.format(value=shown(text)) + words)
        return False
    return reading.is_query(path, text)


def _steps(reading: Reading) -> tuple[Step, ...]:
    tables = reading.tables("steps")
    if reading.table.misses("steps", _ALL) or ("steps" in reading.table and reading.table["steps"] == []):
        reading.table.problem_here(_("the playbook needs a step: a line [[steps]] and what to do below it"))
    if len(tables) > _MOST_STEPS:
        reading.table.problem("steps", _("a playbook has at most {n} steps").format(n=_MOST_STEPS))
    return tuple(_step(reading, table) for table in tables[:_MOST_STEPS])


def _step(reading: Reading, table: Table) -> Step:
    table.only(_STEP)
    channel = table.text("channel") or ""
    if table.misses("channel", _STEP):
        table.problem_here(_("channel is missing, such as {example}").format(example='channel = "phone"'))
    elif "channel" in table and isinstance(table["channel"], str) and channel not in CHANNELS:
        message = _("{value} is no way to reach a customer").format(value=shown(channel))
        table.problem("channel", message + did_you_mean(channel, CHANNELS))
    if table.misses("after_days", _STEP):
        table.problem_here(_("after_days is missing: 0 is the day on which the playbook begins"))
    return Step(
        after_days=_whole(table, "after_days", 0, 0, _LONGEST_WAIT),
        channel=channel,
        title_source=reading.needed_line(table, "title", 'title = "Call and ask why"', _LONGEST_TITLE, _STEP),
        marketing=bool(table.flag("marketing")),
        offer=bool(table.flag("offer")),
        template=reading.line(table, "template", _LONGEST_TITLE),
        only=reading.query(table, "only"),
    )


def _fits_together(reading: Reading, playbook: Playbook) -> None:
    """Note what is right by itself and wrong together."""
    steps, problems, table = playbook.steps, reading.problems, reading.table
    for number, step in enumerate(steps):
        if step.offer and not step.marketing:
            problems.at_key(("steps", number, "offer"), _(
                "an offer is marketing and needs the customer's consent; add marketing = true"
            ))
    makes = any(step.offer for step in steps)
    if makes and not playbook.offer_source and "offer" in table:
        table.problem("offer", _("a step makes the offer, and here it is empty; say what is offered"))
    if playbook.offer_source and steps and not makes:
        table.problem("offer", _("no step makes this offer; add offer = true to the one that does"))
    days = [step.after_days for step in steps]
    if days and all(_is_day(each) for each in reading.tables("steps")):
        _days_fit(reading, playbook, days)


def _is_day(step: Table) -> bool:
    return "after_days" in step and type(step["after_days"]) is int


def _days_fit(reading: Reading, playbook: Playbook, days: list[int]) -> None:
    problems = reading.problems
    if days[0] != 0:
        problems.at_key(("steps", 0, "after_days"), _(
            "the first step is done on the day on which the playbook begins: after_days = 0"
        ))
    for number in range(1, len(days)):
        if days[number] <= days[number - 1]:
            message = _("the steps stand in the order of their days; this one must be after day {day}")
            problems.at_key(("steps", number, "after_days"), message.format(day=days[number - 1]))
    if playbook.within_days < max(days):
        last = days.index(max(days))
        place = ("success", "within_days") if "success" in reading.table else ("steps", last, "after_days")
        message = _("the last step is on day {day}, and success counts for {n} days; take at least {day}")
        problems.at_key(place, message.format(day=max(days), n=playbook.within_days))
