"""What is done with segments: save, rename, delete, mark, put together, write to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_money, format_number
from activetui.segments.library import Segment, Worth
from activetui.store.listing.people import Clause
from activetui.tui.commands import Command, key_of
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.combine import CombineDialog, Part
from activetui.tui.dialogs.segment import Kept, SegmentDialog, saved_words
from activetui.tui.flows.export_list import export_list
from activetui.tui.reading import Connection
from activetui.tui.screens.halves import HalvesScreen
from activetui.tui.screens.segments import data
from activetui.tui.screens.segments.combining import combinations
from activetui.tui.screens.segments.data import Known, Overlap
from activetui.tui.screens.segments.trend import bar
from activetui.tui.widgets.virtual_list import VirtualList

_BAR = 10


class Handling(HalvesScreen):
    """The part of the screen that does something; what is seen is the other part."""

    def __init__(self) -> None:
        super().__init__()
        self.known: Known | None = None
        """All segments, once the store has answered."""
        self.marked: list[str] = []
        """The names of the marked segments, in the order in which they were marked."""
        self.go_to = ""
        """The segment on which the cursor is to stand once the list comes anew."""
        self.only_segments_changed = False
        """Whether the next refresh follows a change of segments alone."""

    @property
    def segments(self) -> VirtualList[Worth]:
        """The list of segments."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Other segments are marked than before."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Segments are marked where they are seen: while their list has the keys."""
        if action == "mark" and self.is_mounted and self.at_side:
            return False
        return super().check_action(action, parameters)

    def place_in_footer(self, command: Command) -> int:
        """While segments are marked, putting them together comes first."""
        return 1 if command.id == "segments.combine" and self.marked else command.footer

    @property
    def current(self) -> Segment | None:
        """The segment under the cursor."""
        worth = self.segments.current
        return None if worth is None else worth.segment

    def day_of(self, segment: Segment) -> Day:
        """The day that the segment is asked of."""
        known = self.known
        return self.session.day if known is None else known.days.get(segment.query, self.session.day)

    # -- saving -------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """Ask for name and query of a new segment."""
        self.save_as("")

    def action_edit(self) -> None:
        """Change the query of an own segment; of a built-in one, save it under another name."""
        segment = self.current
        if segment is None:
            return
        if segment.built_in:
            self.save_as(segment.query)
        else:
            self.app.push_screen(SegmentDialog(own=segment), self._changed)

    def save_as(self, query: str) -> None:
        """Ask for the name of a query, which can be changed yet, and save it."""
        self.app.push_screen(SegmentDialog(query), self._saved)

    def _saved(self, kept: Kept | None) -> None:
        if kept is not None:
            self._changed_to(kept.name, saved_words(kept))

    def _changed(self, kept: Kept | None) -> None:
        if kept is not None:
            self._changed_to(kept.name, _("Changed: {name}").format(name=kept.name))

    def action_rename(self) -> None:
        """Ask for another name of an own segment."""
        segment = self.current
        if segment is None:
            return
        if segment.built_in:
            self.active_app.tell(
                _("{name} is built in and keeps its name; {key} saves its query under another one.").format(
                    name=one_line(segment.title), key=key_of("segments.edit")
                )
            )
            return
        hint = _("Queries that ask for the segment by its name follow.")
        dialog = AskTextDialog(_("Another name for the segment"), hint, value=one_line(segment.name))
        self.app.push_screen(dialog, partial(self._renamed, segment.name))

    def _renamed(self, old: str, new: str | None) -> None:
        if new is None or new.strip() == old:
            return
        made_at = self.session.made_at

        def write(conn: Connection) -> str:
            from activetui.reactivation.rules.asking_segments import rename_segment

            return rename_segment(conn, old, new, made_at=made_at())

        def done(name: str) -> None:
            if old in self.marked:
                self.marked[self.marked.index(old)] = name
            self.go_to = name
            self.active_app.tell_done(_("Renamed: {name}").format(name=one_line(name)))

        self.only_segments_changed = True
        self.change(write, done)

    def action_delete(self) -> None:
        """Delete an own segment."""
        segment = self.current
        if segment is None:
            return
        made_at = self.session.made_at

        def write(conn: Connection) -> str:
            from activetui.reactivation.rules.asking_segments import delete_segment

            return delete_segment(conn, segment.name, made_at=made_at())

        def done(name: str) -> None:
            self.active_app.tell_done(_("Deleted: {name}").format(name=one_line(name)))

        self.only_segments_changed = True
        self.change(write, done)

    def _changed_to(self, name: str, words: str) -> None:
        """Segments have changed, and the ledger has not: show them anew, the cursor on this one."""
        self.only_segments_changed = True
        self.go_to = name
        self.active_app.store_changed()
        self.active_app.tell_done(words)

    # -- several segments ---------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the segment under the cursor, or take its mark away, and go to the next one."""
        segment = self.current
        if segment is None:
            return
        if segment.name in self.marked:
            self.marked.remove(segment.name)
        else:
            self.marked.append(segment.name)
        self.marks_changed()
        self.segments.action_cursor(1)

    def action_mark_none(self) -> None:
        """Take all marks away."""
        self.marked = []
        self.marks_changed()

    def chosen(self) -> list[Segment]:
        """The marked segments; where only one is marked, the one under the cursor, too."""
        by_name = {worth.segment.name: worth.segment for worth in self.known.worths} if self.known else {}
        found = [by_name[name] for name in self.marked if name in by_name]
        current = self.current
        if len(found) < 2 and current is not None and current not in found:
            found.append(current)
        return found

    def pair(self) -> tuple[Segment, Segment | None, str] | None:
        """Which two segments stand side by side (None is everyone), and how to choose others."""
        found = self.chosen()
        if not found:
            return None
        if len(found) == 1:
            hint = _("Beside all customers. In the list, {key} marks a segment to stand beside it.")
            return found[0], None, hint.format(key=key_of("segments.mark"))
        hint = (
            _("The first two marked.") if len(self.marked) >= 2 else _("The marked one and this one.")
        )
        return found[0], found[1], hint

    def action_combine(self) -> None:
        """Show how the marked segments overlap, and what can be made of them."""
        found = self.chosen()
        if len(found) < 2:
            words = _("Mark two segments or more with {mark}, then put them together with {combine}.")
            keys = {"mark": key_of("segments.mark"), "combine": key_of("segments.combine")}
            self.active_app.tell(words.format(**keys))
            return
        question = partial(data.overlap, segments=tuple(found), day=self.session.day)
        self.ask(question, self._overlap_came, group="overlap", slow=True)

    def _overlap_came(self, overlap: Overlap) -> None:
        ways = combinations(overlap)
        most = max((way.total.customers for way in ways), default=0)
        parts = [
            Part(
                way.marks, way.words, format_number(way.total.customers),
                bar(way.total.customers, most, _BAR),
                format_money(way.total.year_spend, overlap.currency), way.query,
            )
            for way in ways
        ]
        names = [one_line(segment.title) for segment in overlap.segments]
        self.app.push_screen(CombineDialog(names, parts), self._part_chosen)

    def _part_chosen(self, answer: tuple[str, str] | None) -> None:
        match answer:
            case ("show", query):
                self.active_app.show_customers(query)
            case ("save", query):
                self.save_as(query)
            case ("export", query):
                self._export(query, "customers", self.session.day, _("Write the customers to which file?"))

    # -- files and days -----------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write the customers of the segment to a file."""
        segment = self.current
        if segment is not None:
            title = _("Write the customers of {segment} to which file?").format(
                segment=one_line(segment.title)
            )
            self._export(segment.query, segment.name, self.day_of(segment), title)

    def _export(self, query: str, name: str, day: Day, title: str) -> None:
        def whom(conn: Connection) -> Clause:
            from activetui.segments.asking import ask

            return ask(conn, query, day).clause

        export_list(self.active_app, whom, name, self.session.view_from(day), title=title)

    def ask_since(self, then: Callable[[Day | None], None]) -> None:
        """Ask for the day with which changes compare; an empty answer is the end of the month before."""
        day = self.session.day

        def check(text: str) -> None:
            if text.strip() and read_day(text, day) >= day:
                raise UsageError(
                    _("The day to compare with must lie before the day that is looked at."), ""
                )

        def given(text: str | None) -> None:
            if text is not None:
                then(read_day(text, day) if text.strip() else None)

        hint = _("A date such as 2026-09-30, or -30d, -2w, -3m, -1y. Nothing: the end of the month before.")
        self.app.push_screen(AskTextDialog(_("Changes since which day?"), hint, check=check), given)
