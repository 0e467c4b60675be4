"""The methods about the equation in a Kronecker delta: solved for a name, its roots, what follows beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from sympy import Integer, S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Rational

import deltasift.inert as ex
from deltasift.inert import free, is_name, mentions, postorder, substitute
from deltasift.inert.bridge import to_polynomial
from deltasift.line.definedness import requirements
from deltasift.line.linear import Combination, combination, difference, written
from deltasift.line.numbers import worked_out
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.views import Factor, factors, product, total
from deltasift.rule import Rewritten, Witnessed, method


def solved(d: ex.Delta, name: Basic) -> tuple[int, Basic] | None:
    """Return (c, a) where a delta says `c*name = a` with an integer c >= 1 and an a free of the name."""
    other = other_side(d, name)
    return (1, other) if other is not None else solution(combination([(1, d.args[0]), (-1, d.args[1])]), name)


def other_side(d: ex.Delta, name: Basic) -> Basic | None:
    """Return a where a delta is `delta(name, a)` or `delta(a, name)` as it stands, and a is free of the name."""
    for side, other in (d.args, d.args[::-1]):
        if is_name(side, name) and not mentions(other, name):
            return other
    return None


def solution(zero: Combination, name: Basic) -> tuple[int, Basic] | None:
    """Return (c, a) where a combination is 0 just where `c*name = a`."""
    slope = zero.coefficients.get(name)
    if slope is None or any(a != name and name in free(a) for a in zero.coefficients):
        return None
    others = {a: -Fraction(c) / Fraction(slope) for a, c in zero.coefficients.items() if a != name}
    constant = -Fraction(zero.constant) / Fraction(slope)
    scale = lcm(constant.denominator, *(c.denominator for c in others.values()))
    return scale, written(Combination({a: c * scale for a, c in others.items()}, constant * scale))


def solved_delta(d: ex.Delta, name: Basic) -> ex.Node | None:
    """Return a delta as `delta(name, a)` or `delta(c*name, a)`; None where it is not linear, or has that form."""
    if other_side(d, name) is not None:
        return None
    found = solved(d, name)
    if found is None:
        return None
    c, a = found
    left = name if c == 1 else ex.Mul.make((written(Combination({}, c)), name))
    has_form = any(side == left and name not in free(other) for side, other in (d.args, d.args[::-1]))
    return None if has_form else ex.Delta.make((left, a))


def canonical_delta(d: ex.Delta) -> ex.Node | None:
    """Return a delta solved for the first of its names, so that equal ones look equal; None where it has that form."""
    line = combination([(1, d.args[0]), (-1, d.args[1])])
    if len(line.coefficients) == 2 and line.constant == 0 and set(line.coefficients.values()) == {1, -1}:
        return (
            None if set(line.coefficients) == set(d.args) else ex.Delta.make(tuple(sorted(line.coefficients, key=str)))
        )
    first = min(line.coefficients, key=str, default=None)
    return None if first is None else solved_delta(d, first) or _divided(d, line)


def _divided(d: ex.Delta, line: Combination) -> ex.Node | None:
    """Return a delta with a common divisor of its coefficients taken out."""
    values = [Fraction(c) for c in (*line.coefficients.values(), line.constant)]
    if any(v.denominator != 1 for v in values):
        return None
    common = reduce(gcd, (int(v) for v in values), 0)
    if common < 2:
        return None
    smaller = Combination(
        {a: Fraction(c) / common for a, c in line.coefficients.items()}, Fraction(line.constant) / common
    )
    first = min(smaller.coefficients, key=str)
    found = solution(smaller, first)
    if found is None:
        return None
    c, a = found
    left = first if c == 1 else ex.Mul.make((written(Combination({}, c)), first))
    has_form = any(side == left and first not in free(other) for side, other in (d.args, d.args[::-1]))
    return None if has_form else ex.Delta.make((left, a))


@method(ref="graham1994, section 2.1", verifier="deltas")
def delta_arith(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The equation in the delta is solved for a name.

    Yield a delta with its equation solved for one of the names in it.
    """
    if (
        isinstance(expr, ex.Iverson)
        and isinstance(expr.args[0], ex.Unequal)
        and all(map(scope.is_integer, expr.args[0].args))
    ):
        for name in sorted(free(expr), key=str):
            other = solved_delta(ex.Delta.make(expr.args[0].args), name)
            if other is not None:
                yield ex.Iverson.make((ex.Unequal.make(other.args),)), ()
    if not isinstance(expr, ex.Delta):
        return
    new = canonical_delta(expr)
    if new is not None:
        yield new, ()
    for name in sorted(free(expr), key=str):
        new = solved_delta(expr, name)
        if new is not None:
            yield new, ()


@method(ref="graham1994, section 2.1", verifier="deltas")
def delta_roots(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A polynomial is 0 at its integer zeros only.

    Yield `delta(p(i), 0) = sum of delta(i, r)` over the integer zeros r of a polynomial in an integer i.
    """
    if not isinstance(expr, ex.Delta):
        return
    names = [n for n in free(expr) if isinstance(n, Symbol) and scope.is_integer(n)]
    if len(names) != 1 or free(expr) != frozenset(names):
        return
    polynomial = to_polynomial(difference(*expr.args), names[0])
    if polynomial is None or polynomial.degree() < 2:
        return
    zeros = sorted(r for r in polynomial.ground_roots() if r.is_Integer)
    yield total([(1, ex.Delta.make((names[0], r))) for r in zeros]), ()


@method(ref="graham1994, section 2.1", verifier="deltas")
def delta_power(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Equal powers of a number have equal exponents.

    Yield `delta(c**i, d) = delta(i, e)` for numbers c >= 2 and `d = c**e`, and 0 where d is no power of c.
    """
    if not isinstance(expr, ex.Delta):
        return
    for power, value in (expr.args, expr.args[::-1]):
        if not isinstance(power, ex.Pow) or not value.is_Rational or not power.args[0].is_Integer:
            continue
        base, exponent = int(power.args[0]), power.args[1]
        if base < 2 or not scope.is_integer(exponent):
            continue
        n = 0
        rest = Fraction(int(value.p), int(value.q))
        while rest > 1 and rest.numerator % base == 0:
            rest, n = rest / base, n + 1
        while 0 < rest < 1 and rest.denominator % base == 0:
            rest, n = rest * base, n - 1
        yield (ex.Delta.make((exponent, Integer(n))) if rest == 1 else S.Zero), ()


@method(ref="graham1994, section 2.1", verifier="deltas")
def delta_subst(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Beside a delta one argument may be put for the other.

    Yield `delta(i, a)*f(i) = delta(i, a)*f(a)`, for a name i.
    """
    sign, parts = factors(expr)
    for n, f in enumerate(parts):
        if f.inverse or not isinstance(f.expr, ex.Delta):
            continue
        for name, value in (f.expr.args, f.expr.args[::-1]):
            is_beside = any(name in free(g.expr) for m, g in enumerate(parts) if m != n)
            if is_beside and isinstance(name, Symbol) and name not in free(value):
                yield product(sign, [_put(g, n == m, name, value) for m, g in enumerate(parts)]), ()


def _put(f: Factor, is_delta: bool, name: Basic, value: Basic) -> tuple[Basic, bool]:
    return (f.expr if is_delta else substitute(f.expr, {name: value})), f.inverse


@method(ref="graham1994, section 2.1", verifier="deltas")
def delta_cases(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """A delta is 0 or 1, which makes two cases.

    Yield `f(delta(i, j)) = [i != j]*f(0) + delta(i, j)*f(1)` for each delta in an expression.

    Where f(0) has a value, the bracket is not needed: `f(0) + delta(i, j)*(f(1) - f(0))`.
    """
    bound = {e.args[1] for e in postorder(expr) if isinstance(e, ex.Node) and e.binds}
    for d in dict.fromkeys(e for e in postorder(expr) if isinstance(e, ex.Delta) and e is not expr):
        if not free(d).isdisjoint(bound):
            continue
        for after, conditions in two_cases(expr, d, scope):
            yield after, conditions, d


def two_cases(expr: Basic, d: ex.Delta, scope: Scope) -> Iterator[Rewritten]:
    """Yield an expression as that with 0 for a delta and that with 1 for it, the second only beside the delta."""
    at_zero, at_one = (worked_out(substitute(expr, {d: value})) for value in (S.Zero, S.One))
    is_other = isinstance(at_one, Rational) and not isinstance(at_zero, Rational)
    rest = ex.Add.make((at_one, ex.Neg.make((at_zero,)))) if is_other else difference(at_one, at_zero)
    scaled = d if rest == 1 else ex.Neg.make((d,)) if rest == -1 else ex.Mul.make((rest, d)) if rest != 0 else S.Zero
    needs = tuple(dict.fromkeys(requirements(at_zero, scope)))
    yield (scaled if at_zero == 0 else ex.Add.make((at_zero, scaled))), needs
    if needs:
        apart = ex.Iverson.make((ex.Unequal.make(d.args),))
        yield ex.Add.make((ex.Mul.make((apart, at_zero)), ex.Mul.make((d, at_one)))), ()


@method(ref="lang2002, chapter II", verifier="numbers")
def norm_num(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Numbers are worked out.

    Yield an expression with what is made of rational numbers alone worked out.
    """
    new = worked_out(expr)
    if new != expr:
        yield new, ()


@method(ref="lang2002, chapter II", verifier="given")
def eq_of_given(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """They are equal by what is given.

    Yield what an equality that is given says of an expression, in either direction.
    """
    for s in scope.assumed:
        if isinstance(s, ex.Equality):
            for old, new in (s.args, s.args[::-1]):
                if same(expr, old):
                    yield new, (ex.Equality.make((expr, new)),)
