"""A problem as text: the expression, what is known, what is declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import is_name
from deltasift.errors import ParseError
from deltasift.inert import Node, substitute
from deltasift.parse import Typing, parse

INTEGERS = frozenset(("integer", "table of integers"))
RANGE = re.compile(r"\s*([^:\s]+)\s+in\s+(.+?)\s*\.\.\s*(.+?)\s*")  # m in 1..K


@dataclass(frozen=True)
class Problem:
    """What `collapse` is asked.

    Attributes
    ----------
    expr : Basic
    facts : tuple of relations and domains
    types : tuple of Typing
        What each name was taken for.
    """

    expr: Basic
    facts: tuple[Any, ...]
    types: tuple[Typing, ...]


def read(text: str, facts: Sequence[str] = (), declare: Sequence[str] = ()) -> Problem:
    """Read an expression, facts such as `1 <= y[n]` and declarations such as `N: size` and `m in 1..K`.

    A name that is an integer by its use in the expression is an integer in the facts too.

    Raises
    ------
    ParseError
    """
    kinds: dict[str, str] = {}
    bounds: list[str] = []
    for words in declare:
        ranged = RANGE.fullmatch(words)
        name, colon, kind = (ranged[1], ":", "") if ranged else map(str.strip, words.partition(":"))
        if not colon:
            raise ParseError(f"{words!r} declares nothing: write 'NAME: KIND' or 'NAME in LO..HI'")
        if name in kinds:
            raise ParseError(f"{name} is declared twice")
        kinds[name] = kind
        if ranged:
            table = re.search(rf"(?<!\w){re.escape(name)}\s*\[", text)
            kinds[name] = f"labels({ranged[2]}, {ranged[3]})" if table else "integer"
            bounds += [] if table else [f"{ranged[2]} <= {name}", f"{name} <= {ranged[3]}"]
    parsed = parse(text, declare=kinds)
    for typing in parsed.types:
        if not is_name(typing.name):
            raise ParseError(f"{typing.name!r} is not a name")
    integers = {Symbol(t.name): Symbol(t.name, integer=True) for t in parsed.types if t.kind in INTEGERS}
    known = [_with(parse(fact).expr, integers) for fact in (*facts, *bounds)]
    return Problem(_with(parsed.expr, integers), (*known, *parsed.domains), parsed.types)


def _with(expr: Basic, names: dict[Basic, Basic]) -> Basic:
    return substitute(expr, names) if isinstance(expr, Node) else names.get(expr, expr)
