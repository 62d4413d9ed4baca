"""Headings with several meanings: what the other columns say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from activetui.importing.columns.candidates import LITTLE, Candidate, lift
from activetui.importing.columns.contents import Contents
from activetui.importing.columns.headings import normal
from activetui.importing.columns.rivals import Around, settle
from activetui.importing.columns.vocabulary import WHAT
from activetui.importing.values.contacts import is_country_name
from activetui.locales import _

_AGGREGATES = {"total_spent", "orders_count", "first_visit", "last_visit"}
_TOLD = ("visit_date", "subject", "resolved_at", "rating", "score", "review_text", "points", "referred_by")
"""Fields that only something that happened has, besides those of something bought."""
_NIGHTS = frozenset((
    "nights", "nachte", "noches", "noites", "diarias", "notti", "nuits", "nuitees", "ночей", "ночи", "суток",
))
_OF_A_STAY = {"subscription_start": "visit_date", "subscription_end": "end_time", "until": "end_time"}
_FROM = frozenset(("from", "du", "dal", "von", "vom", "desde", "de", "с"))
_TO = frozenset(("to", "au", "al", "bis", "hasta", "ate", "a", "по"))
"""Headings of the first and the last day, where nights are counted: `Du`, `Au`."""
_DEPOSITS = frozenset((
    "deposit", "down payment", "sinal", "adiantamento", "senal", "anticipo", "a cuenta", "acconto", "caparra",
    "acompte", "arrhes", "предоплата", "аванс", "задаток", "anzahlung",
))
_OWED = frozenset(("balance", "saldo", "solde", "остаток"))
"""Headings that may be another instalment as well, and not what is still to be paid."""
_LISTED = 0.3
_DAYS = 0.8
_LISTED_BESIDE = {"consent", "plan", "recurrence", "subscription_start", "subscription_renewal", "paused_at"}
"""Meanings beside which a state is that of something paid for, or the consent stands in another column."""
_PLACES = 0.1
"""Share of words for a state from which on a column does not hold places."""
_WORDS_FOR_PAYMENT = ("payment", "paid", "pagamento", "pago", "paiement", "pagata", "financial", "оплат")


def weigh(
    candidates: Mapping[int, list[Candidate]], header: Sequence[str], contents: Sequence[Contents],
    said: set[str],
) -> None:
    """Raise and lower candidates by what stands beside them."""
    alone = {found[0].field for found in candidates.values() if len(found) == 1} | said
    every = {candidate.field for found in candidates.values() for candidate in found} | said
    bought = _is_about_purchases(candidates, alone, said)
    ends = any(
        candidate.field == "subscription_end" and contents[place].day >= 0.5
        for place, found in candidates.items() for candidate in found
    )
    nights = any(_NIGHTS.intersection(normal(heading).split()) for heading in header)
    for place, found in candidates.items():
        _listings(found, contents[place], every, bought)
        _deposits(found, header, place, candidates)
        if nights:
            _stays(found, normal(header[place]), contents[place])
        fields = {candidate.field for candidate in found}
        if len(found) > 1:
            _names(found, fields, alone)
            _ids(found, fields, alone, bought, contents[place])
            _days(found, fields, alone, bought)
            _prices(found, fields, alone, every)
            _places(found, fields, contents[place])
            before = header[place - 1] if place else ""
            settle(found, Around(frozenset(alone), frozenset(every), bought, before, contents[place], ends))
        _channels(found, bought)
        _payment_states(found, header[place])


def _is_about_purchases(
    candidates: Mapping[int, Sequence[Candidate]], alone: set[str], said: set[str]
) -> bool:
    """Whether the file tells what was bought and when, not only of whom."""
    if said & {"date", "visit_date"}:
        return True
    if alone & _AGGREGATES and not alone & {"amount", "order_total", "quantity"}:
        return False
    what = {
        candidate.field for found in candidates.values() for candidate in found
        if candidate.field in (*WHAT, *_TOLD) and not (candidate.field == "order_id" and len(found) > 1)
    }
    when = any(
        candidate.field in ("date", "visit_date") for found in candidates.values() for candidate in found
    )
    return when and bool(what)


def _listings(found: list[Candidate], contents: Contents, every: set[str], bought: bool) -> None:
    """A state that is one of the newsletter's: who wants mail, in a list of addresses that tells no more."""
    if bought or "email" not in every or every & _LISTED_BESIDE or contents.listed < _LISTED:
        return
    if any(candidate.field == "state" for candidate in found):
        found[:] = [Candidate("consent", 0.94, _("the cells say who is on the list and who has left it"))]


def _deposits(
    found: list[Candidate], header: Sequence[str], place: int, candidates: Mapping[int, list[Candidate]]
) -> None:
    """A deposit is all that is paid so far only where another column says what is still to be paid."""
    if normal(header[place]) not in _DEPOSITS:
        return
    if not any(
        one.field == "outstanding" and normal(header[other]) not in _OWED
        for other, some in candidates.items() for one in some
    ):
        found.clear()


def _stays(found: list[Candidate], heading: str, contents: Contents) -> None:
    """Where nights are counted, what starts and ends is a stay and no subscription."""
    for candidate in found:
        candidate.field = _OF_A_STAY.get(candidate.field, candidate.field)
    if contents.day >= _DAYS and heading in _FROM | _TO:
        field = "visit_date" if heading in _FROM else "end_time"
        found[:] = [Candidate(field, 0.9, _("the heading says so; nights are counted"))]


def _names(found: Sequence[Candidate], fields: set[str], alone: set[str]) -> None:
    if {"name", "first_name"} <= fields and "last_name" in alone:
        lift(found, "first_name", _("the heading says so, beside a column of family names"))
    elif {"name", "last_name"} <= fields and "first_name" in alone:
        lift(found, "last_name", _("the heading says so, beside a column of first names"))
    elif "name" in fields and fields & {"first_name", "last_name"}:
        lift(found, "name", "")


def _ids(
    found: list[Candidate], fields: set[str], alone: set[str], bought: bool, contents: Contents
) -> None:
    if {"order_id", "row_number"} <= fields:
        counts = next(candidate for candidate in found if candidate.field == "row_number")
        lift(found, counts.field, _("the cells count up from 1: a row number"))
    elif {"order_id", "customer_id"} <= fields:
        if bought and "order_id" not in alone:
            lift(found, "order_id", _("the heading says so; every row is something bought"))
        elif bought and "email" in alone and 1 < contents.filled == contents.distinct:
            found.clear()  # a number of its own on every sale, beside that of the order: nobody's
        else:
            lift(found, "customer_id", _("the heading says so; every row is a customer"))


def _days(found: Sequence[Candidate], fields: set[str], alone: set[str], bought: bool) -> None:
    if not {"date", "customer_since"} <= fields:
        return
    if bought and "date" not in alone:
        lift(found, "date", _("the heading says so; every row is something bought"))
    else:
        lift(found, "customer_since", _("the heading says so; every row is a customer"))


def _prices(found: Sequence[Candidate], fields: set[str], alone: set[str], every: set[str]) -> None:
    if not {"amount", "unit_price"} <= fields:
        return
    if "amount" in alone or "order_total" in alone:
        lift(found, "unit_price", _("the heading says so; the total stands in another column"))
    elif "quantity" in every:
        lift(found, "unit_price", _("the heading says so, beside a quantity"))
    else:
        lift(found, "amount", _("the heading says so; there is no other amount"))


def _places(found: Sequence[Candidate], fields: set[str], contents: Contents) -> None:
    if "state" in fields and fields & {"region", "country"}:
        no_country = "region" not in fields and not any(map(is_country_name, contents.examples))
        if contents.word > _PLACES or contents.flag >= 0.5 or no_country:
            lift(found, "state", _("the values are states of a sale"))
        else:
            lift(found, "region" if "region" in fields else "country", _("the values are places"))


def _channels(found: Sequence[Candidate], bought: bool) -> None:
    for candidate in found:
        if (candidate.field == "channel" and not bought) or (candidate.field == "acquisition" and bought):
            candidate.score -= LITTLE


def _payment_states(found: Sequence[Candidate], heading: str) -> None:
    """Of several columns of states, the one about money is asked first."""
    if any(word in normal(heading) for word in _WORDS_FOR_PAYMENT):
        return
    for candidate in found:
        if candidate.field == "state":
            candidate.score -= 0.02
