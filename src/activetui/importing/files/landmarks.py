"""Lines of a file that may be headings, found without taking every line apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
_NO_DIGIT = rb"[^0-9\r\n]{6,2000}+(?=[\r\n]|\Z)"
_QUOTES = " \t\"\ufeff"


def heading_lines(path: Path, codec: str, delimiter: str, first: str) -> Iterator[list[str]]:
    """The cells of every line without a digit, or that begins as the headings do.

    `first` is the first heading. Cells are cut at every delimiter, without minding quotation marks: enough to
    tell whether a line is worth a closer look.
    """
    wide = codec.startswith(("utf-16", "utf-32"))
    found = _wide_lines(path, codec) if wide else _lines(path, codec, first)
    for line in found:
        yield [cell.strip(_QUOTES) for cell in line.split(delimiter)]


def _lines(path: Path, codec: str, first: str) -> Iterator[str]:
    """Searched as bytes, a million at a time, each time up to the last line end."""
    start = first.strip().encode(codec.replace("utf-8-sig", "utf-8"), "ignore")[:20]
    also = rb'|"?' + re.escape(start) + rb"[^\r\n]{0,8000}+(?=[\r\n]|\Z)" if len(start) > 1 else b""
    likely = re.compile(b"\n(?:" + _NO_DIGIT + also + b")")
    rest, end = b"\n", b"\n"  # every line is looked for behind a line end, the first one too
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if end == b"\n" and b"\n" not in chunk and b"\r" in chunk:
                end = b"\r"
                likely = re.compile(b"\r(?:" + _NO_DIGIT + also + b")")
                rest = rest.replace(b"\n", b"\r")
            chunk = rest + chunk
            cut = chunk.rfind(end)
            for match in likely.finditer(chunk, 0, cut):
                yield match[0][1:].decode(codec, "replace")
            rest = chunk[cut:] if len(chunk) - cut < 8 * _CHUNK else end
    for match in likely.finditer(rest):
        yield match[0][1:].decode(codec, "replace")


def _wide_lines(path: Path, codec: str) -> Iterator[str]:
    with path.open("r", encoding=codec, errors="replace") as file:
        for line in file:
            if not any(map(str.isdigit, line)):
                yield line.rstrip("\r\n")
