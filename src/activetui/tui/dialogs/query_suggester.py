"""Completes the last word of a query while it is typed."""

from __future__ import annotations

import asyncio
from functools import partial

from textual.suggester import Suggester

from activetui.ledger.errors import OwnerError
from activetui.tui.host import Host
from activetui.tui.lanes import GaveWay
from activetui.tui.reading import Connection, Overtaken


class QuerySuggester(Suggester):
    """Offers the likeliest field or value that begins as the last word does, of those in the store."""

    def __init__(self, host: Host) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._host = host

    async def get_suggestion(self, value: str) -> str | None:
        """The query with its last word completed; None where there is nothing to complete."""
        session = self._host.session
        ticket = session.reader.next_ticket((id(self), "offers"))
        try:
            return await asyncio.wrap_future(
                session.reader.submit(session.view, partial(first_offer, text=value), ticket)
            )
        except (Overtaken, GaveWay, OwnerError):
            return None
        finally:
            session.reader.answered(ticket)


def first_offer(conn: Connection, text: str) -> str | None:
    """The query with its last word completed, without a blank behind it."""
    from activetui.segments.complete import complete, completed

    if not text or text[-1].isspace():
        return None
    for word in complete(text, len(text), conn):
        whole = completed(text, len(text), word).text.rstrip()
        if whole.startswith(text) and whole != text:
            return whole
    return None
