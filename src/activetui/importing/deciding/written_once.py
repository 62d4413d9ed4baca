"""What a table writes once for several rows: a day, an order, a customer, above them or on the first one.

Reports by day or by customer do so, and lists in which somebody joined cells. A cell may also be empty
because nobody knew: only where the whole table has that shape is it taken so, and told; where it may have it,
the owner is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.asking.questions import Question
from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.vocabulary import WHO
from activetui.importing.deciding.accounts import telling_account
from activetui.importing.deciding.day_headings import below_days
from activetui.importing.deciding.day_parts import telling_joined, with_days_joined
from activetui.importing.deciding.day_sums import asking_day_sums
from activetui.importing.deciding.day_within import telling_within, with_day_within
from activetui.importing.deciding.paid_days import knowing_unpaid
from activetui.importing.deciding.understand import Assumption, Understanding, understand_table
from activetui.importing.readers import moments, money
from activetui.importing.tables.grouped import GROUP, Above, is_heading
from activetui.importing.tables.table import Table
from activetui.importing.values.bad import BadCell
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _

YES, NO = "yes", "no"
_DAYS = ("date", "visit_date")
_ONCE = (*_DAYS, "time", "order_id", *WHO)
"""What can be written once for several rows."""
_NAMED = ("name", "company", "customer_id")
"""What a word above the headings of groups must promise to tell that these are customers."""
_MEANINGS = ("purchases", "visits")
_FEWEST = 0.2
"""Of the rows, how many must leave to another one what they do not say; fewer are gaps."""
_CELLS = 2
"""Empty cells of such columns from which on they are no chance."""
_MOST = 0.98
_NEAR = 2
"""Minor units by which rounding may part the sum of a group from what its heading says."""
Cells = Sequence[str]


class Found(NamedTuple):
    """How a table may be built, and what speaks for it."""

    above: Above
    why: str
    """Empty: it may be otherwise, and the owner must be asked."""
    question: str = ""


def written_once(understood: Understanding) -> Found | None:
    """What the rows of a table leave to those above them; None where each says all of itself.

    The owner's own answer goes before whatever the table looks like.
    """
    said = understood.answers.carry_down
    if said == NO or understood.system is not None or understood.table.above is not None:
        return None
    if understood.table.grouped or understood.table.header_row is None:
        return None
    rows = [row for _line, row in understood.sample]
    by_days = below_days(understood, rows)
    if by_days is not None:
        why = _("each day stands alone on a line above its rows, such as {day} (--carry-down no takes them "
                "apart)")
        return Found(by_days[0], _("as you said") if said == YES else why.format(day=by_days[1]))
    if not rows or understood.meaning not in _MEANINGS:
        return None
    return _below_headings(understood, rows) or _below_the_first(understood, rows, anyhow=said == YES)


def understand_shape(table: Table, answers: Answers, setting: Setting) -> Understanding:
    """Decide everything about a table; what its rows leave to those above them stands in them by then."""
    table = with_days_joined(table, answers)
    understood = _built(table, answers, setting)
    parted = with_day_within(understood, answers)
    if parted is not None:
        understood = telling_within(_built(parted, answers, setting))
    understood = telling_account(telling_joined(understood))
    return asking_day_sums(knowing_unpaid(understood))


def _built(table: Table, answers: Answers, setting: Setting) -> Understanding:
    understood = understand_table(table, answers, setting)
    found = written_once(understood)
    if found is None:
        return understood
    if not found.why:
        return replace(understood, questions=(*understood.questions, question_of(found)))
    header = (*table.header, found.above.headed) if found.above.headed else table.header
    whole = understand_table(replace(table, above=found.above, header=header), answers, setting)
    names = ", ".join(one_line(header[place]) for place in found.above.columns)
    between = _("the days between the rows") if found.above.dated else _("the headings between the rows")
    told = Assumption("carry_down", names or between, found.why)
    columns = whole.columns
    if found.above.headed:
        why = _("the day stands above its rows")
        apart = {found.above.headed}
        if found.above.headed == GROUP:
            why = _("customers stand above their rows")
            apart |= {header[0]} if found.above.promised else set()
        columns = tuple(
            replace(one, why=why) if one.name in apart - answers.columns.keys() else one for one in columns
        )
    return replace(whole, columns=columns, assumptions=(*whole.assumptions, told))


def question_of(found: Found) -> Question:
    """What is to be asked where a table may be built so."""
    return Question("carry_down", found.question, "--carry-down yes|no")


def _below_the_first(understood: Understanding, rows: Sequence[Cells], *, anyhow: bool) -> Found | None:
    """Columns at the beginning that are filled on the first row of a group and empty on the others."""
    fields = {column.index: column.field for column in understood.layout.columns}
    first = next((place for place in range(len(rows[0])) if any(row[place].strip() for row in rows)), 0)
    below = [row for row in rows if not row[first].strip()]
    if fields.get(first) not in _ONCE or not below or not rows[0][first].strip():
        return None
    columns = [first]
    for place in range(first + 1, len(rows[0])):
        if fields.get(place) not in _ONCE or any(row[place].strip() for row in below):
            break
        if any(row[place].strip() for row in rows):
            columns.append(place)
    heads = [row for row in rows if row[first].strip()]
    bare = all(is_heading(row, columns) for row in heads)
    above = Above(tuple(columns), bare=bare)
    names = ", ".join(one_line(understood.layout.name_of(place)) for place in columns)
    said = _("as you said")
    if anyhow:
        return Found(above, said)
    told = [row for row in below if not is_heading(row, columns)]
    repeated = any("" != row[first].strip() == other[first].strip() for row, other in pairwise(rows))
    few = len(below) < _FEWEST * len(rows) or len(below) * len(columns) < _CELLS
    if few or len(told) < _MOST * len(below) or repeated:
        return None
    if bare and not _adds_up(understood, list(_groups(rows, first)), _amount(understood)):
        return None
    words = [row[first].strip() for row in heads]
    if fields[first] not in WHO:
        why = _("{n} of {all} rows leave it empty below a row that fills it, and none repeats what stands "
                "above it (--carry-down no leaves it empty)")
        return Found(above, why.format(n=len(below), all=len(rows)))
    if len(set(words)) < len(words) or len(words) < 2:
        return None  # a list in which some rows name nobody
    why = ""
    if _days_begin_again(understood, list(_groups(rows, first))):
        why = _("{n} of {all} rows leave it empty, and the days begin anew with each that fills it "
                "(--carry-down no leaves it empty)")
    asked = _("{column}: {n} of {all} rows leave it empty below a row that fills it. Are they of the same "
              "customer as the row above, or of nobody?")
    return Found(
        above, why.format(n=len(below), all=len(rows)),
        asked.format(column=names, n=len(below), all=len(rows)),
    )


def _groups(rows: Sequence[Cells], first: int) -> Iterator[list[Cells]]:
    """The rows, each that fills a column with those below it that do not."""
    group: list[Cells] = []
    for row in rows:
        if row[first].strip() and group:
            yield group
            group = []
        group.append(row)
    yield group


def _below_headings(understood: Understanding, rows: Sequence[Cells]) -> Found | None:
    """Headings of groups in the first column, which the rows below them fill with something else."""
    layout = understood.layout
    day = next((place for name in _DAYS for place in layout.of(name)[:1]), 0)
    if not day or any(place for name in WHO for place in layout.of(name)):
        return None
    is_head = [bool(row[0].strip()) and not row[day].strip() and is_heading(row, (0,)) for row in rows]
    under = [row for row, head in zip(rows, is_head, strict=True) if not head]
    if not is_head[0] or not under or any(one and other for one, other in pairwise((*is_head, True))):
        return None
    if sum(1 for row in under if row[day].strip()) < _MOST * len(under):
        return None
    groups: list[list[Cells]] = []
    for row, head in zip(rows, is_head, strict=True):
        if head:
            groups.append([])
        groups[-1].append(row)
    promised = any(0 in layout.of(name) for name in WHO)
    above, example = Above(day=day, promised=promised), one_line(rows[0][0])
    amount = _amount(understood)
    summed = _adds_up(understood, groups, amount)
    if not summed and amount is not None and any(group[0][amount].strip() for group in groups):
        return None  # amounts that are something else than the sums of what follows
    why = ""
    if _names_people(understood):
        why = _("rows stand below customers such as {heading} (--carry-down no takes them apart)")
        if summed:
            why = _("rows stand below customers such as {heading}, whose amount is their sum "
                    "(--carry-down no takes them apart)")
    if understood.answers.carry_down == YES:
        why = _("as you said")
    asked = _("The rows stand in groups below headings such as {heading}. Are these headings the customers?")
    return Found(above, why.format(heading=example), asked.format(heading=example))


def _names_people(understood: Understanding) -> bool:
    """Whether a heading above the first column, or of it, promises customers."""
    above = [understood.table.header[0], *understood.table.titles]
    return any(meaning.field in _NAMED for text in above for meaning in meanings(text))


def _amount(understood: Understanding) -> int | None:
    layout = understood.layout
    places = (layout.one(name) for name in ("order_total", "amount", "subtotal"))
    return next((place for place in places if place is not None), None)


def _adds_up(understood: Understanding, groups: Sequence[Sequence[Cells]], amount: int | None) -> bool:
    """Whether the first row of every group has the sum of the others; the last may go on after the sample."""
    if amount is None:
        return False
    read = money(understood, amount)
    whole = groups[:-1] if len(groups) > 1 else groups
    try:
        for head, *others in whole:
            said = read(head[amount])
            if said is None or not others:
                return False
            if abs(said - sum(read(row[amount]) or 0 for row in others)) > _NEAR:
                return False
    except BadCell:
        return False
    return True


def _days_begin_again(understood: Understanding, groups: Sequence[Sequence[Cells]]) -> bool:
    """Whether the days run one way within every group, and back where a group begins."""
    place = next((place for name in _DAYS for place in understood.layout.of(name)[:1]), None)
    if place is None:
        return False
    read = moments(understood, place)
    try:
        days: list[list[Day]] = [
            [day for row in group if (day := read(row[place]).day) is not None] for group in groups
        ]
    except BadCell:
        return False
    if any(len(some) != len(group) for some, group in zip(days, groups, strict=True)):
        return False
    steps = [later - one for some in days for one, later in pairwise(some) if later != one]
    back = [other[0] - one[-1] for one, other in pairwise(days)]
    return bool(steps) and (
        (min(steps) > 0 and min(back) < 0) or (max(steps) < 0 and max(back) > 0)
    )
