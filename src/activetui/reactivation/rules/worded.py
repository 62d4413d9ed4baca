"""What playbooks and alert rules have in common: a title and a reason, in English where the program's own."""

from __future__ import annotations

from activetui.locales import _


class Worded:
    """A rule with its words, translated when they are shown."""

    __slots__ = ()

    title_source: str
    why_source: str

    @property
    def title(self) -> str:
        """Its name, in the language in use."""
        return _(self.title_source)

    @property
    def why(self) -> str:
        """Why it is there, in one sentence of the language in use; empty where nobody has said."""
        return _(self.why_source)
