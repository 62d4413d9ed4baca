"""One pass over the bytes of a file: size, hash, first bytes, and whether all of it is UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from activetui.importing.files.not_csv import refuse_what_is_no_csv
from activetui.importing.files.paths import check_path, unreadable

_CHUNK = 1 << 20
_HEAD = 1 << 18
_SAMPLE = 1 << 16
_MISREAD = (
    # Ã£ Ãš Ãƒ Ãˆ Ã‰ Â° Ð¸ Ñ‚ â€™ and Р° Рµ Рѕ РЅ
    re.compile(rb"\xc3(?:[\x82\x83\x90\x91][\xc2\xc5\xc6\xcb\xe2]|\xa2\xe2[\x80\x82])"),
    re.compile(rb"\xd0\xa0(?:\xc2[\xb0\xb5]|\xd1\x95|\xd0\x85)"),
)
"""Pairs of letters, in UTF-8, that UTF-8 becomes when a program reads it in another encoding."""
_LINES_TOLD = 20
_UNSEEN = (b"\x00", b"\x1a", b"\x0b", b"\x0c")
_BREAKS = (b"\xe2\x80\xa8", b"\xe2\x80\xa9")

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What the bytes of a file say."""

    path: Path
    size: int
    sha256: str
    head: bytes
    """The first 256 KB."""
    bom: str
    """The codec that a byte-order mark names, or nothing."""
    utf8: bool
    """Whether the whole file is valid UTF-8."""
    utf8_lines: int
    """In a file that is not: lines with letters beyond ASCII that are valid UTF-8 …"""
    other_lines: int
    """… and lines that are not."""
    other_at: tuple[int, ...]
    """The first of these lines, from 1."""
    sample: bytes
    """Lines that are not UTF-8, up to 64 KB, from the whole file."""
    dirty: bool
    """Whether there are NULs, end-of-file marks or odd line breaks to clean away."""
    quotes: bool
    """Whether there is a quotation mark anywhere."""
    garbled: bool = False
    """Whether there are letters that look misread once (`JoÃ£o`)."""


def scan(path: Path) -> Scan:
    """Look at every byte once. `OwnerError` for what cannot be a CSV file."""
    check_path(path)
    try:
        return _scan(path)
    except OSError as error:
        raise unreadable(path, error) from None


def _scan(path: Path) -> Scan:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, size, utf8, dirty, quotes, garbled = b"", 0, True, False, False, False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not head:
                head = chunk[:_HEAD]
                refuse_what_is_no_csv(path, head, len(chunk))
            size += len(chunk)
            digest.update(chunk)
            dirty = dirty or any(sign in chunk for sign in _UNSEEN)
            quotes = quotes or b'"' in chunk
            if chunk.isascii():  # most of most files; only half a letter before it could be wrong
                utf8 = utf8 and not decoder.getstate()[0]
                continue
            dirty = dirty or any(sign in chunk for sign in _BREAKS)
            utf8 = utf8 and _decodes(decoder, chunk)
            if utf8 and not garbled:
                garbled = any(sign.search(chunk) for sign in _MISREAD)
        utf8 = utf8 and _decodes(decoder, b"", final=True)
    refuse_what_is_no_csv(path, head, size)
    bom = next((codec for mark, codec in BOMS if head.startswith(mark)), "")
    by_line = (0, 0, (), b"") if utf8 else _line_by_line(path)
    return Scan(
        path, size, digest.hexdigest(), head, bom, utf8, *by_line, dirty=dirty, quotes=quotes, garbled=garbled
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(path: Path) -> tuple[int, int, tuple[int, ...], bytes]:
    utf8_lines = other_lines = number = 0
    places: list[int] = []
    sample = bytearray()
    with path.open("rb") as file:
        while line := file.readline(_CHUNK):
            number += line.endswith(b"\n")
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                utf8_lines += 1
            except UnicodeDecodeError:
                other_lines += 1
                if len(places) < _LINES_TOLD:
                    places.append(number if line.endswith(b"\n") else number + 1)
                if len(sample) < _SAMPLE:
                    sample += line[: _SAMPLE - len(sample)]
    return utf8_lines, other_lines, tuple(places), bytes(sample)
