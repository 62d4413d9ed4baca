"""What stands beside the events: why the status is what it is, and what matters most of the rest."""

from __future__ import annotations

from activetui.insights.customer_story import Favourite
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day_short, format_money, format_number, relative_day
from activetui.tui.card import receipt_rows
from activetui.tui.commands import key_of
from activetui.tui.screens.timeline.story import Story, Work
from activetui.tui.widgets.imports.sections import Said, Section

_MOST = 6
"""Products beside the events."""


def sections(story: Story, *, known_until: Day, wide: bool) -> list[Section]:
    """The receipt, what is to do, the note, the favourite products; `wide` has room for more of each."""
    why = [Said(text, title) for title, text in receipt_rows(story.card, known_until)]
    to_do = [_task(work, story.card.day) for work in story.work if work.task.state == "open"]
    note = story.card.customer.note
    products = [_product(one, story, wide=wide) for one in story.favourites[:_MOST]]
    more = len(story.favourites) - len(products)
    if more > 0:
        words = ngettext("and {n} other: {key} shows them all", "and {n} others: {key} shows them all", more)
        products.append(Said(words.format(n=format_number(more), key=key_of("timeline.products"))))
    return [
        Section(_("Why"), why),
        Section(_("To do"), to_do),
        Section(_("Note"), [Said(note)] if note else []),
        Section(_("Bought most often"), products),
    ]


def _task(work: Work, day: int) -> Said:
    when = format_day_short(work.task.due, day)
    return Said(one_line(work.task.title), when, quiet=work.playbook)


def _product(one: Favourite, story: Story, *, wide: bool) -> Said:
    card = story.card
    words = _("{n} × · {spend}").format(
        n=format_number(one.days), spend=format_money(one.spend, card.person.currency)
    )
    return Said(words, one.product, quiet=relative_day(one.last, card.day) if wide else "")
