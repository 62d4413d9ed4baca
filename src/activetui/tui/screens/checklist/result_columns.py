"""The columns of results: with the interval drawn, or every figure as a number."""

from __future__ import annotations

from collections.abc import Callable

from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import (
    NOTHING,
    format_decimals,
    format_money,
    format_number,
    format_share,
)
from activetui.reactivation.results.result_types import Result, Results
from activetui.reactivation.results.result_words import by_words, key_words, points
from activetui.reactivation.results.round_results import Verdict
from activetui.reactivation.results.shares import Difference, Share
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.interval import interval

_CELLS = 21


def title_of(found: Results, row: Result) -> str:
    """What a row is about; the whole is all together."""
    return _("all together") if row is found.whole else one_line(key_words(found.by, row.key, found))


def drawn_columns(found: Results) -> list[Column[Result]]:
    """Names, counts, and the share drawn with its interval."""
    top = _top(found)

    def drawn(row: Result) -> Cell:
        if row.share is None:
            return Cell(_("windows still run"), "quiet")
        return Cell(interval(row.share.value, row.share.low, row.share.high, _CELLS, top), "accent")

    def share(row: Result) -> Cell:
        if row.share is None:
            return Cell(NOTHING, "quiet")
        return Cell(_("{share} of {n}").format(share=format_share(row.share.value),
                                              n=format_number(row.share.n)))

    return [
        _title(found),
        _count("contacted", N_("Contacted"), lambda row: row.contacted, rank=3),
        _count("won_back", N_("Won back"), lambda row: row.won_back, rank=1),
        _count("too_early", N_("Too early"), lambda row: row.too_early, rank=5),
        Column("share", N_("Of those over"), share, 13, 13, right=True, rank=2),
        Column("drawn", _("0 to {top}").format(top=format_share(top)), drawn, _CELLS, _CELLS, rank=6,
               as_it_is=True),
        Column("proof", N_("Against those in peace"), _proof, 22, 34, rank=7, weight=2),
        _money(found, rank=4),
    ]


def number_columns(found: Results) -> list[Column[Result]]:
    """Every figure as a number, for reading aloud and for copying."""
    def share(name: str, title: str, of: Callable[[Share], float], rank: int) -> Column[Result]:
        return Column(
            name, title, lambda row: Cell(format_share(of(row.share)) if row.share else NOTHING), 8, 8,
            right=True, rank=rank,
        )

    def difference(
        name: str, title: str, of: Callable[[Result], Difference | None], rank: int
    ) -> Column[Result]:
        return Column(name, title, lambda row: Cell(_difference(of(row))), 14, 18, right=True, rank=rank)

    def expected(row: Result) -> Cell:
        return Cell(NOTHING if row.beside is None else format_decimals(row.beside.expected, 1))

    def more(row: Result) -> Cell:
        needed = row.held_out.more_needed if row.held_out is not None else None
        return Cell(NOTHING if needed is None else format_number(needed))

    return [
        _title(found),
        _count("begun", N_("Begun"), lambda row: row.begun, rank=6),
        _count("not_contacted", N_("Not contacted"), lambda row: row.not_contacted, rank=12),
        _count("by_themselves", N_("By themselves"), lambda row: row.by_themselves, rank=11),
        _count("contacted", N_("Contacted"), lambda row: row.contacted, rank=5),
        _count("reached", N_("Reached"), lambda row: row.reached, rank=13),
        _count("won_back", N_("Won back"), lambda row: row.won_back, rank=1),
        _count("too_early", N_("Too early"), lambda row: row.too_early, rank=7),
        _count("over", N_("Over"), lambda row: row.share.n if row.share else 0, rank=8),
        share("share", N_("Share"), lambda found: found.value, 2),
        share("low", N_("At least"), lambda found: found.low, 3),
        share("high", N_("At most"), lambda found: found.high, 4),
        _money(found, rank=9),
        Column("natural", N_("By nature"), expected, 9, 10, right=True, rank=14),
        difference("beside", N_("Beside nature"), lambda row: row.beside and row.beside.difference, 15),
        difference("held_out", N_("Beside in peace"),
                   lambda row: row.held_out and row.held_out.difference, 10),
        Column("more", N_("More needed"), more, 11, 12, right=True, rank=16),
    ]


def _title(found: Results) -> Column[Result]:
    return Column(
        "title", by_words(found.by), lambda row: Cell(title_of(found, row)), 18, 60, rank=0, weight=4,
        as_it_is=True,
    )


def _count(name: str, title: str, of: Callable[[Result], int], rank: int) -> Column[Result]:
    def cell(row: Result) -> Cell:
        return Cell(format_number(of(row)), "" if of(row) else "quiet")

    return Column(name, title, cell, 9, 10, right=True, rank=rank)


def _money(found: Results, rank: int) -> Column[Result]:
    return Column(
        "revenue", N_("Revenue"), lambda row: Cell(format_money(row.revenue, found.currency)), 11, 13,
        right=True, rank=rank,
    )


def _proof(row: Result) -> Cell:
    if row.held_out is None:
        return Cell(NOTHING, "quiet")
    verdict, difference = row.held_out.verdict, row.held_out.difference
    words = {
        Verdict.NONE_HELD_OUT: _("nobody left in peace"),
        Verdict.TOO_EARLY: _("too early to say"),
        Verdict.TOO_FEW: _("too few to say"),
        Verdict.NOT_PROVEN: _("not proven yet"),
        Verdict.MORE: _("more came back"),
        Verdict.FEWER: _("fewer came back"),
    }[verdict]
    colour = {Verdict.MORE: "success", Verdict.FEWER: "error"}.get(verdict, "quiet")
    shown = verdict in (Verdict.NOT_PROVEN, Verdict.MORE, Verdict.FEWER)
    return Cell(f"{words}: {_difference(difference)}" if shown else words, colour)


def _difference(found: Difference | None) -> str:
    if found is None:
        return NOTHING
    return _("{value}, {low} to {high}").format(
        value=points(found.value), low=points(found.low), high=points(found.high)
    )


def _top(found: Results) -> float:
    """The highest share that is drawn, rounded up to the next tenth."""
    highest = max((row.share.high for row in (*found.rows, found.whole) if row.share), default=1.0)
    return min(1.0, -(-round(highest * 100) // 10) / 10)
