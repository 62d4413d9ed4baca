"""Which encoding a file is in: byte-order mark, UTF-16's pattern of NULs, strict UTF-8, else its letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from activetui.importing.columns.headings import normal
from activetui.importing.columns.synonyms import synonyms
from activetui.importing.files.scan import Scan
from activetui.ledger.errors import UsageError
from activetui.locales import _

CANDIDATES = ("cp1252", "cp1251", "mac_roman", "cp866", "koi8_r", "cp850", "iso8859_15")
"""Encodings of one byte a letter in which our six languages are written, the likelier first."""

_CALLED = {"ansi": "cp1252", "windows": "cp1252", "mac": "mac_roman", "dos": "cp850", "unicode": "utf-16"}
"""What spreadsheets call encodings."""
_MEANT = {"iso8859-1": "cp1252", "utf-8-sig": "utf-8"}
"""What is meant by an encoding's name: nearly every text said to be Latin-1 has the signs of cp1252."""
_EURO = re.compile(r"¤\s?\d|\d\s?¤")

_CELL = re.compile(r"[;,\t|\r\n]+")
_EXPECTED = frozenset("áàâãäåæçéèêëíìîïñóòôõöøœúùûüÿßÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØŒÚÙÛÜ")
_SUM = re.compile(r"(?<![^\s;,\t|\"(+-])[€£]\s?\d|\d\s?[€£](?![^\s;,\t|\")])")
"""A sum with its currency: what another encoding would show in its place does not read so well."""
_SIGNS = frozenset("€£₽№«»“”„’‘–—…°ºª§×·\u00a0")
_MONEY = 0.9
"""What a sign of money beside a number is worth, more than the sign alone."""
_UPPER_AFTER_LOWER = re.compile(r"[a-zа-яёáàâãäçéèêëíîïñóôõöúùûü][А-ЯЁÁÀÂÃÄÇÉÈÊËÍÎÏÑÓÔÕÖÚÙÛÜ]")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")
_RUN_OF_ACCENTS = re.compile(r"[\u00c0-\u024f]{3,}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become letters."""

    codec: str
    """Python's name, for decoding."""
    name: str
    """The plain name that the plan shows."""
    why: str
    fallback: str = ""
    """The encoding of single lines that are not in `codec` (files patched together)."""
    lines: tuple[int, ...] = ()
    """The first of these lines, from 1."""
    others: int = 0
    """How many of these lines there are."""


def decide_encoding(found: Scan, wanted: str = "") -> Encoding:
    """The encoding of a scanned file, or the one the owner names; `UsageError` for an unknown name."""
    if wanted:
        return _named(wanted, found)
    if found.bom:
        name = "utf-8" if found.bom == "utf-8-sig" else found.bom
        if found.bom != "utf-8-sig" or found.utf8:
            return Encoding(found.bom, name, _("the file says so (byte-order mark)"))
    wide = _utf16(found.head)
    if wide:
        return Encoding(wide, "utf-16", _("every second byte is empty"))
    if found.utf8:
        return Encoding("utf-8", "utf-8", _("the whole file is valid UTF-8"))
    single = _by_letters(found.sample)
    if found.utf8_lines and found.utf8_lines * 10 >= found.other_lines:
        why = _("{n} lines are valid UTF-8, {m} are in {other}: pasted together").format(
            n=found.utf8_lines, m=found.other_lines, other=single
        )
        codec = "utf-8-sig" if found.bom else "utf-8"
        return Encoding(codec, "utf-8", why, single, found.other_at, found.other_lines)
    why = _("not valid UTF-8; its letters make words in {encoding}").format(encoding=single)
    return Encoding(single, single, why)


def _named(wanted: str, found: Scan) -> Encoding:
    try:
        info = codecs.lookup(_CALLED.get(wanted.lower(), wanted))
        b"".decode(info.name)  # bytes to bytes codecs fail here
    except (LookupError, ValueError, TypeError):
        raise UsageError(
            _("No encoding is called {name!r}.").format(name=wanted),
            _("The usual ones: {names}.").format(
                names="utf-8, cp1252, cp1251, utf-16, mac_roman, cp866, koi8_r"
            ),
        ) from None
    name = _MEANT.get(info.name, info.name)
    codec = "utf-8-sig" if name == "utf-8" and found.bom == "utf-8-sig" else name
    return Encoding(codec, name, _("as you said"))


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark: NULs stand (nearly) only in the even or only in the odd places."""
    part = head[:8192]
    if len(part) < 4:
        return ""
    even, odd = part[0::2].count(0), part[1::2].count(0)
    if odd > len(part) // 20 and odd > 8 * even:
        return "utf-16-le"
    if even > len(part) // 20 and even > 8 * odd:
        return "utf-16-be"
    return ""


def _by_letters(sample: bytes) -> str:
    """The candidate in which the bytes read most like words; charset-normalizer decides a near tie."""
    scores = {codec: _score(sample, codec) for codec in CANDIDATES}
    ranked = sorted(CANDIDATES, key=lambda codec: -scores[codec])
    if "cp1252" in ranked[:2] and _EURO.search(sample.decode("cp1252", "replace")):
        return "iso8859_15"  # the same letters, and a euro where there would be a sign that nobody uses
    best, second = ranked[0], ranked[1]
    if scores[best] - scores[second] > 0.02 or sample.decode(best, "replace") == sample.decode(
        second, "replace"
    ):
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(
        sample, cp_isolation=[codec for codec in ranked if scores[best] - scores[codec] <= 0.02]
    ).best()
    near = guess.encoding if guess else best
    return near if near in CANDIDATES else best


def _score(sample: bytes, codec: str) -> float:
    """How much the bytes look like text in an encoding: known headings, plausible letters, few oddities."""
    text = sample.decode(codec, "replace")
    odd = [letter for letter in text if not letter.isascii()]
    if not odd:
        return 0.0
    points = sum(map(_plausible, odd))
    points -= 3 * len(_UPPER_AFTER_LOWER.findall(text))
    points -= 3 * len(_MIXED_SCRIPTS.findall(text))
    points -= 2 * sum(len(run) - 2 for run in _RUN_OF_ACCENTS.findall(text))
    known = synonyms()
    headings = sum(1 for cell in _CELL.split(text[:4096]) if not cell.isascii() and normal(cell) in known)
    points += _MONEY * len(_SUM.findall(text))
    return points / len(odd) + headings


def _plausible(letter: str) -> float:
    if letter in _EXPECTED:
        return 1.0 if letter.islower() else 0.7
    if "а" <= letter <= "я" or letter == "ё":
        return 1.0
    if "А" <= letter <= "Я" or letter == "Ё":
        return 0.8
    if letter in _SIGNS:
        return 0.6
    return -2.0 if unicodedata.category(letter) in ("Cc", "So", "Sm", "Cn") or letter == "\ufffd" else -1.0
