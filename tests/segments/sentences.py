"""Random sentences of a grammar that is written as EBNF, as docs/query-grammar.md has it."""

from __future__ import annotations

import re
from random import Random
from typing import TypeAlias

Rule: TypeAlias = "tuple[str, list[Rule]] | str"
"""`("or", …)`, `("row", …)`, `("maybe", […])`, `("again", […])`, a rule's name, or a text in quotes."""

_TOKEN = re.compile(r'"[^"]*"|[\[\]{}()|,]|\w+')
_CLOSING = {"[": ("]", "maybe"), "{": ("}", "again"), "(": (")", "row")}


def rules_of(text: str) -> dict[str, Rule]:
    """The rules of a text by their names."""
    found = re.findall(r"^(\w+) +=(.*?) ;$", text, re.DOTALL | re.MULTILINE)
    return {name: _any(_TOKEN.findall(body)) for name, body in found}


def _any(tokens: list[str]) -> Rule:
    choices = [_row(tokens)]
    while tokens and tokens[0] == "|":
        tokens.pop(0)
        choices.append(_row(tokens))
    return choices[0] if len(choices) == 1 else ("or", choices)


def _row(tokens: list[str]) -> Rule:
    items = [_item(tokens)]
    while tokens and tokens[0] == ",":
        tokens.pop(0)
        items.append(_item(tokens))
    return items[0] if len(items) == 1 else ("row", items)


def _item(tokens: list[str]) -> Rule:
    token = tokens.pop(0)
    if token not in _CLOSING:
        return token
    closing, meaning = _CLOSING[token]
    inner = _any(tokens)
    assert tokens.pop(0) == closing
    return meaning, [inner]


def sentence(rules: dict[str, Rule], start: str, pieces: dict[str, list[str]], random: Random) -> str:
    """Something that a rule allows; `pieces` are examples of what the rules leave open."""
    words = _words(start, rules, pieces, random, 0)
    text = " ".join(words)
    return re.sub(r"(?<=-) | (?=,)|(?<=,) | (?=(?:[:<>=]=?) )|(?<= [:<>=]) |(?<=[<>]=) ", "", text)


def _words(
    rule: Rule, rules: dict[str, Rule], pieces: dict[str, list[str]], random: Random, depth: int
) -> list[str]:
    if isinstance(rule, str):
        if rule.startswith('"'):
            return [rule[1:-1]]
        if rule in pieces:
            return [random.choice(pieces[rule])]
        return _words(rules[rule], rules, pieces, random, depth + 1)
    meaning, parts = rule
    if meaning == "or":
        parts = [random.choice(parts if depth < 9 else parts[2:] or parts)]
    elif meaning in ("maybe", "again") and (depth > 9 or random.random() < 0.5):
        parts = []
    return [word for part in parts for word in _words(part, rules, pieces, random, depth)]
