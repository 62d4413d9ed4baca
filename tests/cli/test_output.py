"""The four ways in which rows are printed."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.cli.output import Column, Format, emit, emit_one, line, width

ROWS = [
    {"id": 1, "name": "Ana [red]", "spend": "12.50", "active": True, "email": None, "tags": ["vip", "local"]},
    {"id": 2, "name": "小林さくら|x", "spend": "-3.00", "active": False, "email": "=1+1", "tags": []},
]
HOSTILE = "\x1b[31mred\x1b[0m\x07 \u202eevil\nline | [/] =1"


def test_json_is_a_list_with_words_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, Format.JSON)
    out = capsys.readouterr().out
    assert json.loads(out) == ROWS
    assert "小林さくら" in out


def test_json_of_nothing_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    emit([], Format.JSON, ["id"])
    assert json.loads(capsys.readouterr().out) == []


def test_csv_has_every_field_and_guards_formulas_but_not_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, Format.CSV, [Column("name")])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == {
        "id": "1", "name": "Ana [red]", "spend": "12.50", "active": "true", "email": "", "tags": "vip, local"
    }
    assert rows[1]["email"] == "'=1+1"
    assert rows[1]["spend"] == "-3.00"


def test_csv_of_nothing_still_has_its_header(capsys: pytest.CaptureFixture[str]) -> None:
    emit([], Format.CSV, ["name"], fields=("id", "name"))
    assert capsys.readouterr().out == "id,name\n"


def test_markdown_keeps_its_columns_whatever_the_names_hold(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"name": "a|b*c", "note": "line\nbreak"}], Format.MARKDOWN)
    assert capsys.readouterr().out.splitlines()[2] == r"| a\|b\*c | line break |"


def test_a_table_lines_up_by_cells_not_by_letters(capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, Format.TABLE, [Column("name", "Name"), Column("spend", "Spend", right=True)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Name", "Spend"]
    assert len({width(line) for line in lines}) == 1


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    emit([], Format.TABLE, ["name"], empty="No customers yet.")
    assert capsys.readouterr().out == "No customers yet.\n"


@pytest.mark.parametrize("form", list(Format))
def test_nothing_that_a_customer_wrote_reaches_the_terminal_as_a_command(
    form: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    emit([{"name": HOSTILE}], form, ["name"])
    out = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    emit_one({"name": HOSTILE}, form, lambda: [HOSTILE])
    out = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_a_line_keeps_its_columns_and_loses_what_acts(capsys: pytest.CaptureFixture[str]) -> None:
    line("  new      22   5%")
    line(f"  name   {HOSTILE}  end")
    line("a\x1b]0;two  blanks\x07b")
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "  new      22   5%"
    assert second.startswith("  name   red") and second.endswith("  end")
    assert not {"\x1b", "\x07", "\u202e"} & set(second + third)


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_a_table_fits_a_narrow_terminal(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    rows = [{"name": "名" * 60, "email": "e" * 60}]
    emit(rows, Format.TABLE, ["name", "email"])
    lines = capsys.readouterr().out.splitlines()
    assert max(width(line) for line in lines) <= columns
    assert "…" in lines[2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40))
def test_a_csv_cell_reads_back_as_one_clean_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from activetui.ledger.spreadsheet import unguard
    from activetui.ledger.text import one_line

    emit([{"name": name, "end": "x"}], Format.CSV)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(unguard(row["name"]), row["end"]) for row in rows] == [(one_line(name), "x")]
