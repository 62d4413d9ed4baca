"""Choose the sort of business, and so the definition of what counts as active."""

from __future__ import annotations

from functools import partial

from activetui.locales import _
from activetui.tui.flows.definition import choose_preset, save
from activetui.tui.host import Host


def begin(app: Host) -> None:
    """Offer the presets, and put the chosen one in force."""
    choose_preset(app, partial(_chosen, app))


def _chosen(app: Host, text: str) -> None:
    save(app, text, _("chosen in the app"), lambda _version: _saved(app, text))


def _saved(app: Host, text: str) -> None:
    from activetui.activity.reading.parsing import parse

    words = parse(text, currency=app.session.overview.currency).in_words()
    app.tell(_("Active from now on means: {words}.").format(words=words))
