"""For how long one purchase keeps a customer active by a definition."""

from __future__ import annotations

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.definition import Definition
from activetui.activity.evaluate import evaluate
from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import Kind

_DAY = 0
_CUSTOMER = 1


def purchase_window(definition: Definition) -> int | None:
    """The last day of silence on which a customer who bought once, and did nothing else, is still active.

    Found by asking the evaluator. None where such a purchase does not make active, or time never ends it.
    """
    import numpy as np

    spans = evaluate(definition, block_of([_CUSTOMER], [BlockEvent(_CUSTOMER, _DAY, Kind.PURCHASE)]), _DAY)
    ended = ~np.isin(spans.status, [int(status) for status in ACTIVE_BASE])
    if bool(ended[(spans.start <= _DAY) & (spans.end > _DAY)][0]):
        return None
    end = int(min(spans.start[ended & (spans.start > _DAY)], default=FAR_FUTURE))
    return None if end >= FAR_FUTURE else end - _DAY - 1
