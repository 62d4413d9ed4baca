"""Why customers stay away, for people."""

from __future__ import annotations

from activetui.locales import _


def reason_words(reason: str) -> str:
    """A reason for people."""
    return {
        "lost_interest": _("lost interest"),
        "price": _("price"),
        "competitor": _("went to a competitor"),
        "product": _("product"),
        "service": _("service"),
        "complaint": _("complaint"),
        "moved": _("moved away"),
        "season": _("only in season"),
        "forgot": _("forgot us"),
        "not_needed": _("no longer needed"),
        "unknown": _("unknown"),
    }.get(reason, reason)
