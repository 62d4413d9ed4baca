"""Editing a definition without writing TOML: its rows, and changes that keep the owner's text.

`form_of` shows a definition as rows; every row has the path under which a change finds it. The changes take
the text and give the text anew: comments, order and layout stay as the owner wrote them. `TEMPLATES` are the
conditions that can be added, in plain words.
"""

from __future__ import annotations

from activetui.activity.editing.changes import (
    add_condition,
    can_unwrap,
    change_group,
    remove,
    rename,
    set_agreed,
    set_days,
    set_field,
    set_window,
    unset_field,
    unwrap,
    wrap,
)
from activetui.activity.editing.fields import FormField, Option
from activetui.activity.editing.form import Form, Row, RowKind, form_of
from activetui.activity.editing.templates import TEMPLATES, Template, templates
from activetui.activity.editing.toml_text import Value
from activetui.activity.editing.typed import as_typed, read_typed

__all__ = [
    "TEMPLATES", "Form", "FormField", "Option", "Row", "RowKind", "Template", "Value", "add_condition",
    "as_typed", "can_unwrap", "change_group", "form_of", "read_typed", "remove", "rename", "set_agreed",
    "set_days", "set_field", "set_window", "templates", "unset_field", "unwrap", "wrap",
]
