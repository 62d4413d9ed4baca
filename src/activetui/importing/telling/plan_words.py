"""An import in sentences: what a file was understood as, what is in it, what taking it would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from activetui.importing.telling.meaning_words import about_word, class_word, counted_word, meaning_word
from activetui.ledger.days import is_bounded
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money, format_number

if TYPE_CHECKING:
    from activetui.importing.deciding.understand import Understanding
    from activetui.importing.run import ImportPlan
    from activetui.importing.telling.found import Found
    from activetui.ledger.records import Refusal

_SHOWN = 20
_LINES = 8


def shape_lines(understood: Understanding) -> Iterator[str]:
    """What the file was understood as."""
    table = understood.table
    signs = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|"}
    sign = signs.get(table.dialect.delimiter, table.dialect.delimiter)
    what = understood.system.name if understood.system else meaning_word(understood.meaning)
    yield f"{table.label}: {what}"
    yield _("Encoding {encoding}: {why}.").format(encoding=table.encoding.name, why=table.encoding.why)
    yield _("Columns parted by {sign}: {why}.").format(sign=sign, why=table.dialect.why)
    if table.header_row:
        yield _("The headings stand in line {n}.").format(n=table.header_line)
    elif table.header_row is None:
        yield _("There are no headings; columns are called by their numbers.")
    yield from _days(understood)
    yield from _amounts(understood)
    yield _("Source: {source}").format(source=understood.source)


def _days(understood: Understanding) -> Iterator[str]:
    decision = understood.decisions.of_days(understood.layout)
    if decision.choice:
        orders = {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}
        yield _("Days are written {order}: {why}.").format(order=orders[decision.choice], why=decision.why)
    elif decision.why and not decision.open:
        yield _("Days: {why}.").format(why=decision.why)
    if understood.home is not None:
        yield _("Moments with a time zone count for the day that it was in {zone}.").format(
            zone=one_line(str(understood.home))
        )


def _amounts(understood: Understanding) -> Iterator[str]:
    layout, decisions, currency = understood.layout, understood.decisions, understood.currency
    decision = decisions.of_marks(layout)
    if decision.choice:
        yield _("The decimal mark is {mark}: {why}.").format(mark=decision.choice, why=decision.why)
    elif decision.why and not decision.open:
        yield _("Amounts: {why}.").format(why=decision.why)
    if not currency.assumed:
        yield _("Amounts are in {code}: {why}.").format(code=currency.code, why=currency.why)
    place = paid_column(understood)
    if place is None:
        return
    yield _("What customers paid is taken from the column {column}.").format(column=layout.name_of(place))
    if decisions.in_cents(place):
        yield _("Its amounts are in cents.")


def paid_column(understood: Understanding) -> int | None:
    """The column whose amounts count as what customers paid; None in a file that tells of no sales."""
    if understood.meaning not in ("purchases", "movements"):
        return None
    layout = understood.layout
    places = (layout.one(name) for name in ("order_total", "amount", "unit_price", "subtotal"))
    return next((place for place in places if place is not None), None)


def assumption_lines(understood: Understanding) -> Iterator[str]:
    """What was decided without the file saying it outright."""
    text = _("Assumed: {about} {value}: {why}.")
    for one in understood.assumptions:
        yield text.format(about=about_word(one.about), value=one.value, why=one.why)


def found_lines(plan: ImportPlan) -> Iterator[str]:
    """What is in the file."""
    found, code = plan.reading.found, plan.reading.understood.currency.code
    if found.orders:
        yield _("Rows: {lines}; orders: {orders}; customers: {customers}.").format(
            lines=format_number(found.lines), orders=format_number(found.orders),
            customers=format_number(plan.customers),
        )
        paid = _("Orders paid: {purchases}; not counted (not paid, cancelled): {not_counted}.")
        yield paid.format(
            purchases=format_number(found.purchases), not_counted=format_number(found.not_counted),
        )
        yield _("Paid: {total}; given back: {refunded} (refunds: {n}).").format(
            total=format_money(found.total[code], code), refunded=format_money(found.refunded[code], code),
            n=format_number(found.refunds),
        )
        for other in sorted(set(found.total) - {code}):
            yield _("In another currency, never added to these: {total}.").format(
                total=format_money(found.total[other], other)
            )
    else:
        yield ngettext("Found: {n} customer.", "Found: {n} customers.", plan.customers).format(
            n=format_number(plan.customers)
        )
    yield from _others(found)
    if is_bounded(found.first_day) and is_bounded(found.last_day):
        first, last = format_day(found.first_day), format_day(found.last_day)
        yield _("From {first} to {last}.").format(first=first, last=last)


def _others(found: Found) -> Iterator[str]:
    counted = [
        (_("visits and bookings"), found.visits), (_("subscriptions"), found.subscriptions),
        (_("contacts"), found.contacts), (_("unsubscribed"), found.unsubscribed),
        *((counted_word(word), number) for word, number in found.others.items()),
    ]
    told = ", ".join(f"{word} {format_number(number)}" for word, number in counted if number)
    if told:
        yield _("Also: {what}.").format(what=told)
    classes = ", ".join(
        f"{class_word(name)} {format_number(number)}"
        for name, number in found.classes.most_common() if number
    )
    if classes:
        yield _("No sales, and not counted: {what}.").format(what=classes)


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
    """The rows that cannot be taken: each reason once, with the lines for which it holds."""
    lines: dict[str, list[int]] = {}
    for refusal in refusals:
        lines.setdefault(refusal.reason, []).append(refusal.line)
    for reason, numbers in list(lines.items())[:_SHOWN]:
        told = ", ".join(map(str, numbers[:_LINES]))
        if len(numbers) > _LINES:
            told = _("{lines} and {n} more").format(lines=told, n=format_number(len(numbers) - _LINES))
        yield "  " + ngettext("Line {line}: {reason}", "Lines {line}: {reason}", len(numbers)).format(
            line=told, reason=reason
        )
    if len(lines) > _SHOWN:
        more = sum(map(len, list(lines.values())[_SHOWN:]))
        yield "  " + _("… and {n} more").format(n=format_number(more))

