"""What only the owner can decide about a file, and the option that decides it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be asked."""

    about: str
    """`date_order`, `decimal_mark`, `header`, `meaning`, `date`, `customer` or `totals`."""
    why: str
    """In the owner's words."""
    option: str
    """The command-line option that answers it."""


def map_option(column: str, field: str) -> str:
    """The option that gives a column its meaning, quoted as a shell needs it."""
    return "--map " + shlex.quote(f"{column}={field}")
