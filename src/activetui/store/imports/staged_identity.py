"""Who the hints of a staged file are: its signs against one another and against those known already."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence

from activetui.locales import _, ngettext
from activetui.store import identity
from activetui.store.identity import STRENGTH, Known, Resolution
from activetui.store.privacy import leaving_out
from activetui.store.same_person.merged import kept_of_merged

_SHOWN = 5


def resolve_hints(
    conn: sqlite3.Connection, days: Sequence[int], first_hint: int, first_new: int, all_apart: bool
) -> tuple[Resolution, list[str]]:
    """Fill `staging.person` with the customer of every hint; what was found, and warnings for the owner.

    `days` has the last day of each hint, from `first_hint` on; new customers are numbered from `first_new`. A
    hint that is somebody who was merged into another gets that other, and in `whose` who it would be.
    `all_apart` is whether no sign belongs to two hints. The caller owns the transaction.
    """
    if all_apart and not _anyone_known(conn):
        return _everyone_new(conn, len(days), first_hint, first_new), []
    conn.execute(
        "CREATE INDEX IF NOT EXISTS staging.sign_by_value ON sign(kind, source, value, hint)"
    )
    warnings = _drop_stand_ins(conn) + leaving_out.leave_out(conn)
    nobody = frozenset[int]()
    if warnings:
        nobody = frozenset(number for (number,) in conn.execute(
            "SELECT hint - ? FROM staging.hint WHERE hint NOT IN (SELECT hint FROM staging.sign)",
            (first_hint,),
        ))
    found = identity.resolve(
        len(days), _links(conn, first_hint), lambda: _known(conn, first_hint), first_new, nobody
    )
    kept = kept_of_merged(conn)
    conn.executemany(
        "INSERT INTO staging.person (hint, customer_id, whose, day) VALUES (?, ?, ?, ?)",
        (
            (hint, kept.get(customer, customer) or None, customer if customer in kept else None, day)
            for hint, (customer, day) in enumerate(zip(found.customer_of, days, strict=True), first_hint)
        ),
    )
    return found, warnings + _linked(_apart_still(found.linked, kept))


def _anyone_known(conn: sqlite3.Connection) -> bool:
    """Whether there is anyone whom a sign could lead to, be it somebody who was forgotten or merged."""
    known = conn.execute(
        "SELECT EXISTS (SELECT 1 FROM main.identity) OR EXISTS (SELECT 1 FROM merged_customer)"
        " OR EXISTS (SELECT 1 FROM forgotten_sign)"
    )
    return bool(known.fetchone()[0])


def _everyone_new(conn: sqlite3.Connection, hints: int, first_hint: int, first_new: int) -> Resolution:
    """Each hint is a customer of its own, in their order; their days tell nothing then."""
    conn.execute(
        "INSERT INTO staging.person (hint, customer_id) SELECT hint, hint + ? FROM staging.hint",
        (first_new - first_hint,),
    )
    return Resolution(array("q", range(first_new, first_new + hints)), first_new, new=hints)


def _apart_still(linked: Sequence[tuple[int, ...]], kept: Mapping[int, int]) -> list[tuple[int, ...]]:
    """The linked, without those who have been merged: told apart here only in case that is taken back."""
    pairs = [tuple(dict.fromkeys(kept.get(number, number) for number in pair)) for pair in linked]
    return [pair for pair in pairs if len(pair) > 1]


_CASES = " ".join(f"WHEN '{kind}' THEN {strength}" for kind, strength in STRENGTH.items())
_BY_STRENGTH = f"CASE sign.kind {_CASES} END"


def _links(conn: sqlite3.Connection, first_hint: int) -> list[tuple[int, int]]:
    """Pairs of hints, counted from 0, that share a sign, those of the strongest first."""
    return conn.execute(
        "SELECT shared.first - ?1, sign.hint - ?1 FROM ("  # noqa: S608
        "  SELECT kind, source, value, min(hint) AS first FROM staging.sign"
        "  GROUP BY kind, source, value HAVING count(*) > 1"
        ") AS shared CROSS JOIN staging.sign"
        " ON sign.kind = shared.kind AND sign.source = shared.source AND sign.value = shared.value"
        " AND sign.hint > shared.first"
        f" ORDER BY {_BY_STRENGTH}, shared.first, sign.hint",
        (first_hint,),
    ).fetchall()


def _known(conn: sqlite3.Connection, first_hint: int) -> Iterable[Known]:
    return map(Known._make, conn.execute(
        f"SELECT sign.hint - ?, {_BY_STRENGTH} AS strength,"  # noqa: S608
        " coalesce(identity.whose, identity.customer_id)"
        " FROM staging.sign CROSS JOIN staging.source ON source.local = sign.source"
        " CROSS JOIN main.identity ON identity.kind = sign.kind AND identity.source_id = source.id"
        " AND identity.value = sign.value ORDER BY sign.hint, strength",
        (first_hint,),
    ))


def _drop_stand_ins(conn: sqlite3.Connection) -> list[str]:
    """Drop the signs that a file gives to so many ids that they cannot be one customer's.

    A guest gets a new id from some programs at every purchase, always with the same name: that is a customer.
    """
    suspects = conn.execute(
        "SELECT kind, source, value FROM staging.sign WHERE kind IN ('email', 'phone', 'tax')"
        " GROUP BY kind, source, value HAVING count(*) > ?",
        (identity.TOO_MANY,),
    ).fetchall()
    if not suspects:
        return []
    conn.execute("CREATE INDEX IF NOT EXISTS staging.sign_of_hint ON sign(hint, kind)")
    warnings = []
    for sign in suspects:
        ids, names, everybody = conn.execute(_BESIDE, sign).fetchone()
        one_person = names <= identity.ONE_PERSONS_NAMES if names else ids * identity.SHARE < everybody
        if ids > identity.TOO_MANY and not one_person:
            conn.execute("DELETE FROM staging.sign WHERE kind = ? AND source = ? AND value = ?", sign)
            warnings.append(
                _("{value} stands beside {n} different customer ids: nobody is recognised by it.").format(
                    value=sign[2], n=ids
                )
            )
    return warnings


_BESIDE = """
SELECT count(DISTINCT other.value), count(DISTINCT nullif(fold(hint.name), '')),
  (SELECT count(DISTINCT value) FROM staging.sign WHERE kind = 'id')
FROM staging.sign AS mine
JOIN staging.sign AS other ON other.hint = mine.hint AND other.kind = 'id'
JOIN staging.hint ON hint.hint = mine.hint
WHERE mine.kind = ? AND mine.source = ? AND mine.value = ?"""
"""How many ids and names a file gives beside a sign, and how many ids it gives in all."""


def _linked(linked: Sequence[tuple[int, ...]]) -> list[str]:
    if not linked:
        return []
    shown = ", ".join("/".join(map(str, pair)) for pair in sorted(set(linked))[:_SHOWN])
    return [
        ngettext(
            "{n} record belongs to two known customers at once and goes to the first ({shown}).",
            "{n} records belong to two known customers at once and go to the first ({shown}).",
            len(linked),
        ).format(n=len(linked), shown=shown)
    ]
