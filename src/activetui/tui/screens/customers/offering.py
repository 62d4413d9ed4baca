"""What may come next in the filter line, asked for while it is typed."""

from __future__ import annotations

import asyncio
from functools import partial

from textual import work

from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.customers import data
from activetui.tui.widgets.filter_input import FilterLine

_PAINTED = 0.05
"""Seconds after a key in which its list is painted, as a rule: beside it, offers would take its processor."""


class OfferingScreen(ActiveScreen):
    """A filter line that offers what may come next."""

    @property
    def filter(self) -> FilterLine:
        """The filter line."""
        return self.query_one(FilterLine)

    @work(group="offers-soon", exclusive=True)
    async def offer_soon(self, text: str, at: int) -> None:
        """Offer what may come next at a place of the text, if no other key comes first."""
        await asyncio.sleep(_PAINTED)
        question = partial(data.offers, text=text, cursor=at)
        self.ask(question, self.filter.show_offers, group="offers", refused=lambda _error: None)
