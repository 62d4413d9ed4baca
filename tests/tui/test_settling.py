"""What is done once the app stands."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from pathlib import Path
from weakref import ref

from activetui.tui.settling import Pauses, collect_what_is_due, settle
from tests.tui.driving import driving

_LOADED = """
import sys
from activetui.tui.screens import SCREENS
from activetui.tui.settling import load_screens
places = [entry.place.partition(":")[0] for entry in SCREENS]
before = [place for place in places if place in sys.modules]
load_screens()
print(before, [place for place in places if place not in sys.modules])
"""


async def test_garbage_is_collected_again_once_the_app_stands(shop: Path) -> None:
    often, turn = gc.get_threshold(), sys.getswitchinterval()
    async with driving(shop) as driver:
        gc.disable()
        try:
            settle(driver.app, after=0.01)
            await driver.pilot.pause(0.05)
            await driver.rest()
            assert gc.isenabled()
        finally:
            gc.enable()
            gc.set_threshold(*often)
            sys.setswitchinterval(turn)
            gc.unfreeze()
            gc.collect()
            gc.freeze()         # as before, for the tests that follow, without what has become garbage


class Ring:
    """Garbage: it holds itself."""

    def __init__(self) -> None:
        self.held = self


async def test_garbage_of_a_key_is_collected_in_the_pause_after_it() -> None:
    often = gc.get_threshold()
    gc.set_threshold(1_000_000, 10, 50)
    try:
        gone = ref(Ring())
        pauses = Pauses()
        pauses.key_came()
        assert gone() is not None
        pauses.key_came()
        while gone() is not None:
            await asyncio.sleep(0)
    finally:
        gc.set_threshold(*often)


def test_nothing_is_collected_while_the_collector_is_not_to_work() -> None:
    gone = ref(Ring())
    gc.disable()
    try:
        collect_what_is_due()
        assert gone() is not None
    finally:
        gc.enable()
    collect_what_is_due()
    assert gone() is None


def test_every_screen_is_loaded_aside_and_none_before() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[] []"
