"""People who were on a list and are missing from a newer one: shown, asked about, never dropped silently."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from activetui.importing.asking.questions import Question
from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.keys import Keys
from activetui.ledger.days import FAR_PAST, Day, from_iso
from activetui.ledger.errors import UsageError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.store.imports.on_lists import OnList, on_list

Part = EventRecord | CustomerRecord | Refusal | PaidPurchases

LEFT, KEEP = "left", "keep"
ANSWERS = (LEFT, KEEP)
_SHOWN = 3


class Missing:
    """Looks, while the records of a list go by, for those whom an earlier export of it had.

    Only for programs whose every export holds everyone. Somebody who joined after the last day of the file is
    not missing from it: then the file is the older one.
    """

    def __init__(self, conn: sqlite3.Connection, understood: Understanding) -> None:
        self._conn, self._source = conn, understood.source
        self._today = understood.setting.today
        self._whole = understood.system is not None and understood.system.whole_list
        self.answer = understood.answers.missing
        """What the owner said: one of `ANSWERS`, or nothing yet."""
        if self.answer and self.answer not in ANSWERS:
            raise UsageError(
                _("{text!r} is no answer to what became of people who are missing.").format(text=self.answer),
                _("Give left or keep."),
            )
        self.people: list[OnList] = []
        """Who is missing, once the file has been gone through."""
        self.unsubscribed = 0
        """How many of them are marked as having left."""

    def through(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The records of the file, and those of the people who left where the owner said so."""
        if not self._whole:
            yield from parts
            return
        here: set[str] = set()
        last = FAR_PAST
        for part in parts:
            person = part.customer if isinstance(part, EventRecord) else part
            if isinstance(person, CustomerRecord):
                here.update(value for kind, value in person.identities if kind == "id")
                last = max(last, _since(person))
            yield part
        self.people = [
            one for one in on_list(self._conn, self._source)
            if one.key not in here and (one.since is None or one.since <= last)
        ]
        if self.answer == LEFT:
            self.unsubscribed = len(self.people)
            yield from self._leaving()

    @property
    def question(self) -> Question | None:
        """Whether those who are missing have left, where nothing was answered."""
        if not self.people or self.answer:
            return None
        why = ngettext(
            "{n} person was on this list and is not on it any more ({examples}). The program takes out "
            "whoever unsubscribes: have they left, or are they to stay as they are?",
            "{n} people were on this list and are not on it any more ({examples}). The program takes out "
            "whoever unsubscribes: have they left, or are they to stay as they are?",
            len(self.people),
        ).format(n=len(self.people), examples=", ".join(map(_name, self.people[:_SHOWN])))
        return Question("missing", why, "--missing left|keep")

    @property
    def warnings(self) -> list[str]:
        """What the owner should know although it was answered."""
        if not self.unsubscribed:
            return []
        return [ngettext(
            "{n} person is not on the list any more and is marked as unsubscribed today.",
            "{n} people are not on the list any more and are marked as unsubscribed today.",
            self.unsubscribed,
        ).format(n=self.unsubscribed)]

    def _leaving(self) -> Iterator[EventRecord]:
        """An event of today for each: on which day they left is not known, only that it is known today."""
        keys = Keys()
        for one in self.people:
            person = CustomerRecord(email=one.email, consent=False, identities=(("id", one.key),))
            yield EventRecord(
                int(Kind.NEWSLETTER), self._today,
                keys.of_contents("newsletter", "unsubscribe", self._today, one.key), person,
                action="unsubscribe", channel="email",
            )


def _since(person: CustomerRecord) -> Day:
    try:
        return from_iso(person.extra["customer_since"])
    except (KeyError, ValueError):
        return FAR_PAST


def _name(one: OnList) -> str:
    return one_line(one.email or one.name or one.key)
