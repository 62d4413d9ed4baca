"""What is meant by a text that is not even TOML: the parser's complaint, its place, and a better word."""

from __future__ import annotations

import re
from collections.abc import Callable

from activetui.activity.mistakes import Problem
from activetui.activity.reading.positions import Place, place_of
from activetui.ledger.text import one_line
from activetui.locales import _

_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END = " (at end of document)"
_WORD = re.compile(r"[^\s,;\[\]{}#=]{1,40}")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'"
    r"|\#[^\n]*|[\[\]{}]",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*\[\[?[\w.-]+\]\]?\s*(#.*)?\n?")
_CURLY_QUOTES = "“”„‟‘’‚«»‹›"
_TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def toml_problem(text: str, complaint: str) -> Problem:
    """The problem that `tomllib` complains of, with its place and, where it can be told, what was meant."""
    found = _AT_LINE.search(complaint)
    reason = _AT_LINE.sub("", complaint).removesuffix(_AT_END)
    if found:
        line, column = int(found[1]), int(found[2])
        at = sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1
    else:
        at = len(text.rstrip())
    for known, explained in _EXPLAINED.items():
        if reason.startswith(known):
            at, reason = explained(text, at)
            break
    place = place_of(text, min(at, len(text)))
    return Problem(*place, one_line(_("this is not valid TOML: {reason}").format(reason=reason)))


def longest_number(text: str) -> Place:
    """Where the longest run of digits of a text begins."""
    return place_of(text, max(re.finditer(r"[\d_]+", text), key=lambda run: len(run.group())).start())


def _value(text: str, at: int) -> tuple[int, str]:
    """No value can begin here."""
    begin = text.rfind("\n", 0, at) + 1
    if _HEADER.fullmatch(text[begin : (text.find("\n", begin) + 1) or None]):
        return _not_closed(text[:begin], at, "]")
    if at >= len(text.rstrip()) and _innermost_open(text, at) < at:
        return _not_closed(text, at, "]")
    found = _WORD.match(text, at)
    word = found.group() if found else ""
    if word[:1] and word[0] in _CURLY_QUOTES:
        straight = '"' + word.strip(_CURLY_QUOTES) + '"'
        return at, _("texts stand in straight quotes; did you mean {word}?").format(word=straight)
    if word.casefold() in _TRUTH:
        return at, _("did you mean {word}?").format(word=_TRUTH[word.casefold()])
    if re.fullmatch(r"[.,]\d+", word):
        return at, _("did you mean {word}?").format(word=f"0.{word[1:]}")
    if word and (word[0].isalpha() or not word[0].isascii()):
        return at, _("texts stand in quotes; did you mean {word}?").format(word=f'"{word}"')
    if text.startswith("=", at):
        return at, _("one equals sign is enough")
    return at, _("a value is missing, such as 30 or \"purchase\"")


def _rest(text: str, at: int) -> tuple[int, str]:
    """Something follows a value that is whole."""
    begin = at
    while begin > 0 and text[begin - 1] in "0123456789.,_":
        begin -= 1
    number = re.match(r"[\d.,_]+", text[begin:])
    if number and begin < at:
        plain = re.match(r"0+(?=\d)", number.group())
        if plain:
            return begin, _("a number does not begin with 0")
        return begin, _("numbers have a point, and no other sign between the digits, such as 1250.50")
    found = _WORD.match(text, at)
    word = found.group() if found else text[at : at + 1]
    return at, _("{word} is too much here; each entry has a line of its own").format(word=word)


def _unclosed(sign: str) -> Callable[[str, int], tuple[int, str]]:
    def explained(text: str, at: int) -> tuple[int, str]:
        if at < len(text.rstrip()):
            return at, _("a comma or a closing {sign} is missing here").format(sign=sign)
        return _not_closed(text, at, sign)

    return explained


def _not_closed(text: str, at: int, sign: str) -> tuple[int, str]:
    open_one = _innermost_open(text, at)
    return open_one, _("this bracket is not closed; a {sign} is missing").format(sign=sign)


def _innermost_open(text: str, at: int) -> int:
    """Where the last bracket stands that is never closed."""
    opened: list[int] = []
    for token in _TOKEN.finditer(text):
        if token.group() in ("[", "{"):
            opened.append(token.start())
        elif token.group() in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else at


def _key(text: str, at: int) -> tuple[int, str]:
    """No key can begin here, within braces."""
    if text.startswith("}", at):
        return at, _("there is a comma too many before }")
    if text[at : at + 1] in ("\n", "#"):
        return at, _("what stands in braces must stand on one line")
    return at, _("a key is expected here, such as within_days")


def _equals(text: str, at: int) -> tuple[int, str]:
    if text.startswith(":", at):
        return at, _("did you mean = instead of :?")
    return at, _("an equals sign is missing behind the key")


def _statement(text: str, at: int) -> tuple[int, str]:
    if text.startswith(("//", ";", "--", "/*"), at):
        return at, _("a comment begins with #")
    return at, _("a line begins with a key, a [section] or #")


def _twice(text: str, at: int) -> tuple[int, str]:
    """A key or a section stands for the second time; the parser tells the end of it."""
    begin = text.rfind("\n", 0, max(at - 1, 0)) + 1
    begin += len(text[begin:]) - len(text[begin:].lstrip(" \t"))
    return begin, _("this stands here for the second time; put both into one")


def _quote(text: str, at: int) -> tuple[int, str]:
    return at, _("the closing quote is missing")


def _backslash(text: str, at: int) -> tuple[int, str]:
    return at, _("write two backslashes for one in a text")


def _section(text: str, at: int) -> tuple[int, str]:
    return at, _("the closing ] of the section is missing")


_EXPLAINED: dict[str, Callable[[str, int], tuple[int, str]]] = {
    "Invalid value": _value,
    "Expected newline or end of document": _rest,
    "Unclosed array": _unclosed("]"),
    "Unclosed inline table": _unclosed("}"),
    "Invalid initial character for a key part": _key,
    "Expected '=' after a key": _equals,
    "Expected ']'": _section,
    "Cannot declare": _twice,
    "Cannot overwrite": _twice,
    "Cannot mutate": _twice,
    "Duplicate inline table key": _twice,
    "Invalid statement": _statement,
    "Unterminated string": _quote,
    "Expected \"'\"": _quote,
    "Expected '\"": _quote,
    "Illegal character '\\n'": _quote,
    "Unescaped '\\'": _backslash,
}
"""By the beginning of what the parser of the standard library says: the place and a better word."""
