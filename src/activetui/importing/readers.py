"""How the cells of an understood file are read: every column by what was decided of it, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from activetui.importing.deciding.understand import Understanding
from activetui.importing.values.amounts import Mark, PlainReader, minor_reader, number_reader, plain_reader
from activetui.importing.values.dates import Moment, read_time, read_written
from activetui.importing.values.ids import id_reader
from activetui.importing.values.moments import Spelling, moment_reader, read_spelt
from activetui.importing.values.zones import at_home, zone_of

Cells = Sequence[str]


def spelling_of(understood: Understanding, place: int) -> Spelling:
    """How a column of days is written."""
    decision = understood.decisions.days.get(place)
    return Spelling(
        order=understood.decisions.order(place),
        mixed=decision is not None and decision.mixed,
        later_base=decision is not None and decision.later_base,
        zone=understood.zones.get(place),
        home=understood.home,
    )


def moments(understood: Understanding, place: int) -> Callable[[str], Moment]:
    """Reads the cells of a column of days: the business's own day and time. `BadCell` for what is none."""
    return moment_reader(spelling_of(understood, place))


def row_moments(understood: Understanding, place: int) -> Callable[[Cells], Moment]:
    """Reads the day in a column with the time and the zone that stand in columns of their own.

    `BadCell` for a day that cannot be.
    """
    layout, spelling = understood.layout, spelling_of(understood, place)
    clock, zone = layout.one("time"), layout.one("time_zone")
    alone = moment_reader(spelling)
    if clock is None and (zone is None or spelling.home is None):
        return lambda row: alone(row[place])

    def read(row: Cells) -> Moment:
        named = "" if zone is None else row[zone]
        moment = alone(row[place]) if zone is None else read_spelt(row[place], spelling, named)
        if clock is None or moment.time or moment.day is None:
            return moment
        time, own_zone = read_time(row[clock])
        if not time or spelling.home is None:
            return Moment(moment.day, time)
        named = own_zone or read_written(row[place], spelling.order, own_proof=True).zone or named
        away = zone_of(named) if named else understood.zones.get(clock, spelling.zone)
        if away is None:
            return Moment(moment.day, time)
        return Moment(*at_home(moment.day, time, away, spelling.home))

    return read


def money(understood: Understanding, place: int, currency: str = "") -> Callable[[str], int | None]:
    """Reads the cells of a column of amounts in minor units of a currency (else of the file's)."""
    cents = understood.decisions.in_cents(place)
    return minor_reader(_mark(understood, place), currency or understood.currency.code, cents=cents)


def plain_money(understood: Understanding, place: int) -> PlainReader:
    """Reads many cells of a column of amounts at once, where they are plain; None where they are not."""
    cents = understood.decisions.in_cents(place)
    return plain_reader(_mark(understood, place), understood.currency.code, cents=cents)


def _mark(understood: Understanding, place: int) -> Mark | None:
    decisions = understood.decisions
    return decisions.mark(place) if place in decisions.marks else decisions.usual_mark()


def numbers(understood: Understanding, place: int) -> Callable[[str], float | None]:
    """Reads the cells of a column of pieces or points, with their units (`1.000 kg`)."""
    decisions = understood.decisions
    return number_reader(decisions.numbers.get(place, decisions.usual_mark()))


def ids(understood: Understanding, place: int) -> Callable[[str], str]:
    """Reads the cells of a column of ids; nothing for one that a spreadsheet destroyed."""
    return id_reader(whole_floats=place in understood.whole_floats)
