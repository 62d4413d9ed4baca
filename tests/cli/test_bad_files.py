"""Files that cannot be imported: a clear word, the right exit code, nothing changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run, contents


def workbook() -> bytes:
    """What Excel writes, renamed to .csv."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


BAD = {
    "workbook.csv": workbook(),
    "old-workbook.csv": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    "page.csv": b"<!DOCTYPE html>\n<html><body><table><tr><td>Sign in</td></tr></table></body></html>\n",
    "empty.csv": b"",
    "blank.csv": b"\n\n \n",
    "heading.csv": b"customer_id,date,amount\n",
    "binary.csv": bytes(range(256)) * 40,
    "picture.csv": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "store.csv": b"SQLite format 3\0" + b"\0" * 4096,
    "words.csv": b"Dear all,\nthe list is in the attachment.\nBest\n",
}


@pytest.mark.parametrize("name", [*BAD, "missing.csv", "folder.csv"])
@pytest.mark.parametrize("word", ["--yes", "--dry-run"])
def test_what_is_no_list_is_refused_and_no_store_is_made(
    name: str, word: str, run: Run, db: Path, tmp_path: Path
) -> None:
    found = run("import", bad(tmp_path, name), word)
    assert found.exit_code in (1, 3), found.stdout
    assert name in found.output
    assert "Sorry" not in found.stderr
    assert len(found.stderr.splitlines()) >= 2, "what happened and what to do"
    assert not db.exists()


@pytest.mark.parametrize("name", [*BAD, "missing.csv", "folder.csv"])
def test_a_good_file_beside_a_bad_one_is_not_half_imported(
    name: str, demo: Path, run: Run, tmp_path: Path
) -> None:
    good = tmp_path / "good.csv"
    good.write_text("customer_id,date,amount\nx1,2026-11-01,5.00\n")
    before = contents(demo)
    assert run("import", good, bad(tmp_path, name), "--yes").exit_code in (1, 3)
    assert contents(demo) == before


def bad(folder: Path, name: str) -> Path:
    """The bad file of that name, in a folder of the test."""
    path = folder / name
    if name in BAD:
        path.write_bytes(BAD[name])
    elif name.startswith("folder"):
        path.mkdir()
    return path
