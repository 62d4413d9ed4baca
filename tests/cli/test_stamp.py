"""What every report says of itself."""

from __future__ import annotations

from pathlib import Path

from activetui.cli.context import open_reading
from activetui.cli.stamp import lack_lines, stamp
from tests.cli.conftest import Run


def test_what_the_store_lacks_is_looked_for_only_where_it_is_told(run: Run, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text("date,customer,amount\n2026-11-21,Ana,12.50\n", encoding="utf-8")
    assert run("import", file, "--yes").exit_code == 0
    looked_at: list[str] = []
    with open_reading() as conn:
        conn.set_trace_callback(looked_at.append)
        assert lack_lines(stamp(conn)) == []
        without = len(looked_at)
        assert "The ledger begins on 21 Nov 2026" in " ".join(lack_lines(stamp(conn, lack=True)))
    assert not any("ledger_start" in sql or "customer" in sql for sql in looked_at[:without])
