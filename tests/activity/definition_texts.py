"""Definitions in every way that TOML lets an owner write them, and what can be asked of one."""

from __future__ import annotations

import re
from collections import Counter

from activetui.activity.definition import Definition
from activetui.activity.editing import Row, RowKind, form_of
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.reading.parsing import parse

OWN = {"tasting": 100, "[red]": 101}
CURRENCY = "EUR"

BY_HEADERS = '''
name = "By headers"

# What keeps them
[[active.any]]                 # first
event = "purchase"             # a purchase
within_days = 30
# between the two
[[active.any]]
subscription = "any"

[[active.none]]
event = "tasting"
within_days = 3

# When it gets late
[at_risk]
window_used = 0.8              # nearly over

[lost]
days = 90

[types]
loyal.event = "visit"
loyal.within_days = 90
'''
BY_DOTS = '''
name = "By dots"
active.any = [{event="purchase", within_days=30}, # one
  # two
  {spend = 50, within_days = 365}]
new.days = 3
at_risk.all = [ { window_used = 0.9 }, { any = [ # deep
   { rhythm = 2 }
   , {event = ["complaint"], within_days = 9} # last
] } ]
lost = { days = 4 }
types = { vip = { spend = "20.00", within_days = 30 } }
'''
ONE_LINE = 'name="x"\nactive={event="visit",within_days=3}\n'
OUT_OF_ORDER = '''
name = "x"
[types.loyal]
event = "visit"
within_days = 3
[active]
all = [ { event = "booking", ahead = true } ]
none = [ { event = "complaint", within_days = 9 } ]
[types.vip]    # the best
event = "visit"
within_days = 3
'''
NEGATED = '''
name = "Negated"
[active]
none = [ { all = [ { event = "visit", within_days = 3 }, { event = "note", within_days = 3 } ] } ]
[at_risk]
any = [ { none = [ { any = [ { rhythm = 3 }, { window_used = 0.5 } ] } ] } ]
'''
DEEP = '''
"name" = "Deep"   # quoted
  [active]
  "all" = [{ "event" = 'purchase', within_days = 3_0 }]
→[[active.any]]
→event = [ "visit", # in person
→  "booking" ]
→within_days = 30 # a month
[[active.any]]
[[active.any.all]]
subscription = "any"   # paid
[[active.any.all]]
event = "usage"
within_days = 14
[reactivated]
days = 0x1E
[types.loyal]
[[types.loyal.none]]
event = "note"   # none
within_days = 9
# the end'''.replace("→", "\t")
TEXTS = [*(preset_text(preset.key) for preset in PRESETS), BY_HEADERS, BY_DOTS, ONE_LINE, OUT_OF_ORDER,
         NEGATED, DEEP]


def read(text: str) -> Definition:
    return parse(text, own_kinds=OWN, currency=CURRENCY)


def rows_of(text: str) -> tuple[Row, ...]:
    return form_of(text, OWN, CURRENCY).rows


def meaning(text: str) -> object:
    """What a definition says, without how it is written."""
    made = read(text)
    return (made.name, made.active, made.new_days, made.reactivated_days, made.at_risk, made.lost_days,
            dict(made.types), made.agreed)


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"#[^\n]*", text))


def words(text: str) -> Counter[str]:
    return Counter(row.words for row in rows_of(text) if row.kind is RowKind.CONDITION)
