"""Rows that tell of requests for help and of complaints, and when they were dealt with."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.values.people_words import meaning_of_word, tells_complaint
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord

_DAYS = ("date", "visit_date")


class TicketReader(EventReader):
    """Makes the support requests and the complaints of one file.

    A ticket whose type, category or tags say so is a complaint. A complaint that was solved on a known day
    makes an event of that day; one that is closed without a day stays open, since nothing is dated by guess.
    """

    keys = _DAYS

    def made(self, row: OneRow) -> Iterator[Record]:
        """The request or complaint of a row, and its solution."""
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            yield self.without_day(row)
            return
        state = meaning_of_word("ticket", self.text("state", row))
        complaint = self._is_complaint(row)
        kind = Kind.COMPLAINT if complaint else Kind.SUPPORT
        number, subject = self.values.order(row.cells), self.text("subject", row)
        contents = (moment.day, moment.time, row.who, subject)
        ticket = EventRecord(
            int(kind), moment.day, self.key("ticket", number, *contents), row.customer, time=moment.time,
            state="voided" if state == "void" else "", product=self.values.product(row.cells),
            channel=self.text("channel", row), order_ref=number,
            note=" – ".join(filter(None, dict.fromkeys((subject, self.text("note", row))))), line=row.line,
        )
        yield self.counted(ticket, kind.word)
        solved = self.moment("resolved_at", row)
        if not complaint or state == "void":
            return
        if solved.day is not None and solved.day >= moment.day:
            yield self.counted(EventRecord(
                int(Kind.COMPLAINT_RESOLVED), solved.day, self.key("ticket_resolved", number, *contents),
                row.customer, time=solved.time, product=ticket.product, channel=ticket.channel,
                order_ref=number, line=row.line,
            ), Kind.COMPLAINT_RESOLVED.word)
        elif state == "closed":
            self.found.closed_without_day += 1

    def _is_complaint(self, row: OneRow) -> bool:
        if self.understood.fixed.get("kind") == "complaint":
            return True
        told = [self.text(name, row) for name in ("kind", "category", "tags", "row_class")]
        what = self.values.product(row.cells)
        return meaning_of_word("ticket", what) == "complaint" or any(map(tells_complaint, told))
