"""Driving the app as a person does: press keys, wait until nothing is under way, read the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from activetui.tui.app import ActiveApp
from tests.store.building import MADE_AT, TODAY, Building, day_of
from tests.tui.idling import at_rest, post_key

SIZES = [(80, 24), (120, 40), (200, 60)]
HOSTILE = [
    "[/]", "[red]x[/red]", "[@click=app.quit]click[/]", "[link=http://x.y]a[/link]", "$name [b", "a[b",
    "\x1b]0;PWNED\x07Eve", "\x1b[2Jwipe", "\x9b31mred", "nul\x00byte", "two\nlines\tand tabs",
    "\u202egnirts desrever", "x" * 300, "王小明 山田太郎 김철수 " * 8, "👩‍👩‍👧‍👦 Família 🇵🇹", "e\u0301" * 60,
    "שלום עולם",     "O'Brien, \"Seán\" <b>&amp;", "%s %d {name} {0}",
]
"""Names that break a screen which trusts them."""
KEYS = {
    " ": "space", ":": "colon", ">": "greater_than_sign", "<": "less_than_sign", "-": "minus", "/": "slash",
    "_": "underscore", "+": "plus", ".": "full_stop", ",": "comma", "?": "question_mark",
}
"""What Textual calls the keys of letters that are none."""


class Driver:
    """A running app, the test's hands and eyes."""

    def __init__(self, app: ActiveApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before has had its effect."""
        for key in keys:
            post_key(self.app, key)
            await self.rest()

    async def type(self, text: str) -> None:
        """Type a text, as fast as a terminal can give it."""
        self.send(text)
        await self.rest()

    def send(self, text: str) -> None:
        """Type a text, and wait for nothing."""
        for letter in text:
            self.app.post_message(events.Key(KEYS.get(letter, letter), letter))

    async def rest(self) -> None:
        """Wait until nothing is under way any more: no question, no message, nothing to be painted."""
        await at_rest(self.app)

    def text(self) -> str:
        """What stands on the screen, line by line."""
        screen = self.app.screen
        return "\n".join(strip.text.rstrip() for strip in screen._compositor.render_strips())

    def problem(self) -> str:
        """What the open dialog says is wrong."""
        return str(self.app.screen.query_one(".dialog--problem", Static).content)

    def line(self, number: int) -> str:
        """One line of the screen."""
        return self.text().split("\n")[number]

    def toasts(self) -> list[str]:
        """What has been told in a corner."""
        return [notification.message for notification in self.app._notifications]


@asynccontextmanager
async def driving(
    path: Path,
    *,
    size: tuple[int, int] = (120, 40),
    today: str | int = TODAY,
    as_of: str | int | None = None,
    screen: str = "customers",
    known_then: bool = False,
) -> AsyncIterator[Driver]:
    """The app on a store, on one of its screens."""
    day = day_of(today)
    app = _beginning_on(screen)(
        path, today=day, as_of=day if as_of is None else day_of(as_of), made_at=lambda: MADE_AT,
        known_then=known_then,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.rest()
        yield driver


@cache
def _beginning_on(screen: str) -> type[ActiveApp]:
    """The app that opens there, so that no test waits for a screen that it is not about."""
    return type("BeginsElsewhere", (ActiveApp,), {"DEFAULT_MODE": screen})


def little_shop(path: Path) -> Path:
    """Four customers whose statuses are known by heart."""
    shop = Building(path)
    shop.setting("business", "Padaria Sol")
    shop.setting("currency", "EUR")
    ana = shop.customer("Ana Sousa", email="ana@example.org", city="Lisboa", country="PT", tags=["vip"])
    for day in ("2026-09-01", "2026-09-15", "2026-09-29", "2026-10-13", "2026-10-27", "2026-11-10"):
        shop.event(ana, "purchase", day, amount=2500, product="Olive oil")
    shop.event(ana, "contact", "2026-11-12", channel="phone", action="out", note="asked about the box")
    bruno = shop.customer("Bruno Costa", phone="+351912345678")
    shop.event(bruno, "purchase", "2026-03-01", amount=9900, product="Wine")
    shop.event(bruno, "purchase", "2026-05-01", amount=100, state="cancelled")
    clara = shop.customer("Clara Dias")
    shop.event(clara, "purchase", "2026-11-20", amount=700, product="Bread")
    shop.customer("Duarte Eça")
    shop.event(None, "purchase", "2024-01-05", amount=300)
    return shop.close()


def hostile_shop(path: Path) -> Path:
    """A store whose every text is out to break the screen, past the cleaning that an import does."""
    shop = Building(path)
    shop.setting("business", HOSTILE[0] + HOSTILE[6])
    for number, text in enumerate(HOSTILE):
        everywhere = dict.fromkeys(("email", "phone", "company", "city", "note"), text)
        customer = shop.customer(text, tags=[text], **everywhere)
        for day in ("2026-08-01", "2026-10-01", "2026-11-01"):
            shop.event(customer, "purchase", day, amount=1000 + number, product=text, note=text, channel=text)
        shop.event(customer, "contact", "2026-11-02", action="out", channel=text, note=text)
    shop.conn.execute("INSERT INTO kind VALUES (100, ?)", (HOSTILE[0] + HOSTILE[7],))
    own = shop.event(1, "note", "2026-11-03")
    shop.conn.execute("UPDATE event SET kind = 100 WHERE id = ?", (own,))
    return shop.close()
