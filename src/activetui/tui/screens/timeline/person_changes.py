"""What can be done with the person: edit, merge, take apart, write everything to a file, forget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_money
from activetui.store.listing.people import Person
from activetui.store.same_person.merging import Merged
from activetui.tui import reading
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose_customer import ChooseCustomerDialog, Found
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.timeline.base import StoryScreen
from activetui.tui.session import Session

_MOST_FOUND = 12
_TOO_MANY = 50_000
"""Among more customers than these it takes too long to look who may be the same."""
_EVERYBODY = 1_000_000


class PersonChanges(StoryScreen):
    """What can be done with the person."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.edit", "e", "edit", N_("edit"),
                N_("Change name, address, tags, consent, or that nobody may contact them"),
                footer=4, changes=True),
        Command("timeline.merge", "M", "merge", N_("merge"),
                N_("This is the same person as another customer: make the two one"), changes=True),
        Command("timeline.to-file", "E", "to_file", N_("to a file"),
                N_("Write everything that is known of the person to a file, for the person")),
        Command("timeline.forget", "F", "forget", N_("forget"),
                N_("Forget the person for good, as the law lets a person ask"), changes=True),
    )
    BINDINGS = bindings(KEYS)

    # -- edit ---------------------------------------------------------------------------------------------

    def action_edit(self, field: str = "") -> None:
        """Ask what is to be changed, beginning at a field."""
        from activetui.tui.dialogs.edit_customer import EditCustomerDialog

        if self.story is None:
            return
        customer = self.story.card.customer
        dialog = EditCustomerDialog(customer, self.called, field=field, today=self.session.today)
        self.app.push_screen(dialog, partial(self._edited, customer.id))

    def _edited(self, customer: int, changes: Mapping[str, object] | None) -> None:
        if changes:
            told = _("Changed: {name}").format(name=self.called)
            edit = partial(_edit, self.session, customer, changes)
            self.change(edit, lambda _x: self.active_app.tell_done(told))

    # -- one person ---------------------------------------------------------------------------------------

    def action_merge(self) -> None:
        """Ask who is the same person."""
        if self.story is None:
            return
        hint = _("What is known of {name} stays and is filled from the other one. Nothing is lost: "
                 "the two can be taken apart again.").format(name=self.called)
        title = _("Who is the same person as {name}?").format(name=self.called)
        dialog = ChooseCustomerDialog(title, hint, self._find)
        self.app.push_screen(dialog, self._merge)

    def _find(self, text: str, then: Callable[[Sequence[Found]], None]) -> None:
        session, number = self.session, self.told.card.customer.id
        reading.ask(
            self.app, session.reader, session.view, partial(_find, text, number), then,
            self.active_app.tell_error, group="same", slow=True,
        )

    def _merge(self, other: int | None) -> None:
        if other is not None:
            merge = partial(_merge, self.session, self.told.card.customer.id, other)
            self.change(merge, lambda _x: self.active_app.tell_done(_("They are one customer now")))

    def take_apart(self, merged: Merged) -> None:
        """Take somebody who was made one with the customer out again."""
        told = _("{other} and {name} are two again").format(other=one_line(merged.name), name=self.called)
        self.change(partial(_apart, self.session, merged.id), lambda _x: self.active_app.tell_done(told))

    # -- the person's rights ------------------------------------------------------------------------------

    def action_to_file(self) -> None:
        """Ask for the file, and write it."""
        from activetui.tui.flows.one_person import write_to_file

        if self.story is not None:
            write_to_file(self.active_app, self.story.card.customer.id, self.called)

    def action_forget(self) -> None:
        """Ask to type the word for it: this cannot be undone."""
        from activetui.tui.flows.one_person import forget

        if self.story is not None:
            forget(self.active_app, self.story.card.customer.id, self.called, self._forgotten)

    def _forgotten(self) -> None:
        self.session.customer = None
        self.active_app.show_screen("customers")


def _edit(session: Session, customer: int, changes: Mapping[str, object], conn: Connection) -> None:
    from activetui.store import customers

    customers.edit(conn, customer, changes, made_at=session.made_at(), today=session.today)


def _find(text: str, not_me: int, conn: Connection) -> list[Found]:
    """Whom a text finds; for an empty one, who may be the same."""
    from activetui.store import customers
    from activetui.store.listing import people
    from activetui.store.same_person.duplicates import propose

    if text.strip():
        found = dict.fromkeys(customers.find(conn, text), "")
    elif people.count(conn) > _TOO_MANY:
        return []
    else:
        pairs = [each for each in propose(conn, _EVERYBODY) if not_me in each.ids]
        found = {next(n for n in each.ids if n != not_me): one_line(each.reason) for each in pairs}
    numbers = [number for number in found if number != not_me][:_MOST_FOUND]
    return [
        Found(person.id, display_name(person), _about(person), found[person.id])
        for person in people.by_ids(conn, numbers)
    ]


def _about(person: Person) -> str:
    spend = format_money(person.spend, person.currency) if person.purchases else ""
    return " · ".join(one_line(part) for part in (person.email, person.phone, person.company, spend) if part)


def _merge(session: Session, kept: int, other: int, conn: Connection) -> None:
    from activetui.store.same_person import merging

    merging.merge_customers(conn, kept, other, today=session.today, made_at=session.made_at())


def _apart(session: Session, merged: int, conn: Connection) -> None:
    from activetui.store.same_person import merging

    merging.unmerge(conn, merged, today=session.today, made_at=session.made_at())
