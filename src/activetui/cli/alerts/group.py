"""The noun that the commands of this package belong to."""

from __future__ import annotations

from activetui.cli.group import Noun

app = Noun(no_args_is_help=False, invoke_without_command=True)
