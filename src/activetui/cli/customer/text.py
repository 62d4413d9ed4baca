"""One customer as `customer show` tells a person."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.words import kind_word, status_word, type_word
from activetui.cli.customer.page import CustomerPage
from activetui.cli.customer.story import story_lines
from activetui.cli.output import width
from activetui.cli.stamp import Stamp, known_words
from activetui.ledger.days import Day, is_bounded
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money, relative_day
from activetui.reactivation.ranking.subscription_words import year_words
from activetui.store.events import EventRow
from activetui.store.facts.spans import StatusSpan

_LAST = 10
"""Events and spans that a person sees; the other formats give all."""


def page_lines(page: CustomerPage, mark: Stamp) -> Iterator[str]:
    """The page for people."""
    person = page.person
    yield " · ".join(
        part for part in (person.name or _("(no name)"), person.company, person.email, person.phone) if part
    )
    yield _("Customer {id}, as of {day}, {known}").format(
        id=person.id, day=format_day(page.day), known=known_words(page.day, mark.known_then)
    )
    if person.types:
        yield _("Types: {types}").format(types=", ".join(type_word(word) for word in person.types))
    if person.tags:
        yield _("Tags: {tags}").format(tags=", ".join(person.tags))
    for one in page.merged:
        yield _("With customer {id}, {name} (activetui customer unmerge {id} takes them apart)").format(
            id=one.id, name=one_line(one.name)
        )
    if page.customer.do_not_contact:
        yield _("Does not want to be contacted.")
    yield ""
    yield from _receipt_lines(page, page.day if mark.known_then else page.today)
    yield ""
    yield from _money_lines(page)
    yield from story_lines(page)
    yield ""
    yield _("Status over time, the latest first")
    latest = page.spans[::-1][:_LAST]
    room = max(width(status_word(span.status)) for span in latest)
    for span in latest:
        word = status_word(span.status)
        yield f"  {word}{' ' * (room - width(word))}  {_span_days(span)}"
    if len(page.spans) > len(latest):
        yield "  " + _("… and {n} earlier").format(n=len(page.spans) - len(latest))
    yield ""
    yield _("Last events")
    shown = page.events[:_LAST]
    digits = max((len(str(event.id)) for event in shown), default=0)
    for event in shown:
        yield f"  {event.id:>{digits}}  {_event_line(event)}"
    if not page.events:
        yield "  " + _("none")
    if len(page.events) > _LAST:
        yield "  " + _("… and {n} earlier").format(n=len(page.events) - _LAST)
    open_tasks = [task for task in page.tasks if task.state == "open"]
    if open_tasks:
        yield ""
        yield _("To do")
        for task in open_tasks:
            yield f"  {format_day(task.due)}  {task.title}"


def _money_lines(page: CustomerPage) -> Iterator[str]:
    person = page.person
    yield ngettext("{n} purchase, {spend} in all", "{n} purchases, {spend} in all", person.purchases).format(
        n=person.purchases, spend=format_money(person.spend, person.currency)
    )
    if page.subscriptions:
        yield year_words(page.subscriptions, person.currency)


def _receipt_lines(page: CustomerPage, known_until: Day) -> Iterator[str]:
    receipt = page.receipt
    since = format_day(receipt.since) if is_bounded(receipt.since) else _("the beginning")
    yield _("{status} since {day}").format(status=status_word(receipt.status).capitalize(), day=since)
    rows = [(_("Why"), receipt.rule), (_("Limit"), receipt.threshold)]
    rows.append((_("Event"), _receipt_event(page)))
    if receipt.flips_on is not None:
        rows.append((_("Turns"), _turn(page, receipt.flips_on, known_until)))
    rows.append((_("What would change it"), receipt.would_change))
    if receipt.known_from is not None:
        rows.append((_("Can be told"), _("from {day} on").format(day=format_day(receipt.known_from))))
    definition = _("{name}, version {version}").format(name=receipt.definition, version=receipt.version)
    rows.append((_("Definition"), definition))
    rows = [(title, text) for title, text in rows if text]
    room = max(width(title) for title, _text in rows)
    for title, text in rows:
        yield f"  {title}{' ' * (room - width(title))}  {text}"


def _turn(page: CustomerPage, day: Day, known_until: Day) -> str:
    """When which status follows; nothing can come between any more where it is known what happened."""
    words = {
        "status": status_word(page.receipt.next_status),
        "day": format_day(day),
        "distance": relative_day(day, page.day),
    }
    if day <= known_until:
        return _("{status} on {day} ({distance})").format(**words)
    return _("{status} on {day} ({distance}) unless something happens").format(**words)


def _receipt_event(page: CustomerPage) -> str:
    number = page.receipt.event_id
    found = next((event for event in page.events if event.id == number), None)
    return _event_line(found) if found else ""


def _span_days(span: StatusSpan) -> str:
    """First and last day, both counted in, as people do."""
    first, last = format_day(span.start), format_day(span.end - 1)
    if is_bounded(span.start) and is_bounded(span.end):
        return _("{first} to {last}").format(first=first, last=last)
    if is_bounded(span.start):
        return _("from {first} on").format(first=first)
    if is_bounded(span.end):
        return _("to {last}").format(last=last)
    return _("always")


def _event_line(event: EventRow) -> str:
    amount = "" if event.amount is None else format_money(event.amount, event.currency)
    rating = "" if event.rating is None else _("rating {n}").format(n=event.rating)
    parts = (kind_word(event.kind_word), event.action, event.state, amount, rating, event.product, event.note)
    return f"{format_day(event.day)}  " + " · ".join(part for part in parts if part)
