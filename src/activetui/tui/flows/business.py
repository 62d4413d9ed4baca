"""Choose the sort of business, and so the definition of what counts as active."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from activetui.locales import _
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection
from activetui.tui.session import Session

if TYPE_CHECKING:
    from activetui.tui.app import ActiveApp


def begin(app: ActiveApp) -> None:
    """Offer the presets."""
    from activetui.activity.presets import PRESETS

    choices = [Choice(preset.key, preset.title, preset.summary) for preset in PRESETS]
    dialog = ChooseDialog(_("What is your business?"), choices, app.session.overview.preset)
    app.push_screen(dialog, partial(_chosen, app))


def _chosen(app: ActiveApp, key: str | None) -> None:
    if key is None:
        return
    session = app.session

    def save(progress: Progress) -> str:
        return session.reader.write(partial(_save, session, key, progress))

    do_long(app, _("Working out every customer by the new definition"), save, partial(_saved, app))


def _save(session: Session, key: str, progress: Progress, conn: Connection) -> str:
    from activetui.activity.presets import preset_text
    from activetui.store import definitions, settings
    from activetui.store.file import transaction

    with transaction(conn):
        definitions.save(
            conn, preset_text(key), note=_("chosen in the app"), made_at=session.made_at(),
            today=session.today, progress=progress,
        )
        settings.put(conn, "business_chosen", key)
    return definitions.in_force(conn).in_words()


def _saved(app: ActiveApp, words: str) -> None:
    app.store_changed()
    app.tell(_("Active from now on means: {words}.").format(words=words))
