"""What a playbook is: for whom, which steps, what counts as its success, and when it ends early."""

from __future__ import annotations

from dataclasses import dataclass

from activetui.ledger.kinds import Kind
from activetui.locales import _
from activetui.reactivation.rules.worded import Worded

CHANNELS = ("phone", "email", "letter", "in_person", "chat", "social")
"""The ways to do a step."""
SUCCESS, DO_NOT_CONTACT = "success", "do_not_contact"
"""The words that `stop` knows; everything else there is a query."""
USUAL_WINDOW = 90
USUAL_PAUSE = 90
USUAL_RANK = 50

TURNED_TO_US: dict[int, tuple[str, ...]] = {
    Kind.SUBSCRIPTION: ("start", "renewal"),
    Kind.CONTACT: ("in",),
    Kind.NEWSLETTER: ("open", "click", "reply"),
}
"""The actions that count where a goal names the kind alone: none by which a customer leaves, nor our own."""
CONTENT: dict[int, int] = {Kind.REVIEW: 3, Kind.FEEDBACK: 7}
"""The lowest rating that counts as a success, of five stars and of ten points; without a rating it counts."""


def both(*queries: str) -> str:
    """A query for whom every one of these finds; empty ones find everyone."""
    from activetui.segments.plain import plain_conditions

    given = [query.strip() for query in queries if query.strip()]
    # a plain query needs no parentheses, nor then the grammar, which takes long to load
    return " ".join(query if plain_conditions(query) is not None else f"({query})" for query in given)


@dataclass(frozen=True, slots=True)
class Goal:
    """One kind of event by which a customer comes back."""

    word: str
    """As the file says it: `purchase`, `subscription:renewal`."""
    kind: int
    actions: tuple[str, ...] = ()
    """The actions that count; empty: all of them."""
    rating_at_least: int | None = None
    """The lowest rating that counts; one without a rating counts as well."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a playbook."""

    after_days: int
    """Days after the playbook began for this customer; 0 for the first step."""
    channel: str
    title_source: str
    marketing: bool = False
    """Whether the step needs the customer's consent to marketing; a service call does not."""
    offer: bool = False
    """Whether it makes the playbook's offer, which nobody gets who is likely to return without one."""
    template: str = ""
    """The key of the message that goes with it; empty without one."""
    only: str = ""
    """A query: the step is left out for whom it does not find. Empty: the step is for all."""

    @property
    def title(self) -> str:
        """What to do, in the language in use."""
        return _(self.title_source)


@dataclass(frozen=True, slots=True)
class Playbook(Worded):
    """For whom, which steps, and what counts as its success."""

    key: str
    rank: int
    """Of several playbooks that fit a customer, the one with the lowest rank is taken."""
    title_source: str
    audience: str
    """A query of the segment language, never of a day of its own."""
    steps: tuple[Step, ...]
    """At least one; the first on the day on which the playbook begins, the others in the order of days."""
    why_source: str = ""
    goals: tuple[Goal, ...] = (Goal("purchase", int(Kind.PURCHASE)),)
    """What counts as success: the next such event after a contact, if it counts at all."""
    within_days: int = USUAL_WINDOW
    """How many days after the first contact such an event counts as won back."""
    rest_days: int | None = None
    """Nobody is asked who was contacted within so many days; None: as the settings say."""
    again_after_days: int = USUAL_PAUSE
    """Nobody begins it again within so many days of its last beginning."""
    offer_source: str = ""
    """What is offered in the steps that make the offer; empty where nothing is."""
    stops_on_success: bool = True
    """Whether it ends when its success has come. It always ends for who wants no contact."""
    stop_queries: tuple[str, ...] = ()
    """Queries: whom one of them finds, for those the playbook ends."""
    serves: bool = False
    """Whether it is service (a complaint, a renewal): nobody is held out of it."""

    @property
    def offer(self) -> str:
        """What is offered, in the language in use; empty where nothing is."""
        return _(self.offer_source)

    @property
    def needs_consent(self) -> bool:
        """Whether every step is marketing, so that it is nothing for those who have not agreed to that."""
        return all(step.marketing for step in self.steps)
