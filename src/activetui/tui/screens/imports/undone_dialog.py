"""What became of the rows of an import that was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number
from activetui.store.imports.undoing import Left, Undone
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.widgets.imports.sections import Said, Section, Sections


class UndoneDialog(Dialog[None]):
    """Three buckets: as before; kept, because of something later; could not be brought back."""

    DEFAULT_CSS = """
    UndoneDialog Sections { height: auto; max-height: 80vh; background: $surface; padding: 0; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("undone.close", "enter,q", "leave", N_("close"), N_("Close"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, batch: int, file: str, undone: Undone, *, kept: bool) -> None:
        """`kept` says whether the file itself is kept, so that it can be read again."""
        super().__init__()
        self._batch, self._file, self._undone, self._kept = batch, file, undone, kept

    def title_words(self) -> str:
        """Which import it was."""
        return _("Import {id} is taken back").format(id=self._batch)

    def keys_words(self) -> str:
        """How to leave."""
        return _("Esc closes")

    def compose_dialog(self) -> Iterable[Widget]:
        """The buckets, which may be long."""
        yield Sections()

    def on_mount(self) -> None:
        """Fill them."""
        self.query_one(Sections).show(undone_sections(self._file, self._undone, kept=self._kept))


def undone_sections(file: str, undone: Undone, *, kept: bool) -> list[Section]:
    """The buckets in words."""
    n = undone.reversed
    before = ngettext("{n} row is as before the import.", "{n} rows are as before the import.", n)
    sections = [
        Section(_("Taken back"), [Said(file), Said(before.format(n=format_number(n)))]),
        Section(_("Kept, because of something later"), [_left(one) for one in undone.kept]),
        Section(_("Not brought back"), [_left(one, "warning") for one in undone.failed]),
    ]
    again = _("r in the list of imports reads the file again, and everything is back.")
    ways = [Said(again if kept else _("Import the file again to have everything back."))]
    if undone.backup:
        ways.append(Said(_("A copy of your data from before: {file}").format(file=one_line(undone.backup))))
    return [*sections, Section(_("And back again"), ways)]


def _left(one: Left, colour: str = "") -> Said:
    return Said(one_line(one.reason), one_line(one.label) or str(one.id), colour)
