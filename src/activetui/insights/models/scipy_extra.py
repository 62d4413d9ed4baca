"""The way to scipy, which is there only if the extra `models` was installed."""

from __future__ import annotations

import sys
from typing import Any

from activetui.ledger.errors import OwnerError
from activetui.locales import _


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
        _("It comes with the extra “models”. To add it now: {command}").format(
            command=f"{sys.executable} -m pip install scipy"
        ),
    )
