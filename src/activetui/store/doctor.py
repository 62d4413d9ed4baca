"""Whether a data file is sound: looked at, never changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import iso
from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _, ngettext
from activetui.store import settings
from activetui.store.definitions import in_force
from activetui.store.facts import lives
from activetui.store.facts.spans import StatusSpan, spans_of
from activetui.store.opening.file import connect_again
from activetui.store.opening.guard import owner_errors
from activetui.store.opening.header import read_header
from activetui.store.opening.migrations import names_recorded, schema_of
from activetui.store.opening.new_file import MODE, side_files
from activetui.store.opening.schema import MIGRATIONS

if TYPE_CHECKING:
    from activetui.activity.evaluate import Spans

_SAMPLE = 500
_LARGE_WAL = 500_000_000
_MEGABYTE = 1_000_000


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def examine(path: Path) -> list[Check]:
    """Every check of the file at `path`, the file's own first; those of its contents if it can be opened."""
    path = Path(path)
    try:
        read_header(path)
    except OwnerError as error:
        return [Check(_("Data file"), False, f"{error.message} {error.hint}")]
    checks = [Check(_("Data file"), True, str(path)), _mode(path), _room(path), _wal(path)]
    try:
        with owner_errors(path), closing(connect_again(path, read_only=True)) as conn:
            looks = (*_INSIDE, *(_OF_THIS_VERSION if schema_of(conn) == len(MIGRATIONS) else ()))
            checks += [_check(_(name), look, conn, path) for name, look in looks]
    except OwnerError as error:
        checks.append(Check(_("Opening"), False, f"{error.message} {error.hint}"))
    return checks


def _check(
    name: str, look: Callable[[sqlite3.Connection], tuple[bool, str]], conn: sqlite3.Connection, path: Path
) -> Check:
    try:
        with owner_errors(path):
            return Check(name, *look(conn))
    except OwnerError as error:
        return Check(name, False, error.message)
    except sqlite3.Error as error:
        return Check(name, False, str(error))


def _mode(path: Path) -> Check:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "nt" or not mode & ~MODE:
        return Check(_("Only you can read it"), True, f"{mode:04o}")
    return Check(
        _("Only you can read it"),
        False,
        _("Others on this machine may open it ({mode}). To mend: chmod 600 '{path}'").format(
            mode=f"{mode:04o}", path=path
        ),
    )


def _room(path: Path) -> Check:
    size, free = path.stat().st_size, shutil.disk_usage(path.absolute().parent).free
    return Check(
        _("Room on the disk"),
        free > size,  # as much as a backup, or a large import, takes
        _("{free} MB free, the file has {size} MB").format(
            free=free // _MEGABYTE, size=-(-size // _MEGABYTE)
        ),
    )


def _wal(path: Path) -> Check:
    wal = side_files(path)[0]
    size = wal.stat().st_size if wal.exists() else 0
    return Check(
        _("Write-ahead log"), size < _LARGE_WAL, _("{size} MB").format(size=-(-size // _MEGABYTE))
    )


def _schema(conn: sqlite3.Connection) -> tuple[bool, str]:
    names, known = names_recorded(conn), [name for name, _script in MIGRATIONS]
    ok = schema_of(conn) == len(names) and names == known[: len(names)]
    said = _("{done} of {all} steps").format(done=schema_of(conn), all=len(known))
    if ok and len(names) < len(known):
        later = _("any other command brings it up to date; then more is looked at")
        said = f"{said}; {later}"
    return ok, said


def _sound(conn: sqlite3.Connection) -> tuple[bool, str]:
    said = [row[0] for row in conn.execute("PRAGMA quick_check(5)")]
    return said == ["ok"], "; ".join(said)


def _references(conn: sqlite3.Connection) -> tuple[bool, str]:
    lost = conn.execute("SELECT count(*) FROM pragma_foreign_key_check").fetchone()[0]
    said = ngettext("{n} row belongs to nothing", "{n} rows belong to nothing", lost)
    return lost == 0, said.format(n=lost)


def _definition(conn: sqlite3.Connection) -> tuple[bool, str]:
    definition = in_force(conn)
    return True, _("{name}, version {version}").format(name=definition.name, version=definition.version)


def _facts_day(conn: sqlite3.Connection) -> tuple[bool, str]:
    return True, _("for {day}").format(day=iso(settings.facts_day(conn)))


def _complete(conn: sqlite3.Connection) -> tuple[bool, str]:
    """Everyone has a life without a gap and one row of facts, and nobody else has."""
    from activetui.store.facts import lives_checked

    damaged = lives_checked.damaged(conn)
    number = len(damaged) + conn.execute(_INCOMPLETE).fetchone()[0]
    ok, said = _agree(number)
    if damaged:
        torn = ngettext(
            "the stored statuses of {n} customer are damaged",
            "the stored statuses of {n} customers are damaged",
            len(damaged),
        )
        said = f"{said}; {torn.format(n=len(damaged))}"
    return _or_mended(ok, said)


def _counted(conn: sqlite3.Connection) -> tuple[bool, str]:
    """On every day, as many begin and end a status as their lives say."""
    from activetui.store.facts import lives_checked

    told = Counter({(status, day): change for status, day, change in lives_checked.counted(conn).rows()})
    told.subtract({(status, day): change for status, day, change in conn.execute(_CHANGES)})
    return _or_mended(*_agree(sum(1 for change in told.values() if change)))


def _or_mended(ok: bool, said: str) -> tuple[bool, str]:
    return ok, said if ok else f"{said}. {lives.how_to_mend()}"


def _nothing(conn: sqlite3.Connection, query: str) -> tuple[bool, str]:
    return _agree(conn.execute(query).fetchone()[0])


def _agree(wrong: int) -> tuple[bool, str]:
    return wrong == 0, ngettext("{n} does not agree", "{n} do not agree", wrong).format(n=wrong)


def _apart(conn: sqlite3.Connection) -> tuple[bool, str]:
    """Whoever was merged is gone, somebody stands for them, and what is theirs is with that one."""
    return _nothing(conn, _LOST_IN_MERGES)


def _kept(conn: sqlite3.Connection) -> tuple[bool, str]:
    """Every imported file that is kept can be unpacked, and its parts follow one another."""
    wrong = parts = 0
    for follows, packed in conn.execute(_PARTS):
        parts += 1
        try:
            zlib.decompress(packed)
        except zlib.error:
            follows = False
        wrong += not follows
    said = ngettext("{wrong} of {n} part is damaged", "{wrong} of {n} parts are damaged", parts)
    return wrong == 0, said.format(wrong=wrong, n=parts)


def _fresh(conn: sqlite3.Connection) -> tuple[bool, str]:
    """What is stored of some customers is what the ledger and the definition say now."""
    from activetui.store.facts.blocks import readings
    from activetui.store.facts.derived import derive
    from activetui.store.ledger_start import ledger_start

    definition, day = in_force(conn), settings.facts_day(conn)
    start = ledger_start(conn, definition)
    sample = [number for (number,) in conn.execute(_SAMPLE_OF_CUSTOMERS, (_SAMPLE,))]
    wrong = 0
    for reading in readings(conn, definition, sample):
        found = derive(definition, reading, start, day)
        lives = _lives(found.spans, len(reading.block.customers))
        for life, fact in zip(lives, found.facts.rows(), strict=True):
            kept = conn.execute("SELECT * FROM main.fact WHERE customer_id = ?", (fact[0],)).fetchone()
            wrong += life != spans_of(conn, fact[0]) or tuple(fact) != kept
    said = ngettext("{wrong} of {n} looked at is not", "{wrong} of {n} looked at are not", wrong)
    return _or_mended(wrong == 0, said.format(wrong=wrong, n=len(sample)))


def _lives(spans: Spans, count: int) -> list[list[StatusSpan]]:
    lives: list[list[StatusSpan]] = [[] for _number in range(count)]
    columns = (spans.owner, spans.status, spans.start, spans.end)
    for owner, status, start, end in zip(*(column.tolist() for column in columns), strict=True):
        lives[owner].append(StatusSpan(Status(status), start, end))
    return lives


_Looks = tuple[tuple[str, Callable[[sqlite3.Connection], tuple[bool, str]]], ...]
_INSIDE: _Looks = (
    (N_("Schema"), _schema),
    (N_("Pages and rows"), _sound),
    (N_("References"), _references),
    (N_("Definition in force"), _definition),
    (N_("Facts"), _facts_day),
)
_OF_THIS_VERSION: _Looks = (
    (N_("Everyone has a status on every day"), _complete),
    (N_("Counts of statuses"), _counted),
    (N_("Statuses as the ledger says"), _fresh),
    (N_("Merged customers"), _apart),
    (N_("Imported files"), _kept),
)
"""What only a file that is up to date has the tables for."""

_PARTS = """
SELECT part = row_number() OVER parts AND first_line >= coalesce(lag(first_line) OVER parts, 1), bytes
FROM batch_file WINDOW parts AS (PARTITION BY batch_id ORDER BY part)"""

_LOST_IN_MERGES = """
SELECT (SELECT count(*) FROM merged_customer WHERE id IN (SELECT id FROM customer)
    OR kept NOT IN (SELECT id FROM customer UNION SELECT id FROM merged_customer))
+ (SELECT count(*) FROM event WHERE whose IS NOT NULL AND whose NOT IN (SELECT id FROM merged_customer))
+ (SELECT count(*) FROM identity WHERE whose IS NOT NULL AND whose NOT IN (SELECT id FROM merged_customer))"""

_SAMPLE_OF_CUSTOMERS = "SELECT id FROM customer ORDER BY (id * 2654435761) % 4294967296 LIMIT ?"

_INCOMPLETE = """
SELECT (SELECT count(*) FROM customer
  WHERE id NOT IN (SELECT customer_id FROM life) OR id NOT IN (SELECT customer_id FROM main.fact))
+ (SELECT count(*) FROM (
    SELECT customer_id FROM life UNION SELECT customer_id FROM main.fact EXCEPT SELECT id FROM customer))"""

_CHANGES = "SELECT status, day, change FROM status_change"
