"""Subscriptions that renew by themselves, and those whose end is a reason to get in touch.

Members who pay month by month need no call before each end: their own past says that they go on. It is
looked for in the ledger alone, for no file tells who has agreed to an automatic renewal:

- The period is short, `SHORT` days at most. Who pays by the year is to be reminded every time.
- Twice in a row a period began when the one before ended, to within `CLOSE` days. Or the subscription stands
  in a list as it is now, with one first day, and is in its third period at least.
- Who has not been there so long goes by the others: of the periods as short of the same product, `ENOUGH` or
  more ended before this month, and `USUAL` of a hundred were followed by the next one in time.

What others do counts only up to the end of the month before, so that what is done today with one customer
changes nothing about another. A failed renewal after all that says that it does not renew by itself now.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

from activetui.ledger.kinds import Kind
from activetui.store.listing.event_tests import RENEWABLE
from activetui.store.opening.seed import HAND

SHORT = 93
"""Days of the longest period that is thought to renew by itself: a quarter of a year."""
CLOSE = 3
"""So many days before or after the end of one period the next one begins, if nobody has to see to it."""
ENOUGH = 30
"""From so many ended periods on, those of a product tell of a new subscriber."""
USUAL = 90
"""So many of a hundred of them have to have been renewed in time."""

_LAST_MONTH = "(? - CAST(strftime('%d', ? * 86400, 'unixepoch') AS INTEGER))"
"""The last day of the month before."""
_SAME = "{0}.customer_id = event.customer_id AND fold({0}.product) = fold(event.product)"
_CHARGE = "{0}.action NOT IN ('pause', 'cancel')"
_NEWS = (
    f"{{0}}.kind = {Kind.SUBSCRIPTION} AND {{0}}.kind <> {Kind.PURCHASE}"
    " AND {0}.customer_id IS NOT NULL AND {0}.day <= ?"
)


def _told(name: str) -> str:
    """SQL: a row of that name is something told of a subscription, known on the day, that came about."""
    return f"{_NEWS.format(name)} AND {name}.counts"


_IN_TIME = f"day BETWEEN ended + 1 - {CLOSE} AND ended + 1 + {CLOSE}"

WITH = f"""WITH lasting AS MATERIALIZED (
  SELECT fold(told.product) AS product, told.amount AS amount, min(told.until + 1 - told.day) AS days
  FROM event AS told WHERE {_told('told')} AND {_CHARGE.format('told')} AND told.amount > 0
  AND told.until > told.day AND told.day <= {_LAST_MONTH} GROUP BY 1, 2
), known AS MATERIALIZED (
  SELECT source_id, max(day) AS day FROM (
    SELECT told.source_id AS source_id, told.day AS day FROM event AS told
    WHERE {_told('told')} AND {_CHARGE.format('told')}
    UNION ALL SELECT batch.source_id, min(batch.last_day, operation.day, ?) FROM batch
    JOIN operation ON operation.batch_id = batch.id
    WHERE batch.undone_at IS NULL AND batch.last_day IS NOT NULL
    AND json_extract(batch.counts, '$.found.subscriptions') > 0)
  GROUP BY source_id
), usual AS MATERIALIZED (
  SELECT product FROM (
    SELECT fold(told.product) AS product, told.day AS began, told.action AS action, told.until AS ended,
      lead(told.day) OVER news AS day, lead(told.action) OVER news AS following
    FROM event AS told WHERE {_told('told')}
    WINDOW news AS (PARTITION BY told.customer_id, fold(told.product) ORDER BY told.day, told.id))
  WHERE action NOT IN ('pause', 'cancel') AND ended - began BETWEEN 0 AND {SHORT - 1}
  AND ended + 1 + {CLOSE} <= {_LAST_MONTH}
  GROUP BY product HAVING count(*) >= {ENOUGH} AND {USUAL} * count(*) <= 100 * count(*) FILTER (
    WHERE following NOT IN ('pause', 'cancel') AND {_IN_TIME})
)"""
"""What the texts below look up, to stand before their SELECT: the shortest period of each product and price;
up to which day each source tells of subscriptions; the products whose short periods usually renew."""

_OWN = "event.until + 1 - event.day"
_LENGTH = f"""CASE WHEN {_OWN} <= {SHORT} OR {_OWN} BETWEEN 360 AND 370 OR {_OWN} BETWEEN 725 AND 735
    THEN {_OWN} ELSE min({_OWN}, coalesce((SELECT lasting.days FROM lasting
      WHERE lasting.product = fold(event.product) AND lasting.amount = event.amount), {_OWN})) END"""
"""A list as it is now tells no period; where none is likely, it is the shortest of its product and price."""
_RUNS_SINCE = f"""(SELECT min(told.day) FROM event AS told WHERE {_told('told')} AND {_SAME.format('told')}
    AND {_CHARGE.format('told')} AND told.until >= event.until AND told.day <= event.day)"""
_STANDS = f"""(event.until + 1 - {_RUNS_SINCE} > ({_LENGTH})
    AND event.until + 1 - {_RUNS_SINCE} >= 3 * ({_LENGTH}) - {2 * CLOSE})"""
"""A list as it is now tells the first day and the present end: it has been renewed in between."""
_IN_A_ROW = f"""coalesce((SELECT sum(CASE WHEN {_IN_TIME} THEN 1 ELSE -9 END) FROM (
    SELECT told.day AS day, lag(told.id) OVER news AS before,
      lag(CASE WHEN {_CHARGE.format('told')} THEN told.until END) OVER news AS ended
    FROM event AS told WHERE {_told('told')} AND {_SAME.format('told')}
    AND (told.day, told.id) <= (event.day, event.id)
    WINDOW news AS (ORDER BY +told.day, told.id) ORDER BY +told.day DESC, told.id DESC LIMIT 2)
  WHERE before IS NOT NULL), 0)"""
"""How many of the last two periods began in time, where all did of which it is known; else less than 0. With
the day as it is, the index by customer and day would be taken, and every purchase be looked at."""
_ALWAYS = f"""(({_LENGTH}) BETWEEN 1 AND {SHORT} AND ({_IN_A_ROW} = 2 OR {_STANDS}
    OR ({_IN_A_ROW} >= 0 AND fold(event.product) IN (SELECT product FROM usual))))"""
FAILED = f"""EXISTS (SELECT 1 FROM event AS failed WHERE {_NEWS.format('failed')} AND NOT failed.counts
    AND {_SAME.format('failed')} AND {_CHARGE.format('failed')}
    AND (failed.day, failed.id) > (event.day, event.id))"""
"""A renewal of the row `event` was tried and did not come about."""

EXPIRING = f"{RENEWABLE} AND ({FAILED} OR NOT {_ALWAYS})"
"""FROM event WHERE: the subscriptions that run, are not renewed, and do not renew by themselves."""
UNRENEWING = f"""FROM event WHERE {_told('event')} AND {_CHARGE.format('event')}
  AND event.until < ?
  AND NOT EXISTS (SELECT 1 FROM event AS other WHERE {_told('other')} AND {_SAME.format('other')}
    AND ((other.day, other.id) > (event.day, event.id) OR other.until > event.until))
  AND ({FAILED} OR event.until + 1 + {CLOSE} < CASE event.source_id WHEN {HAND} THEN ?
    ELSE (SELECT known.day FROM known WHERE known.source_id = event.source_id) END)"""
"""FROM event WHERE: those that are over and neither renewed nor cancelled nor paused, as files tell."""

ENDS = {
    "expires": f"{WITH} SELECT event.customer_id, min(event.until) AS at {EXPIRING} {{near}} GROUP BY 1",
    "unrenewed": f"{WITH} SELECT event.customer_id, max(event.until) AS at {UNRENEWING} {{near}} GROUP BY 1",
}
"""The texts below, with a place for what leaves out ends that do not matter."""
NEAR = {"expires": "AND event.until <= ", "unrenewed": "AND event.until >= "}
"""Where the first end is wanted, no end after the last day that is asked for; or the other way round."""
EXPIRES = ENDS["expires"].format(near="")
"""Who has a subscription that runs, is not renewed and does not renew by itself: the first end of one."""
UNRENEWED = ENDS["unrenewed"].format(near="")
"""Whose subscription is over and was not renewed, as far as files tell: the last end of one."""
