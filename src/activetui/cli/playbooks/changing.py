"""`playbooks check`, `use`, `edit`, `off`, `on`, `forget`."""

from __future__ import annotations

from activetui.cli.playbooks.group import app, sort_of_playbooks
from activetui.cli.rules.commands import Helps, add_commands
from activetui.locales import _

add_commands(app, sort_of_playbooks, Helps(
    check=_("Say what is wrong with a playbook's file; nothing is changed."),
    use=_("Put a playbook's file in use; of a key that is there, in place of that one."),
    edit=_("Change a playbook in your editor, or write a new one."),
    off=_("Begin a playbook for nobody new; those in it go on to its end."),
    on=_("Put a playbook that is off in use again."),
    forget=_("Drop your own playbook, or your changes of one of the program's."),
))
