"""Which customer a command means."""

from __future__ import annotations

import sqlite3
from typing import Annotated

import typer

from activetui.ledger.errors import OwnerError
from activetui.locales import _

CustomerArgument = Annotated[
    str, typer.Argument(metavar="ID", help=_("Number, the source's id, e-mail, telephone or name."))
]

_NAMED = 10


def the_customer(conn: sqlite3.Connection, text: str) -> int:
    """The number of the one customer that `text` means; `OwnerError` if none or several are meant."""
    from activetui.store import customers
    from activetui.store.privacy import marks

    found = customers.find(conn, text)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    if number not in found and marks.forgotten_on(conn, number) is not None:
        customers.get(conn, number)  # which says that, and when
    if len(found) == 1:
        return found[0]
    if not found:
        raise OwnerError(
            _("No customer is known by {text!r}.").format(text=text),
            _("activetui customers lists everyone; activetui customers TEXT searches."),
        )
    lines = [_("{text!r} can be several customers:").format(text=text)]
    for number in found[:_NAMED]:
        known = customers.get(conn, number)
        details = (known.name, known.email, known.phone, known.city)
        lines.append(f"  {number}  " + " · ".join(detail for detail in details if detail))
    if len(found) > _NAMED:
        lines.append("  " + _("… and {n} more").format(n=len(found) - _NAMED))
    raise OwnerError("\n".join(lines), _("Give the number of the one you mean."))
