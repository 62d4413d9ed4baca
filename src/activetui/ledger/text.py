"""The one sanitiser of text that did not come from us, and the folding by which text is matched."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"                            # CSI
    r"|\x1b[\]PX^_](?:[^\x07\x1b\x9c]|\x1b(?!\\))*(?:\x07|\x1b\\|\x9c|$)"   # OSC, DCS, SOS, PM, APC
    r"|\x9b[0-?]*[ -/]*[@-~]"                             # CSI, 8 bit
    r"|[\x90\x98\x9d-\x9f](?:[^\x07\x1b\x9c])*(?:\x07|\x9c|\x1b\\|$)"       # OSC and its kin, 8 bit
    r"|\x1b[ -/]*[0-~]"                                   # other escapes
)
_WHITE = re.compile(r"[\s\x85\u2028\u2029\u00a0\u202f]+")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
    r"|[\ud800-\udfff]"
)
_SUSPECT = re.compile(r"[^ -~\u00a1-\u024f\u0370-\u0483\u048a-\u058f]|  |^ | $")


def one_line(text: str) -> str:
    """The text as one line that cannot act on a terminal.

    Escape sequences, control characters, bidirectional controls and byte-order marks go; white space of
    every sort becomes one blank; joiners that hold emoji together stay.
    """
    if not _SUSPECT.search(text):
        return text
    return _WHITE.sub(" ", _UNSEEN.sub("", _WHITE.sub(" ", _ESCAPES.sub("", text)))).strip()


def fold(text: str) -> str:
    """The text as it is matched: without case, accents, and differences that nobody types (`ё` is `е`)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.casefold()         # taking letters apart may bring capitals: 𝔍 is J
