"""What a line makes of the sum that its table adds up: the sign and the factor that stand around it."""

from __future__ import annotations

import re

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain, Size
from deltasift.inert import Fold, Named, Node, substitute
from deltasift.render.board import board

PLACE = re.compile(r"\[(\d+)\]")
LONG = 40  # letters above which it is no longer seen at a glance


def around(line: Basic, total: Basic, domains: tuple[Domain, ...]) -> list[str | int] | None:
    """Return a line in words and places: 0 for the sum, and after it each size; None where that says nothing.

    Nothing is said where the line is the sum, and where another sum stands beside it.
    """
    line = line.definition if isinstance(line, Named) else line
    sizes = [d.symbol for d in domains if isinstance(d, Size)]
    rest = substitute(line, {total: Symbol("[0]")})
    if rest == Symbol("[0]") or rest == line or _adds_up(rest):
        return None
    shown = board(substitute(rest, {s: Symbol(f"[{n}]") for n, s in enumerate(sizes, 1)}))
    if len(shown) > LONG:
        return None
    return [int(p) if n % 2 else p for n, p in enumerate(PLACE.split(shown)) if p]


def _adds_up(e: Basic) -> bool:
    """Whether a sum is written in an expression, beside those that a named quantity stands for."""
    stack = [e]
    while stack:
        part = stack.pop()
        if isinstance(part, Fold):
            return True
        if isinstance(part, Node) and not isinstance(part, Named):
            stack.extend(part.args)
    return False
