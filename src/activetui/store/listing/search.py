"""Finding customers by what they are called: a piece of name, e-mail, phone, company, key or note.

In a store with many customers an index over every three letters in a row says who may have a piece. It needs
not be up to date, only to know where it is not: whoever was added or changed since is looked at each time,
and whoever the index names is looked at once more. So it is filled when there is time (`index_some`), and
what is found is always right. It holds letters in threes, and how each text begins, by which those whom it
names are put in the order of names (`by_beginning`); pieces of one or two letters are the threes that begin
with them.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from activetui.store.listing import list_indexes
from activetui.store.listing.by_beginning import FIRST, LETTERS, UNINDEXED
from activetui.store.listing.sorts import FEW, NOT_MANY, NOTES_UNLESS_WALKED, UNLESS_WALKED, Clause
from activetui.store.other_days import as_of

_LETTERS = 3
_GRAMS = 8
"""So many threes of a long piece are looked up; the others would hardly leave fewer customers."""
_WORDS = 8
"""So many pieces are looked up together, for the same reason."""
_FEW, _NOT_MANY, _SOME = 10_000, 25_000, 120_000
"""Up to so many customers who may have a piece are looked at one by one, those after that by name only; more
are met soon in any order."""
_NOTES = 2_000
"""Up to so many notes that may have a piece are named first, so that on a walk no other one is looked for."""
_LETTER = 40_000
"""Up to so many customers who may have it, a single letter is looked up: its threes are many."""
_LOOKS, _AT_A_LOOK = 8, 200
"""At so many places, so many customers in a row are looked at to guess how many have a short piece."""
_UNKNOWN = 20_000
"""With more customers whom it does not know the index is of no use; with more changes it is made anew."""
_AT_ONCE = 5_000

_SCANNED = """
(instr(customer.search, ?) > 0 OR EXISTS (
  SELECT 1 FROM customer AS noted INDEXED BY customer_with_note
  WHERE noted.id = customer.id AND noted.note <> '' AND instr(fold(noted.note), ?) > 0))"""
_AMONG_SOME = f"""
(({UNLESS_WALKED} customer.id IN (
  SELECT rowid FROM list_text WHERE list_text MATCH ?
  UNION ALL SELECT rowid FROM list_note WHERE list_note MATCH ?
  UNION ALL {UNINDEXED}))
AND {{looked_at}})"""
_AMONG_MANY = f"""
(instr(customer.search, ?) > 0 OR (({{remark}} customer.id IN (
  SELECT rowid FROM list_note WHERE list_note MATCH ? UNION ALL {UNINDEXED})) AND EXISTS (
  SELECT 1 FROM customer AS noted INDEXED BY customer_with_note
  WHERE noted.id = customer.id AND noted.note <> '' AND instr(fold(noted.note), ?) > 0)))"""

_CREATE = (
    "CREATE VIRTUAL TABLE {name} USING fts5"
    "(text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1')"
)
_CHANGED = """
CREATE TRIGGER list_text_{name} AFTER {event} ON customer
WHEN new.id <= (SELECT upto FROM list_text_state)
BEGIN
  INSERT OR IGNORE INTO list_text_changed VALUES (new.id);
  DELETE FROM list_beginning WHERE id = new.id;
END"""
_GONE = """
CREATE TRIGGER list_text_gone AFTER DELETE ON customer
BEGIN DELETE FROM list_beginning WHERE id = old.id; END"""
_TERMS = "CREATE VIRTUAL TABLE {name}_terms USING fts5vocab({name}, row)"
_TABLES = (
    "list_text_terms", "list_note_terms", "list_text", "list_note", "list_text_changed", "list_text_state",
    "list_beginning",
)
_EVENTS = {"added": "INSERT", "edited": "UPDATE OF search, note"}


class _Sought(NamedTuple):
    """What the index is asked for, and how many it names at most (more than `_SOME`: nobody counted)."""

    notes: list[str | None]
    """For each piece, of the notes; None where the index is not asked."""
    all: str
    any: str
    at_most: int
    few_notes: list[bool]
    """For each piece, whether so few notes may have it that they are best named first on a walk, too."""


def found(conn: sqlite3.Connection, *needles: str) -> Clause:
    """Who has all `needles` (folded by `ledger.text.fold`) in name, e-mail, phone, company, key or note."""
    sought = _sought(conn, needles)
    if sought is None:
        return _all([Clause(_SCANNED, (needle, needle)) for needle in needles])
    looked_at = _all([
        Clause(_SCANNED, (needle, needle))
        if note is None
        else Clause(_AMONG_MANY.format(remark="" if few else NOTES_UNLESS_WALKED), (needle, note, needle))
        for needle, note, few in zip(needles, sought.notes, sought.few_notes, strict=True)
    ])
    if sought.at_most > _SOME:
        return looked_at
    remark = FEW if sought.at_most <= _FEW else NOT_MANY if sought.at_most <= _NOT_MANY else ""
    return Clause(
        remark + _AMONG_SOME.format(looked_at=looked_at.sql), (sought.all, sought.any, *looked_at.params)
    )


def is_complete(conn: sqlite3.Connection) -> bool:
    """Whether nothing is left for `index_some`."""
    if not _possible(conn) or not list_indexes.are_many(conn):
        return True
    return _is_there(conn) and _first_unindexed(conn) is None and _changed(conn) <= _UNKNOWN


def index_some(conn: sqlite3.Connection) -> None:
    """Bring some more customers into the index; the caller owns the transaction."""
    if not _is_there(conn) or _changed(conn) > _UNKNOWN:
        drop(conn)
        _create(conn)
    upto = conn.execute("SELECT upto FROM list_text_state").fetchone()[0]
    last = conn.execute(
        "SELECT max(id) FROM (SELECT id FROM main.customer WHERE id > ? ORDER BY id LIMIT ?)",
        (upto, _AT_ONCE),
    ).fetchone()[0]
    if last is None:
        return
    for into, text, column in (("list_text", "search", "search"), ("list_note", "fold(note)", "note")):
        conn.execute(  # with the last letter, too, a three begins; and it is known how the text begins
            f"INSERT INTO {into} (rowid, text) SELECT id, ? || {text} || '  ' FROM main.customer"
            f" WHERE id > ? AND id <= ? AND {column} <> '' ORDER BY id",
            (FIRST, upto, last),
        )
    conn.execute(
        f"INSERT INTO list_beginning SELECT id, substr(search, 1, {LETTERS}) FROM main.customer"
        " WHERE id > ? AND id <= ? ORDER BY id",
        (upto, last),
    )
    for odd in ("\0", FIRST):        # what stands behind a NUL is in no three
        conn.execute(
            "INSERT OR IGNORE INTO list_text_changed SELECT id FROM main.customer"
            " WHERE id > ? AND id <= ? AND instr(search || note, ?) > 0",
            (upto, last, odd),
        )
    conn.execute("UPDATE list_text_state SET upto = ?", (last,))


def drop(conn: sqlite3.Connection) -> None:
    """Forget the index, with whatever it held of customers who are gone; the caller owns the transaction."""
    for name in (*_EVENTS, "gone"):
        conn.execute(f"DROP TRIGGER IF EXISTS main.list_text_{name}")
    if _possible(conn):
        for name in _TABLES:
            conn.execute(f"DROP TABLE IF EXISTS main.{name}")


def _create(conn: sqlite3.Connection) -> None:
    for name in ("list_text", "list_note"):
        conn.execute(_CREATE.format(name=name))
        conn.execute(_TERMS.format(name=name))
    conn.execute("CREATE TABLE list_text_changed (id INTEGER PRIMARY KEY) STRICT")
    conn.execute("CREATE TABLE list_text_state (upto INTEGER NOT NULL) STRICT")
    conn.execute("CREATE TABLE list_beginning (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    conn.execute("INSERT INTO list_text_state VALUES (0)")
    for name, event in _EVENTS.items():
        conn.execute(_CHANGED.format(name=name, event=event))
    conn.execute(_GONE)


def _all(clauses: Sequence[Clause]) -> Clause:
    sql = " AND ".join(clause.sql for clause in clauses)
    return Clause(f"({sql})", tuple(value for clause in clauses for value in clause.params))


def _sought(conn: sqlite3.Connection, needles: Sequence[str]) -> _Sought | None:
    """How the index is asked for pieces; None where it cannot help.

    Who has all pieces has all of them in the text, or one of them in the note.
    """
    able = ["\0" not in needle for needle in needles]
    if not any(able) or not _helps(conn):
        return None
    rare = [possible and _is_rare(conn, needle) for needle, possible in zip(needles, able, strict=True)]
    most = max(1, _GRAMS // max(1, sum(rare)))
    notes = [
        _match(conn, "list_note_terms", needle, most) if possible and (seldom or len(needle) > 1) else None
        for needle, possible, seldom in zip(needles, able, rare, strict=True)
    ]
    asked = [at for at, seldom in enumerate(rare) if seldom][:_WORDS]
    if not asked:
        return _Sought(notes, "", "", _SOME + 1, [False] * len(needles))
    every = " AND ".join(f"({_match(conn, 'list_text_terms', needles[at], most)})" for at in asked)
    some = " OR ".join(f"({notes[at]})" for at in asked)
    named = []
    for table, match in (("list_text", every), ("list_note", some)):
        if all(len(needles[at]) < _LETTERS for at in asked):
            named.append(min(sum(_threes(conn, f"{table}_terms", needles[at]).values()) for at in asked))
        else:
            rows = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?"
            named.append(conn.execute(f"SELECT count(*) FROM ({rows})", (match, _SOME + 1)).fetchone()[0])
    few_notes = [at in asked and named[1] <= _NOTES for at in range(len(needles))]
    return _Sought(notes, every, some, sum(named), few_notes)


def _is_rare(conn: sqlite3.Connection, needle: str) -> bool:
    """Whether it is worth while to look a piece up; that is guessed of a short one, by some customers."""
    if len(needle) >= _LETTERS:
        return True
    last = conn.execute("SELECT max(id) FROM main.customer").fetchone()[0] or 0
    places = (last * at // _LOOKS for at in range(_LOOKS))
    some = f"SELECT search FROM main.customer WHERE id > {{}} ORDER BY id LIMIT {_AT_A_LOOK}"
    looks = " UNION ALL ".join(f"SELECT * FROM ({some.format(place)})" for place in places)
    seen, found = conn.execute(
        f"SELECT count(*), total(instr(search, ?) > 0) FROM ({looks})", (needle,)
    ).fetchone()
    return bool(last * found <= (_LETTER if len(needle) == 1 else _SOME) * seen)


def _match(conn: sqlite3.Connection, terms: str, needle: str, most: int) -> str:
    """So many of the threes in a piece, at most; of a shorter one, the threes there that begin with it."""
    if len(needle) >= _LETTERS:
        inside = dict.fromkeys(needle[at : at + _LETTERS] for at in range(len(needle) - _LETTERS + 1))
        threes = list(inside)
        return " AND ".join(map(_quoted, threes[:: -(-len(threes) // most)]))
    return " OR ".join(map(_quoted, _threes(conn, terms, needle))) or _quoted("\1" * _LETTERS)


def _threes(conn: sqlite3.Connection, terms: str, needle: str) -> dict[str, int]:
    """The threes that begin with a short piece, and in how many texts each stands."""
    rows = f"SELECT term, doc FROM {terms} WHERE term BETWEEN ? AND ?"
    return dict(conn.execute(rows, (needle, needle + "\U0010ffff")).fetchall())


def _quoted(three: str) -> str:
    return '"' + three.replace('"', '""') + '"'


def _helps(conn: sqlite3.Connection) -> bool:
    if not _is_there(conn) or as_of.knows_then(conn):
        return False
    upto = conn.execute("SELECT upto FROM list_text_state").fetchone()[0]
    rest = "SELECT 1 FROM main.customer WHERE id > ? LIMIT ?"
    unknown = conn.execute(f"SELECT count(*) FROM ({rest})", (upto, _UNKNOWN + 1)).fetchone()[0]
    return int(unknown) <= _UNKNOWN


def _first_unindexed(conn: sqlite3.Connection) -> int | None:
    found = conn.execute(
        "SELECT min(id) FROM main.customer WHERE id > (SELECT upto FROM list_text_state)"
    ).fetchone()[0]
    return None if found is None else int(found)


def _changed(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT count(*) FROM list_text_changed").fetchone()[0])


def _is_there(conn: sqlite3.Connection) -> bool:
    names = "('list_text', 'list_beginning')"
    found = conn.execute(f"SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name IN {names}")
    return found.fetchone()[0] == len(("list_text", "list_beginning")) and _possible(conn)


def _possible(conn: sqlite3.Connection) -> bool:
    """Whether this SQLite can: some are built without."""
    return conn.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None
