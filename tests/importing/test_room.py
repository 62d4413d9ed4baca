"""What has to be unpacked lies beside the store, and is gone afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from activetui.importing.files.room import room_beside


def test_the_folder_is_beside_the_store_and_gone_afterwards(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), room_beside(tmp_path / "store.db") as room:
        room.mkdir()
        (room / "orders.csv").write_text("Ana")
        assert room.parent == tmp_path and room.name.startswith(".")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_made_where_nothing_is_unpacked(tmp_path: Path) -> None:
    with room_beside(tmp_path / "store.db"):
        assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_what_another_one_uses_stays(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    left = tmp_path / f".store.db.unpacked-{int(ended.stdout)}-0a1b2c3d"
    left.mkdir()
    with room_beside(tmp_path / "store.db") as used:
        used.mkdir()
        assert not left.exists()
        with room_beside(tmp_path / "store.db"):
            assert used.exists()
