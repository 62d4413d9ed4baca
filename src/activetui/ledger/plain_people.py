"""Customers of whom a file tells nothing but an id, a name and an address, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from activetui.ledger.records import CustomerRecord


class PlainPeople(Sequence[CustomerRecord]):
    """Most customers of most files. As a sequence it gives their records, which takes an object each.

    A column is empty where nobody has such a thing; everyone has an id or an address. Every text is as it is
    stored and as it is matched: on one line, without blanks too many, an id ASCII letters and digits, an
    address ASCII in small letters.
    """

    __slots__ = ("email", "key", "name")

    def __init__(self, key: Sequence[str], name: Sequence[str], email: Sequence[str]) -> None:
        self.key, self.name, self.email = key, name, email

    def __len__(self) -> int:
        return len(self.key or self.email)

    @overload
    def __getitem__(self, place: int) -> CustomerRecord: ...
    @overload
    def __getitem__(self, place: slice) -> PlainPeople: ...
    def __getitem__(self, place: int | slice) -> CustomerRecord | PlainPeople:
        if isinstance(place, slice):
            return PlainPeople(self.key[place], self.name[place], self.email[place])
        return _record(*(column[place] if column else "" for column in (self.key, self.name, self.email)))

    def __iter__(self) -> Iterator[CustomerRecord]:
        return map(_record, *self.columns())

    def columns(self) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """Key, name and address, each filled with empty texts where nobody has one."""
        nothing = [""] * len(self)
        return self.key or nothing, self.name or nothing, self.email or nothing


def plain_identities(key: str, email: str) -> tuple[tuple[str, str], ...]:
    """By what such a customer is matched (`CustomerRecord.identities`)."""
    if not email:
        return (("id", key),)
    return (("id", key), ("email", email)) if key else (("email", email),)


def _record(key: str, name: str, email: str) -> CustomerRecord:
    return CustomerRecord(key=key, name=name, email=email, identities=plain_identities(key, email))
