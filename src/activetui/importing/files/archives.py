"""Compressed files: one member after the other into a folder, never more than a file can sanely hold."""

from __future__ import annotations

import gzip
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, cast

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_CHUNK = 1 << 20
_MOST = 8 << 30
"""Bytes that a compressed file may hold."""
_PLAUSIBLE = 256 << 20
_RATIO = 400
"""Beyond `_PLAUSIBLE` bytes, no table shrinks to less than this part: such a file is a bomb."""
_MEMBERS = 2_000
_UNSAFE = '<>:"/\\|?*'


class Member(NamedTuple):
    """A file within an archive."""

    name: str
    """Its name within the archive, folders and all, safe to show."""
    info: zipfile.ZipInfo


def members_of(archive: zipfile.ZipFile, shown: str) -> list[Member]:
    """The files in an archive; folders, and what programs add for themselves, are left out silently."""
    found = [
        Member(one_line(_name(info)), info) for info in archive.infolist() if not info.is_dir()
    ]
    if len(found) > _MEMBERS:
        raise OwnerError(
            _("{file} holds {n} files: too many to import at once.").format(file=shown, n=len(found)),
            _("Unpack it and import the files that you need."),
        )
    return [one for one in found if not _is_a_programs_own(one.name)]


def unpack_member(archive: zipfile.ZipFile, member: Member, folder: Path, shown: str) -> Path:
    """Write one member into `folder`; its path. `OwnerError` for a damaged or locked one, or a bomb."""
    if member.info.flag_bits & 1:
        raise OwnerError(
            _("{file} is protected by a password.").format(file=shown),
            _("Unpack it with its password, and import the files inside."),
        )
    target = folder / file_name(member.name)
    return _unpack(lambda: archive.open(member.info), target, max(member.info.compress_size, 1), shown)


def unpack_gzip(path: Path, folder: Path, shown: str) -> Path:
    """Write what a gzip file holds into `folder`; its path. `OwnerError` for a damaged one or a bomb."""
    name = path.name[: -len(path.suffix)] if path.suffix.lower() in (".gz", ".gzip") else path.name
    packed = max(path.stat().st_size, 1)
    return _unpack(lambda: cast("IO[bytes]", gzip.open(path)), folder / file_name(name), packed, shown)


def file_name(name: str) -> str:
    """A name under which a member can be written anywhere: its last part, without what systems refuse."""
    last = name.replace("\\", "/").rpartition("/")[2]
    safe = "".join("_" if letter in _UNSAFE or not letter.isprintable() else letter for letter in last)
    stem, dot, suffix = safe.strip(". ").rpartition(".")
    return (stem[:80] + dot + suffix[:20]) if stem else (safe.strip(". ")[:80] or "file")


def _unpack(opened: Callable[[], IO[bytes]], target: Path, packed: int, shown: str) -> Path:
    most = min(_MOST, max(_PLAUSIBLE, packed * _RATIO))
    try:
        with opened() as source:
            _copy(source, target, most, shown)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError,
            ValueError):
        raise damaged(shown) from None
    except OSError as error:
        raise OwnerError(
            _("{file} could not be unpacked: {reason}.").format(file=shown, reason=error.strerror or error),
            _("Check that there is enough room on the disk, and that the file can be read."),
        ) from None
    return target


def damaged(shown: str) -> OwnerError:
    """What is said of an archive that cannot be unpacked."""
    return OwnerError(
        _("{file} is a compressed file that is damaged.").format(file=shown),
        _("Fetch it again: it may not have been received whole."),
    )


def _copy(source: IO[bytes], target: Path, most: int, shown: str) -> None:
    room = shutil.disk_usage(target.parent).free
    written = 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > most or written > room:
                with suppress(OSError):
                    target.unlink()
                raise OwnerError(
                    _("{file} unpacks to more than can be true, or than there is room for.").format(
                        file=shown
                    ),
                    _("Unpack it yourself and look at what is inside."),
                )
            out.write(chunk)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; where the archive does not say how its letters are stored, the likeliest."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    if raw.isascii():
        return info.filename
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    russian = raw.decode("cp866")
    letters = sum(1 for letter in russian if "а" <= letter.lower() <= "я")
    return russian if letters * 2 > sum(1 for letter in russian if letter.isalpha()) else raw.decode("cp850")


def _is_a_programs_own(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$")) or parts[-1].lower() in (
        "thumbs.db", "desktop.ini"
    )
