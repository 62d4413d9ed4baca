"""An import of the past in words: what it read, assumed, changed and refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from activetui.activity.words import kind_word
from activetui.importing.columns.field_words import field_words
from activetui.importing.telling.meaning_words import about_word, class_word, counted_word
from activetui.ledger.days import from_iso, to_day
from activetui.ledger.kinds import Kind
from activetui.ledger.money import to_minor
from activetui.ledger.records import Refusal
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import NOTHING, format_day, format_money, format_number
from activetui.store.changes.forgotten import Forgotten
from activetui.store.imports.batches import BatchRow
from activetui.tui.screens.imports.plan_words import without_options
from activetui.tui.screens.imports.reading_panel import mark_words, order_words, sign_words
from activetui.tui.widgets.imports.sections import Said, Section

_MOST_REFUSED = 100


def moment(text: str, *, time: bool = True) -> str:
    """An ISO moment as people read it, by the clock of this computer; with its day only if not `time`."""
    try:
        local = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return one_line(text)
    day = format_day(to_day(local.date()))
    return f"{day} {local:%H:%M}" if time else day


def planned(batch: BatchRow, name: str) -> int | None:
    """A number of the plan that the import kept, such as `new`; None where it kept none."""
    number = batch.counts.get("plan", {}).get(name)
    return number if isinstance(number, int) else None


def batch_sections(batch: BatchRow, refusals: Sequence[Refusal]) -> list[Section]:
    """Everything that is kept of an import."""
    said = batch.assumptions
    columns = [
        Said(field_words(str(field)), one_line(str(name)))
        for name, field in (said.get("columns") or {}).items()
    ]
    assumed = [
        Said(
            str(one.get("value", "")), about_word(str(one.get("about", ""))),
            quiet=without_options(str(one.get("why", ""))),
        )
        for one in said.get("assumptions") or ()
    ]
    return [
        Section(one_line(batch.file_name), list(_head(batch))),
        Section(_("Refused rows"), list(_refused(batch, refusals))),
        Section(_("In the file"), list(_found(batch))),
        Section(_("What it changed"), list(_changed(batch))),
        Section(_("How it was read"), list(_reading(said))),
        Section(_("Assumed"), assumed),
        Section(_("Columns"), columns),
    ]


def _head(batch: BatchRow) -> Iterator[Said]:
    yield Said(moment(batch.made_at), _("Imported"))
    if batch.undone_at:
        yield Said(moment(batch.undone_at), _("Taken back"), "warning")
    yield Said(batch.system or _("headings by their meaning"), _("Recognised as"))
    yield Said(batch.source, _("Source"))


def _found(batch: BatchRow) -> Iterator[Said]:
    counts = batch.counts
    for name, number in (counts.get("found") or {}).items():
        if number:
            yield Said(format_number(number), found_word(name))
    for name, number in (counts.get("classes") or {}).items():
        if number:
            yield Said(format_number(number), class_word(name), quiet=_("not counted"))
    code = str(batch.assumptions.get("currency") or "")
    for name, title in (("total", _("Paid")), ("refunded", _("Given back"))):
        amount = _money(counts.get(name), code)
        if amount:
            yield Said(amount, title)
    first, last = counts.get("first_date"), counts.get("last_date")
    if first and last:
        yield Said(f"{_day(first)} – {_day(last)}", _("Days"))


def _money(text: object, code: str) -> str:
    """An amount that was kept as a decimal string, as people read it."""
    if not isinstance(text, str) or not code:
        return ""
    try:
        minor = to_minor(Decimal(text), code)
    except InvalidOperation:
        return one_line(text)
    return format_money(minor, code) if minor else ""


def _day(text: str) -> str:
    try:
        return format_day(from_iso(text))
    except ValueError:
        return one_line(text)


def _changed(batch: BatchRow) -> Iterator[Said]:
    plan: Mapping[str, Any] = batch.counts.get("plan") or {}
    if not plan:
        return
    text = _("{new} new, {changed} changed, {unchanged} as they were")
    for name, title in (("", _("Rows")), ("customers_", _("Customers"))):
        numbers = [plan.get(f"{name}{each}") for each in ("new", "changed", "unchanged")]
        if any(numbers):
            new, changed, unchanged = (NOTHING if each is None else format_number(each) for each in numbers)
            yield Said(text.format(new=new, changed=changed, unchanged=unchanged), title)


def _reading(said: Mapping[str, Any]) -> Iterator[Said]:
    words = {"delimiter": sign_words, "date_order": order_words, "decimal_mark": mark_words}
    titles = (
        ("encoding", _("Letters")), ("delimiter", _("Separator")), ("date_order", _("Days")),
        ("decimal_mark", _("Decimal mark")), ("currency", _("Currency")),
    )
    for name, title in titles:
        value = said.get(name)
        if value:
            why = without_options(str(said.get(f"{name}_why") or ""))
            yield Said(one_line(words.get(name, str)(str(value))), title, quiet=why)


def _refused(batch: BatchRow, refusals: Sequence[Refusal]) -> Iterator[Said]:
    if not batch.refused:
        return
    for refusal in refusals[:_MOST_REFUSED]:
        yield Said(refusal.reason, _("Line {line}").format(line=format_number(refusal.line)))
    more = batch.refused - min(len(refusals), _MOST_REFUSED)
    if more:
        yield Said(ngettext("… and {n} more row", "… and {n} more rows", more).format(n=format_number(more)))


def deleted_words(event: Forgotten) -> tuple[str, str]:
    """An event that was deleted by hand: what it was, and when and where it came from."""
    what = " ".join(filter(None, (
        _kind_of(event.kind), "" if event.amount is None else format_money(event.amount, event.currency),
        one_line(event.label),
    )))
    return what, _("{day}, from {source}").format(day=format_day(event.day), source=one_line(event.source))


def _kind_of(kind: int) -> str:
    return next((kind_word(each.word) for each in Kind if int(each) == kind), "")


def found_word(name: str) -> str:
    """What a number in a plan counts."""
    return {
        "customers": _("Customers"),
        "orders": _("Orders"),
        "lines": _("Lines of orders"),
        "purchases": _("Paid orders"),
        "refunds": _("Refunds"),
        "visits": _("Visits and bookings"),
        "subscriptions": _("Subscriptions"),
        "contacts": _("Contacts"),
        "unsubscribed": _("Unsubscribed"),
        "not_counted": _("Not counted"),
    }.get(name) or one_line(counted_word(name))
