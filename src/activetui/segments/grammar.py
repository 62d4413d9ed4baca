"""The grammar of the filter language: tiny on purpose. What a value means is decided by its field."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Lark

GRAMMAR = r"""
?start: any_of
any_of: all_of (OR all_of)*
all_of: unit (AND? unit)*
?unit: (NOT | MINUS) unit            -> negated
     | LEFT any_of RIGHT             -> group
     | SAID                          -> said
     | HEAD VALUE                    -> test
     | (QUOTED | WORD)               -> words

SAID.6: /{said}/i
HEAD.5: /[^\s"():<>=,\-][^\s"():<>=,]*(?:\s*(?:<=|>=|[<>=])\s*|:)/
OR.4: /or(?=[\s()"]|\Z)/i
AND.4: /and(?=[\s()"]|\Z)/i
NOT.4: /not(?=[\s()"]|\Z)/i
MINUS.3: /-(?=[^\s)])/
QUOTED.2: /"(?:[^"\\]|\\.)*"(?=[\s)]|\Z)/
VALUE: /(?:"(?:[^"\\]|\\.)*"|[^\s()"])+(?=[\s)]|\Z)/
WORD: /(?!(?:or|and|not)(?:[\s()"]|\Z))(?:-|[^\s"():<>=\-][^\s"():<>=]*)(?=[\s)]|\Z)/i
LEFT: "("
RIGHT: ")"
%ignore /\s+/
"""


@lru_cache(1)
def parser() -> Lark:
    """The parser, built at its first use (lark is slow to load); it makes plain trees of tokens."""
    from lark import Lark

    from activetui.segments.spoken import PATTERN

    said = re.sub(r"\(\?P<[a-z_]+>", "(?:", PATTERN)
    return Lark(GRAMMAR.replace("{said}", said), parser="lalr", propagate_positions=False)
