"""Why a customer is not on the checklist, in words."""

from __future__ import annotations

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import days_words, format_day
from activetui.reactivation.checklist.steps import still_allowed
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.store import customers, tasks
from activetui.store.listing import playbook_tests as tests
from activetui.store.rounds import held_out


def not_listed(look: Look, customer_id: int) -> OwnerError:
    """What to say to who wants to act on a customer who is not on the list; `OwnerError` if there is none."""
    customers.get(look.conn, customer_id)
    return OwnerError(
        _("This customer is not on the checklist: {why}").format(why=why_not_listed(look, customer_id)),
        _("See who is: activetui checklist today --all"),
    )


def why_not_listed(look: Look, customer_id: int) -> str:
    """Why there is no line for a customer of whom there is none."""
    conn, ids = look.conn, [customer_id]
    customer = customers.get(conn, customer_id)
    if customer.do_not_contact:
        return _("they do not want to be contacted.")
    for standing in tasks.standing(conn, ids, look.when):
        plan = look.begun.get(standing.enrolment.playbook)
        if plan is None:
            continue
        forbidden = still_allowed(plan, standing.task.step, agreed=bool(customer.consent)) is None
        if forbidden and _runs_but_for_consent(look, plan, customer_id):
            return _("what is left of “{playbook}” is marketing, and they have not agreed to that.").format(
                playbook=plan.title
            )
        return _("“{playbook}” is over for them: they came back, or it fits them no more.").format(
            playbook=plan.title
        )
    if tests.numbers_of(conn, held_out(look.day), ids):
        return _("a round leaves them in peace, to compare with.")
    if tests.numbers_of(conn, look.left_in_peace(ids), ids):
        return _("they were asked not long ago, and are left in peace now.")
    fitting = [plan for plan in look.plans if tests.numbers_of(conn, look.found_by(plan.audience, plan), ids)]
    if not fitting:
        return _("no playbook fits them now.")
    resting = [plan for plan in fitting if not tests.numbers_of(
        conn, tests.not_in_touch(look.day, look.rest(plan)), ids
    )]
    contact = tests.last_contact(conn, customer_id)
    if resting and contact is not None:
        return _("there was a contact on {day}, and nobody is asked again within {days}.").format(
            day=format_day(contact), days=days_words(max(look.rest(plan) for plan in resting))
        )
    if not customer.consent and all(plan.needs_consent for plan in fitting):
        return _("what fits them is marketing, and they have not agreed to that.")
    return _("“{playbook}” fits them, and was begun not long ago.").format(playbook=fitting[0].title)


def _runs_but_for_consent(look: Look, plan: Playbook, customer_id: int) -> bool:
    """Whether a playbook would still run for a customer who had agreed to marketing."""
    course = look.course(plan)._replace(last_service=len(plan.steps))
    return bool(tests.numbers_of(
        look.conn, tests.under_way(course, look.when, [customer_id]), [customer_id]
    ))
