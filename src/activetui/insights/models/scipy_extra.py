"""The way to scipy, which is there only if the extra `models` was installed."""

from __future__ import annotations

from typing import Any

from activetui.ledger.errors import OwnerError
from activetui.locales import _

EXTRA = "activetui[models]"


def need_scipy() -> None:
    """`OwnerError` that says what to install, if scipy is missing."""
    special()


def special() -> Any:
    """The module `scipy.special`."""
    try:
        from scipy import special as found
    except ImportError as missing:
        raise _absent() from missing
    return found


def optimize() -> Any:
    """The module `scipy.optimize`."""
    try:
        from scipy import optimize as found
    except ImportError as missing:
        raise _absent() from missing
    return found


def _absent() -> OwnerError:
    return OwnerError(
        _("The purchase models need the package scipy, which is not installed."),
        _("Install the extra “models”: {command}").format(command=f'pip install "{EXTRA}"'),
    )
