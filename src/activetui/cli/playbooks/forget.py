"""`playbooks forget`."""

from __future__ import annotations

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.playbooks.group import KeyArgument, app, the_playbook, title_of
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number


@app.command("forget", help=_("Drop your own playbook, or your changes of one of the program's."))
def forget(key: KeyArgument) -> None:
    """Go back to what comes with the program; `undo` brings the text back."""
    from activetui.reactivation.look import Look
    from activetui.reactivation.own_rules import Origin
    from activetui.reactivation.playbook import SHELF
    from activetui.store.listing import people

    with open_writing() as conn:
        rule = the_playbook(conn, key)
        if rule.origin is Origin.PROGRAM and rule.in_use:
            raise OwnerError(
                _("“{title}” comes with the program, and you have changed nothing of it.").format(
                    title=title_of(rule)
                ),
                _("activetui playbooks off {key} switches it off.").format(key=rule.key),
            )
        look, own = Look(conn, current().today), rule.origin is Origin.OWN
        under_way = people.count(conn, look.under_way([rule.thing])) if rule.thing and own else 0
        what = _("Playbook dropped: {title}") if own else _("Playbook as it came: {title}")
        what = what.format(title=title_of(rule))
        SHELF.forget(conn, rule.key, what=what, made_at=made_at())
    line(what)
    if under_way:
        words = ngettext(
            "It runs for {n} customer, whose steps are no longer listed; activetui undo brings it back.",
            "It runs for {n} customers, whose steps are no longer listed; activetui undo brings it back.",
            under_way,
        )
        line(words.format(n=format_number(under_way)))
