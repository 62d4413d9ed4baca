"""A keymap file to begin with: every command, with the keys that it has anyway."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from activetui.locales import _
from activetui.tui.commands import key_name, meaning_of
from activetui.tui.keymap.declared import Declared


def example(known: Sequence[Declared]) -> str:
    """The file's text; every command is commented out."""
    lines = [
        f"# {_('Keys of the app. Take the # away from a line to change its keys.')}",
        f"# {_('One key in quotes, or several: the first one is shown.')}",
        f"# {_('Such as: a, G, slash or /, ctrl+n, f5, escape, pagedown, space.')}",
    ]
    for _group, commands in groupby(known, key=lambda each: each.command.id.partition(".")[0]):
        lines.append("")
        lines += [_line(each) for each in commands]
    return "\n".join(lines)


def _line(declared: Declared) -> str:
    command = declared.command
    keys = [key_name(key) if len(key_name(key)) == 1 else key for key in command.keys.split(",")]
    value = json.dumps(keys[0] if len(keys) == 1 else keys, ensure_ascii=False)
    return f"# {command.id} = {value}  # {meaning_of(command)}"
