"""`playbooks use`."""

from __future__ import annotations

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.playbooks.group import FileArgument, KeyOption, app
from activetui.locales import _


@app.command("use", help=_("Put a playbook's file in use; of a key that is there, in place of that one."))
def use(file: FileArgument, key: KeyOption = "") -> None:
    """Keep the file's text in the store, once it has no mistake."""
    from activetui.cli.rules.source import key_of, source_of
    from activetui.reactivation.look import Look
    from activetui.reactivation.playbook import SHELF
    from activetui.reactivation.playbook_fit import advice, fit, fit_words
    from activetui.reactivation.rule_reading import known_to

    source = source_of(file, "playbooks")
    wanted = key_of(key) if key else source.key
    with open_writing() as conn:
        title = SHELF.read(wanted, source.text, known_to(conn), source.where).title
        there = SHELF.rule(conn, wanted) is not None
        what = _("Playbook changed: {title}") if there else _("Playbook added: {title}")
        what = what.format(title=title)
        playbook = SHELF.use(conn, wanted, source.text, where=source.where, what=what, made_at=made_at())
        look = Look(conn, current().today)
        found = fit(look, playbook)
        sentences = list(advice(look, playbook, found))
    line(f"{what} ({wanted})")
    line(fit_words(found))
    for sentence in sentences:
        line(f"! {sentence}")
