"""Choose the files to import: from a folder, by typing a path, or by dragging them into the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number, relative_day
from activetui.tui import folder as folders
from activetui.tui import reading
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.flows.path_suggester import PathSuggester
from activetui.tui.folder import Entry
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.widgets.virtual_list import VirtualList


class _Place(FittedLines):
    """The folder that is seen, its end where it is too long, and how many files there are."""

    folder = ""
    words = ""

    def show(self, folder: str, words: str) -> None:
        """Tell of this folder."""
        self.folder, self.words = folder, words
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line."""
        room = max(8, width - cell_len(self.words) - 2)
        shown = self.folder
        while cell_len(shown) > room:
            shown = f"…{shown[2:]}"
        return [[(shown, "bold"), (f"  {self.words}", "$quiet")]]


class FileDialog(Dialog[tuple[Path, ...]]):
    """The answer are the files, in the order in which they are to be imported."""

    DEFAULT_CSS = """
    FileDialog {
        & > .dialog { width: 100; height: 90%; }
        & Input { margin: 0; }
        & VirtualList { height: 1fr; margin-top: 1; background: $surface; }
        & .nothing { display: none; height: 1fr; margin-top: 1; color: $quiet; }
        &.-nothing .nothing { display: block; }
        &.-nothing VirtualList { display: none; }
    }
    """
    AUTO_FOCUS = "VirtualList"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("files.type", "slash", "type", N_("type"), N_("Type a path, or part of a name"),
                palette=False),
        Command("files.list", "down", "list", N_("list"), N_("To the list"), palette=False),
        Command("files.mark", "space", "mark", N_("mark"), N_("Take this file too, or no longer"),
                palette=False),
        Command("files.above", "backspace,left,h", "above", N_("above"), N_("To the folder above"),
                palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, folder: Path, today: Day) -> None:
        super().__init__()
        self._folder, self._today = folder, today
        self._entries: list[Entry] = []
        self._marked: dict[Path, None] = {}

    def title_words(self) -> str:
        """What is asked."""
        return _("Import which file?")

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Enter takes it · Space marks · ← folder above · / types · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The folder, a line to type on, what is in the folder."""
        yield _Place()
        yield Input(
            placeholder=_("part of a name, or a path; a file can be dragged here"), compact=True,
            suggester=PathSuggester(case_sensitive=True),
        )
        yield Static(classes="nothing", markup=False)
        yield VirtualList(self._columns(), id="files")

    @property
    def files(self) -> VirtualList[Entry]:
        """What is in the folder."""
        return self.query_one("#files", VirtualList)

    def on_mount(self) -> None:
        """Look into the folder."""
        self._open(self._folder)

    # -- the folder ---------------------------------------------------------------------------------------

    def _open(self, folder: Path, beside: Path | None = None) -> None:
        """Look into a folder; the cursor goes to `beside` if it is there."""
        look = partial(folders.entries_of, folder)
        reading.work_aside(self, look, partial(self._opened, folder, beside), self._refused)

    def _opened(self, folder: Path, beside: Path | None, entries: list[Entry]) -> None:
        self._folder, self._entries = folder, entries
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self._show(entries, beside)
        if self.focused is None or not self.focused.display:
            self.query_one(Input).focus()

    def _refused(self, error: OwnerError) -> None:
        self.show_problem(f"{error.message} {error.hint}".strip())

    def _show(self, entries: Sequence[Entry], beside: Path | None = None) -> None:
        tables = [entry for entry in entries if entry.sort == "table"]
        first = next((place for place, entry in enumerate(entries) if entry.sort != "above"), 0)
        place = next((place for place, entry in enumerate(entries) if entry.path == beside), first)
        self.files.show_rows(entries, cursor=place)
        words = ngettext("{n} file to import", "{n} files to import", len(tables)).format(
            n=format_number(len(tables))
        )
        if self._marked:
            words = ngettext("{n} file marked", "{n} files marked", len(self._marked)).format(
                n=format_number(len(self._marked))
            )
        self.query_one(_Place).show(one_line(str(self._folder)), words)
        self.set_class(not entries, "-nothing")
        self.query_one(".nothing", Static).update(Content(_("Nothing here has such a name.")))

    # -- typing -------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.show_problem("")
        words = "" if folders.is_path(event.value) else event.value
        self._show(folders.matching(self._entries, words))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text and (folders.is_path(text) or not folders.matching(self._entries, text)):
            self._take_path(text)
        else:
            self._take(self.files.current)

    def _take_path(self, text: str) -> None:
        try:
            paths = self._places(text)
        except OwnerError as error:
            self._refused(error)
            return
        if len(paths) == 1 and paths[0].is_dir():
            self._open(paths[0].resolve())
        else:
            self._answer(paths)

    def _places(self, text: str) -> list[Path]:
        """What a path means; where the key that opens the line took its first `/`, with that."""
        try:
            return folders.places_of(text, self._folder)
        except OwnerError:
            if "/" in text and not text.startswith("/"):
                with suppress(OwnerError):
                    return folders.places_of(f"/{text}", self._folder)
            raise

    def on_paste(self, event: events.Paste) -> None:
        """A file was dragged into the terminal while the list had the keys."""
        event.stop()
        line = self.query_one(Input)
        line.value = one_line(event.text)
        line.focus()
        self._take_path(line.value)

    # -- keys ---------------------------------------------------------------------------------------------

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self._take(event.row if isinstance(event.row, Entry) else None)

    def _take(self, entry: Entry | None) -> None:
        if self._marked:
            self._answer(self._marked)
        elif entry is None:
            return
        elif entry.sort in ("above", "folder"):
            self._open(entry.path, self._folder if entry.sort == "above" else None)
        else:
            self._answer([entry.path])

    def _answer(self, paths: Iterable[Path]) -> None:
        chosen = tuple(paths)
        if chosen:
            folders.remember(chosen[0].absolute().parent)
            self.dismiss(chosen)

    def action_type(self) -> None:
        """The keys go to the line."""
        self.query_one(Input).focus()

    def action_list(self) -> None:
        """The keys go to the list."""
        self.files.focus()

    def action_mark(self) -> None:
        """Mark the file under the cursor, or no longer."""
        entry = self.files.current
        if entry is None or entry.sort not in ("table", "other"):
            return
        if entry.path in self._marked:
            del self._marked[entry.path]
        else:
            self._marked[entry.path] = None
        shown = folders.matching(self._entries, self.query_one(Input).value)
        self._show(shown, shown[min(self.files.cursor + 1, len(shown) - 1)].path)

    def action_above(self) -> None:
        """The folder above this one."""
        if self._folder.parent != self._folder:
            self._open(self._folder.parent, self._folder)

    # -- words --------------------------------------------------------------------------------------------

    def _columns(self) -> list[Column[Entry]]:
        return [
            Column("name", N_("Name"), self._shown_name, 24, 70, rank=0, weight=4),
            Column("size", N_("Size"), _size, 9, 10, right=True, rank=2),
            Column("changed", N_("Changed"), self._changed, 14, 18, rank=1),
        ]

    def _shown_name(self, entry: Entry) -> Cell:
        if entry.path in self._marked:
            return Cell(f"✓ {entry.name}", "accent")
        if entry.sort == "above":
            return Cell(_("← the folder above"), "quiet")
        if entry.sort == "folder":
            return Cell(f"  {entry.name}/")
        if entry.sort == "table":
            return Cell(f"● {entry.name}", "accent")
        return Cell(f"  {entry.name}", "quiet")

    def _changed(self, entry: Entry) -> Cell:
        return Cell("" if entry.changed is None else relative_day(entry.changed, self._today), "quiet")


def _size(entry: Entry) -> Cell:
    if entry.sort not in ("table", "other"):
        return Cell("")
    size = float(entry.size)
    for unit in (N_("{n} B"), N_("{n} KB"), N_("{n} MB")):
        if size < 1000:
            return Cell(_(unit).format(n=format_number(round(size))), "quiet")
        size /= 1000
    return Cell(_("{n} GB").format(n=format_number(round(size, 1))), "quiet")
