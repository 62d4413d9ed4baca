"""Traps of importing safely: a look before anything is written, and data only where they belong."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

from activetui.cli.imports.words import print_plan
from activetui.importing.asking.answers import Answers
from activetui.importing.run import setting_of
from tests.importing.files import TODAY, Writer, plan_import

SALES = (
    "Vendas da loja, 2026;;;;\n"
    "Nº pedido;Data;Cliente;E-mail;Valor\n"
    "1;13/05/2026;Ana Lopes;ana@example.com;1.250,00\n"
    "2;02/06/2026;Rui Dias;rui@example.com;10,50\n"
    "3;31/02/2026;Eva Cruz;eva@example.com;7,00\n"
)


def _told(conn: sqlite3.Connection, path: Path, capsys, answers: Answers) -> str:  # type: ignore[no-untyped-def]
    with plan_import(conn, path, answers, setting_of(conn, TODAY)) as plan:
        print_plan(plan)
    return str(capsys.readouterr().out)


def test_trap_74_a_look_before_says_what_was_understood_and_why(  # type: ignore[no-untyped-def]
    store: sqlite3.Connection, write: Writer, capsys
) -> None:
    path = write(SALES, "vendas.csv", encoding="cp1252")
    told = _told(store, path, capsys, Answers())
    for words in (
        "a table of purchases", "cp1252", "semicolon", "line 2", "13/05/2026 can only have the day first",
        "The decimal mark is ,", "EUR", "orders: 2", "customers: 3", "Line 5", "31/02/2026",
        "13 May 2026", "2 Jun 2026", "€1,260.50",
    ):
        assert words in told, words
    assert store.execute("SELECT count(*) FROM customer").fetchone() == (0,)
    corrected = _told(store, path, capsys, Answers(columns={"Valor": "order_total"}, currency="BRL"))
    assert "you said so" in corrected and "R$1,260.50" in corrected


def test_trap_77_no_cell_of_a_customer_is_in_a_log_an_error_or_a_folder_of_others(tmp_path: Path) -> None:
    others, home, data = tmp_path / "tmp", tmp_path / "home", tmp_path / "data"
    for folder in (others, home, data):
        folder.mkdir()
    archive = tmp_path / "vendas.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("vendas.csv", SALES)
        zipped.writestr("broken.csv", 'Nome,Email\n"Zita Secreta,zita@example.com\n')
    environment = {
        "PATH": os.environ.get("PATH", ""), "TMPDIR": str(others), "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"), "ACTIVETUI_DB": str(data / "shop.db"),
        "ACTIVETUI_TODAY": "2026-11-22", "SQLITE_TMPDIR": str(others),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "activetui", "import", str(archive), "--yes"], env=environment,
        capture_output=True, text=True, timeout=120,
    )
    assert ran.returncode in (0, 1), ran.stderr
    assert "Zita" not in ran.stderr and "rui@example.com" not in ran.stderr
    assert list(others.iterdir()) == []
    kept = {path.name for path in data.iterdir() if path.name.startswith(".")}
    assert kept == set()
    for path in home.rglob("*"):
        if path.is_file():
            assert b"example.com" not in path.read_bytes()
