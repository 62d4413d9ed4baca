"""Values of a TOML table, checked one by one; what is wrong is noted with its place, and reading goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from activetui.activity.condition_words import one_or_other
from activetui.activity.mistakes import Problem
from activetui.activity.reading.positions import Path, Place, Positions
from activetui.ledger.text import one_line
from activetui.locales import _

LONGEST = 36_500
"""The longest window in days: a hundred years."""
TOP_KEYS = frozenset(("name", "agreed"))
"""What stands outside all sections."""
_DECIMALS = 4
_LEAST_OF_A_BEGINNING = 3


class Problems:
    """The mistakes found so far."""

    def __init__(self, positions: Positions, top_keys: Collection[str] = TOP_KEYS) -> None:
        self.positions = positions
        self.top_keys = top_keys
        """The keys that stand above all sections."""
        self.found: list[Problem] = []

    def at_key(self, path: Path, message: str) -> None:
        """Note a mistake that lies in a key."""
        self._add(self.positions.key(path), message)

    def at_value(self, path: Path, message: str) -> None:
        """Note a mistake that lies in a value."""
        self._add(self.positions.value(path), message)

    def within_text(self, path: Path, offset: int, message: str) -> None:
        """Note a mistake that lies in a text, so many of its letters (from 0) behind its beginning."""
        self._add(self.positions.within(path, offset), message)

    def _add(self, place: Place, message: str) -> None:
        problem = Problem(place.line, place.column, one_line(message))
        if problem not in self.found:
            self.found.append(problem)

    def in_order(self) -> list[Problem]:
        """The mistakes as they stand in the text."""
        return sorted(self.found, key=lambda problem: (problem.line, problem.column))


class Table:
    """One table of the definition and where it stands. Each reader gives None where the value is wrong."""

    def __init__(self, values: dict[str, Any], path: Path, problems: Problems) -> None:
        self._values = values
        self.path = path
        self._problems = problems

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def problem(self, key: str, message: str) -> None:
        """Note what is wrong with a key."""
        self._problems.at_key((*self.path, key), message)

    def problem_here(self, message: str) -> None:
        """Note what is wrong with the table as a whole."""
        self._problems.at_key(self.path, message)

    def problem_with_text(self, key: str, text: str, message: str) -> None:
        """Note what is wrong with a text that is the value of a key, or stands in a list there."""
        value = self._values[key]
        item = (value.index(text),) if isinstance(value, list) else ()
        self._problems.at_value((*self.path, key, *item), message)

    def misses(self, key: str, known: Collection[str] = ()) -> bool:
        """Whether the key is missing, and not just misspelt (`only` reports that); `known` keys are right."""
        strange = [other for other in self if other not in known]
        return key not in self and not any(_nearest(other, (key,)) for other in strange)

    def only(self, known: Collection[str]) -> bool:
        """Note every key that is not among the known ones; whether there was none."""
        strange = [key for key in self._values if key not in known]
        for key in strange:
            self.unknown(key, known)
        return not strange

    def unknown(self, key: str, known: Collection[str]) -> None:
        """Note that a key is not among the known ones, and what was meant."""
        message = _("{key} is not known here").format(key=key)
        if self.path and key in self._problems.top_keys:
            hint = _("; it belongs to the top, above the first section in square brackets")
            self.problem(key, message + hint)
        else:
            self.problem(key, message + did_you_mean(key, known))

    def table(self, key: str) -> Table | None:
        """A table within this one."""
        value = self._values[key]
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self._problems)
        self._wrong(key, _("a table, such as [{key}]").format(key=key))
        return None

    def text(self, key: str) -> str | None:
        """A text; None also where the key is missing."""
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value
        self._wrong(key, _('a text in quotes, such as "…"'))
        return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """One text or a list of texts; empty where the key is missing."""
        value = self._values.get(key, [])
        given = [value] if isinstance(value, str) else value
        texts = isinstance(given, list) and all(isinstance(item, str) and item.strip() for item in given)
        if texts and (given or key not in self._values):
            return tuple(dict.fromkeys(given))
        self._wrong(key, _("a text in quotes, or a list of such texts"))
        return None

    def flag(self, key: str) -> bool | None:
        """True or false; false where the key is missing."""
        value = self._values.get(key, False)
        if isinstance(value, bool):
            return value
        self._wrong(key, _("true or false"))
        return None

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number in a range."""
        value = self._values[key]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._wrong(key, _("a whole number from {least} to {most}").format(least=least, most=most))
        return None

    def ratio(self, key: str, *, above: int, below: int) -> Fraction | None:
        """A number strictly between two others, with at most four decimal places."""
        value = self._values[key]
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite() and above < number < below and _decimals(number) <= _DECIMALS:
                return Fraction(number)
        expected = _("a number between {above} and {below} with at most {n} decimal places")
        self._wrong(key, expected.format(above=above, below=below, n=_DECIMALS))
        return None

    def amount(self, key: str) -> Decimal | None:
        """An amount of money above 0."""
        value = self._values[key]
        try:
            number = Decimal(value) if isinstance(value, str | int | Decimal) else Decimal(0)
        except InvalidOperation:
            number = Decimal(0)
        if not isinstance(value, bool) and number.is_finite() and 0 < number < 10**12:
            return number
        self._wrong(key, _('an amount above 0 in quotes, such as "100.00"'))
        return None

    def _wrong(self, key: str, expected: str) -> None:
        message = _("{key} must be {expected}, not {value}").format(
            key=key, expected=expected, value=shown(self._values[key])
        )
        self._problems.at_value((*self.path, key), message)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A question that offers the nearest known word; else the known words; to be put behind a message."""
    begun = [other for other in sorted(known) if other.startswith(f"{word.casefold()}_")]
    near = begun if len(word) >= _LEAST_OF_A_BEGINNING and begun else [_nearest(word, known)]
    if near[0]:
        return _("; did you mean {word}?").format(word=one_or_other(near))
    return _("; known are {words}").format(words=", ".join(sorted(known)))


def _nearest(word: str, known: Collection[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def shown(value: object) -> str:
    """A value as a definition would write it, cut to a length that fits a message."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, dict):
        text = "{…}"
    elif isinstance(value, list):
        text = "[…]"
    else:
        text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
