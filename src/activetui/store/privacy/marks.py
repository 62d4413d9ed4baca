"""What is left of the people who were forgotten: fingerprints, by which a file would bring them back.

A fingerprint is made of a sign and a secret of the store. Nobody can read the sign in it; whoever has the
store and guesses a sign can see whether the guess is right.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.store import identity, settings
from activetui.store.changes.operations import operation
from activetui.store.identity import Sign

_SECRET = "forgetting_secret"
_SIZE = 16


def keep(
    conn: sqlite3.Connection, numbers: Sequence[int], signs: Iterable[Sign], *, made_at: str, day: Day
) -> None:
    """Keep the fingerprints of somebody who had these numbers, the own one first.

    The caller owns the transaction.
    """
    if not settings.get(conn, _SECRET):
        settings.put(conn, _SECRET, secrets.token_hex(_SIZE))
    mark_of = fingerprints(conn)
    conn.executemany(
        "INSERT OR IGNORE INTO forgotten_person (id, made_at, day) VALUES (?, ?, ?)",
        ((number, made_at, day) for number in numbers),
    )
    conn.executemany(
        "INSERT OR REPLACE INTO forgotten_sign (mark, person) VALUES (?, ?)",
        ((mark_of(*sign), numbers[0]) for sign in signs),
    )


def fingerprints(conn: sqlite3.Connection) -> Callable[[str, str, str], str]:
    """What makes the fingerprint of a sign, given as kind, source and value."""
    secret = bytes.fromhex(settings.get(conn, _SECRET))

    def mark(kind: str, source: str, value: str) -> str:
        text = "\x1f".join((kind, source, value))
        return blake2b(text.encode("utf-8", "surrogatepass"), key=secret, digest_size=_SIZE).hexdigest()

    return mark


def kept(conn: sqlite3.Connection) -> dict[str, int]:
    """Every fingerprint, with the number that the person had."""
    return dict(conn.execute("SELECT mark, person FROM main.forgotten_sign"))


def forgotten_on(conn: sqlite3.Connection, customer_id: int) -> Day | None:
    """The day on which the customer with this number was forgotten; None if that never was."""
    row = conn.execute("SELECT day FROM main.forgotten_person WHERE id = ?", (customer_id,)).fetchone()
    return None if row is None else int(row[0])


def of_text(conn: sqlite3.Connection, text: str) -> list[int]:
    """The people who were forgotten that a person may mean: by number, e-mail, phone, tax id or id."""
    found = {number for (number,) in conn.execute(
        "SELECT id FROM forgotten_person WHERE CAST(id AS TEXT) = ?", (text.strip(),)
    )}
    by_mark = kept(conn)
    if by_mark:
        mark_of = fingerprints(conn)
        sources = [name for (name,) in conn.execute("SELECT name FROM source")]
        for kind in identity.STRENGTH:
            value = identity.normal(kind, text)
            for source in sources if kind in identity.WITHIN_SOURCE else [""]:
                found |= {by_mark[mark] for mark in [mark_of(kind, source, value)] if mark in by_mark}
    return sorted(found)


def let_return(conn: sqlite3.Connection, number: int, *, made_at: str, today: Day) -> int:
    """Let somebody who was forgotten come back with the next file that names them, as one operation.

    How many signs were held against them; 0 if nobody with this number was forgotten.
    """
    what = _("let forgotten customer {id} return").format(id=number)
    with operation(conn, what, made_at, day=today) as op:
        marks = conn.execute("SELECT mark FROM forgotten_sign WHERE person = ?", (number,)).fetchall()
        for (mark,) in marks:
            op.changing("forgotten_sign", mark)
        conn.execute("DELETE FROM forgotten_sign WHERE person = ?", (number,))
    return len(marks)
