"""Messages for many as one file: the steps that are due, filled in, for a newsletter tool or for letters.

The same rules as on the checklist decide who is due. Whoever lacks an address, a consent or a field of the
message is left out, and counted with the reason.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from activetui.ledger.days import Day, iso
from activetui.ledger.errors import UsageError
from activetui.ledger.machine_text import csv_text
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_number
from activetui.reactivation.checklist.items import Item, lines
from activetui.reactivation.checklist.steps import still_allowed
from activetui.reactivation.messages.drafts import ADDRESS, Draft, written
from activetui.reactivation.messages.fields import Known, addressed_as, known_of
from activetui.reactivation.messages.message import messages
from activetui.reactivation.messages.message_types import Message, field_words
from activetui.reactivation.messages.writing import WRITTEN
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.reactivation.ranking.stakes import with_stakes
from activetui.reactivation.rounds.rounds import the_round
from activetui.segments.files import form_of, write_rows
from activetui.store import customers, tasks
from activetui.store.collector import few_collections
from activetui.store.customers import Customer
from activetui.store.listing import people
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.numbers import parts
from activetui.store.opening.connection import one_view
from activetui.store.opening.new_file import whole_new_file
from activetui.store.progress import Progress, Steps

FIELDS = (
    "email", "name", "first_name", "language", "subject", "body", "product", "last_visit", "offer",
    "customer", "key", "company", "phone", "address", "postcode", "city", "region", "country",
    "playbook", "step", "round", "title", "message", "due",
)
"""The columns of the file."""
_EMAIL, _LETTER = "email", "letter"


class Why(StrEnum):
    """Why somebody with a step that is due is not in the file; the first that holds is counted."""

    NO_CONTACT = "no_contact"
    """They want no contact."""
    NO_CONSENT = "no_consent"
    """The step is marketing, and they have not agreed to that."""
    OVER = "over"
    """They came back, or the playbook fits them no more."""
    OTHER_FIRST = "other_first"
    """Something else comes first for them, such as a complaint."""
    CONTACTED = "contacted"
    """There was another contact lately, so the step is put off."""
    NO_MESSAGE = "no_message"
    """The step has no message that can be used."""
    NO_ADDRESS = "no_address"
    SAME_ADDRESS = "same_address"
    """Somebody of the same e-mail address is in the file: a newsletter tool knows people by it."""
    MISSING = "missing"
    """Something that the message speaks of is not known."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the steps that are due."""

    playbook: Playbook | None = None
    """Of this playbook; None for all."""
    round_id: int | None = None
    """Of those only with whom it began in this round."""
    step: int | None = None
    """Only this step, from 0."""
    channel: str = "email"
    """Of `WRITTEN`."""
    offer: str = ""
    """What is offered in steps that make an offer; empty: as the playbook says."""


@dataclass(slots=True)
class Sheet:
    """What a file has, and who is left out."""

    lines: list[Item] = field(default_factory=list)
    """The lines of the checklist whose messages are in it, in its order."""
    left_out: Counter[Why] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    """What is not known, by field: of how many customers."""


class NothingToWrite(Exception):
    """There is nobody to be in a file, so that it is not made."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet


def write_due(
    conn: sqlite3.Connection, wanted: Wanted, path: Path, day: Day, *, progress: Progress | None = None
) -> Sheet:
    """Write the messages of the steps due on the day that the connection looks from to a new file.

    CSV, JSON or Markdown, as its ending says. The file is the owner's alone and appears whole or not at all:
    where there is nobody to be in it, it is not made. One that is there already is refused. Nothing is
    changed in the store. `UsageError` or `OwnerError` for what cannot be wanted.
    """
    form_of(path)
    try:
        with whole_new_file(path) as draft, one_view(conn):
            return write(conn, wanted, draft, path, day, progress=progress)
    except NothingToWrite as nobody:
        return nobody.sheet


def write(
    conn: sqlite3.Connection,
    wanted: Wanted,
    draft: Path,
    path: Path,
    day: Day,
    *,
    progress: Progress | None = None,
) -> Sheet:
    """Write the messages that are due to `draft`, in the form that the name of `path` says.

    `NothingToWrite` where there is nobody to be in it.
    """
    check(conn, wanted)
    collecting = _Collecting(conn, wanted, day)
    with draft.open("w", encoding="utf-8", newline="") as out, few_collections():
        write_rows(out, form_of(path), FIELDS, collecting.rows(progress), format_day(day), csv_text)
    if not collecting.sheet.lines:
        raise NothingToWrite(collecting.sheet)
    return collecting.sheet


def look_through(
    conn: sqlite3.Connection, wanted: Wanted, day: Day, *, progress: Progress | None = None
) -> Sheet:
    """What a file would have; errors as of `write_due`."""
    check(conn, wanted)
    collecting = _Collecting(conn, wanted, day)
    for _row_of_file in collecting.rows(progress):
        pass
    return collecting.sheet


def check(conn: sqlite3.Connection, wanted: Wanted) -> None:
    """Refuse what cannot be wanted."""
    if wanted.channel not in WRITTEN:
        raise UsageError(
            _("Nothing is written for a step by {channel}.").format(channel=one_line(wanted.channel)),
            _("Choose one of: {words}").format(words=", ".join(WRITTEN)),
        )
    plan = wanted.playbook
    if wanted.round_id is not None:
        found = the_round(conn, wanted.round_id)
        if plan is not None and plan.key != found.playbook:
            raise UsageError(_("Round {n} is one of the playbook {key}.").format(
                n=found.id, key=found.playbook
            ))
    if plan is not None and wanted.step is not None and not 0 <= wanted.step < len(plan.steps):
        n = len(plan.steps)
        words = ngettext("{playbook} has {n} step.", "{playbook} has {n} steps.", n)
        raise UsageError(words.format(playbook=plan.title, n=n))


def left_out_words(sheet: Sheet) -> list[str]:
    """Who is left out and why, a line each; nothing where nobody is."""
    said = {
        Why.NO_CONTACT: _("want no contact"),
        Why.NO_CONSENT: _("have not agreed to marketing"),
        Why.OVER: _("came back, or the playbook fits them no more"),
        Why.OTHER_FIRST: _("something else comes first, such as a complaint"),
        Why.CONTACTED: _("had another contact lately; the step waits"),
        Why.NO_MESSAGE: _("the step has no message in use"),
        Why.NO_ADDRESS: _("no address to send it to"),
        Why.SAME_ADDRESS: _(
            "have the address of somebody in the file; the same person? activetui customer duplicates"
        ),
        Why.MISSING: _("something that the message speaks of is not known"),
    }
    found = [
        f"{format_number(sheet.left_out[why])}  {words}" for why, words in said.items() if sheet.left_out[why]
    ]
    found += [
        "   " + _("{n} without: {field}").format(n=format_number(number), field=field_words(name))
        for name, number in sheet.missing.most_common()
    ]
    return found


class _Collecting:
    """The lines of a file being put together."""

    def __init__(self, conn: sqlite3.Connection, wanted: Wanted, day: Day) -> None:
        self.conn, self.wanted, self.day = conn, wanted, day
        self.look = Look(conn, day)
        self.texts = {each.key: each for each in messages(conn)}
        self.sheet = Sheet()
        self.addresses: set[str] = set()
        """The e-mail addresses in the file so far."""

    def rows(self, progress: Progress | None) -> Iterator[dict[str, object]]:
        """The rows of the file; at their end the sheet is complete."""
        plans = sorted(self._plans(), key=lambda plan: (plan.rank, plan.key))
        waiting = [(plan, self._waiting(plan)) for plan in plans]
        steps = Steps(progress, sum(len(given) for _plan, given in waiting))
        for plan, given in waiting:
            for _at, part in parts(list(given)):
                yield from self._some(plan, {number: given[number] for number in part})
                steps.more(len(part))
        steps.end()

    def _plans(self) -> Sequence[Playbook]:
        begun, wanted = self.look.begun, self.wanted
        if wanted.round_id is not None:
            key = the_round(self.conn, wanted.round_id).playbook
        elif wanted.playbook is not None:
            key = wanted.playbook.key
        else:
            return list(begun.values())
        return [begun[key]] if key in begun else []

    def _waiting(self, plan: Playbook) -> dict[int, int]:
        """Whose step may be one of those wanted, with the step that they were given."""
        numbers = [number for number in range(len(plan.steps)) if self._may_be(plan, number)]
        return tasks.waiting(self.conn, plan.key, numbers, self.day, self.wanted.round_id)

    def _may_be(self, plan: Playbook, number: int) -> bool:
        """Whether a step is wanted, or the one that takes its place for who has not agreed to marketing."""
        without = still_allowed(plan, number, agreed=False)
        return self._is_wanted(plan, number) or (without is not None and self._is_wanted(plan, without))

    def _is_wanted(self, plan: Playbook, number: int) -> bool:
        step = self.wanted.step
        return plan.steps[number].channel == self.wanted.channel and (step is None or step == number)

    def _some(self, plan: Playbook, given: Mapping[int, int]) -> Iterator[dict[str, object]]:
        """The rows of some of those for whom a step of a playbook waits."""
        known = customers.many(self.conn, list(given))
        still = tests.numbers_of(self.conn, self.look.under_way([plan], list(given)), list(given))
        found = people.by_ids(self.conn, sorted(still))
        items = {
            item.person.id: item
            for item in lines(self.look, with_stakes(self.conn, found, self.look.chances, self.day))
        }
        ready = []
        for number, step in given.items():
            item = items.get(number)
            why = self._why_not(plan, step, known[number], item)
            if item is not None and why is None and self._is_wanted(plan, item.step):
                ready.append(item)
            elif why is not None and self._is_wanted(plan, step):
                self.sheet.left_out[why] += 1
        return self._written(ready, known)

    def _why_not(self, plan: Playbook, step: int, customer: Customer, item: Item | None) -> Why | None:
        """Why the step given to a customer is not due; None if it is."""
        if customer.do_not_contact:
            return Why.NO_CONTACT
        agreed = bool(customer.consent) or not plan.steps[step].marketing
        if item is None:
            return Why.OVER if agreed else Why.NO_CONSENT
        if item.enrolment is None or item.playbook.key != plan.key:
            return Why.OTHER_FIRST
        if not agreed and (item.due > self.day or not self._is_wanted(plan, item.step)):
            return Why.NO_CONSENT
        return Why.CONTACTED if item.due > self.day else None

    def _written(
        self, ready: Sequence[Item], known: Mapping[int, Customer]
    ) -> Iterator[dict[str, object]]:
        facts = known_of(self.conn, [item.person.id for item in ready], self.day)
        for item in ready:
            customer, doing = known[item.person.id], item.doing
            message: Message | None = self.texts.get(doing.template)
            if message is None:
                self.sheet.left_out[Why.NO_MESSAGE] += 1
                continue
            offer = (self.wanted.offer or item.playbook.offer) if doing.offer else ""
            draft = written(customer, message, facts, doing.channel, offer)
            lacking = [name for name in draft.missing if name != ADDRESS]
            if ADDRESS in draft.missing or (doing.channel == _LETTER and not customer.address.strip()):
                self.sheet.left_out[Why.NO_ADDRESS] += 1
            elif lacking:
                self.sheet.left_out[Why.MISSING] += 1
                self.sheet.missing.update(lacking)
            elif doing.channel == _EMAIL and draft.to.casefold() in self.addresses:
                self.sheet.left_out[Why.SAME_ADDRESS] += 1
            else:
                self.addresses.add(draft.to.casefold())
                self.sheet.lines.append(item)
                yield _row(item, draft, facts, offer)


def _row(item: Item, draft: Draft, facts: Known, offer: str) -> dict[str, object]:
    customer = draft.customer

    def text(value: str) -> str | None:
        return one_line(value) or None

    return {
        "email": text(customer.email), "name": text(customer.name or customer.company),
        "first_name": text(addressed_as(customer)), "language": draft.tongue, "subject": draft.subject,
        "body": draft.body, "product": text(facts.products.get(customer.id, "")),
        "last_visit": iso(facts.visits.get(customer.id)), "offer": text(offer), "customer": customer.id,
        "key": text(customer.key), "company": text(customer.company), "phone": text(customer.phone),
        "address": text(customer.address), "postcode": text(customer.postcode), "city": text(customer.city),
        "region": text(customer.region), "country": text(customer.country), "playbook": item.playbook.key,
        "step": item.step + 1, "round": item.enrolment.round_id if item.enrolment else None,
        "title": item.doing.title, "message": draft.message, "due": iso(item.due),
    }
