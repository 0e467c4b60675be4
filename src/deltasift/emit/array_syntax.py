"""Short words for the operations on whole arrays that generated code is made of."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from deltasift.emit.loops import Loops
from deltasift.emit.syntax import attribute, number, subscript


def names_in(e: ast.AST) -> set[str]:
    """Return the names that are read."""
    return {x.id for x in ast.walk(e) if isinstance(x, ast.Name)}


def xp(name: str, *args: ast.expr, **named: ast.expr) -> ast.expr:
    """Return a call of a function of the array API."""
    return ast.Call(attribute("xp", name), list(args), [ast.keyword(k, v) for k, v in named.items()])


def as_reals(e: ast.expr) -> ast.expr:
    """Return integers, or truth values, as real numbers."""
    return xp("astype", e, attribute("xp", "float64"))


def entries(table: ast.expr, places: Sequence[ast.expr | str]) -> ast.expr:
    """Return `table[places]`; `":"` is a whole axis and `"None"` a new one."""
    words = {":": ast.Slice(), "None": ast.Constant(None), "0": number(0)}
    written = [words[p] if isinstance(p, str) else p for p in places]
    return subscript(table, written[0] if len(written) == 1 else ast.Tuple(written, ast.Load()))


def stretched(e: ast.expr, depths: Sequence[int], bound: Loops) -> ast.expr:
    """Return an array whose axes belong to the loops at the given depths with an axis of length 1 for each other."""
    if not depths:
        return e
    places = [":" if d in depths else "None" for d in range(depths[0], len(bound.loops))]
    return entries(e, places) if "None" in places else e
