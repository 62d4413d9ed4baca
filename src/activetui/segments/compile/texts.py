"""Texts: names, addresses, telephone numbers, tags, codes, products, and words anywhere."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound (see the tests)
from __future__ import annotations

from collections.abc import Sequence

from activetui.ledger.text import fold
from activetui.locales.countries import country_code
from activetui.segments.compile.writer import Writer
from activetui.segments.tree import FieldTest, Text, Value
from activetui.store.listing.event_tests import BOUGHT, IN_PLAYBOOK

_PUNCTUATION = " -./()+"
_MOST_NAMES = 1_000
_TAGS = """WITH RECURSIVE names(name) AS (SELECT min(name) FROM tag
  UNION ALL SELECT (SELECT min(tag.name) FROM tag WHERE tag.name > names.name) FROM names
  WHERE names.name IS NOT NULL)"""
"""The names of the tags, each looked up behind the one before: of many tags few are different."""
_IN_SEARCH = ("name", "email", "company")


def anywhere(writer: Writer, *words: str) -> str:
    """All the words in name, e-mail, phone, company, key (all in `customer.search`) or note.

    They are asked for together: few customers have them all, where many have one.
    """
    numbers = {word: _written_number(word) for word in words}
    together = [fold(word) for word in words if not numbers[word]]
    found = [writer.found(*together)] if together else []
    for word, number in numbers.items():
        if number:
            found.append(f"({writer.found(fold(word))} OR instr(customer.search, {writer.put(number)}) > 0)")
    return f"({' AND '.join(found)})"


def text(writer: Writer, test: FieldTest, value: Value) -> str:
    """A text in a field, or the whole of it."""
    assert isinstance(value, Text)
    needle = fold(value.text)
    cheap = ""
    if test.field.name in _IN_SEARCH:       # true wherever the other is, and needs no call of ours
        cheap = f"instr(customer.search, {writer.put(needle)}) > 0 AND "
    return f"({cheap}{_matches(f'customer.{test.field.name}', value, writer.put(needle))})"


def bought(writer: Writer, values: Sequence[Value]) -> str:
    """Has bought a product with any of the texts: all purchases are looked through once."""
    texts = [value for value in values if isinstance(value, Text)]
    names = _names(writer, texts)
    if names is not None and not names:
        return "FALSE"
    writer.put(writer.day)

    def in_any(column: str) -> str:
        if names is not None:
            return f"{column} IN ({', '.join(writer.put(name) for name in names)})"
        return "(" + " OR ".join(_matches(column, each, writer.put(fold(each.text))) for each in texts) + ")"

    return BOUGHT.format(own=in_any("event.product"), line=in_any("line.product"))


def _names(writer: Writer, texts: Sequence[Text]) -> list[str] | None:
    """The products with any of the texts; None where they are not known, or too many."""
    names: dict[str, None] = {}
    for each in texts:
        found = None if writer.products is None else writer.products(fold(each.text), each.whole)
        if found is None:
            return None
        names.update(dict.fromkeys(found))
    return list(names) if len(names) <= _MOST_NAMES else None


def _matches(column: str, value: Text, mark: str) -> str:
    return f"fold({column}) = {mark}" if value.whole else f"instr(fold({column}), {mark}) > 0"


def code(writer: Writer, test: FieldTest, value: Value) -> str:
    """A text that is always the whole: a tag, a country, a language, a key."""
    assert isinstance(value, Text)
    folded = fold(value.text)
    needle = writer.put(folded)
    match test.field.name:
        case "tag":                             # its names are few, and the index has them apart
            names = f"{_TAGS} SELECT name FROM names WHERE fold(name) = {needle}"
            return f"customer.id IN (SELECT tag.customer_id FROM tag WHERE tag.name IN ({names}))"
        case "language":                        # pt also finds pt-PT and pt_BR
            return f"(fold(customer.language) = {needle} OR {_with_region(writer, folded)})"
        case "playbook":
            before, after = IN_PLAYBOOK.split("{which}")
            return f"{before}fold(enrolment.playbook) = {needle}{writer.on(after)}"
        case "key":                             # what is searched has it too, and needs no call of ours
            return f"(instr(customer.search, {needle}) > 0 AND fold(customer.key) = {writer.put(folded)})"
        case _:                                 # a name finds the code, too: Portugal is PT
            code = fold(country_code(value.text))
            if code == folded:
                return f"fold(customer.country) = {needle}"
            return f"fold(customer.country) IN ({needle}, {writer.put(code)})"


def _with_region(writer: Writer, language: str) -> str:
    beginning = f"substr(fold(customer.language), 1, {writer.put(len(language) + 1)})"
    return f"{beginning} IN ({writer.put(language + '-')}, {writer.put(language + '_')})"


def phone(writer: Writer, test: FieldTest, value: Value) -> str:
    """Digits of a telephone number, however either is written."""
    assert isinstance(value, Text)
    number = _phone_number(value.text)
    column = "customer.phone"
    for sign in _PUNCTUATION:
        column = f"replace({column}, '{sign}', '')"
    if value.whole:
        return f"{column} = {writer.put(number)}"
    return f"instr({column}, {writer.put(number)}) > 0"


def _written_number(text: str) -> str:
    """The digits of what is a phone number, if they are written otherwise; else nothing."""
    number = _phone_number(text)
    return number if number != fold(text) and not set(text) - set(_PUNCTUATION + "0123456789") else ""


def _phone_number(text: str) -> str:
    """The digits of a telephone number, without the 00 that some dial before the country."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit()).removeprefix("00")
