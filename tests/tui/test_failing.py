"""A fault of ours ends the app without showing what stood in its variables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from activetui.tui.app import ActiveApp
from activetui.tui.screens.base import ActiveScreen
from tests.tui.driving import driving


async def test_the_error_is_kept_for_whoever_started_the_app_and_not_printed(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(_conn: sqlite3.Connection) -> None:
        name = "Inês Carvalho"
        raise RuntimeError(len(name))

    apps: list[ActiveApp] = []
    with pytest.raises(WorkerFailed):
        async with driving(shop) as driver:
            apps.append(driver.app)
            screen = driver.app.screen
            assert isinstance(screen, ActiveScreen)
            screen.ask(faulty, print, group="faulty")
            while driver.app.failure is None:
                await driver.pilot.pause()
    assert isinstance(apps[0].failure, RuntimeError)
    shown = capsys.readouterr()
    assert "Inês" not in shown.out + shown.err
    assert "Traceback" not in shown.out + shown.err
