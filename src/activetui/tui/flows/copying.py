"""Send a value to the clipboard of the terminal, which works over SSH too (the escape sequence OSC 52)."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.cells import shorten
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.host import Host
from activetui.tui.values import Value, known

_SHOWN = 60


def copy(host: Host, values: Sequence[Value]) -> None:
    """Copy the value; where there are several, ask which one."""
    values = known(values)
    if not values:
        host.tell(_("There is nothing to copy here."))
    elif len(values) == 1:
        send(host, values[0].text)
    else:
        _ask(host, values)


def send(host: Host, text: str) -> None:
    """Send a text to the terminal's clipboard. Whether the terminal takes it, nobody is told."""
    text = one_line(text)
    host.copy_to_clipboard(text)
    host.tell(_("Sent to the terminal's clipboard: {text}").format(text=shorten(text, _SHOWN)))


def _ask(host: Host, values: Sequence[Value]) -> None:
    def chosen(place: str | None) -> None:
        if place is not None:
            send(host, values[int(place)].text)

    choices = [
        Choice(str(number), shorten(value.text, _SHOWN), value.title) for number, value in enumerate(values)
    ]
    host.push_screen(ChooseDialog(_("Copy what?"), choices, "0"), chosen)
