"""The kinds of event of a store: the built-in ones and the owner's own."""

from __future__ import annotations

import re
import sqlite3

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import FIRST_OWN_KIND
from activetui.locales import _

_WORD = re.compile(r"[^\W\d_]\w{0,39}")


def kind_codes(conn: sqlite3.Connection) -> dict[str, int]:
    """The number of every kind by its word."""
    return {word: code for code, word in conn.execute("SELECT id, name FROM kind ORDER BY id")}


def own_kinds(conn: sqlite3.Connection) -> dict[str, int]:
    """The numbers of the kinds that the owner has added."""
    return {word: code for word, code in kind_codes(conn).items() if code >= FIRST_OWN_KIND}


def add_kind(conn: sqlite3.Connection, word: str) -> int:
    """The number of the kind `word`, added if it is new; the caller owns the transaction.

    A word is letters, digits and `_`, beginning with a letter, at most 40; anything else is an `OwnerError`.
    """
    if not _WORD.fullmatch(word):
        raise OwnerError(
            _("'{word}' cannot be the name of a kind of event.").format(word=word),
            _("Use letters, digits and _, beginning with a letter, at most 40 of them."),
        )
    word = word.lower()
    known = kind_codes(conn).get(word)
    if known is not None:
        return known
    code = conn.execute("SELECT max(id) FROM kind").fetchone()[0] + 1
    code = max(int(code), FIRST_OWN_KIND)
    conn.execute("INSERT INTO kind (id, name) VALUES (?, ?)", (code, word))
    return code
