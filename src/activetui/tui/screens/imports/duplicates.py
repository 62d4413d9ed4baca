"""Duplicates: who may be one person, why, and the way to make them one or to keep them apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number, format_share
from activetui.tui.commands import Command, bindings
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.imports import same_people
from activetui.tui.screens.imports.same_people import Both, Pair
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.imports.sections import Sections
from activetui.tui.widgets.virtual_list import VirtualList


class DuplicatesScreen(ActiveScreen):
    """Proposals with their reasons, and those who were made one; beside them what is known of the two."""

    MODE = "imports"
    AUTO_FOCUS = "#pairs"
    DEFAULT_CSS = """
    DuplicatesScreen {
        & .sum { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
        & #pairs { width: 11fr; padding: 0 0 0 1; }
        & Sections { width: 9fr; border-left: solid $panel; }
        &.-narrow .pair { layout: vertical; }
        &.-narrow #pairs, &.-narrow Sections { width: 1fr; border-left: none; }
        &.-narrow #pairs { height: 2fr; }
        &.-narrow Sections { height: 5fr; margin-top: 1; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("same.merge", "m", "merge", N_("merge"), N_("Make the two one (can be taken apart again)"),
                footer=2, changes=True),
        Command("same.different", "n", "different", N_("two people"),
                N_("They are not the same: never propose them again"), footer=3, changes=True),
        Command("same.turn", "s", "turn", N_("keep other"), N_("Keep the other one of the two"), footer=4),
        Command("same.apart", "p", "apart", N_("take apart"), N_("Take two who were made one apart again"),
                footer=5, changes=True),
        Command("same.leave", "escape", "leave", N_("back"), N_("Back to the imports"), footer=9),
    )
    BINDINGS = bindings(KEYS)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the two under the cursor."""
        yield Vertical(
            Static(Content(_("Looking for people who may be the same…")), classes="sum"),
            Horizontal(VirtualList(_columns(), id="pairs"), Sections(), classes="pair"),
        )

    @property
    def pairs(self) -> VirtualList[Pair]:
        """The list."""
        return self.query_one("#pairs", VirtualList)

    def refresh_data(self) -> None:
        """Ask who may be one."""
        self.ask(same_people.pairs, self._came, group="pairs")

    def _came(self, pairs: list[Pair]) -> None:
        self.pairs.show_rows(pairs)
        merged = sum(pair.merged for pair in pairs)
        open_ones = len(pairs) - merged
        words = ngettext("{n} pair may be one person", "{n} pairs may be one person", open_ones).format(
            n=format_number(open_ones)
        ) if open_ones else _("Nobody looks like somebody else.")
        if merged:
            made = ngettext("{n} was made one", "{n} were made one", merged).format(n=format_number(merged))
            words = f"{words}  ·  {made}"
        self.query_one(".sum", Static).update(Content(words))
        if not pairs:
            self.query_one(Sections).show(same_people.nobody())
        self.refresh_bindings()

    @on(VirtualList.Highlighted, "#pairs")
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, Pair):
            self._show(event.row)

    def _show(self, pair: Pair) -> None:
        self.refresh_bindings()
        question = partial(same_people.both, kept=pair.kept, other=pair.other)
        self.ask(question, partial(self._known, pair), group="both")

    def _known(self, pair: Pair, known: Both) -> None:
        self.query_one(Sections).show(same_people.sections(pair, known))

    @on(VirtualList.Chosen, "#pairs")
    def _chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, Pair):
            self.active_app.show_customer(event.row.kept)

    # -- keys ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Proposals are merged or refused, those who were merged are taken apart."""
        if action in ("merge", "different", "turn", "apart"):
            pair = self.pairs.current if self.is_mounted else None
            if pair is None or pair.merged is not (action == "apart"):
                return False
        return super().check_action(action, parameters)

    def action_merge(self) -> None:
        """Make the two one."""
        from activetui.store.same_person import merging

        pair, session = self.pairs.current, self.session
        if pair is None:
            return
        merge = partial(
            merging.merge_customers, keep=pair.kept, other=pair.other, today=session.today,
            made_at=session.made_at(),
        )
        words = _("{other} is part of {name} now")
        told = words.format(other=pair.other_name, name=pair.kept_name)
        self.change(merge, lambda _none: self.active_app.tell_done(told))

    def action_different(self) -> None:
        """Keep them apart for good."""
        from activetui.store.same_person import merging

        pair, session = self.pairs.current, self.session
        if pair is None:
            return
        tell_apart = partial(
            merging.not_the_same, one=pair.kept, other=pair.other, today=session.today,
            made_at=session.made_at(),
        )
        told = _("They are not proposed again")
        self.change(tell_apart, lambda _none: self.active_app.tell_done(told))

    def action_apart(self) -> None:
        """Take two who were made one apart again."""
        from activetui.store.same_person import merging

        pair, session = self.pairs.current, self.session
        if pair is None:
            return
        apart = partial(merging.unmerge, gone=pair.other, today=session.today, made_at=session.made_at())
        told = _("{other} and {name} are two again.").format(other=pair.other_name, name=pair.kept_name)
        self.change(apart, lambda _kept: self.active_app.tell(told))

    def action_turn(self) -> None:
        """Keep the other one."""
        pair = self.pairs.current
        if pair is None:
            return
        rows = [row for place in range(self.pairs.total) if (row := self.pairs.row_at(place)) is not None]
        rows[self.pairs.cursor] = pair.turned()
        self.pairs.show_rows(rows)

    def action_leave(self) -> None:
        """Back to the imports."""
        self.dismiss(None)


def _columns() -> list[Column[Pair]]:
    return [
        Column("kept", N_("Customer"), lambda pair: Cell(pair.kept_name), 14, 30, rank=0, weight=3),
        Column("other", N_("Perhaps the same"), _other, 16, 30, rank=1, weight=3),
        Column("sure", N_("Sure"), _sure, 6, 6, right=True, rank=3),
        Column("why", N_("Why"), lambda pair: Cell(pair.why, "quiet"), 18, 70, rank=2, weight=3),
    ]


def _other(pair: Pair) -> Cell:
    return Cell(f"✓ {pair.other_name}", "quiet") if pair.merged else Cell(pair.other_name)


def _sure(pair: Pair) -> Cell:
    return Cell("" if pair.strength is None else format_share(pair.strength), "quiet")
