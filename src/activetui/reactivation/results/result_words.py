"""Results in words, the same in commands and screens. Nothing is claimed that the figures do not hold."""

from __future__ import annotations

from activetui.activity.words import channel_word
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import (
    format_day,
    format_decimals,
    format_money,
    format_month,
    format_number,
    format_share,
)
from activetui.reactivation.checklist.outcome import reason_words
from activetui.reactivation.results.beside_nature import Beside
from activetui.reactivation.results.result_types import By, HeldOut, Key, Result, Results
from activetui.reactivation.results.round_results import FEWEST, Arm, RoundResult, Verdict
from activetui.reactivation.results.shares import Difference, Share


def by_words(by: By) -> str:
    """What the rows are, as a heading."""
    return {
        By.PLAYBOOK: _("Playbook"),
        By.STEP: _("Step"),
        By.CHANNEL: _("Channel"),
        By.REASON: _("Reason"),
        By.ROUND: _("Round"),
        By.MONTH: _("Month"),
    }[by]


def key_words(by: By, key: Key, found: Results) -> str:
    """What one row is about."""
    if by is By.STEP:
        return step_words(found, key.playbook or "", key.step or 0)
    if by is By.CHANNEL:
        return channel_word(key.channel or "")
    if by is By.REASON:
        return reason_words(key.reason) if key.reason else _("reason not known")
    if by is By.MONTH:
        return format_month(key.month)
    if by is By.ROUND:
        return _round_title(key, found)
    return playbook_title(found, key.playbook or "")


def playbook_title(found: Results, key: str) -> str:
    """The playbook's title; its key where it is not there any more."""
    plan = found.plans.get(key)
    return one_line(plan.title if plan is not None else key)


def step_words(found: Results, key: str, step: int) -> str:
    """A step with its number and its playbook: `Inactive regular, 2 of 3: offer that answers the reason`."""
    plan = found.plans.get(key)
    title = playbook_title(found, key)
    if plan is None or step >= len(plan.steps):
        return _("{playbook}, step {n}").format(playbook=title, n=format_number(step + 1))
    return _("{playbook}, {n} of {all}: {step}").format(
        playbook=title, n=format_number(step + 1), all=format_number(len(plan.steps)),
        step=one_line(plan.steps[step].title),
    )


def round_title(name: str, number: int, started: Day, playbook: str) -> str:
    """A round by the name that the owner gave it, else by its playbook and day."""
    title = one_line(name) or playbook
    return _("{n}: {title}, {day}").format(n=number, title=title, day=format_day(started))


def share_words(found: Share | None) -> str:
    """A share with the numbers that it is from and its interval: `12 of 60: 20%, 12 to 32`."""
    if found is None:
        return ""
    return _("{number} of {n}: {share}, {low} to {high}").format(
        number=format_number(found.number), n=format_number(found.n), share=format_share(found.value),
        low=_percent(found.low), high=_percent(found.high),
    )


def too_early_words(result: Result) -> str:
    """How many are too early to count; empty where there is nobody."""
    if not result.too_early:
        return ""
    return ngettext(
        "too early to say of {n} customer", "too early to say of {n} customers", result.too_early
    ).format(n=format_number(result.too_early))


def points(share: float) -> str:
    """A difference of shares in points of a hundred, with its sign: `+10`, `−8`, `+0.4`, `0`."""
    value = 100 * share
    if not round(value, 1):
        return "0"
    number = format_decimals(abs(value), 1) if abs(value) < 1 else format_number(round(abs(value)))
    return f"{'+' if value > 0 else '−'}{number}"


def difference_words(found: Difference) -> str:
    """A difference with its interval: `+10 points, −8 to +23`."""
    return _("{difference} points, {low} to {high}").format(
        difference=points(found.value), low=points(found.low), high=points(found.high)
    )


def verdict_words(verdict: Verdict, difference: Difference | None, more: int | None, ends: Day) -> str:
    """What may be said of the difference against those left in peace, in a few words.

    `ends` is the last day of the window.
    """
    if verdict is Verdict.NONE_HELD_OUT:
        return _("nobody left in peace to compare with")
    if verdict is Verdict.TOO_EARLY:
        return _("too early to say: the window runs until {day}").format(day=format_day(ends))
    if verdict is Verdict.TOO_FEW or difference is None:
        return _("too few to say: fewer than {n} on a side").format(n=format_number(FEWEST))
    said = difference_words(difference)
    if verdict is Verdict.NOT_PROVEN:
        words = _("not proven yet: {difference}").format(difference=said)
        return f"{words}; {_more_words(more)}"
    if verdict is Verdict.MORE:
        return _("more came back: {difference}").format(difference=said)
    return _("fewer came back: {difference}").format(difference=said)


def held_out_words(found: HeldOut | None) -> str:
    """The difference of a row against those left in peace; empty where there was no round."""
    if found is None:
        return ""
    return verdict_words(found.verdict, found.difference, found.more_needed, found.window_ends)


def arm_words(arm: Arm, currency: str, *, held_out: bool) -> str:
    """One side of a round in a sentence."""
    drawn = (_("Left in peace: {n} drawn") if held_out else _("To contact: {n} drawn"))
    parts = [drawn.format(n=format_number(arm.drawn))]
    if arm.share is None:
        parts.append(_("{n} back so far").format(n=format_number(arm.so_far)))
    else:
        parts.append(_("came back {share}").format(share=share_words(arm.share)))
        contacted = _("{n} were contacted all the same") if held_out else _("{n} were contacted")
        parts.append(contacted.format(n=format_number(arm.contacted)))
        mean = round(arm.revenue / arm.over)
        parts.append(_("{money} a head").format(money=format_money(mean, currency)))
    return " · ".join(parts)


def round_title_of(found: Results, row: RoundResult) -> str:
    """A round of the results by number, name and day."""
    started = row.round
    return round_title(started.name, started.id, started.started, playbook_title(found, started.playbook))


def round_sentences(found: Results, row: RoundResult) -> list[str]:
    """All that is to be said of a round below its title: both sides, the difference, who is not counted."""
    sides = [arm_words(row.to_contact, found.currency, held_out=False)]
    if row.held_out.drawn:
        sides.append(arm_words(row.held_out, found.currency, held_out=True))
    verdict = verdict_words(row.verdict, row.difference, row.more_needed, row.window_ends)
    return [*sides, verdict, *round_notes(row)]


def row_sentences(found: Results, row: Result) -> list[str]:
    """All that is to be said of a row of results below its title: figures, share, comparisons."""
    figures = (
        ngettext("begun {n} time", "begun {n} times", row.begun).format(n=format_number(row.begun)),
        _("{n} contacted").format(n=format_number(row.contacted)),
        _("{n} came back by themselves before that").format(n=format_number(row.by_themselves)),
        _("{n} won back").format(n=format_number(row.won_back)),
        _("{money} of revenue").format(money=format_money(row.revenue, found.currency)),
    )
    share = share_words(row.share)
    over = _("of those whose window is over: {share}").format(share=share) if share else ""
    shares = " · ".join(part for part in (over, too_early_words(row)) if part)
    said = (" · ".join(figures), shares, held_out_words(row.held_out), beside_words(row.beside))
    return [sentence for sentence in said if sentence]


def round_notes(found: RoundResult) -> list[str]:
    """What else has to be known of a round: who is not counted, and why."""
    notes = []
    over = found.to_contact.over + found.held_out.over
    waiting = found.to_contact.drawn + found.held_out.drawn - over
    if waiting and over and found.verdict is not Verdict.TOO_EARLY:
        notes.append(ngettext(
            "{n} customer came in later: too early to say.", "{n} customers came in later: too early to say.",
            waiting,
        ).format(n=format_number(waiting)))
    if found.drawn_twice:
        notes.append(ngettext(
            "{n} customer was drawn on both sides, as two customers who are one now, and is on neither.",
            "{n} customers were drawn on both sides, as two customers who are one now, and are on neither.",
            found.drawn_twice,
        ).format(n=format_number(found.drawn_twice)))
    if found.gone:
        notes.append(ngettext(
            "{n} customer is not known any more and not counted.",
            "{n} customers are not known any more and not counted.", found.gone,
        ).format(n=format_number(found.gone)))
    if found.round.ended is not None:
        words = _("Ended on {day}, before its time: both sides are counted up to the day before.")
        notes.append(words.format(day=format_day(found.round.ended)))
    return notes


def beside_words(found: Beside | None) -> str:
    """Returns beside natural ones, in a sentence or two; empty where nothing can be said."""
    if found is None:
        return ""
    told = ngettext(
        "Of {n} customer tried, {back} came back; going by those silent as long ({cases} cases or more),"
        " about {expected} would by themselves: {difference}.",
        "Of {n} customers tried, {back} came back; going by those silent as long ({cases} cases or more),"
        " about {expected} would by themselves: {difference}.",
        found.n,
    ).format(
        n=format_number(found.n), back=format_number(found.returned), cases=format_number(found.silences),
        expected=format_number(round(found.expected)) if found.expected >= 10
        else format_decimals(found.expected, 1),
        difference=difference_words(found.difference),
    )
    if found.n < FEWEST:
        means = _("They are too few to say anything of it.")
    elif not found.difference.is_proven:
        means = _("That may be chance.")
    elif found.difference.value > 0:
        means = _("You chose whom to contact, so only a round with some left in peace shows whether that"
                  " made them come.")
    else:
        means = _("That is fewer than by themselves.")
    if not found.not_known:
        return f"{told} {means}"
    others = ngettext(
        "Of {n} more customer too little is known for that.",
        "Of {n} more customers too little is known for that.", found.not_known,
    ).format(n=format_number(found.not_known))
    return f"{told} {means} {others}"


def known_to_words(found: Results) -> str:
    """Until when sales are known, where that ends before the day; empty else."""
    if found.known_to is None or found.known_to >= found.day - 1:
        return ""
    return _("Sales are known up to {day} only: who may have come back since is too early to count.").format(
        day=format_day(found.known_to)
    )


def by_notes(by: By) -> str:
    """How the rows are to be read; empty where nothing has to be said."""
    return {
        By.STEP: _("A return is credited to the last contact before it. Only those who were not back get the"
                   " next step, so steps cannot be compared with each other."),
        By.CHANNEL: _("A return is credited to the last contact before it. You chose the channel, so channels"
                      " cannot be compared with each other."),
        By.REASON: _("Reasons are known only of those who told them, who come back more often than those whom"
                     " nobody reached."),
        By.MONTH: _("A customer belongs to the month of the first contact."),
    }.get(by, "")


def _more_words(more: int | None) -> str:
    if more is None:
        return _("no number of customers would prove a difference as small")
    if not more:
        return _("a few more would prove it")
    return ngettext("about {n} more customer needed", "about {n} more customers needed", more).format(
        n=format_number(more)
    )


def _percent(share: float) -> str:
    return format_number(round(100 * share))


def _round_title(key: Key, found: Results) -> str:
    if not key.round:
        return _("outside rounds")
    title = playbook_title(found, key.playbook or "")
    known = next((each for each in found.rounds if each.round.id == key.round), None)
    if known is None:
        return _("{n}: {title}").format(n=key.round, title=title)
    return round_title_of(found, known)
