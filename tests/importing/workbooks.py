"""Workbooks and archives for tests, written by hand: the fewest parts that make a valid one."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DAY, MOMENT, CLOCK = 1, 2, 3
"""Styles of a number that is a day, a moment, or a time."""

Cell = str | bool | float | tuple[float, int]
"""Text, a truth, a number, or a number with a style."""


def xlsx(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: Sequence[str] = (),
    merged: str = "",
) -> Path:
    """Write a workbook; an empty text is no cell at all."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"'
        f'{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for number, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    ) + f'<Relationship Id="rs" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
            '<xf numFmtId="20"/></cellXfs></styleSheet>',
        )
        for number, name in enumerate(names, 1):
            ranges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
            rows = f"<sheetData>{_rows(sheets[name])}</sheetData>{ranges}"
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml", f'<worksheet xmlns="{_MAIN}">{rows}</worksheet>'
            )
    return path


def sparse_xlsx(path: Path, far: str) -> Path:
    """A workbook of two cells, the second so far away that all between would fill any memory."""
    xlsx(path, {"A": [["x"]]})
    row = far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    body = f'{_rows([["x"]])}<row r="{row}"><c r="{far}" t="inlineStr"><is><t>y</t></is></c></row>'
    return _replaced(path, "xl/worksheets/sheet1.xml",
                     f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>')


def ods(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    """Write an OpenDocument workbook of text cells."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{escape(name)}">' + "".join(
            "<table:table-row>" + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
                "</table:table-cell>" for cell in row
            ) + "</table:table-row>" for row in rows
        ) + "</table:table>" for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
            f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return path


def archive(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """Write a ZIP archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, contents in members.items():
            packed.writestr(name, contents)
    return path


def _rows(rows: Sequence[Sequence[Cell]]) -> str:
    return "".join(
        f'<row r="{number}">' + "".join(
            _cell(cell, f"{chr(65 + place)}{number}") for place, cell in enumerate(row)
        ) + "</row>"
        for number, row in enumerate(rows, 1)
    )


def _cell(cell: Cell, place: str) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    number, style = cell if isinstance(cell, tuple) else (cell, 0)
    return f'<c r="{place}" s="{style}"><v>{number!r}</v></c>'


def _replaced(path: Path, name: str, contents: str) -> Path:
    with zipfile.ZipFile(path) as old:
        members = {one: old.read(one) for one in old.namelist()}
    return archive(path, members | {name: contents.encode()})
