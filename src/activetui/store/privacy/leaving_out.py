"""People who were forgotten, left out of the file that names them again.

What they bought counts, without a person; all else that the file tells of them is dropped, and the file that
is kept holds no more of them than the store does.
"""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
import sqlite3
from collections.abc import Mapping

from activetui.locales import ngettext
from activetui.store.identity import STRENGTH, Sign
from activetui.store.imports.plans import EventPlan
from activetui.store.privacy import kept_rows, marks
from activetui.store.privacy.traces import SALES, Traces

_TABLES = (
    "CREATE TABLE IF NOT EXISTS staging.forgotten (hint INTEGER PRIMARY KEY, person INTEGER)",
    "CREATE TABLE IF NOT EXISTS staging.forgotten_sign (kind TEXT, source TEXT, value TEXT)",
    "CREATE TABLE IF NOT EXISTS staging.forgotten_line (line INTEGER, kind INTEGER)",
)
_KNOWN = """
SELECT 1 FROM main.identity JOIN main.source ON source.name = ?2
WHERE identity.kind = ?1 AND identity.value = ?3 AND identity.source_id = source.id AND ?2 <> ''
UNION ALL SELECT 1 FROM main.identity WHERE kind = ?1 AND source_id = 0 AND value = ?3 AND ?2 = ''"""


def leave_out(conn: sqlite3.Connection) -> list[str]:
    """Take the signs away from staged people who were forgotten, so that they are nobody; a word about it.

    To be asked before it is found out who the people of the file are. The caller owns the transaction.
    """
    by_mark = marks.kept(conn)
    if by_mark:
        for table in _TABLES:
            conn.execute(table)
        found = _named_again(conn, by_mark)
        _spread(conn, found)
        _take_signs(conn, found)
    people = _people(conn)
    if not people:
        return []
    return [ngettext(
        "{n} customer of this file was forgotten by you and stays away;"
        " what they bought counts without a name.",
        "{n} customers of this file were forgotten by you and stay away;"
        " what they bought counts without names.",
        people,
    ).format(n=people)]


def empty_events(conn: sqlite3.Connection, plan: EventPlan) -> None:
    """Drop what the staged events tell of people who were forgotten; their sales stay.

    To be asked before the events are compared with the ledger. The caller owns the transaction.
    """
    plan.forgotten_people = _people(conn)
    if not plan.forgotten_people:
        return
    ours = "hint IN (SELECT hint FROM staging.forgotten)"
    conn.execute(f"INSERT INTO staging.forgotten_line SELECT line, kind FROM staging.event WHERE {ours}")
    who = _who(conn)
    rows = conn.execute(
        f"SELECT seq, kind, product, order_ref, channel, key FROM staging.event WHERE {ours}"
    ).fetchall()
    for seq, kind, *texts in rows:
        if kind not in SALES:
            for table in ("event", "line", "payment_ref"):
                conn.execute(f"DELETE FROM staging.{table} WHERE seq = ?", (seq,))
            plan.left_out += 1
            continue
        conn.execute(
            "UPDATE staging.event SET product = ?, order_ref = ?, channel = ?, note = '', rating = NULL"
            " WHERE seq = ?",
            (*map(who.without, texts[:3]), seq),
        )
        for place, *said in conn.execute(
            "SELECT position, product, sku, category FROM staging.line WHERE seq = ?", (seq,)
        ).fetchall():
            if any(map(who.in_text, said)):
                conn.execute(
                    "UPDATE staging.line SET product = ?, sku = ?, category = ?"
                    " WHERE seq = ? AND position = ?",
                    (*map(who.without, said), seq, place),
                )


def empty_file(conn: sqlite3.Connection, batch_id: int) -> None:
    """Empty the kept file of a batch of what it holds of people who were forgotten.

    To be asked while the file is staged, when it is kept. The caller owns the transaction.
    """
    if _people(conn):
        kept_rows.empty_files(conn, _who(conn), only=batch_id)


def _named_again(conn: sqlite3.Connection, by_mark: Mapping[str, int]) -> dict[int, int]:
    """The hints whose strongest sign that says anything is that of somebody forgotten; with their number."""
    mark_of = marks.fingerprints(conn)
    found: dict[int, int] = {}
    rows = conn.execute(
        "SELECT sign.hint, sign.kind, source.name, sign.value FROM staging.sign"
        " JOIN staging.source ON source.local = sign.source"
    )
    hits = [
        (hint, Sign(kind, source, value), by_mark[mark]) for hint, kind, source, value in rows
        if (mark := mark_of(kind, source, value)) in by_mark
    ]
    for hint, sign, person in sorted(hits, key=lambda hit: (hit[0], STRENGTH[hit[1].kind])):
        if hint not in found and not _is_known(conn, hint, STRENGTH[sign.kind]):
            found[hint] = person
    return found


def _spread(conn: sqlite3.Connection, found: dict[int, int]) -> None:
    """Add the hints whose strongest sign stands beside somebody forgotten, and who are nobody known."""
    waiting = list(found)
    if waiting:
        conn.execute("CREATE INDEX IF NOT EXISTS staging.sign_of_hint ON sign(hint, kind)")
    while waiting:
        hint = waiting.pop()
        for other, kind in conn.execute(
            "SELECT DISTINCT other.hint, other.kind FROM staging.sign AS mine JOIN staging.sign AS other"
            " ON other.kind = mine.kind AND other.source = mine.source AND other.value = mine.value"
            " WHERE mine.hint = ?1 AND other.hint <> ?1",
            (hint,),
        ).fetchall():
            strongest = min(STRENGTH[one.kind] for one in _signs(conn, other))
            new = other not in found and STRENGTH[kind] == strongest
            if new and not _is_known(conn, other, len(STRENGTH)):
                found[other] = found[hint]
                waiting.append(other)


def _is_known(conn: sqlite3.Connection, hint: int, strength: int) -> bool:
    """Whether a sign of a hint that is at least so strong is that of a customer."""
    return any(
        conn.execute(_KNOWN, sign).fetchone() is not None
        for sign in _signs(conn, hint) if STRENGTH[sign.kind] <= strength
    )


def _signs(conn: sqlite3.Connection, hint: int) -> list[Sign]:
    rows = conn.execute(
        "SELECT sign.kind, source.name, sign.value FROM staging.sign"
        " JOIN staging.source ON source.local = sign.source WHERE sign.hint = ?",
        (hint,),
    )
    return [Sign(*row) for row in rows]


def _take_signs(conn: sqlite3.Connection, found: Mapping[int, int]) -> None:
    conn.executemany("INSERT OR IGNORE INTO staging.forgotten VALUES (?, ?)", found.items())
    for hint in found:
        conn.executemany("INSERT INTO staging.forgotten_sign VALUES (?, ?, ?)", _signs(conn, hint))
        conn.execute("DELETE FROM staging.sign WHERE hint = ?", (hint,))
        conn.execute("DELETE FROM staging.tag WHERE hint = ?", (hint,))


def _people(conn: sqlite3.Connection) -> int:
    """How many people who were forgotten the staged file names."""
    there = conn.execute("SELECT 1 FROM staging.sqlite_schema WHERE name = 'forgotten'").fetchone()
    if there is None:
        return 0
    return int(conn.execute("SELECT count(DISTINCT person) FROM staging.forgotten").fetchone()[0])


def _who(conn: sqlite3.Connection) -> Traces:
    """By what the forgotten of the staged file are recognised in it."""
    signs = frozenset(
        Sign(*row) for row in conn.execute("SELECT kind, source, value FROM staging.forgotten_sign")
    )
    names = frozenset(name for (name,) in conn.execute(
        "SELECT name FROM staging.hint WHERE hint IN (SELECT hint FROM staging.forgotten) AND name <> ''"
    ))
    lines = conn.execute("SELECT line, kind FROM staging.forgotten_line WHERE line > 0").fetchall()
    return Traces(
        frozenset(), signs, names, lines=frozenset(line for line, _kind in lines),
        sale_lines=frozenset(line for line, kind in lines if kind in SALES),
    )
