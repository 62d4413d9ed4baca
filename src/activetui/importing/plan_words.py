"""An import in sentences: what a file was understood as, what is in it, what taking it would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from activetui.importing.meaning_words import counted_word, meaning_word
from activetui.ledger.days import is_bounded
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money, format_number

if TYPE_CHECKING:
    from activetui.importing.run import ImportPlan
    from activetui.importing.understand import Understanding
    from activetui.ledger.records import Refusal

_SHOWN = 20


def shape_lines(understood: Understanding) -> Iterator[str]:
    """What the file was understood as."""
    table, decisions = understood.table, understood.decisions
    signs = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|"}
    sign = signs.get(table.dialect.delimiter, table.dialect.delimiter)
    what = understood.system.name if understood.system else meaning_word(understood.meaning)
    yield f"{table.label}: {what}"
    yield _("Encoding {encoding}: {why}.").format(encoding=table.encoding.name, why=table.encoding.why)
    yield _("Columns parted by {sign}: {why}.").format(sign=sign, why=table.dialect.why)
    if table.header_row:
        yield _("The headings stand in record {n}.").format(n=table.header_row + 1)
    days = decisions.of_days(understood.layout)
    if days.choice:
        orders = {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}
        yield _("Days are written {order}: {why}.").format(order=orders[days.choice], why=days.why)
    mark = decisions.of_marks(understood.layout)
    if mark.choice:
        yield _("The decimal mark is {mark}: {why}.").format(mark=mark.choice, why=mark.why)
    currency = understood.currency
    if not currency.assumed:
        yield _("Amounts are in {code}: {why}.").format(code=currency.code, why=currency.why)
    yield _("Source: {source}").format(source=understood.source)


def assumption_lines(understood: Understanding) -> Iterator[str]:
    """What was decided without the file saying it outright."""
    text = _("Assumed: {about} {value}: {why}.")
    for one in understood.assumptions:
        yield text.format(about=_about(one.about), value=one.value, why=one.why)


def found_lines(plan: ImportPlan) -> Iterator[str]:
    """What is in the file."""
    found, code = plan.reading.found, plan.reading.understood.currency.code
    yield ngettext("Found: {n} customer.", "Found: {n} customers.", plan.customers).format(
        n=format_number(plan.customers)
    )
    if found.orders:
        yield _(
            "Orders: {orders} with {lines} lines; {purchases} paid, {not_counted} not counted "
            "(not paid, cancelled)."
        ).format(
            orders=format_number(found.orders), lines=format_number(found.lines),
            purchases=format_number(found.purchases), not_counted=format_number(found.not_counted),
        )
        yield _("Paid: {total}; given back: {refunded} ({n} refunds).").format(
            total=format_money(found.total[code], code), refunded=format_money(found.refunded[code], code),
            n=format_number(found.refunds),
        )
    others = [
        (_("visits and bookings"), found.visits), (_("subscriptions"), found.subscriptions),
        (_("contacts"), found.contacts), (_("unsubscribed"), found.unsubscribed),
        *((counted_word(word), number) for word, number in found.others.items()),
    ]
    told = ", ".join(f"{word} {format_number(number)}" for word, number in others if number)
    if told:
        yield _("Also: {what}.").format(what=told)
    if is_bounded(found.first_day) and is_bounded(found.last_day):
        first, last = format_day(found.first_day), format_day(found.last_day)
        yield _("From {first} to {last}.").format(first=first, last=last)


def change_lines(plan: ImportPlan) -> Iterator[str]:
    """What importing it would change."""
    staged = plan.staged
    if staged is None:
        return
    yield _("Events: {new} new, {changed} changed, {unchanged} as they are; {refused} rows refused.").format(
        new=format_number(staged.new), changed=format_number(staged.changed),
        unchanged=format_number(staged.unchanged), refused=format_number(staged.refused),
    )
    yield _("Customers: {new} new, {changed} changed, {unchanged} as they are.").format(
        new=format_number(staged.customers_new), changed=format_number(staged.customers_changed),
        unchanged=format_number(staged.customers_unchanged),
    )
    for (before, after), number in staged.state_changes.items():
        change = _("{before} becomes {after}: {n}")
        yield "  " + change.format(before=before or "–", after=after or "–", n=number)


def refusal_lines(refusals: Sequence[Refusal]) -> Iterator[str]:
    """The first rows that cannot be taken."""
    for refusal in refusals[:_SHOWN]:
        yield "  " + _("Line {line}: {reason}").format(line=refusal.line, reason=refusal.reason)
    if len(refusals) > _SHOWN:
        yield "  " + _("… and {n} more").format(n=len(refusals) - _SHOWN)


def _about(word: str) -> str:
    return {"currency": _("currency"), "country": _("country")}.get(word, word)
