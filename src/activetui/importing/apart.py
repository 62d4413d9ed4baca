"""Reading a long file in a process of its own, while this one stages what it hands over.

Both processes run the same code on the same reading, so the records are the same; whenever anything goes
otherwise than well, `Failed` says so, and the file is to be read again in this process.
"""

from __future__ import annotations

import os
import pickle
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from activetui.importing.processes import Other, Started, can_copy, copied, own_output, started
from activetui.importing.read import FileReading, Record, Scattered
from activetui.importing.telling.found import Found
from activetui.ledger.plain_people import PlainPeople
from activetui.ledger.records import CustomerRecord, PaidPurchases
from activetui.locales import locale_name, use_language
from activetui.store.collector import few_collections

LONG = 8 << 20
"""Bytes from which a file is worth a second process, whose start takes about as long as reading 4 MB."""
_RECORDS = 500
"""Records handed over at once, where they are not plain purchases."""
_CUSTOMER = attrgetter(*(one.name for one in fields(CustomerRecord)))
_WHERE_FROM = "import sys; sys.path[:] = sys.argv[1:]; from activetui.importing.apart import answer; answer()"
_LINE = "\n"


class Failed(Exception):
    """The other process did not come to its end; why is found out by reading in this one."""


def is_worth_it(reading: FileReading) -> bool:
    """Whether a file is so long that two processors read it sooner, and this machine has them."""
    from activetui.importing.asking.same_sale import SKIP

    # what is left out while it is read is taken out of what was found, which then must be here
    here = reading.understood.answers.same_sale == SKIP
    return not here and reading.understood.table.scan.size >= LONG and _is_possible()


def _is_possible() -> bool:
    if not sys.executable or getattr(sys, "frozen", False):
        return False
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return usable > 1


_waiting: list[Started] = []
"""The process that was started before there was a question, if it has not been asked."""
_begun: list[tuple[FileReading, Other]] = []
"""What was asked before anybody took the parts."""


@contextmanager
def started_for(paths: Iterable[Path]) -> Iterator[None]:
    """Have the other process start in the background if one of these files is long: it takes as long as
    looking into the file does. Whoever reads the first long file in the block asks that process.

    Where this process can be copied, that takes no time, and happens when there is something to ask.
    """
    if any(_size(path) >= LONG for path in paths) and _is_possible() and not can_copy():
        with suppress(OSError):
            _waiting.append(_start())
    try:
        yield
    finally:
        for _reading, other in _begun:
            other.end()
        for process in _waiting:
            process.end()
        _begun.clear()
        _waiting.clear()


def begin(reading: FileReading) -> None:
    """Let the other process read from now on, if that is worth it; `parts_apart` takes what it reads.

    Only within `started_for`.
    """
    if not reading.questions and is_worth_it(reading):
        with suppress(Failed):
            _begun.append((reading, _asked(reading)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # why will be said when it is looked into


def _start() -> Started:
    return started([sys.executable, "-c", _WHERE_FROM, *sys.path])


def _asked(reading: FileReading) -> Other:
    """Another process that is reading; `Failed` where there can be none."""
    other: Started | None = None
    try:
        if can_copy():
            return copied(lambda out: _answer(reading, out))
        question = pickle.dumps((reading, locale_name()), pickle.HIGHEST_PROTOCOL)
        other = _waiting.pop() if _waiting else _start()
        other.ask(question)
        return other
    except Exception as error:  # whatever cannot be handed over, or started, is read here
        if other is not None:
            other.end()
        raise Failed from error


@contextmanager
def parts_apart(reading: FileReading) -> Iterator[Iterator[Record | PaidPurchases]]:
    """What `reading.parts()` gives, read by another process, which ends with the block.

    `found`, `left` and `new_kinds` of the reading are filled when the last part has been taken. Going
    through the parts raises `Scattered` as the reading itself does, and `Failed` for everything else.
    """
    begun = next((one for one in _begun if one[0] is reading), None)
    if begun is not None:
        _begun.remove(begun)
    other = _asked(reading) if begun is None else begun[1]
    try:
        yield _taken(reading, other.told)
    finally:
        other.end()


def _taken(reading: FileReading, told: IO[bytes]) -> Iterator[Record | PaidPurchases]:
    while True:
        try:
            # these bytes come from our own code in a process that only this one speaks with
            what, content = pickle.load(told)
            purchases = _unpacked(content) if what == "purchases" else None
        except Exception as error:
            raise Failed from error
        if purchases is not None:
            yield purchases
        elif what == "records":
            yield from content
        elif what == "scattered":
            raise Scattered
        else:
            found, reading.left, reading.new_kinds = content
            for one in fields(Found):  # others hold the object already
                setattr(reading.found, one.name, getattr(found, one.name))
            return


def answer() -> None:
    """What a process that was started does: read the question from its input and write the parts."""
    out = own_output()
    reading, language = pickle.load(sys.stdin.buffer)
    use_language(language)
    _answer(reading, out)
    out.flush()
    os._exit(0)


def _answer(reading: FileReading, out: IO[bytes]) -> None:
    with few_collections():
        try:
            _tell(reading, out)
        except Scattered:
            _write(out, "scattered", None)


def _tell(reading: FileReading, out: IO[bytes]) -> None:
    records: list[Record] = []
    for part in reading.parts():
        if not isinstance(part, PaidPurchases):
            records.append(part)
            if len(records) < _RECORDS:
                continue
        if records:
            _write(out, "records", records)
            records = []
        if isinstance(part, PaidPurchases):
            _write(out, "purchases", _packed(part))
    if records:
        _write(out, "records", records)
    _write(out, "end", (reading.found, reading.left, reading.new_kinds))


def _write(out: IO[bytes], what: str, content: object) -> None:
    out.write(pickle.dumps((what, content), pickle.HIGHEST_PROTOCOL))


def _packed(many: PaidPurchases) -> tuple[Any, ...]:
    """Plain purchases as few objects: numbers as bytes, texts that all differ as one."""
    return (
        many.currency, array("q", many.day), many.time, _joined(many.key), array("q", many.customer),
        _people(many.introduced), many.first, array("q", many.amount), many.state,
        many.product, many.quantity, _joined(many.order_ref), many.line,
    )


def _unpacked(packed: tuple[Any, ...]) -> PaidPurchases:
    many = PaidPurchases(*packed)
    many.key, many.order_ref = _parted(many.key), _parted(many.order_ref)
    plainly, people = packed[5]
    many.introduced = (
        PlainPeople(*map(_parted, people)) if plainly else [CustomerRecord(*one) for one in people]
    )
    return many


def _people(introduced: Sequence[CustomerRecord]) -> tuple[bool, Sequence[Any]]:
    if isinstance(introduced, PlainPeople):
        return True, [_joined(column) for column in (introduced.key, introduced.name, introduced.email)]
    return False, [_CUSTOMER(one) for one in introduced]


def _joined(texts: Sequence[str]) -> str | Sequence[str]:
    if not texts:
        return []
    whole = _LINE.join(texts)
    return whole if whole.count(_LINE) == len(texts) - 1 else list(texts)


def _parted(texts: str | Sequence[str]) -> Sequence[str]:
    return texts.split(_LINE) if isinstance(texts, str) else texts
