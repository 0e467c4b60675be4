"""0 log 0 = 0: where a product with a logarithm is 0 by convention, since another factor of it is.

It is so in `x*log(x)`, in `x*log(x/y)` with `y > 0` and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)`
with `y >= 0`. Generated code, derivatives and what is read ask here which of these a product is. At points and in
models definitions are unfolded first (`deltasift.check.products`); the judge reads it by itself (`judge/need.py`).

And a factor that a delta or a bracket makes 0 makes its term 0, unless something in the term divides by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sympy.core.basic import Basic

from deltasift.inert import Div, Node, Pow, free
from deltasift.inert.visit import kinds
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.views import factors, product

SAME, QUOTIENT, PROBABILITY = "x log x", "x log(x/y)", "p log y"


class Convention(NamedTuple):
    """How a factor x stands to the logarithm beside it.

    Attributes
    ----------
    kind : str
        `SAME`, `QUOTIENT` or `PROBABILITY`, the first of these that it is.
    beside : Basic
        The argument of the logarithm; of a quotient what x is divided by.
    certain : bool
        Whether x is an entry of a pmf.
    """

    kind: str
    beside: Basic
    certain: bool


def convention(x: Basic, argument: Basic, scope: Scope) -> Convention | None:
    """Return by which convention `x*log(argument)` is 0 where x is 0, None where by none."""
    certain = scope.is_probability(x)
    if _is_same(x, argument):
        return Convention(SAME, argument, certain)
    sign, parts = factors(argument)
    above = [f.expr for f in parts if not f.inverse]
    below = [(f.expr, False) for f in parts if f.inverse]
    if sign == 1 and below and len(above) == 1 and _is_same(x, above[0]):
        return Convention(QUOTIENT, product(1, below), certain)
    return Convention(PROBABILITY, argument, certain) if certain else None


def excusing(brackets: Sequence[Basic], parts: Iterable[tuple[Basic, bool]]) -> list[Basic]:
    """Return the brackets among the factors of a product, each with whether it divides, that no factor divides by.

    `d/d` is not 0 where d is, as its term would be: what is calculated with it is 1.
    """
    dividing = [(e, below) for e, below in parts if brackets and (below or not kinds(e).isdisjoint((Div, Pow)))]
    return [d for d in brackets if not any(_divides(d, *part) for part in dividing)]


def _divides(bracket: Basic, part: Basic, below: bool) -> bool:
    todo = [(part, below)]
    while todo:
        e, below = todo.pop()
        if below and _is_same(e, bracket):
            return True
        if isinstance(e, Node) and not (e.binds and e.args[1] in free(bracket)):
            todo += ((a, below or (isinstance(e, Div) and i == 1) or _is_base(e, i)) for i, a in enumerate(e.args))
    return False


def _is_base(e: Node, place: int) -> bool:
    """Tell whether a place is that of the base of a power that may divide by it."""
    return place == 0 and isinstance(e, Pow) and not (e.args[1].is_Integer and bool(e.args[1] >= 0))


def _is_same(a: Basic, b: Basic) -> bool:
    return a == b or (bool(a.args) and bool(b.args) and same(a, b))
