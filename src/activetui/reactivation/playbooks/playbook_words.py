"""A playbook in plain words: for whom, which steps, what counts as its success, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.kind_words import action_in_words, one_of_kind
from activetui.activity.words import channel_word
from activetui.ledger.kinds import ACTION_CODES, Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words
from activetui.reactivation.playbooks.playbook_types import TURNED_TO_US, Goal, Playbook, Step
from activetui.reactivation.rules.rule_reading import Known
from activetui.segments.errors import QueryError
from activetui.segments.nested import with_segments
from activetui.segments.phrases import either
from activetui.segments.query import parse
from activetui.segments.words import reading


def query_words(query: str, known: Known) -> str:
    """Whom a query finds, such as `inactive customers with at least 3 purchases`; the query if unreadable."""
    own = tuple(known.own_kinds)
    try:
        return reading(with_segments(parse(query, own), known.named, own), known.currency)
    except QueryError:
        return query


def goal_words(goal: Goal) -> str:
    """What a goal counts, such as `a purchase`, `a review with a rating of at least 3`."""
    word = goal.word.partition(":")[0]
    thing = one_of_kind(goal.kind, word)
    if goal.rating_at_least is not None:
        return _("{thing} with a rating of at least {n}").format(thing=thing, n=goal.rating_at_least)
    if goal.actions and goal.actions != TURNED_TO_US.get(goal.kind):
        actions = either([action_in_words(ACTION_CODES[action]) for action in goal.actions])
        return _("{thing} ({action})").format(thing=thing, action=actions)
    if goal.kind == Kind.SUBSCRIPTION:
        return _("a subscription begun or renewed")
    if goal.kind == Kind.CONTACT:
        return _("a contact from the customer")
    return thing


def success_words(playbook: Playbook) -> str:
    """What counts as success: `a purchase within 90 days of the first contact`."""
    return _("{events} within {days} of the first contact").format(
        events=either([goal_words(goal) for goal in playbook.goals]), days=days_words(playbook.within_days)
    )


def step_when(step: Step) -> str:
    """When a step is done: `on the first day`, `after 7 days`."""
    if step.after_days == 0:
        return _("on the first day")
    return _("after {days}").format(days=days_words(step.after_days))


def step_notes(step: Step, known: Known) -> list[str]:
    """What is to be known of a step beside its day and what to do; empty for most."""
    notes = []
    if step.marketing:
        notes.append(_("only with consent to marketing"))
    if step.offer:
        notes.append(_("makes the offer, not to those likely to come by themselves"))
    if step.only:
        notes.append(_("only for {customers}").format(customers=query_words(step.only, known)))
    if step.template:
        notes.append(_("message {key}").format(key=step.template))
    return notes


def ending_words(playbook: Playbook, known: Known) -> list[str]:
    """When it ends before its last step, reason by reason."""
    ends = [_("the customer wants no more contact")]
    if playbook.stops_on_success:
        ends.insert(0, _("the success has come"))
    ends += [
        _("the customer is among: {customers}").format(customers=query_words(query, known))
        for query in playbook.stop_queries
    ]
    return ends


def pause_words(playbook: Playbook, usual_rest: int) -> list[str]:
    """Whom it leaves alone although it fits them; `usual_rest` is the rest of the settings."""
    rest = playbook.rest_days if playbook.rest_days is not None else 0 if playbook.serves else usual_rest
    pauses = []
    if rest:
        pauses.append(_("whoever was contacted within {days}").format(days=days_words(rest)))
    if playbook.again_after_days:
        pauses.append(_("whoever began it within {days}").format(days=days_words(playbook.again_after_days)))
    if playbook.needs_consent:
        pauses.append(_("whoever has not agreed to marketing, which every step needs"))
    pauses.append(_("whoever wants no contact"))
    return pauses


def playbook_lines(playbook: Playbook, known: Known, usual_rest: int) -> Iterator[str]:
    """The whole playbook, line by line."""
    yield playbook.title
    if playbook.why:
        yield playbook.why
    yield ""
    yield _("For: {customers}").format(customers=query_words(playbook.audience, known))
    yield _("Query: {query}").format(query=playbook.audience)
    yield _("Left alone: {whom}").format(whom="; ".join(pause_words(playbook, usual_rest)))
    if playbook.serves:
        yield _("It is service: it goes before all others, and nobody is held out of it.")
    yield ""
    count = len(playbook.steps)
    yield ngettext("{n} step:", "{n} steps:", count).format(n=count)
    for number, step in enumerate(playbook.steps, start=1):
        said = _("{when}, by {channel}: {title}").format(
            when=step_when(step), channel=channel_word(step.channel), title=step.title
        )
        yield f"  {number}  {said}"
        notes = step_notes(step, known)
        if notes:
            yield f"     {' · '.join(notes)}"
    if any(step.offer for step in playbook.steps):
        yield _("Offer: {offer}").format(offer=playbook.offer or _("not written yet"))
    yield ""
    yield _("Success: {events}").format(events=success_words(playbook))
    yield _("It ends early as soon as: {reasons}").format(reasons="; ".join(ending_words(playbook, known)))
