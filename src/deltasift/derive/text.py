"""A problem as text: the expression, what is known, what is declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import ParseError
from deltasift.inert import Node, substitute
from deltasift.parse import Typing, parse

INTEGERS = frozenset(("integer", "table of integers"))


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
    """Read an expression, facts such as `1 <= y[n]` and declarations such as `N: size`.

    A name that is an integer by its use in the expression is an integer in the facts too.

    Raises
    ------
    ParseError
    """
    kinds: dict[str, str] = {}
    for words in declare:
        name, colon, kind = words.partition(":")
        if not colon:
            raise ParseError(f"{words!r} declares nothing: write 'NAME: KIND'")
        if name.strip() in kinds:
            raise ParseError(f"{name.strip()} is declared twice")
        kinds[name.strip()] = kind.strip()
    parsed = parse(text, declare=kinds)
    integers = {Symbol(t.name): Symbol(t.name, integer=True) for t in parsed.types if t.kind in INTEGERS}
    known = [_with(parse(fact).expr, integers) for fact in facts]
    return Problem(_with(parsed.expr, integers), (*known, *parsed.domains), parsed.types)


def _with(expr: Basic, names: dict[Basic, Basic]) -> Basic:
    return substitute(expr, names) if isinstance(expr, Node) else names.get(expr, expr)
