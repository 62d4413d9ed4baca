"""From the table of an event condition, and all its details, to the condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activetui.activity.conditions import BookingAhead, Condition, EventCondition
from activetui.activity.reading.table_reading import LONGEST, Table, did_you_mean, shown
from activetui.ledger.kinds import ACTION_CODES, ACTIONS, FIRST_OWN_KIND, KIND_OF_WORD, NATURES, Kind
from activetui.ledger.money import to_minor
from activetui.ledger.text import fold
from activetui.locales import _

EVENT_KEYS = frozenset(
    ("event", "within_days", "ahead", "count", "spend", "rating_at_most", "rating_at_least", "feature",
     "product", "channel", "direction", "action", "nature", "unless_resolved")
)
MOST_EVENTS = 10_000

_KINDS_WITH: dict[str, frozenset[int]] = {
    "spend": frozenset((Kind.PURCHASE, Kind.REFUND)),
    "rating_at_most": frozenset((Kind.REVIEW, Kind.FEEDBACK)),
    "rating_at_least": frozenset((Kind.REVIEW, Kind.FEEDBACK)),
    "feature": frozenset((Kind.USAGE,)),
    "direction": frozenset((Kind.CONTACT,)),
    "action": frozenset(KIND_OF_WORD[word] for word in ACTIONS),
    "nature": frozenset((Kind.PURCHASE, Kind.SUBSCRIPTION)),
    "unless_resolved": frozenset((Kind.COMPLAINT,)),
    "ahead": frozenset((Kind.BOOKING,)),
}
"""The built-in kinds that a detail makes sense for; any detail but those of one kind suits an own kind."""
_SUITS_OWN_KINDS = frozenset(("rating_at_most", "rating_at_least"))
_HIGHEST_RATING = {int(Kind.REVIEW): 5, int(Kind.FEEDBACK): 10}


@dataclass(frozen=True, slots=True)
class EventReader:
    """Reads one event condition."""

    table: Table
    kinds: Mapping[str, int]
    """All kinds, the owner's own included."""
    currency: str

    def condition(self) -> Condition | None:
        """The condition; None where something is wrong, which is noted."""
        words = self._words()
        if words is None:
            return None
        kinds = tuple(self.kinds[word] for word in words)
        fits = [self._suits(key, kinds, words) for key in self.table if key in _KINDS_WITH]
        ahead = self.table.flag("ahead")
        if not all(fits) or ahead is None:
            return None
        return self._ahead() if ahead else self._within(kinds, words)

    def _words(self) -> tuple[str, ...] | None:
        """The kinds asked for, as written; purchases (and what was given back of them) where none are."""
        if "event" not in self.table:
            only_spend = "spend" in self.table and "count" not in self.table
            return ("purchase", "refund") if only_spend else ("purchase",)
        words = known_kinds(self.table, self.kinds)
        if words is not None and "subscription" in words and "action" not in self.table:
            message = _('write subscription = "any" for one in force, or add an action such as "renewal"')
            self.table.problem("event", message)
            return None
        return words

    def _suits(self, key: str, kinds: tuple[int, ...], words: tuple[str, ...]) -> bool:
        """Whether a detail makes sense for every kind asked for."""
        fitting = _KINDS_WITH[key]
        for kind, word in zip(kinds, words, strict=True):
            if kind in fitting or (kind >= FIRST_OWN_KIND and key in _SUITS_OWN_KINDS):
                continue
            names = [name for name, number in KIND_OF_WORD.items() if number in fitting]
            message = _("{key} goes with {kinds}, not with {kind}")
            self.table.problem(key, message.format(key=key, kinds=", ".join(names), kind=word))
            return False
        return True

    def _ahead(self) -> Condition | None:
        beside = [key for key in self.table if key not in ("event", "ahead")]
        for key in beside:
            message = _("{key} does not go with ahead, which holds until the day of the booking")
            self.table.problem(key, message.format(key=key))
        return None if beside else BookingAhead()

    def _within(self, kinds: tuple[int, ...], words: tuple[str, ...]) -> Condition | None:
        table = self.table
        within = None
        if "within_days" in table:
            within = table.whole("within_days", 0, LONGEST)
        elif table.misses("within_days"):
            message = _("within_days is missing: for how many days does {what} count?")
            table.problem_here(message.format(what=", ".join(words)))
        count = table.whole("count", 1, MOST_EVENTS) if "count" in table else 1
        spend = self._spend() if "spend" in table else None
        ratings = self._ratings(kinds)
        actions = self._actions(kinds)
        nature = self._nature()
        products = self._products()
        channels = table.texts("channel")
        unless_resolved = table.flag("unless_resolved")
        if (
            within is None or count is None or ratings is None or actions is None or nature is None
            or products is None or channels is None or unless_resolved is None
            or ("spend" in table and spend is None)
        ):
            return None
        return EventCondition(
            kinds=kinds,
            words=words,
            within_days=within,
            count=count,
            spend=spend,
            currency=self.currency,
            rating_at_most=ratings[0],
            rating_at_least=ratings[1],
            actions=actions,
            nature=nature,
            products=products,
            channels=tuple(map(fold, channels)),
            unless_resolved=unless_resolved,
        )

    def _spend(self) -> int | None:
        amount = self.table.amount("spend")
        minor = None if amount is None else to_minor(amount, self.currency)
        if minor == 0:
            self.table.problem("spend", _("spend is less than the smallest coin of the currency"))
            return None
        return minor

    def _ratings(self, kinds: tuple[int, ...]) -> tuple[int | None, int | None] | None:
        """The highest and the lowest rating asked for."""
        highest = max(_HIGHEST_RATING.get(kind, 32_767) for kind in kinds)
        bounds: list[int | None] = []
        for key in ("rating_at_most", "rating_at_least"):
            if key not in self.table:
                bounds.append(None)
                continue
            bound = self.table.whole(key, 0, highest)
            if bound is None:
                return None
            bounds.append(bound)
        most, least = bounds
        if most is not None and least is not None and least > most:
            message = _("no rating is at least {least} and at most {most}")
            self.table.problem("rating_at_least", message.format(least=least, most=most))
            return None
        return most, least

    def _actions(self, kinds: tuple[int, ...]) -> tuple[int, ...] | None:
        """The codes of the actions asked for; `direction` is the action of a contact."""
        word_of = {number: word for word, number in KIND_OF_WORD.items()}
        known = {action for kind in kinds for action in ACTIONS.get(word_of.get(kind, ""), ())}
        codes: list[int] = []
        for key in ("action", "direction"):
            words = self.table.texts(key)
            if words is None:
                return None
            for word in words:
                if word not in known:
                    kind_words = ", ".join(word_of[kind] for kind in kinds)
                    message = _("{value} is no {key} of {kinds}").format(
                        value=shown(word), key=key, kinds=kind_words
                    )
                    self.table.problem_with_text(key, word, message + did_you_mean(word, known))
                    return None
                codes.append(ACTION_CODES[word])
        return tuple(dict.fromkeys(codes))

    def _nature(self) -> int | None:
        if "nature" not in self.table:
            return 0
        word = self.table.text("nature")
        if word is not None and word not in NATURES:
            message = _("{value} is no nature of a purchase").format(value=shown(word))
            self.table.problem_with_text("nature", word, message + did_you_mean(word, NATURES))
        return NATURES.get(word or "")

    def _products(self) -> tuple[str, ...] | None:
        """The products or features asked for, folded."""
        products, features = self.table.texts("product"), self.table.texts("feature")
        if products is None or features is None:
            return None
        return tuple(map(fold, (*products, *features)))


def known_kinds(table: Table, kinds: Mapping[str, int]) -> tuple[str, ...] | None:
    """The kinds that `event` names, as written; None where one is not known, which is noted."""
    words = table.texts("event")
    if words is None:
        return None
    unknown = [word for word in words if word not in kinds]
    for word in unknown:
        message = _("{value} is no kind of event").format(value=shown(word))
        table.problem_with_text("event", word, message + did_you_mean(word, kinds))
    return None if unknown else words
