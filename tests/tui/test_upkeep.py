"""What long lists need is made while the app is open, and given up at once when it closes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from activetui.store.listing import list_indexes, upkeep
from activetui.store.opening.connection import transaction
from activetui.store.opening.file import open_store
from activetui.tui.upkeep import Upkeep
from tests.store.building import TODAY
from tests.store.places import a_store, files_in


def with_many_customers(path: Path) -> Path:
    with closing(open_store(a_store(path), today=TODAY)) as conn, transaction(conn):
        conn.execute(
            "WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < ?)"
            " INSERT INTO fact SELECT n, 1, 0, 0, 1, 0, NULL, NULL, 0, 0, 0, 0, NULL, NULL, NULL, NULL, 0"
            " FROM number",
            (list_indexes.MANY,),
        )
    return path


def test_everything_that_is_due_is_made(tmp_path: Path) -> None:
    path = with_many_customers(tmp_path / "shop.db")
    Upkeep(path, TODAY).join()
    with closing(open_store(path, today=TODAY)) as conn:
        assert not upkeep.is_due(conn)
        assert list_indexes.ready(conn, "spend")


def test_it_ends_when_it_is_told(tmp_path: Path) -> None:
    work = Upkeep(with_many_customers(tmp_path / "shop.db"), TODAY)
    work.end()
    work.join()


def test_a_file_with_few_customers_or_none_is_left_alone(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    before = files_in(tmp_path)
    Upkeep(path, TODAY).join()
    Upkeep(tmp_path / "nothing.db", TODAY).join()
    assert files_in(tmp_path) == before
