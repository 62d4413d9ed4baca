"""Money as whole minor units (cents) of one currency; never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

_WITHOUT_MINOR_UNITS = frozenset(
    "BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF".split(",")  # noqa: SIM905
)
_WITH_THOUSANDTHS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def digits(currency: str) -> int:
    """How many decimal places a currency has (ISO 4217 minor units)."""
    if currency in _WITHOUT_MINOR_UNITS:
        return 0
    return 3 if currency in _WITH_THOUSANDTHS else 2


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in whole minor units, half rounded to even."""
    return int(amount.scaleb(digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def to_decimal(minor: int, currency: str) -> Decimal:
    """The amount in units of the currency, with all its decimal places."""
    return Decimal(minor).scaleb(-digits(currency))


def plain(minor: int | None, currency: str) -> str | None:
    """The amount as a decimal string for files and JSON, such as `-12.50`; None for none."""
    return None if minor is None else format(to_decimal(minor, currency), "f")
