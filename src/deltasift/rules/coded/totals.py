"""The methods about totals: the entries of a pmf sum to one, a density has the integral one."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import S
from sympy.core.basic import Basic

from deltasift.domain import Density, Family, Pmf
from deltasift.inert import Apply, Entry, Equality, Integral, Sum, free
from deltasift.line.scope import Scope
from deltasift.rule import Rewritten, method


@method(ref="cover2006, section 2.1", verifier="totals")
def sum_pmf(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The probabilities of all classes sum to one.

    Yield 1 of a sum over the classes of a pmf, of a row of one, or of a defined table whose total is proved.
    """
    if not isinstance(expr, Sum) or not isinstance(expr.body, Entry):
        return
    table, *indices = expr.body.args
    if indices[-1] != expr.var or any(expr.var in free(i) for i in indices[:-1]):
        return
    if isinstance(scope.domain(table), (Pmf, Family)):
        yield S.One, (Equality.make((expr, S.One)),)


@method(ref="cover2006, section 8.1", verifier="totals")
def integral_density(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A density has the integral one.

    Yield 1 of the integral of a declared density over the real line.
    """
    if not isinstance(expr, Integral) or not isinstance(expr.body, Apply):
        return
    line = expr.lo is S.NegativeInfinity and expr.hi is S.Infinity
    if line and expr.body.arguments == (expr.var,) and isinstance(scope.domain(expr.body.function), Density):
        yield S.One, ()
