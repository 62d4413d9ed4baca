"""Who may be one person, and who was made one: asked of the store, and put in words."""

from __future__ import annotations

from typing import NamedTuple

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day, format_money, format_number
from activetui.store.customers import Customer
from activetui.store.listing.people import Person
from activetui.tui.commands import key_of
from activetui.tui.reading import Connection
from activetui.tui.screens.imports.batch_words import moment
from activetui.tui.widgets.imports.sections import Said, Section


class Pair(NamedTuple):
    """Two customers who may be one, or a customer and whom they stand for."""

    kept: int
    kept_name: str
    other: int
    other_name: str
    why: str
    strength: float | None
    """From 0 to 1; None for two who were made one."""

    @property
    def merged(self) -> bool:
        """Whether they are one already."""
        return self.strength is None

    def turned(self) -> Pair:
        """The same with the other one kept."""
        return self._replace(
            kept=self.other, kept_name=self.other_name, other=self.kept, other_name=self.kept_name
        )


class Both(NamedTuple):
    """What is known of the two; None for whom there is no card."""

    kept: tuple[Customer, Person] | None
    other: tuple[Customer, Person] | None


def pairs(conn: Connection) -> list[Pair]:
    """Who may be one, the surest first; then those who were made one."""
    from activetui.store import customers
    from activetui.store.same_person import duplicates, merging
    from activetui.store.same_person.merged import kept_of_merged

    found = []
    for proposal in duplicates.propose(conn):
        one, other = (customers.get(conn, number) for number in proposal.ids)
        found.append(Pair(
            one.id, name_of(one), other.id, name_of(other), one_line(proposal.reason), proposal.strength
        ))
    for kept in sorted(set(kept_of_merged(conn).values())):
        name = name_of(customers.get(conn, kept))
        for each in merging.merged_into(conn, kept):
            why = _("made one on {day}").format(day=moment(each.made_at, time=False))
            found.append(Pair(kept, name, each.id, one_line(each.name), why, None))
    return found


def both(conn: Connection, *, kept: int, other: int) -> Both:
    """What is known of the two."""
    return Both(_known(conn, kept), _known(conn, other))


def _known(conn: Connection, number: int) -> tuple[Customer, Person] | None:
    from activetui.store import customers
    from activetui.store.listing import people

    found = people.by_ids(conn, [number])
    return (customers.get(conn, number), found[0]) if found else None


def name_of(customer: Customer) -> str:
    """What a customer is called."""
    return one_line(customer.name or customer.email or customer.company or customer.key or str(customer.id))


def nobody() -> list[Section]:
    """What stands where there is no pair."""
    return [Section(_("Who is shown here"), [
        Said(_("Customers who share a telephone number, an e-mail address, or a name and something else. "
               "A name alone never makes two people one.")),
    ])]


def sections(pair: Pair, known: Both) -> list[Section]:
    """The two, one below the other."""
    if pair.merged:
        stands = Section(_("{name} stands for both").format(name=pair.kept_name), _about(known.kept))
        apart = _("{key} takes them apart again.").format(key=key_of("same.apart"))
        how = [Said(pair.other_name, _("Merged in")), Said(pair.why), Said(apart)]
        return [stands, Section(_("Made one"), how)]
    keys = {each: key_of(f"same.{each}") for each in ("merge", "turn", "different")}
    how = [
        Said(_("{merge} makes them one: what is known of the first stays and is filled from the second.")
             .format(**keys)),
        Said(_("{turn} keeps the other one, {different} says that they are two people.").format(**keys)),
    ]
    return [
        Section(_("Why they may be one"), [Said(pair.why)]),
        Section(_("{name}, who stays").format(name=pair.kept_name), _about(known.kept)),
        Section(pair.other_name, _about(known.other)),
        Section(_("What can be done"), how),
    ]


def _about(known: tuple[Customer, Person] | None) -> list[Said]:
    if known is None:
        return []
    customer, person = known
    said = [
        (_("Number"), str(customer.id)), (_("Id"), customer.key), (_("E-mail"), customer.email),
        (_("Telephone"), customer.phone), (_("Company"), customer.company),
        (_("Place"), " ".join(filter(None, (customer.postcode, customer.city, customer.country)))),
        (_("Birthday"), "" if customer.birthday is None else format_day(customer.birthday)),
        (_("Tags"), ", ".join(customer.tags)), (_("Purchases"), format_number(person.purchases)),
        (_("Spend"), format_money(person.spend, person.currency) if person.spend else ""),
        (_("Last buy"), "" if person.last_purchase is None else format_day(person.last_purchase)),
    ]
    return [Said(one_line(text), name) for name, text in said if text]
