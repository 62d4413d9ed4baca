"""The sheets of a workbook as CSV files. Runs as a program of its own, so that no workbook can end ours.

A few bytes of a workbook can ask its reader for more memory than there is, or lead it astray; then only
this program ends, and the owner is told. It writes `1.csv`, `2.csv` … and prints what they are as JSON.
"""

from __future__ import annotations

import csv
import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MEMORY = 4 << 30
_EXACT = 1 << 53
"""Whole numbers below it are kept exactly by a spreadsheet."""


def main(workbook: str, folder: str) -> int:
    """Write every visible sheet with contents into `folder`; 0, or 1 with `{"error": …}` printed."""
    _bound_memory()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(workbook) as book:
            print(json.dumps({"sheets": _write_all(book, Path(folder))}))
    except PasswordError:
        print(json.dumps({"error": "password"}))
        return 1
    except (CalamineError, ValueError, MemoryError, EOFError):
        print(json.dumps({"error": "damaged"}))
        return 1
    except OSError as error:
        print(json.dumps({"error": "system", "reason": error.strerror or ""}))
        return 1
    return 0


def as_text(cell: Any) -> str:
    """A cell as it is written into a CSV file: ISO dates, plain numbers with a full stop, no line breaks."""
    if isinstance(cell, str):
        return " ".join(cell.splitlines()) if "\n" in cell or "\r" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time(0) else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def _number(number: float) -> str:
    """As a spreadsheet shows it (15 digits), whole where it is whole; lost digits stay visible as lost."""
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    if number.is_integer():
        return str(int(number)) if abs(number) < _EXACT else f"{number:.14E}"
    text = format(Decimal(format(number, ".15g")), "f")
    # three decimals could be taken for thousands; here it is known that they are not
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def _write_all(book: Any, folder: Path) -> list[dict[str, Any]]:
    sheets: list[dict[str, Any]] = []
    for number, told in enumerate(book.sheets_metadata):
        kind, seen = str(told.typ).rpartition(".")[2], str(told.visible).rpartition(".")[2]
        found: dict[str, Any] = {"name": told.name, "hidden": seen != "Visible", "file": ""}
        if kind == "WorkSheet" and not found["hidden"]:
            sheet = book.get_sheet_by_index(number)
            if sheet.start is not None:
                found["file"] = f"{number + 1}.csv"
                _write(sheet, folder / found["file"])
        sheets.append(found)
    return sheets


def _write(sheet: CalamineSheet, path: Path) -> None:
    """One sheet; row n of the sheet is line n of the file. What was merged downwards stands in every row."""
    carried: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top:
            carried.setdefault(left, []).append((top, bottom))
    last: dict[int, str] = {}
    with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
        path.chmod(0o600)
        writer = csv.writer(file, lineterminator="\n")
        for number, row in enumerate(sheet.iter_rows()):
            cells = [as_text(cell) for cell in row]
            for column, ranges in carried.items():
                if column < len(cells):
                    if any(top < number <= bottom for top, bottom in ranges) and not cells[column]:
                        cells[column] = last.get(column, "")
                    last[column] = cells[column]
            writer.writerow(cells)


def _bound_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
