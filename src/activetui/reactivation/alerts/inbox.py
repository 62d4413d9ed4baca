"""The inbox: the alerts of a day and what became of them, in sentences, each with a door to its customers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.reactivation.alerts.all_fired import all_fired
from activetui.reactivation.alerts.firing import Fired, fire
from activetui.reactivation.alerts.known import UNTOLD, Known, Stand, State, mark_rows
from activetui.reactivation.alerts.sentences import sentence
from activetui.reactivation.alerts.types import AlertRule, Tone
from activetui.reactivation.playbooks.playbook import Playbook, playbooks
from activetui.segments.query import MAX_CONDITIONS
from activetui.store import kinds, settings
from activetui.store.alerts import happened, marks, whole
from activetui.store.alerts.marks import NOBODY, Mark
from activetui.store.changes.operations import operation
from activetui.store.listing import people
from activetui.store.listing.people import Person
from activetui.store.listing.subscription_years import subscriptions
from activetui.store.progress import Progress, Steps

MOST_EACH = 50
"""So many alerts of each rule are put in words where nothing else is asked for."""
MOST_NAMED = MAX_CONDITIONS
"""So many customers a query can name; of more it finds those that come first."""
_AT_ONCE = 2_000
"""So many alerts are put in words between two looks at whether it is to go on."""


class Alert(NamedTuple):
    """One alert in words. Money in minor units of `currency`."""

    rule: AlertRule
    fired: Fired
    state: State
    told: bool
    """Whether `alerts --since last` has told of it."""
    person: Person | None
    """The customer as on the day looked from; None for the business as a whole."""
    sentence: str
    stage: Status | None
    """The customer's status on the day of the alert."""
    plan: Playbook | None
    """The playbook that answers it; None without one, or where the customer does not want to be contacted."""
    query: str
    """Finds the customers behind it."""
    subscribed: int = 0
    """What the customer pays for subscriptions in a year, as far as is known."""

    @property
    def id(self) -> str:
        """What names it on a command line: the rule, and the customer's number."""
        number = self.fired.customer_id
        return self.rule.key if number == NOBODY else f"{self.rule.key}:{number}"

    @property
    def day(self) -> Day:
        """The day on which it happened or began."""
        return self.fired.day

    @property
    def tone(self) -> Tone:
        """Problem or opportunity."""
        return self.rule.tone

    @property
    def money(self) -> int | None:
        """What the customer spends in a year, in minor units; None for the business as a whole.

        In the last one with purchases, and for subscriptions.
        """
        return None if self.person is None else self.person.year_spend + self.subscribed

    @property
    def currency(self) -> str:
        """The currency of `money`."""
        return "" if self.person is None else self.person.currency


class Group(NamedTuple):
    """All alerts of one rule that are asked for."""

    rule: AlertRule
    counts: Mapping[State, int]
    """How many are in each state."""
    listed: int
    """How many are in the states asked for."""
    newest: Day
    customers: tuple[int, ...]
    """Those behind the alerts that are not done, in the order of the alerts."""

    @property
    def query(self) -> str:
        """Finds the first `MOST_NAMED` of the customers; empty where there is none."""
        return query_of(self.customers)

    @property
    def open(self) -> int:
        """How many are not done."""
        return self.counts[State.NEW] + self.counts[State.SEEN]


class Inbox(NamedTuple):
    """What has begun and wants an answer."""

    alerts: tuple[Alert, ...]
    """The most important rule first, the newest alert first in each; at most so many a rule as asked for."""
    groups: tuple[Group, ...]
    """By rule, the most important first; they count what `alerts` leaves out, too."""
    counts: Mapping[State, int]
    """How many alerts are in each state."""
    faults: tuple[str, ...]
    """Rules that are passed over, and why."""


def inbox(
    conn: sqlite3.Connection,
    day: Day,
    *,
    states: Collection[State] = (State.NEW, State.SEEN),
    rule: str = "",
    since: Day | None = None,
    untold: bool = False,
    most: int | None = MOST_EACH,
    progress: Progress | None = None,
) -> Inbox:
    """The alerts of `day`, the day that the connection looks from.

    `states` are those listed; `rule` asks for one rule only; `since` for all alerts from a day on, however
    long they are usually told; `untold` for new ones that `alerts --since last` has not told of. `most` is
    how many of each rule are put in words (None: all), of which `progress` tells, and which it may stop.
    """
    found = all_fired(conn, day, since=since, only=rule)
    known = Known.of(conn, found.fired)
    counts: Counter[State] = Counter(dict.fromkeys(State, 0))
    groups, listed = [], []
    for each in found.rules:
        fired = found.fired[each.key]
        stands = known.stands(each.key, fired)
        of_rule = Counter(stand.state for stand in stands)
        counts.update(of_rule)
        wanted = [
            place for place, stand in enumerate(stands)
            if stand.state in states and not (untold and (stand.told or stand.state is not State.NEW))
        ]
        if wanted:
            behind = _customers(fired[place] for place in wanted if stands[place].state is not State.DONE)
            in_states = {state: of_rule[state] for state in State}
            newest = max(fired[place].day for place in wanted)
            groups.append(Group(each, in_states, len(wanted), newest, tuple(behind)))
            listed += [(each, fired[place], stands[place]) for place in wanted[:most]]
    steps, words = Steps(progress, len(listed)), []
    for at in range(0, len(listed), _AT_ONCE):
        some = listed[at : at + _AT_ONCE]
        words += _in_words(conn, day, some)
        steps.more(len(some))
    return Inbox(tuple(words), tuple(groups), dict(counts), found.faults)


def group_words(group: Group, alerts: Iterable[Alert]) -> str:
    """All alerts of a rule in a line: one by its sentence, more by what they are and how many.

    `alerts` are those of the inbox that the group is of.
    """
    if group.listed == 1:
        return next(alert.sentence for alert in alerts if alert.rule.key == group.rule.key)
    words = ngettext("{title}: {n} customer", "{title}: {n} customers", len(group.customers))
    return words.format(title=group.rule.title, n=format_number(len(group.customers)))


def mark(
    conn: sqlite3.Connection,
    alerts: Sequence[Alert],
    state: State,
    *,
    day: Day,
    made_at: str,
    progress: Progress | None = None,
) -> int:
    """Mark alerts as seen, done or new again, as one operation; how many changed.

    `day` is the day from which they were looked at. Where `progress` raises, nothing is changed.
    """
    changing = [alert for alert in alerts if alert.state is not state]
    if not changing:
        return 0
    said = {
        State.SEEN: ngettext("{n} alert seen", "{n} alerts seen", len(changing)),
        State.DONE: ngettext("{n} alert done", "{n} alerts done", len(changing)),
        State.NEW: ngettext("{n} alert taken up again", "{n} alerts taken up again", len(changing)),
    }[state]
    # what is new again was told of already, and is not told of anew
    kept = {State.SEEN: Mark.SEEN, State.DONE: Mark.DONE, State.NEW: Mark.TOLD}[state]
    with operation(conn, said.format(n=format_number(len(changing))), made_at, day=day) as op:
        steps = Steps(progress, 2 * len(changing))
        rows = mark_rows(conn, [alert.fired for alert in changing], kept, day, steps)
        marks.put(op, rows, steps)
        steps.end()
    return len(changing)


def tell(conn: sqlite3.Connection, alerts: Iterable[Alert], *, day: Day) -> None:
    """Remember that `alerts --since last` has told of these. It is no change by the owner: not undone."""
    marks.tell(conn, mark_rows(conn, [alert.fired for alert in alerts], Mark.TOLD, day))


def trial(
    conn: sqlite3.Connection, rule: AlertRule, day: Day, most: int
) -> tuple[int, tuple[Alert, ...]]:
    """How many alerts a rule would have on `day`, in use or not, and the newest of them in words."""
    found = fire(conn, rule, day)
    listed = [(rule, fired, UNTOLD) for fired in found[:most]]
    return len(found), tuple(_in_words(conn, day, listed))


def alerts_named(
    conn: sqlite3.Connection, day: Day, names: Sequence[str], progress: Progress | None = None
) -> list[Alert]:
    """The alerts of `day` that are named by rule, or by rule and customer, whatever became of them.

    `OwnerError` where a name means none.
    """
    everything = inbox(conn, day, states=tuple(State), most=None, progress=progress).alerts
    found: dict[Alert, None] = {}
    for name in names:
        meant = [alert for alert in everything if name in (alert.id, alert.rule.key)]
        if not meant:
            raise OwnerError(
                _("There is no alert {name!r}.").format(name=name),
                _("activetui alerts --all lists them; complaint:184 is one, complaint all of that rule."),
            )
        found |= dict.fromkeys(meant)
    return list(found)


def query_of(numbers: Sequence[int]) -> str:
    """A query that finds these customers, the first `MOST_NAMED` of them; empty for none."""
    return "id:" + ",".join(map(str, numbers[:MOST_NAMED])) if numbers else ""


def _customers(fired: Iterable[Fired]) -> list[int]:
    """The customers behind alerts, each once, in their order."""
    numbers = (
        number for each in fired
        for number in ((each.customer_id,) if each.customer_id != NOBODY else each.behind)
    )
    return list(dict.fromkeys(numbers))


def _in_words(
    conn: sqlite3.Connection, day: Day, listed: Sequence[tuple[AlertRule, Fired, Stand]]
) -> list[Alert]:
    """The alerts with their customers, sentences, plans and doors."""
    numbers = sorted({fired.customer_id for _rule, fired, _stand in listed} - {NOBODY})
    persons = {person.id: person for person in people.by_ids(conn, numbers)}
    stages = happened.statuses_on(
        conn, {(fired.customer_id, fired.day) for _rule, fired, _stand in listed} if numbers else ()
    )
    plans = {plan.key: plan for plan in playbooks(conn)}
    unwanted = whole.not_to_contact(conn, numbers)
    words = {code: word for word, code in kinds.kind_codes(conn).items()}
    currency = settings.currency(conn)
    subscribed = subscriptions(conn, numbers, day)
    found = []
    for rule, fired, stand in listed:
        person = persons.get(fired.customer_id)
        if person is None and fired.customer_id != NOBODY:
            continue
        stage = stages.get((fired.customer_id, fired.day))
        paid = sum(each.year for each in subscribed.get(fired.customer_id, ()))
        year = 0 if person is None else person.year_spend + paid
        found.append(Alert(
            rule=rule, fired=fired, state=stand.state, told=stand.told, person=person,
            sentence=sentence(rule, fired, person, day, currency, words, year),
            stage=None if stage is None else Status(stage),
            plan=None if fired.customer_id in unwanted else plans.get(rule.playbook),
            query=query_of(_customers([fired])),
            subscribed=paid,
        ))
    return found
