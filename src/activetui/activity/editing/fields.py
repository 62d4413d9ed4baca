"""What can be changed in a condition, each with a label, a meaning and what may be put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from activetui.activity.condition_words import one_or_other
from activetui.activity.editing.terms import Terms
from activetui.activity.editing.toml_text import Value
from activetui.activity.kind_words import action_in_words, one_of_kind
from activetui.activity.reading.condition_parsing import FEWEST_SEASONS, MOST_SEASONS, WIDEST_SEASON
from activetui.activity.reading.event_parsing import MOST_EVENTS
from activetui.activity.reading.positions import Path
from activetui.activity.reading.table_reading import LONGEST
from activetui.ledger.kinds import ACTION_CODES, ACTIONS, CHANNELS, KIND_OF_WORD
from activetui.ledger.money import to_minor
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import days_words, format_money, format_number

What: TypeAlias = Literal["days", "number", "share", "ratio", "amount", "choice", "choices", "texts", "flag"]
"""How a value is put in: `share` is typed as per cent, `choices` and `texts` may be several."""


class Option(NamedTuple):
    """One value that can be chosen."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that can be changed in a condition, as it is now."""

    key: str
    """The key in the TOML."""
    value: Value | None
    """None where the condition does not say it."""
    what: What
    label: str
    meaning: str
    shown: str
    """The value as people say it; what goes without saying where the condition does not say it."""
    choices: tuple[Option, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    needed: bool = False
    """Whether the condition cannot do without it."""

    @property
    def step(self) -> Decimal | None:
        """By how much a key press makes it more or less; None where it is no number."""
        return _STEPS.get(self.what)

    def moved(self, steps: int) -> Value | None:
        """The number so many steps on, within its bounds; None where it is no number or cannot move."""
        if self.step is None or isinstance(self.value, tuple | bool):
            return None
        now = Decimal(self.value) if self.value is not None else _WHERE_UNSAID.get(self.key, self.least)
        after = min(max(now + steps * self.step, self.least), self.most)
        if after == now:
            return None
        if self.what in ("days", "number"):
            return int(after)
        return str(after) if self.what == "amount" else after.normalize()


_STEPS: dict[str, Decimal] = {
    "days": Decimal(1), "number": Decimal(1), "share": Decimal("0.01"), "ratio": Decimal("0.1"),
    "amount": Decimal(1),
}
_WHERE_UNSAID = {"count": Decimal(1), "min_purchases": Decimal(4), "around_days": Decimal(30)}
"""What the reader takes where a number is not said."""


class _Sort(NamedTuple):
    """What is the same about a field in every condition."""

    what: What
    label: str
    meaning: str
    unsaid: str = N_("any")
    least: str = "0"
    most: str = str(LONGEST)
    needed: bool = False


_EVENT = (N_("What"), N_("What has to happen. Several kinds can be chosen; one of them is enough."))
_SORTS: dict[str, _Sort] = {
    "event": _Sort("choices", *_EVENT, N_("a purchase"), needed=True),
    "ahead": _Sort("flag", N_("Still to come"),
                   N_("Yes: it holds until the day of the booking. No: it counts afterwards, within days.")),
    "within_days": _Sort("days", N_("Within"),
                         N_("For how many days it counts. After that it is as if it had not happened."),
                         needed=True),
    "count": _Sort("number", N_("How often"), N_("How often it must have happened within these days."),
                   N_("once"), "1", str(MOST_EVENTS)),
    "spend": _Sort("amount", N_("Money"),
                   N_("What was paid within these days, all together, less what was given back."),
                   N_("any amount"), "0.01", "999999999999"),
    "rating_at_most": _Sort("number", N_("Rated at most"), N_("Only bad ratings: this many points or fewer."),
                            most="32767"),
    "rating_at_least": _Sort("number", N_("Rated at least"),
                             N_("Only good ratings: this many points or more."), most="32767"),
    "direction": _Sort("choice", N_("From whom"), N_("Who got in touch: the customer, or you."),
                       N_("either side")),
    "action": _Sort("choices", N_("Which"), N_("Only these. Several can be chosen; one of them is enough.")),
    "feature": _Sort("texts", N_("Of what"), N_("Only the use of these, by name, with commas between them."),
                     N_("anything")),
    "product": _Sort("texts", N_("Of what"), N_("Only these products, by name, with commas between them."),
                     N_("anything")),
    "nature": _Sort("choice", N_("Goods or service"), N_("Whether it was for a product or for a service.")),
    "channel": _Sort("texts", N_("By which way"),
                     N_("Only by these ways, such as phone, email, in_person or web."), N_("any way")),
    "unless_resolved": _Sort("flag", N_("Until resolved"),
                             N_("Yes: it no longer counts once the complaint is marked as resolved.")),
    "subscription": _Sort("choice", N_("Which"), N_("Which subscriptions count."), needed=True),
    "grace_days": _Sort("days", N_("Still counts for"),
                        N_("Days after its end in which a late renewal is waited for."), N_("0 days")),
    "window_used": _Sort("share", N_("Share gone"),
                         N_("How much of the time until the customer turns inactive has gone, in per cent."),
                         least="0.01", most="0.99", needed=True),
    "rhythm": _Sort("ratio", N_("Silent for"),
                    N_("How many times the customer's own usual gap between two purchases."),
                    least="0.1", most="999", needed=True),
    "min_purchases": _Sort("number", N_("Known from"),
                           N_("From how many purchases on a customer has a rhythm at all."),
                           N_("4 purchases"), "3", str(MOST_EVENTS)),
    "tenure_at_least": _Sort("days", N_("At least"),
                             N_("Days since the customer's first purchase, visit or subscription."),
                             N_("any time")),
    "tenure_at_most": _Sort("days", N_("At most"),
                            N_("Days since the customer's first purchase, visit or subscription."),
                            N_("any time")),
    "seasonal": _Sort("number", N_("Years running"),
                      N_("In how many of the last years the customer came at that time of the year."),
                      least=str(FEWEST_SEASONS), most=str(MOST_SEASONS), needed=True),
    "around_days": _Sort("days", N_("Give or take"), N_("How many days earlier or later is the same time."),
                         N_("30 days"), most=str(WIDEST_SEASON)),
    "days": _Sort("days", N_("Days"), N_("How many days it lasts.")),
}
_IN_ORDER: dict[str, tuple[str, ...]] = {
    "event": ("event", "ahead", "within_days", "count", "spend", "rating_at_most", "rating_at_least",
              "direction", "action", "feature", "product", "nature", "channel", "unless_resolved"),
    "subscription": ("subscription", "grace_days", "product"),
    "window_used": ("window_used",),
    "rhythm": ("rhythm", "min_purchases"),
    "tenure": ("tenure_at_least", "tenure_at_most"),
    "seasonal": ("event", "seasonal", "around_days"),
}
_SAMPLES: dict[str, Value] = {
    "count": 1, "spend": "1", "rating_at_most": 1, "rating_at_least": 0, "direction": "in", "feature": "x",
    "product": "x", "nature": "product", "channel": "web", "unless_resolved": True,
}


def fields_of(table: Mapping[str, Any], path: Path, terms: Terms) -> tuple[FormField, ...]:
    """What can be changed in a condition, from its table in the TOML and the place of that."""
    keys = _IN_ORDER[head_of(table)]
    return tuple(
        made for key in keys
        if (key in table or _may_have(table, key, path, terms)) and (made := _field(key, table, terms))
    )


def days_field(days: int | None, *, least: int, meaning: str) -> FormField:
    """The one field of a section such as `[new]`."""
    shown = days_words(days) if days is not None else _("never")
    return FormField("days", days, "days", _("Days"), meaning, shown, least=Decimal(least),
                     most=Decimal(LONGEST))


def head_of(table: Mapping[str, Any]) -> str:
    """Which sort of condition a table is; an event where it does not say."""
    if any(key.startswith("tenure_") for key in table):
        return "tenure"
    return next((head for head in ("seasonal", "subscription", "window_used", "rhythm") if head in table),
                "event")


def kinds_of(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of event that a condition names, or those that go without saying."""
    if "event" not in table:
        return ("purchase", "refund") if "spend" in table and "count" not in table else ("purchase",)
    given = table["event"]
    return tuple(given) if isinstance(given, list) else (str(given),)


def actions_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """What an event of these kinds can be."""
    return tuple(dict.fromkeys(action for kind in kinds for action in ACTIONS.get(kind, ())))


def _may_have(table: Mapping[str, Any], key: str, path: Path, terms: Terms) -> bool:
    """Whether the reader would take the key in this condition."""
    if key == "event" or head_of(table) != "event":
        return True
    if key == "ahead":
        return kinds_of(table) == ("booking",)
    if table.get("ahead") is True:
        return key == "event"
    kinds = kinds_of(table)
    if (key, kinds) in (("action", ("contact",)), ("product", ("usage",))):
        return False                                      # the same as direction, and as feature
    sample: Value = _SAMPLES.get(key, 30)
    bare: dict[str, Any] = {"event": list(kinds), "within_days": 30}
    if "subscription" in kinds:
        bare["action"] = "renewal"
    if key == "action":
        actions = actions_of(kinds)
        return bool(actions) and terms.fits({**bare, "action": actions[0]}, path)
    return terms.fits({**bare, key: sample}, path)


def _field(key: str, table: Mapping[str, Any], terms: Terms) -> FormField:
    sort = _SORTS[key]
    value = _value(table.get(key), sort.what)
    needed = sort.needed or _carries(key, table)
    choices = _choices(key, table, terms)
    return FormField(
        key, value, sort.what, _(sort.label), _(sort.meaning),
        _shown(key, value, sort, choices, terms), choices,
        Decimal(sort.least), Decimal(_most(key, table, sort)), needed,
    )


def _carries(key: str, table: Mapping[str, Any]) -> bool:
    """Whether the condition would be none, or another one, without a key that others can do without."""
    for pair in (("tenure_at_least", "tenure_at_most"), ("spend", "count")):
        if key in pair and key in table and "event" not in table:
            return not set(pair) <= set(table)
    return key == "action" and "subscription" in kinds_of(table)


def _value(given: Any, what: What) -> Value | None:
    if given is None:
        return None
    if what in ("choices", "texts"):
        return tuple(given) if isinstance(given, list) else (str(given),)
    if what in ("amount", "share", "ratio"):
        return Decimal(given)
    if what == "choice" and isinstance(given, list):
        return tuple(given)
    value: Value = given
    return value


def _most(key: str, table: Mapping[str, Any], sort: _Sort) -> str:
    if key not in ("rating_at_most", "rating_at_least"):
        return sort.most
    highest = {"review": "5", "feedback": "10"}
    return max((highest.get(kind, sort.most) for kind in kinds_of(table)), key=int)


def _choices(key: str, table: Mapping[str, Any], terms: Terms) -> tuple[Option, ...]:
    match key:
        case "event":
            known = KIND_OF_WORD | dict(terms.own_kinds)
            if head_of(table) == "seasonal":
                known = {word: kind for word, kind in known.items() if word not in ("subscription", "refund")}
            return tuple(Option(word, one_line(one_of_kind(kind, word))) for word, kind in known.items())
        case "action":
            return _action_options(actions_of(kinds_of(table)))
        case "direction":
            return _action_options(ACTIONS["contact"])
        case "nature":
            return (Option("product", _("a product")), Option("service", _("a service")))
        case "subscription":
            return (Option("any", _("any subscription")), Option("product", _("a product subscription")),
                    Option("service", _("a service subscription")))
        case "channel":
            return tuple(Option(channel, channel) for channel in CHANNELS)
        case _:
            return ()


def _action_options(actions: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(action, action_in_words(ACTION_CODES[action])) for action in actions)


def _shown(
    key: str, value: Value | None, sort: _Sort, choices: tuple[Option, ...], terms: Terms
) -> str:
    if sort.what == "flag":
        return _("yes") if value else _("no")
    if value is None:
        return _(sort.unsaid)
    if isinstance(value, tuple):
        words = {option.value: option.words for option in choices}
        return one_or_other([one_line(words.get(text, text)) for text in value])
    number = Decimal(value) if not isinstance(value, str) else Decimal(0)
    match sort.what:
        case "days":
            return days_words(int(number))
        case "share":
            return _("{n} %").format(n=format_number(float(number * 100)))
        case "ratio":
            return _("{n} ×").format(n=format_number(float(number)))
        case "amount":
            return format_money(to_minor(number, terms.currency), terms.currency)
        case "choice":
            return next((option.words for option in choices if option.value == value), one_line(str(value)))
        case _:
            return _counted(key, int(number))


def _counted(key: str, n: int) -> str:
    if key == "count":
        return _("once") if n == 1 else ngettext("{n} time", "{n} times", n).format(n=n)
    if key == "min_purchases":
        return ngettext("{n} purchase", "{n} purchases", n).format(n=n)
    if key == "seasonal":
        return ngettext("{n} year", "{n} years", n).format(n=n)
    return format_number(n)
