"""Files that are no CSV at all, recognised by their first bytes, with the way to a CSV."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    import zipfile

_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<head|<body|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_JSON_KEY = re.compile(rb'\s*\[?\s*\{\s*(?:"[^"]*"\s*:|\})')
_JSON_ARRAY = re.compile(rb"\s*\[\s*(?:\[|\]|-?\d)")


def refuse_what_is_no_csv(path: Path, head: bytes, size: int) -> None:
    """`OwnerError` that says what the file is and how to get a CSV from it."""
    shown = one_line(path.name)
    if size == 0:
        raise OwnerError(
            _("{file} is empty.").format(file=shown), _("Export it again: the file has no contents.")
        )
    found = _what(head.removeprefix(b"\xef\xbb\xbf"))
    if found:
        what, hint = found
        raise OwnerError(_("{file} is not a CSV file but {what}.").format(file=shown, what=what), hint)


def refuse_no_workbook(archive: zipfile.ZipFile, names: set[str], shown: str) -> None:
    """`OwnerError` for an office document that is no workbook; `names` are those of the archive's members."""
    if any(name.startswith("xl/workbook.") for name in names):
        return
    what, hint = _("an office document without a table"), _("Export the list as CSV instead.")
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            if b"spreadsheet" in member.read(200):
                return
    elif not names.isdisjoint(("Index/Document.iwa", "Index.zip")):
        what = _("a Numbers document")
        hint = _("In Numbers choose File, Export To, CSV, and import that file.")
    elif any(name.startswith("word/") for name in names):
        what = _("a Word document")
    raise OwnerError(_("{file} is not a CSV file but {what}.").format(file=shown, what=what), hint)


def _what(head: bytes) -> tuple[str, str] | None:
    return _office(head) or _packed(head) or _marked_up(head)


def _office(head: bytes) -> tuple[str, str] | None:
    save_as = _("Open it in the program that made it, choose Save as and the type CSV (UTF-8), "
                "and import that file.")
    if head.startswith(b"PK\x03\x04"):
        if b"opendocument" in head[:200]:
            return _("an OpenDocument (LibreOffice) file"), save_as
        if any(name in head[:4096] for name in (b"xl/", b"[Content_Types].xml", b"docProps/")):
            return _("an Excel workbook"), save_as
        return _("a ZIP archive"), _("Unpack it and import the CSV file inside.")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _("an old Excel workbook (or another Office document)"), save_as
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head[:4096]:
        return _("an Excel workbook saved as XML"), save_as
    if head.startswith((b"bplist", b"{\\rtf")):
        return _("a text document with formatting"), save_as
    return None


def _packed(head: bytes) -> tuple[str, str] | None:
    unpack = _("Unpack it and import the CSV file inside.")
    if head.startswith(b"\x1f\x8b"):
        return _("a compressed file (gzip)"), unpack
    if head.startswith((b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00")):
        return _("a compressed archive"), unpack
    if head[257:262] == b"ustar":
        return _("an archive (tar)"), unpack
    if head.startswith(b"%PDF"):
        return _("a PDF document"), _("A PDF cannot be read back; export the list as CSV instead.")
    if head.startswith(b"SQLite format 3\x00"):
        return _("a database"), _("To bring a backup back: activetui restore FILE.")
    if head.startswith((b"PAR1", b"ARROW1")):
        return _("a file of a data program"), _("Export the list as CSV instead.")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return _("a picture"), _("Export the list as CSV instead.")
    return None


def _marked_up(head: bytes) -> tuple[str, str] | None:
    if head.startswith(b"version https://git-lfs"):
        return (
            _("a Git LFS pointer: the real contents were never downloaded"),
            _("Fetch the file with git lfs pull, then import it."),
        )
    contacts = _("Export the contacts as CSV instead: most address books can.")
    start = head[:400].lstrip().upper()
    if start.startswith(b"BEGIN:VCARD"):
        return _("a list of contacts as vCards"), contacts
    if start.startswith(b"BEGIN:VCALENDAR"):
        return _("a calendar (iCal)"), _("Export the bookings as CSV instead.")
    if start.startswith((b"OFXHEADER", b"!TYPE:")):
        return _("a bank statement for accounting programs"), _("Export the movements as CSV instead.")
    if start.startswith((b"MIME-VERSION:", b"CONTENT-TYPE: MULTIPART")):
        return _("a web page with its pictures (MHTML)"), _("Open it in a spreadsheet and save it as CSV.")
    if start.startswith((b"CREATE TABLE", b"INSERT INTO", b"-- MYSQL DUMP", b"PRAGMA ")):
        return _("a dump of a database (SQL)"), _("Export the list as CSV instead.")
    plain = head[:4096]
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = plain[2:].replace(b"\x00", b"")
    if _HTML.match(plain):
        return (
            _("a web page (HTML), even if its name says otherwise"),
            _("Open it in a spreadsheet, choose Save as and the type CSV (UTF-8), and import that file."),
        )
    if _XML.match(plain):
        return _("an XML document"), _("Export the list as CSV instead.")
    if _JSON_KEY.match(plain) or _JSON_ARRAY.match(plain):
        return _("JSON data"), _("Export the list as CSV instead.")
    return None
