"""Case distinctions that SymPy would take out of the binder whose name their conditions speak of.

Whenever SymPy rebuilds a sum, product or integral, as its `subs`, `xreplace`, `free_symbols` and pickling do, it takes
the case distinctions that mention the bound name out of whatever is in the body, and so out of the binders there. In
`Sum(g(n)*Sum(Piecewise((f(k), k <= n), (0, True)), (k, 1, K)), (n, 1, N))` the condition would lose the range of k.
What stands around the inner sum is moved into it, so that both are one sum; where that is not possible, the condition
is written as a number that is 1 where it holds and 0 elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.derive.forms import is_total
from deltasift.inert import free, kinds, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import fresh, rewritten
from deltasift.line.cursor import Cursor
from deltasift.line.linear import Combination, combination, written
from deltasift.line.scope import Scope
from deltasift.line.views import Path, factors, product, summands

RANGED = (ex.Sum, ex.Product, ex.Integral)
Names = frozenset[Basic]


def kept_inside(expr: Basic, scope: Scope) -> Basic:
    """Return an equal expression whose case distinctions stay in their binders when SymPy rebuilds it.

    Those of which a value may not exist where its condition fails stay as they are, if nothing can be moved.
    """
    heads = kinds(expr)
    if (
        heads.isdisjoint((ex.Iverson, ex.Piecewise))
        or heads.isdisjoint(RANGED)
        or not any(True for _ in _escaping(expr))
    ):
        return expr
    joined = rewritten(expr, lambda e: _joined(e, frozenset((e.args[1],))) if isinstance(e, ex.Sum) else e)
    place = Cursor(joined, scope)
    for path in sorted(_escaping(joined), key=len, reverse=True):
        place.go(path)
        number = _as_number(place.here, place.scope)
        if number is not None:
            place.put(number)
    return place.line()


class _Binder(NamedTuple):
    """A binder around a place, or several directly in each other: its names, and those that its body mentions."""

    names: Names
    mentioned: Names


def _escaping(expr: Basic) -> Iterator[Path]:
    """Yield the places of the case distinctions that SymPy would take out of their binders."""
    stack: list[tuple[Basic, Path, tuple[_Binder, ...], type | None]] = [(expr, (), (), None)]
    while stack:
        e, path, around, directly = stack.pop()
        if not isinstance(e, ex.Node):
            continue
        if _escapes(e, around):
            yield path
        inside = around
        if isinstance(e, RANGED):
            own = frozenset((e.args[1],))
            # sums directly in each other are one for SymPy
            outer, names = (around[:-1], around[-1].names | own) if type(e) is directly else (around, own)
            inside = (*outer, _Binder(names, free(e.args[0])))
        for i, a in enumerate(e.args):
            is_body = isinstance(e, RANGED) and i == 0
            stack.append((a, (*path, i), inside if is_body else around, type(e) if is_body else None))


def _escapes(e: ex.Node, around: Sequence[_Binder]) -> bool:
    """Tell whether conditions speak of the name of a binder whose body mentions a name that is bound further out.

    SymPy makes the whole body of the binder one case distinction, and takes that out of it for the name further out.
    """
    if not isinstance(e, (ex.Iverson, ex.Piecewise)) or len(around) < 2:
        return False
    spoken_of = _conditions_names(e)
    outside: Names = frozenset()
    for binder in around:
        if not outside.isdisjoint(binder.mentioned) and not binder.names.isdisjoint(spoken_of):
            return True
        outside |= binder.names
    return False


def _conditions_names(e: ex.Node) -> Names:
    conditions = e.args if isinstance(e, ex.Iverson) else e.args[1::2]
    return frozenset().union(*map(free, conditions))


# --- sums that become one -------------------------------------------------------------------------------------------


def _joined(e: ex.Node, names: Names) -> Basic:
    """Return a sum with what stands around a sum in it moved into that; `names` are bound by it and directly around."""
    body, name, *ends = e.args
    if isinstance(body, ex.Add) and INFINITE.isdisjoint(ends) and any(_needs_it(t, names) for t, _ in summands(body)):
        return ex.Add.make(tuple(_joined(e.rebuild((t, name, *ends)), names) for t, _ in summands(body)))
    sign, parts = factors(body)
    for f in parts:
        if isinstance(f.expr, ex.Sum) and not f.inverse and (len(parts) > 1 or sign < 0) and _needs_it(f.expr, names):
            others = [(g.expr, g.inverse) for g in parts if g is not f]
            return e.rebuild((_moved_in(f.expr, sign, others, names), name, *ends))
    return e


def _needs_it(e: Basic, names: Names) -> bool:
    """Tell whether a case distinction would be taken out of a sum that is a factor of an expression."""
    return any(
        isinstance(f.expr, ex.Sum) and not f.inverse and any(True for _ in _escaping(_within(f.expr, names)))
        for f in factors(e)[1]
    )


def _within(e: Basic, names: Names) -> Basic:
    """Return a product over names of an expression, in which the expression is not a sum in a sum."""
    for name in names:
        e = ex.Product.make((e, name, S.One, S.One))
    return e


def _moved_in(e: ex.Node, sign: int, others: list[tuple[Basic, bool]], names: Names) -> Basic:
    """Return a sum times other factors as the sum of the products."""
    body, name, *ends = e.args
    if any(name in free(g) for g, _ in others):
        new = fresh(name, free(body).union(*(free(g) for g, _ in others)))
        body, name = substitute(body, {name: new}), new
    names |= {name}
    if isinstance(body, ex.Sum):
        return e.rebuild((_moved_in(body, sign, others, names), name, *ends))
    return _joined(e.rebuild((product(sign, [*others, (body, False)]), name, *ends)), names)


# --- conditions as numbers ------------------------------------------------------------------------------------------


def _as_number(e: Basic, scope: Scope) -> Basic | None:
    """Return a case distinction as a sum of products, None where a value or a condition may not exist elsewhere."""
    if isinstance(e, ex.Iverson):
        return _indicator(e.args[0], scope)
    assert isinstance(e, ex.Piecewise)
    result: Basic = S.Zero
    for value, condition in reversed(e.cases):
        holds = _indicator(condition, scope)
        if holds is None or not is_total(value):
            return None
        here = product(1, [(value, False), (holds, False)])
        if holds is S.One:
            result = value
        elif result is S.Zero:
            result = here
        else:
            result = ex.Add.make((here, product(1, [(_complement(holds), False), (result, False)])))
    return result


def _indicator(c: Basic, scope: Scope) -> Basic | None:
    """Return a number that is 1 where a statement holds and 0 elsewhere."""
    if c is S.true:
        return S.One
    if isinstance(c, (ex.And, ex.Or, ex.Not)):
        parts = [_indicator(a, scope) for a in c.args]
        if any(p is None for p in parts):
            return None
        every = [p for p in parts if p is not None]
        if isinstance(c, ex.Or):
            return _complement(product(1, [(_complement(p), False) for p in every]))
        return product(1, [(p, False) for p in every]) if isinstance(c, ex.And) else _complement(every[0])
    if not isinstance(c, ex.Node) or not is_total(c):
        return None
    if isinstance(c, (ex.LessEqual, ex.Less)):
        return _order(c, scope)
    if isinstance(c, (ex.Equality, ex.Unequal)):
        apart = _is_not_zero(written(combination([(1, c.args[0]), (-1, c.args[1])])), scope)
        return apart if isinstance(c, ex.Unequal) else _complement(apart)
    if isinstance(c, ex.Divides):
        return _complement(_is_not_zero(ex.Func("Mod", c.args[1], c.args[0]), scope))
    return None


def _is_not_zero(e: Basic, scope: Scope) -> Basic:
    """Return 1 where a number is not 0, without a delta: SymPy's products of `1 - delta` are wrong."""
    size = ex.Func("Abs", e)
    return ex.Func("Min", S.One, size) if scope.is_integer(e) else ex.Func("sign", size)


def _order(c: ex.Node, scope: Scope) -> Basic:
    strict = isinstance(c, ex.Less)
    line = combination([(1, c.args[1]), (-1, c.args[0])])
    if all(map(scope.is_integer, line.coefficients)):
        values = (*line.coefficients.values(), line.constant)
        by = lcm(*(Fraction(v).denominator for v in values))
        whole = Combination({a: by * v for a, v in line.coefficients.items()}, by * line.constant + (not strict))
        return ex.Func("Max", S.Zero, ex.Func("Min", S.One, written(whole)))
    # the sign of a number that is not negative is 1 or 0
    if strict:
        back = written(combination([(1, c.args[0]), (-1, c.args[1])]))
        return _complement(ex.Func("sign", ex.Add.make((S.One, ex.Func("sign", back)))))
    return ex.Func("sign", ex.Add.make((S.One, ex.Func("sign", written(line)))))


def _complement(holds: Basic) -> Basic:
    return ex.Add.make((S.One, ex.Neg.make((holds,))))
