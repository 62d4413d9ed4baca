"""From the text of a query to its tree: `parse`."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, cast

from activetui.locales import _
from activetui.segments.errors import QueryError
from activetui.segments.fields import Holds, field_named, nearest_field
from activetui.segments.mistakes import Mistake
from activetui.segments.plain import Condition, Piece, plain_conditions
from activetui.segments.spoken import said
from activetui.segments.tree import (
    All,
    AnyOf,
    Days,
    FieldTest,
    Node,
    Not,
    Operator,
    Query,
    Words,
    searches_of,
    tests_of,
)
from activetui.segments.values import Raw, read_values

if TYPE_CHECKING:
    from lark import Token, Tree

    Written: TypeAlias = Token | Piece

MAX_LENGTH = 4_000
"""Letters of a query; a longer one is refused."""
MAX_CONDITIONS = 100
"""Tests, words and listed values of a query, all together."""
MAX_SEARCHES = 30
"""Words and texts that are looked for, those of the segments in the query too; a product counts for three."""
MAX_DEPTH = 20
"""Parentheses and negations inside each other."""

_CURRENCY = re.compile(r"[€$£]|eur|usd|gbp|brl|rub|chf|euros?|dollars?|pounds?", re.IGNORECASE)
_CURRENCY_SIGN = {"eu": "EUR", "do": "$", "po": "£"}
_LIKE_SIGNS = {"≥": ">=", "≤": "<="}
_PLAIN_QUOTES = str.maketrans("“”„«»", '"""""')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PIECE = re.compile(r'("(?:[^"\\]|\\.)*")|([^,"]+)|(,)', re.DOTALL)
_HEAD = re.compile(r"([^\s:<>=]+)\s*(<=|>=|[:<>=])")


def parse(text: str, own_kinds: Collection[str] = ()) -> Query:
    """The query as a tree of typed tests.

    `own_kinds` are the names of the event kinds that the owner added. Raises `QueryError` with the position
    and a proposal for whatever cannot be read; a query that is too long or too deep is refused, never run.
    """
    return _parse(text, frozenset(own_kinds))


@lru_cache(64)
def _parse(text: str, own_kinds: frozenset[str]) -> Query:
    if len(text) > MAX_LENGTH:
        raise QueryError(
            _("This query is too long: {length} letters, at most {most} are read.").format(
                length=len(text), most=MAX_LENGTH
            ),
            text, MAX_LENGTH, len(text), _("Save parts of it as tags, or ask in several steps."),
        )
    if not text.strip():
        return Query(text)
    builder = _Builder(text, own_kinds)
    plain = plain_conditions(text.translate(_PLAIN_QUOTES))
    root = builder.node(_tokens(text), 1) if plain is None else builder.all_of(plain)
    refuse_searches(root, text)
    return _on_its_day(Query(text, root))


def _tokens(text: str) -> Tree[Token]:
    from lark.exceptions import UnexpectedInput

    from activetui.segments.grammar import parser
    from activetui.segments.misreadings import explained

    try:
        return parser().parse(text.translate(_PLAIN_QUOTES))
    except UnexpectedInput as problem:
        raise explained(problem, text) from None


class _Builder:
    """Makes the tree of tests; counts conditions and depth so that no query can run away."""

    def __init__(self, text: str, own_kinds: frozenset[str]) -> None:
        self.text = text
        self.own_kinds = own_kinds
        self.conditions = 0
        self._amount_end: int | None = None
        """Where the condition ended that was read last, if it was one of money."""

    def node(self, tree: Tree[Token], depth: int) -> Node:
        """The node of a tree of tokens."""
        if tree.data in ("any_of", "all_of"):
            parts = tuple(self.node(part, depth) for part in _subtrees(tree))
            if len(parts) == 1:
                return parts[0]
            return AnyOf(parts) if tree.data == "any_of" else All(_flat(parts))
        first = cast("Token", tree.children[0])
        if tree.data in ("negated", "group"):
            if depth >= MAX_DEPTH:
                raise self._refused(first, _("This query is nested too deeply."))
            inner = self.node(cast("Tree[Token]", tree.children[1]), depth + 1)
            return inner if tree.data == "group" else Not(inner)
        if tree.data == "said":
            return self._said(first)
        if tree.data == "words":
            return self._word(first, _unquoted(str(first)) if first.type == "QUOTED" else str(first))
        return self._test(first, cast("Token", tree.children[1]))

    def all_of(self, conditions: list[Condition]) -> Node:
        """The node of a plain query."""
        parts: list[Node] = []
        for negated, head, value in conditions:
            part = self._word(value, str(value)) if head is None else self._test(head, value)
            parts.append(Not(part) if negated else part)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _word(self, written: Written, text: str) -> Words:
        self._count(written)
        self._refuse_currency(written)
        if any(sign in written for sign in _LIKE_SIGNS) and not written.startswith('"'):
            raise self._like_a_sign(written)
        return Words(text, _start(written), _end(written))

    def _test(self, head: Written, value: Written) -> FieldTest:
        found = _HEAD.match(head)
        assert found is not None, "the grammar only lets heads through that match"
        word, operator = found[1], cast("Operator", found[2])
        field = field_named(word)
        start = _start(head)
        if field is None:
            raise self._unknown_field(word, start)
        raws = self._pieces(value)
        if operator == ":" and _start(value) != _end(head):
            raise QueryError(
                _("There is a blank after '{field}:'.").format(field=word), self.text, start, _end(value),
                _("Write {example} without a blank.").format(example=f"{word}:{value}"),
                f"{word}:{value}",
            )
        values = read_values(field, operator, raws, self.text, start, self.own_kinds)
        self._amount_end = _end(value) if field.holds is Holds.MONEY else None
        return FieldTest(field, operator, values, tuple(raw.text for raw in raws), start, _end(value))

    def _said(self, written: Token) -> FieldTest:
        """A comparison in words."""
        self._count(written)
        base = _start(written)
        try:
            found = said(str(written))
        except Mistake as mistake:
            raise QueryError(
                mistake.message, self.text, base, _end(written), mistake.hint, mistake.proposal
            ) from None
        raw = Raw(found.value, False, base + found.start, base + found.end)
        values = read_values(found.field, found.operator, (raw,), self.text, base, self.own_kinds)
        self._amount_end = _end(written) if found.field.holds is Holds.MONEY else None
        return FieldTest(found.field, found.operator, values, (raw.text,), base, _end(written))

    def _pieces(self, value: Written) -> tuple[Raw, ...]:
        """The values of a comma list, each with its place."""
        raws: list[Raw] = []
        position = base = _start(value)
        open_piece = True
        for piece in _PIECE.finditer(value):
            if piece[3]:
                if open_piece:
                    raise self._missing_value(base + piece.start())
                open_piece = True
                continue
            if not open_piece:
                raise QueryError(
                    _("Quotes stand in the middle of a value."), self.text, base, _end(value),
                    _("Put the quotes around the whole value."),
                )
            position = base + piece.start()
            quoted = bool(piece[1])
            written = _unquoted(piece[1]) if quoted else piece[2]
            raws.append(Raw(written, quoted, position, base + piece.end()))
            self._count(value)
            open_piece = False
        if open_piece:
            raise self._missing_value(_end(value))
        return tuple(raws)

    def _count(self, token: Written) -> None:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            raise self._refused(
                token,
                _("This query has more than {most} conditions.").format(most=MAX_CONDITIONS),
            )

    def _refused(self, token: Written, message: str) -> QueryError:
        return QueryError(
            message, self.text, _start(token), _end(token), _("Ask in several steps, or use a tag.")
        )

    def _missing_value(self, position: int) -> QueryError:
        return QueryError(
            _("A value is missing beside the comma."), self.text, position, position + 1,
            _("Write the values one after the other, as in status:inactive,lost."),
        )

    def _refuse_currency(self, written: Written) -> None:
        """A currency that stands apart from its amount would be searched for, and nobody found."""
        start, end = self._amount_end, _start(written)
        if start is None or self.text[start:end].strip() or not _CURRENCY.fullmatch(written):
            return
        raise QueryError(
            _("'{currency}' stands apart from its amount.").format(currency=written),
            self.text, start, _end(written), _("Write it without a blank, as in spend>500EUR or spend>€500."),
            _CURRENCY_SIGN.get(written[:2].lower(), str(written)),
        )

    def _like_a_sign(self, written: Written) -> QueryError:
        proposal = str(written)
        for sign, meant in _LIKE_SIGNS.items():
            proposal = proposal.replace(sign, meant)
        return QueryError(
            _("'{text}' cannot be read.").format(text=written), self.text, _start(written), _end(written),
            _("Did you mean {proposal}?").format(proposal=proposal), proposal,
        )

    def _unknown_field(self, word: str, start: int) -> QueryError:
        if "!" in word and field_named(word.strip("!")) is not None:
            proposal = "-" + word.strip("!")
            return QueryError(
                _("'!' is no sign of a query."), self.text, start, start + len(word),
                _("What shall not hold has a minus before it: {proposal}.").format(proposal=proposal + ":…"),
                proposal,
            )
        proposal = nearest_field(word)
        if proposal:
            hint = _("Did you mean {proposal}?").format(proposal=proposal)
        else:
            hint = _("Put text with such a sign in quotes. The fields are listed by: {command}").format(
                command="activetui segments fields"
            )
        return QueryError(
            _("There is no field '{word}'.").format(word=word),
            self.text, start, start + len(word), hint, proposal,
        )


def refuse_searches(root: Node, text: str) -> None:
    """Refuse a query that looks for more texts than a large store can be searched for."""
    cost = 0
    for part, each in searches_of(root):
        cost += each
        if cost > MAX_SEARCHES:
            raise QueryError(
                _("This query looks for more than {most} words and texts.").format(most=MAX_SEARCHES),
                text, part.start, part.end,
                _("A product counts for three, but product:tea,coffee as one. Ask in several steps."),
            )


def _on_its_day(query: Query) -> Query:
    """The query with `as-of:` taken out of its conditions; refused anywhere but among the outermost."""
    days = [part for part in query.parts if isinstance(part, FieldTest) and part.field.holds is Holds.AS_OF]
    rest = tuple(part for part in query.parts if part not in days)
    for stray in [*days[1:], *(test for part in rest for test in tests_of(part))]:
        if stray.field.holds is Holds.AS_OF:
            raise QueryError(
                _("The day stands twice in this query.") if days else _("Here the day cannot stand."),
                query.text, stray.start, stray.end,
                _("It is the day of the whole query: write it once, and beside all the other conditions."),
            )
    if not days:
        return query
    stretch = days[0].values[0]
    assert isinstance(stretch, Days)
    root = None if not rest else rest[0] if len(rest) == 1 else All(rest)
    return Query(query.text, root, stretch.last)


def _subtrees(tree: Tree[Token]) -> list[Tree[Token]]:
    from lark import Tree

    return [child for child in tree.children if isinstance(child, Tree)]


def _flat(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Conditions in parentheses that must all hold anyway, without the parentheses."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return tuple(flat)


def _unquoted(text: str) -> str:
    return _ESCAPED.sub(r"\1", text[1:-1])


def _start(token: Written) -> int:
    return token.start_pos or 0


def _end(token: Written) -> int:
    return token.end_pos or 0
