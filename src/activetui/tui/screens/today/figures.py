"""The figures on top of Today: the active base and its change, the bridge of the month, the value at risk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import (
    format_day_short,
    format_money,
    format_month,
    format_number,
    format_share,
)
from activetui.tui.cells import shorten
from activetui.tui.widgets.charts import spark
from activetui.tui.widgets.figures import Line, Part

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.bridge import Bridge
    from activetui.insights.today import Since, Today
    from activetui.store.listing.stakes import AtStake

TREND_VIEW = "view:trend"
"""What a door to the table of the trend names as its screen."""
_GAP = "   "


class Known(NamedTuple):
    """What has come of the figures so far; None for what is still asked."""

    today: Today | None = None
    bridge: Bridge | None = None
    at_stake: AtStake | None = None
    currency: str = ""


def figure_lines(known: Known, width: int, *, chart: bool) -> Sequence[Line]:
    """The lines in `width` cells; without a `chart` below, the trend is a line of its own."""
    if known.today is None:
        return [[]] * (3 if chart else 4)
    base = _base_line(known.today)
    rule = _rule(known.today)
    if known.today.without_deeds:
        return [base, [_shortened(rule, width)]]
    lines = [base, _bridge_line(known.bridge), _stake_line(known)]
    if not chart:
        trend = _trend_line(known.today)
        return [*lines, [*trend, Part(_GAP), _shortened(rule, width - _width(trend) - len(_GAP))]]
    room = width - _width(base) - len(_GAP)
    return [[*base, Part(_GAP), _shortened(rule, room)], *lines[1:]] if room > 20 else lines


def _base_line(today: Today) -> list[Part]:
    summary = today.summary
    words = ngettext(
        "{active} active of {n} customer", "{active} active of {n} customers", summary.customers
    ).format(active=format_number(summary.active_base), n=format_number(summary.customers))
    line = [Part(words, "bold", "active:yes")]
    for since in (today.month, today.year):
        if since is not None:
            line += [Part(_GAP), _since(since, today.summary.as_of)]
    return line


def _since(since: Since, day: Day) -> Part:
    words = _("{change} since {day}") if since.change else _("as many as on {day}")
    words = words.format(change=signed(since.change), day=format_day_short(since.day, day))
    return Part(words, "", since.query)


def signed(change: int) -> str:
    """A change with its sign, also a plus."""
    return f"{'−' if change < 0 else '+'}{format_number(abs(change))}"


def _rule(today: Today) -> str:
    return _("{name} v{version} ({rule})").format(
        name=one_line(today.summary.definition), version=today.summary.version, rule=today.definition_words
    )


def _shortened(rule: str, room: int) -> Part:
    return Part(shorten(rule, room) if room > 0 else "", "$quiet")


def _bridge_line(bridge: Bridge | None) -> Line:
    label = Part(_("This month"), "$quiet")
    if bridge is None:
        return [label, Part(_GAP + "…", "$quiet")]
    if not any((bridge.start, bridge.new, bridge.reactivated, bridge.lapsed)):
        return [label, Part(_GAP), Part(_("nobody was active, and nobody came"))]
    queries = bridge.queries

    def door(name: str, words: str, number: int) -> Part:
        return Part(words.format(n=format_number(number)), "", queries[name] if number else "")

    return [
        label, Part(_GAP),
        door("start", "{n}", bridge.start), Part(" + "),
        door("new", _("{n} new"), bridge.new), Part(" + "),
        door("reactivated", _("{n} back"), bridge.reactivated), Part(" − "),
        door("lapsed", _("{n} lapsed"), bridge.lapsed), Part(" = "),
        door("end", "{n}", bridge.end),
    ]


def _stake_line(known: Known) -> Line:
    from activetui.insights.today import AT_RISK

    label, stake = Part(_("At stake"), "$quiet"), known.at_stake
    blank = Part(_GAP + " " * max(0, cell_len(_("This month")) - cell_len(label.text)))
    if stake is None:
        return [label, blank, Part("…", "$quiet")]
    if not stake.customers:
        return [label, blank, Part(_("nobody is at risk"))]
    words = ngettext(
        "{money} a year in {n} customer at risk", "{money} a year in {n} customers at risk", stake.customers
    ).format(money=format_money(stake.at_stake, known.currency), n=format_number(stake.customers))
    line = [label, blank, Part(words, "", AT_RISK)]
    if stake.usual_year > 0:
        parts = _("{share} of the {usual} that they usually spend")
        if stake.by_subscription == stake.usual_year:
            parts = _("{share} of the {usual} that they pay for subscriptions")
        elif stake.by_subscription:
            parts = _("{share} of the {usual} that they usually spend ({paid} for subscriptions)")
        usual, paid = (
            format_money(money, known.currency) for money in (stake.usual_year, stake.by_subscription)
        )
        share = format_share(stake.at_stake / stake.usual_year)
        line += [Part(_GAP), Part(parts.format(usual=usual, share=share, paid=paid), "$quiet")]
    return line


def _trend_line(today: Today) -> list[Part]:
    if not any(number for _day, number in today.trend):
        words = _("Nobody was active in the last two years")
        if not today.can_tell(today.trend[0][0]):
            words = _("Nobody was active, as far as can be told")
        return [Part(words, "$quiet")]
    words = _("since {month}").format(month=format_month(today.trend[0][0]))
    return [
        Part(spark([number for _day, number in today.told]), "$accent", mode=TREND_VIEW),
        Part(f" {words}", "$quiet"),
    ]


def _width(line: Line) -> int:
    return sum(cell_len(part.text) for part in line)
