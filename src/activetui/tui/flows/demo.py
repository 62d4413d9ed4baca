"""To come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activetui.tui.app import ActiveApp


def begin(app: ActiveApp) -> None:
    """Begin."""
