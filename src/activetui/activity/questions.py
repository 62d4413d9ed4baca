"""What the trade itself does not agree on: asked of the owner, never decided here.

Each question says what the definition answers now, and carries the definition with the other answer, so that
the owner sees whom it would move. A question that stands in `agreed` is settled, and silent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from activetui.activity.agreed import QUESTION_CODES
from activetui.activity.condition_words import condition_in_words, one_or_other
from activetui.activity.conditions import EventCondition, RhythmCondition, leaves
from activetui.activity.consistency.meaning import CONTACTS, asks_for, contacts_alone_are_enough
from activetui.activity.consistency.order import window_of
from activetui.activity.consistency.statuses import can_be_active
from activetui.activity.consistency.trees import wanted_events
from activetui.activity.definition import Definition
from activetui.activity.editing import Value
from activetui.activity.mistakes import DefinitionError
from activetui.activity.other_answers import FEWEST_PURCHASES, RHYTHM_TIMES, Changed
from activetui.activity.reading.parsing import parse
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.locales import _
from activetui.locales.formats import days_words, format_number

_USUAL_WINDOW = 30
_COMPLAINT = Kind.COMPLAINT.word
_TOLD = (Kind.REVIEW.word, Kind.REFERRAL.word)


@dataclass(frozen=True)
class Question:
    """Something about a definition that only its owner can decide."""

    code: str
    question: str
    now: str
    """What the definition answers now, in words."""
    other: str
    """The other answer, in words."""
    change: Callable[[], str] = field(repr=False, compare=False)

    @cached_property
    def toml(self) -> str | None:
        """The definition with the other answer; None where it would say nothing, or could not be made."""
        try:
            return self.change()
        except (OwnerError, DefinitionError):
            return None


def questions(
    definition: Definition, own_kinds: Mapping[str, int] | None = None, currency: str = "EUR"
) -> list[Question]:
    """The questions that a definition leaves open: those that it touches, and that are not settled in it.

    None are asked while nobody can be active, or everybody is for no reason: that is to be mended first.
    `own_kinds` and `currency` are those that the definition was parsed with.
    """
    if not can_be_active(definition):
        return []
    asked = _Asked(definition, own_kinds or {}, currency)
    every = (asked.regular(), asked.complaint(), asked.contacts(), asked.reviews(), asked.rhythm())
    found = {question.code: question for question in every if question is not None}
    return [found[code] for code in QUESTION_CODES if code in found and code not in definition.agreed]


@dataclass(frozen=True)
class _Asked:
    """One definition, and each question about it; None where it does not arise."""

    definition: Definition
    own_kinds: Mapping[str, int]
    currency: str

    def regular(self) -> Question | None:
        """Q1"""
        bought = [leaf for leaf in self._purchases() if leaf.spend is None]
        if not bought:
            return None
        one = [leaf for leaf in bought if leaf.count == 1]
        named = one[0] if one else bought[0]
        if one:
            now = _("one is enough ({condition})").format(condition=condition_in_words(named))
            changed = replace(named, count=2, within_days=2 * named.within_days)
            other = _("regular ones only ({condition})").format(condition=condition_in_words(changed))
        else:
            now = _("regular ones only ({condition})").format(condition=condition_in_words(named))
            changed = replace(named, count=1, within_days=max(1, named.within_days // named.count))
            other = _("one is enough ({condition})").format(condition=condition_in_words(changed))
        return Question(
            "Q1", _("Does one purchase make a customer active, or do only regular purchases?"), now, other,
            lambda: self._text(lambda text: text.regular(bool(one))),
        )

    def complaint(self) -> Question:
        """Q2"""
        contact = asks_for(self.definition, "active", Kind.COMPLAINT)
        risk = asks_for(self.definition, "at_risk", Kind.COMPLAINT)
        ends = any(
            isinstance(leaf, EventCondition) and Kind.COMPLAINT in leaf.kinds
            for leaf in leaves(self.definition.active)
        ) and not contact
        words = {
            (True, False): _("as contact: it keeps a customer active"),
            (False, True): _("as risk: it puts a customer at risk"),
            (True, True): _("as both"),
            (False, False): _("as risk: it ends the activity") if ends else _("as neither"),
        }
        if (risk and not contact) or ends:
            other, change = words[True, False], self._complaint_as_contact
        else:
            other, change = words[False, True], self._complaint_as_risk
        return Question(
            "Q2", _("Does a complaint count as contact or as risk?"), words[contact, risk], other, change
        )

    def contacts(self) -> Question:
        """Q3"""
        question = _("Do contacts alone keep a customer active, without a purchase?")
        if contacts_alone_are_enough(self.definition):
            words = {kind.word for kind in Kind if kind in CONTACTS}
            return Question(
                "Q3", question, _("yes"), _("no: contacts do not count"),
                lambda: self._text(lambda text: text.without_kinds("active", words)),
            )
        within = self._window()
        return Question(
            "Q3", question, _("no"),
            _("yes: a contact from the customer within {days}").format(days=days_words(within)),
            lambda: self._text(lambda text: text.also(
                "active", {"event": Kind.CONTACT.word, "direction": "in", "within_days": within}
            )),
        )

    def reviews(self) -> Question:
        """Q4"""
        question = _("Are reviews and referrals a criterion of being active, or its result?")
        asked = [
            leaf for leaf in wanted_events(self.definition.active)
            if {Kind.REVIEW, Kind.REFERRAL} & set(leaf.kinds)
        ]
        result = _("a result: they keep nobody active")
        if asked:
            words = one_or_other([condition_in_words(leaf) for leaf in asked])
            return Question(
                "Q4", question, _("a criterion ({condition})").format(condition=words), result,
                lambda: self._text(lambda text: text.without_kinds("active", _TOLD)),
            )
        within = self._window()
        return Question(
            "Q4", question, result,
            _("a criterion: a review or a referral within {days} keeps a customer active").format(
                days=days_words(within)
            ),
            lambda: self._text(lambda text: text.also("active", {"event": _TOLD, "within_days": within})),
        )

    def rhythm(self) -> Question | None:
        """Q5"""
        question = _("Is the window the same for everyone, or each customer's own rhythm?")
        own = [leaf for leaf in leaves(self.definition.active) if isinstance(leaf, RhythmCondition)]
        if own:
            return Question(
                "Q5", question, _("the own rhythm decides"), _("the same window for everyone"),
                lambda: self._text(lambda text: text.without_rhythm()),
            )
        if not any(leaf.spend is None for leaf in self._purchases()):
            return None
        warns = self.definition.at_risk is not None and any(
            isinstance(leaf, RhythmCondition) for leaf in leaves(self.definition.at_risk)
        )
        now = _("the same for everyone; the own rhythm only warns") if warns else _("the same for everyone")
        other = _(
            "the own rhythm: whoever has bought on {n} days or more is active for {times} × the own usual "
            "gap, and to the end of the window at the most"
        )
        return Question(
            "Q5", question, now,
            other.format(n=format_number(FEWEST_PURCHASES), times=format_number(RHYTHM_TIMES)),
            lambda: self._text(lambda text: text.by_own_rhythm()),
        )

    def _complaint_as_contact(self) -> str:
        within = self._window()
        return self._text(
            lambda text: text.without_kinds("at_risk", [_COMPLAINT])
            .without_kinds("active", [_COMPLAINT], wanted=False)
            .also("active", {"event": _COMPLAINT, "within_days": within})
        )

    def _complaint_as_risk(self) -> str:
        both = asks_for(self.definition, "at_risk", Kind.COMPLAINT)
        within = self._window()

        def change(text: Changed) -> Changed:
            text = text.without_kinds("active", [_COMPLAINT])
            if both:
                return text
            risk: dict[str, Value] = {"event": _COMPLAINT, "within_days": within, "unless_resolved": True}
            return text.also("at_risk", risk)

        return self._text(change)

    def _purchases(self) -> list[EventCondition]:
        return [leaf for leaf in wanted_events(self.definition.active) if Kind.PURCHASE in leaf.kinds]

    def _window(self) -> int:
        """The window that a condition gets which the other answer adds: as long as the one for purchases."""
        window = window_of(self.definition, Kind.PURCHASE) or window_of(self.definition)
        return window or _USUAL_WINDOW

    def _text(self, change: Callable[[Changed], Changed]) -> str:
        """The text with a change; `DefinitionError` where it is no definition any more."""
        made = change(Changed(self.definition.text, self.own_kinds, self.currency)).text
        parse(made, own_kinds=self.own_kinds, currency=self.currency)
        return made
