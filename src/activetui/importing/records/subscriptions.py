"""Subscriptions and memberships: when they began, were renewed, paused, cancelled, until when they run."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.classes import RowClasses
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.records.marks import Marks
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.people_words import meaning_of_word
from activetui.importing.values.words import yes_or_no
from activetui.ledger.days import Day
from activetui.ledger.kinds import ACTIONS, NATURES, Kind
from activetui.ledger.records import EventRecord, Refusal
from activetui.ledger.settlement import VOID_STATES
from activetui.locales import _

_NOT_PAID = {"trial": "pending", "unpaid": "unpaid", "ended": "expired", "paused": "pending"}
"""States of subscriptions that are not in force, or of which no day tells until when they were."""


class SubscriptionReader(EventReader):
    """Makes the subscriptions of one file: a list of them as they stand, or a log of what happened."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._subscriptions = Subscriptions(self)

    def made(self, row: OneRow) -> Iterator[Record]:
        """The events of a row's subscription; a row without one is at most a customer."""
        made = self._subscriptions.made(row)
        if made:
            yield from made
        elif row.customer is not None:
            yield row.customer
        else:
            reason = _("nothing in the row tells who the customer is")
            yield Refusal(row.line, reason, tuple(row.cells))


class Subscriptions:
    """Reads the subscription of a row, whatever else the row tells."""

    def __init__(self, reader: EventReader) -> None:
        self._reader = reader
        self._found, self._layout = reader.found, reader.layout
        self._classes = RowClasses(reader.understood)
        self._paying = Marks()
        self._is_log = self._layout.has("date") and not self._layout.has("subscription_start")

    def made(self, row: OneRow) -> list[EventRecord]:
        """The events of a row: none where nothing is paid for, or nobody pays."""
        stand, plan = self._stand(row), self._plan(row)
        if row.customer is None or stand == "free" or self._classes.of(row.cells) not in ("", "sale"):
            return []
        return self._happened(row, plan) if self._is_log else self._stands(row, plan, stand)

    def _happened(self, row: OneRow, plan: str) -> list[EventRecord]:
        """A row of a log: one thing that happened to a subscription."""
        moment = self._reader.happened(row, "date")
        if moment.day is None:
            raise BadCell(_("the day is missing"))
        action = self._action(row)
        until = self._last_day(row) if action != "pause" else None
        event = self._event(row, moment.day, action, plan, until, self._amount(row), moment.time)
        event.state = self._log_state(row)
        return [self._counted(event)]

    def _stands(self, row: OneRow, plan: str, stand: str) -> list[EventRecord]:
        """A row of a list: a subscription as it stands, told as what must have happened to it."""
        reader = self._reader
        start, charged = self._start(row), reader.day("paid_at", row)
        ended, paused = self._ended(row), reader.day("paused_at", row)
        until = self._last_day(row)
        if start is None:
            return []
        if until is None and ended is None and stand == "ended":
            until = charged  # it ran at least until the last charge
        events = [self._event(row, start, "start", plan, until, self._amount(row))]
        if charged is not None and start < charged <= reader.today and stand in ("active", ""):
            events.append(self._event(row, charged, "renewal", plan, until, self._amount(row)))
        if paused is not None and paused >= start and stand in ("paused", ""):
            events.append(self._event(row, paused, "pause", plan, None, None))
        elif ended is not None and ended >= start:
            last = until if until is not None and until >= ended else None
            events.append(self._event(row, ended, "cancel", plan, last, None))
        else:
            events[0].state = self._state(stand, until)
        for place, event in enumerate(events):
            self._counted(event, first=place == 0)
        return events

    def _state(self, stand: str, until: Day | None) -> str:
        """What of a subscription that is not said to have ended on some day.

        One that is in force says so, since it may have been a trial in an earlier file.
        """
        over = until is not None and until < self._reader.today
        if stand == "active":
            return "paid"
        if stand not in _NOT_PAID or (over and stand != "trial") or (stand == "ended" and until is not None):
            return ""
        self._found.without_end += stand in ("ended", "paused")
        return _NOT_PAID[stand]

    def _event(
        self, row: OneRow, day: Day, action: str, plan: str, until: Day | None, amount: int | None,
        time: str = "",
    ) -> EventRecord:
        reader, number = self._reader, self._reader.values.order(row.cells)
        key = (
            f"subscription:{number}:start" if number and action == "start"
            else reader.key("subscription", "", action, day, row.who, number, *self._told_apart(plan))
        )
        return EventRecord(
            int(Kind.SUBSCRIPTION), day, key, row.customer, time=time, amount=amount,
            currency=reader.values.currency(row.cells) if amount is not None else "", action=action,
            nature=self._nature(row), product=plan, until=until, channel=reader.text("channel", row),
            order_ref=number, note=reader.text("note", row), line=row.line,
        )

    def _told_apart(self, plan: str) -> tuple[str, ...]:
        """What tells two subscriptions of one customer apart; programs that keep one each rename its plan."""
        return () if self._reader.understood.system is not None else (plan,)

    def _counted(self, event: EventRecord, *, first: bool = True) -> EventRecord:
        """Count a subscription once, however many events tell of it."""
        found = self._found
        found.day(event.day)
        if event.state in VOID_STATES:
            found.not_counted += first
        elif event.action not in ("start", "renewal"):
            found.others[f"subscription_{event.action}"] += 1
        elif event.customer is not None:
            who = event.order_ref or event.customer.identities[:1]
            found.subscriptions += self._paying.add(hash((who, event.product)))
        return event

    def _start(self, row: OneRow) -> Day | None:
        """The first day; where only the day of joining is known, that one, and the plan says so."""
        reader = self._reader
        start = reader.happened(row, "subscription_start").day
        if start is None and self._is_subscribed(row):
            start = reader.happened(row, "customer_since").day
            self._found.assumed_starts += start is not None
        return start

    def _is_subscribed(self, row: OneRow) -> bool:
        """Whether a row without a first day tells of a subscription at all."""
        active = self._reader.flag("active_subscription", row)
        return bool(self._plan(row) or self._last_day(row)) if active is None else active

    def _ended(self, row: OneRow) -> Day | None:
        reader = self._reader
        day = reader.day("cancelled_at", row)
        if day is None and not reader.layout.has("cancelled_at", "subscription_end", "until"):
            return reader.day("unsubscribed_at", row)
        if day is None:
            day = reader.day("subscription_end", row)
            if reader.layout.has("cancelled_at") or self._stand(row) != "ended":
                return None  # the end of a term, not of the agreement
        return day

    def _last_day(self, row: OneRow) -> Day | None:
        """The last day that is known to be paid for: the day before the next charge."""
        reader = self._reader
        until = reader.day("until", row)
        if until is None:
            until = reader.day("subscription_end", row)
        if until is None:
            charge = reader.day("subscription_renewal", row)
            until = None if charge is None else charge - 1
        return until

    def _stand(self, row: OneRow) -> str:
        """How a subscription stands: `active`, `trial`, `paused`, `ended`, `unpaid`, `free`, or nothing."""
        reader = self._reader
        active = reader.flag("active_subscription", row)
        if meaning_of_word("subscription", self._plan(row)) == "free":
            return "free"
        if active is False and reader.day("subscription_start", row) is None:
            return "free"
        word = meaning_of_word("subscription", reader.text("state", row))
        if word or active is None:
            return word
        return "active" if active else "ended"

    def _plan(self, row: OneRow) -> str:
        return self._reader.text("plan", row) or self._reader.values.product(row.cells)

    def _action(self, row: OneRow) -> str:
        word = self._reader.text("action", row) or self._reader.text("kind", row)
        if not word:
            return "start"
        known = word.lower() if word.lower() in ACTIONS["subscription"] else ""
        known = known or meaning_of_word("subscription_action", word)
        if not known:
            raise BadCell(
                _("{word} is nothing that happens to a subscription (start, renewal, pause, cancel)").format(
                    word=word
                )
            )
        return known

    def _log_state(self, row: OneRow) -> str:
        word = self._reader.text("state", row)
        if yes_or_no(word) is False:
            return "unpaid"
        state = self._reader.values.state(row.cells)
        return state if state in VOID_STATES - {"pending"} else "paid" if state == "paid" else ""

    def _nature(self, row: OneRow) -> str:
        word = self._reader.text("nature", row).lower()
        return word if word in NATURES else ""

    def _amount(self, row: OneRow) -> int | None:
        """The price of a period; one that cannot be read says nothing."""
        if not self._layout.has("amount", "order_total", "unit_price"):
            return None
        values = self._reader.values
        try:
            total = values.total(row.cells)
            return values.amount(row.cells) if total is None else total
        except BadCell:
            return None
