"""0 log 0 = 0: where a product with a logarithm is 0 by convention, since another factor of it is.

It is so in `x*log(x)`, in `x*log(x/y)` with `y > 0` and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)`
with `y >= 0`. Generated code, derivatives and what is read ask here which of these a product is. At points and in
models definitions are unfolded first (`deltasift.check.products`); the judge reads it by itself (`judge/need.py`).
"""

from __future__ import annotations

from typing import NamedTuple

from sympy.core.basic import Basic

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


def _is_same(a: Basic, b: Basic) -> bool:
    return a == b or (bool(a.args) and bool(b.args) and same(a, b))
