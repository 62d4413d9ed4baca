"""`playbooks check`."""

from __future__ import annotations

from activetui.cli.context import current, open_reading
from activetui.cli.output import line
from activetui.cli.playbooks.group import FileArgument, app, told
from activetui.locales import _


@app.command("check", help=_("Say what is wrong with a playbook's file; nothing is changed."))
def check(file: FileArgument) -> None:
    """Print every mistake (exit 1), or the playbook in words and what is worth thinking over (exit 0)."""
    from activetui.cli.rules.source import source_of
    from activetui.reactivation.playbook import SHELF
    from activetui.reactivation.playbook_words import playbook_lines
    from activetui.reactivation.rule_reading import NOTHING_OWN, known_to

    source = source_of(file, "playbooks")
    if not current().db.exists():
        playbook = SHELF.read(source.key, source.text, NOTHING_OWN, source.where)
        lines = list(playbook_lines(playbook, NOTHING_OWN, 0))
    else:
        with open_reading() as conn:
            playbook = SHELF.read(source.key, source.text, known_to(conn), source.where)
            lines = list(told(conn, playbook, current().as_of))
    for part in lines:
        line(part)
    line("")
    line(_("The file is in order. activetui playbooks use {file} puts it in use.").format(file=source.where))
