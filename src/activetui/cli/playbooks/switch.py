"""`playbooks off` and `playbooks on`."""

from __future__ import annotations

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.playbooks.group import KeyArgument, app, the_playbook, title_of
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number


@app.command("off", help=_("Begin a playbook for nobody new; those in it go on to its end."))
def off(key: KeyArgument) -> None:
    """Take a playbook out of use."""
    _switch(key, on=False)


@app.command("on", help=_("Put a playbook that is off in use again."))
def on(key: KeyArgument) -> None:
    """Put a playbook in use."""
    _switch(key, on=True)


def _switch(key: str, *, on: bool) -> None:
    from activetui.reactivation.look import Look
    from activetui.reactivation.playbook import SHELF
    from activetui.store.listing import people

    with open_writing() as conn:
        rule = the_playbook(conn, key)
        what = _("Playbook in use: {title}") if on else _("Playbook off: {title}")
        what = what.format(title=title_of(rule))
        if not SHELF.switch(conn, rule.key, on, what=what, made_at=made_at()):
            line(_("It is in use already.") if on else _("It is off already."))
            return
        look = Look(conn, current().today)
        under_way = people.count(conn, look.under_way([rule.thing])) if rule.thing and not on else 0
    line(what)
    if under_way:
        words = ngettext("{n} customer in it goes on to its end.", "{n} customers in it go on to its end.",
                         under_way)
        line(words.format(n=format_number(under_way)))
