"""The zeros of a function of one variable, all of them, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Dummy, S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import (
    Apply,
    Binder,
    Delta,
    Dirac,
    Iverson,
    Piecewise,
    postorder,
    substitute,
)
from deltasift.line.calculus import as_inert, ordinary

MOST_ZEROS = 24


@dataclass(frozen=True)
class Zero:
    """A simple zero of a function.

    Attributes
    ----------
    point : Basic
        Where it lies.
    slope : Basic
        The derivative there, up to its sign.
    needs : tuple of Basic
        Statements under which there is such a zero.
    over : Symbol or None
        The name in `point` that stands for every integer, where there are infinitely many.
    """

    point: Basic
    slope: Basic
    needs: tuple[Basic, ...] = ()
    over: Symbol | None = None


def zeros(expr: Basic, x: Symbol, lo: Basic, hi: Basic) -> list[Zero] | None:
    """Return the zeros of a function on the interval from lo to hi, perhaps with others outside of it.

    None where they are not found, or are not known to be simple and apart from each other.
    """
    if any(isinstance(e, (Apply, Binder, Delta, Dirac, Iverson, Piecewise)) for e in postorder(expr)):
        return None
    t = Dummy("t", real=True)
    g = ordinary(substitute(expr, {x: t}))
    if g is None:
        return None
    looked = _Zeros(t, *(ordinary(end) for end in (lo, hi)))
    try:
        found = looked.of(g, S.Zero)
    except (NotImplementedError, TypeError, sympy.PolynomialError):  # a comparison of what is not real
        return None
    if found is None or len(found) > MOST_ZEROS:
        return None
    slope = g.diff(t)
    result = []
    for p in found:
        there = _positive(sympy.Abs(slope.subs(t, p.point)), p.needs)
        if there.is_zero or (not there.is_finite and there.is_number):
            return None
        kept = tuple(as_inert(c) for c in p.needs)
        point, size = as_inert(p.point), as_inert(there)
        if point is None or size is None or None in kept:
            return None
        result.append(Zero(point, size, tuple(c for c in kept if c is not None), p.over))
    points = [p.point for p in found]
    return result if all(_apart(p, q) for i, p in enumerate(points) for q in points[:i]) else None


def _positive(e: Any, needs: tuple[Any, ...]) -> Any:
    """Return an expression evaluated for positive names, where it is needed that these are positive."""
    names = {c.lhs: Dummy(positive=True) for c in needs if c.is_Relational and c.rhs == 0}
    names = {name: new for name, new in names.items() if isinstance(name, Symbol) and (name > 0) in needs}
    return e.subs(names).subs({new: name for name, new in names.items()}) if names else e


def _apart(p: Any, q: Any) -> bool:
    """Tell whether two zeros are not the same; of two with names, this is so where the slopes are not 0."""
    return bool(p != q and not (p - q).equals(0)) if (p - q).is_number else p != q


@dataclass(frozen=True)
class _Point:
    point: Any
    needs: tuple[Any, ...] = ()
    over: Symbol | None = None


Points = list[_Point]


class _Zeros:
    """Solves `g(t) = c` by undoing what was done to t last."""

    def __init__(self, t: Symbol, lo: Any, hi: Any) -> None:
        self.t = t
        self.lo = lo
        self.hi = hi

    def of(self, g: Any, c: Any) -> Points | None:
        """Return the points at which g is c."""
        t = self.t
        if g == t:
            return [_Point(c)]
        if not g.has(t):
            return None
        if g.is_polynomial(t) and not (g.is_Pow and g.base == t) and sympy.degree(g, t) > 1:
            found = self._polynomial(sympy.Poly(g - c, t))
            if found is not None:
                return found
        if g.is_Add and g.is_rational_function(t) and not g.is_polynomial(t):
            return self._quotient(g - c)
        if g.is_Add:
            rest, moving = g.as_independent(t, as_Add=True)
            return self.of(moving, c - rest) if not moving.is_Add else None
        if g.is_Mul:
            return self._product(g, c)
        if g.is_Pow and not g.exp.has(t):
            return self._power(g, c)
        if isinstance(g, sympy.exp):
            return self._where(c > 0, [(g.args[0], sympy.log(c))])
        if g.is_Pow and g.base.is_positive and not g.base.has(t) and g.base.is_number and g.base != 1:
            return self._where(c > 0, [(g.exp, sympy.log(c) / sympy.log(g.base))])
        return self._function(g, c)

    def _where(self, condition: Any, ways: Iterable[tuple[Any, Any]]) -> Points | None:
        """Return the points of all ways on, under a condition."""
        if condition == S.false:
            return []
        found: Points = []
        for inner, value in ways:
            points = self.of(inner, value)
            if points is None:
                return None
            found.extend(points)
        if condition == S.true:
            return found
        return [_Point(p.point, (condition, *p.needs), p.over) for p in found]

    def _quotient(self, g: Any) -> Points | None:
        """Return the zeros of a quotient of polynomials with rational coefficients: those of the upper one."""
        above, below = sympy.together(g).as_numer_denom()
        p = sympy.Poly(above, self.t)
        if not all(q.is_Rational for q in p.all_coeffs()):
            return None
        found = self._polynomial(p) if p.degree() > 1 else [_Point(r) for r in sympy.roots(p)]
        return None if found is None or any(below.subs(self.t, q.point).is_zero is not False for q in found) else found

    def _polynomial(self, p: Any) -> Points | None:
        is_rational = all(q.is_Rational for q in p.all_coeffs())
        if is_rational and self._is_apart_from(p):
            return []
        if p.degree() == 2:
            a, b, c = p.all_coeffs()
            if not a.is_number:
                return None
            b = b / 2
            inside = (b**2 - a * c).expand()
            if inside.is_number and inside == 0:
                return None
            root = sympy.sqrt(inside)
            points = [(-b - root) / a, (-b + root) / a]
            if inside.is_number:
                return [_Point(q.expand()) for q in points] if inside > 0 else []
            return [_Point(q.expand(), (inside > 0,)) for q in points]
        if not is_rational:
            return None
        found: Points = []
        for factor, times in p.factor_list()[1]:
            if self._is_apart_from(factor):
                continue
            if times > 1:
                return None
            if factor.degree() > 2:
                inner = self._binomial(factor)
            else:
                inner = [_Point(r) for r in sympy.roots(factor) if r.is_real]
            if inner is None:
                return None
            found.extend(inner)
        return found

    def _is_apart_from(self, factor: Any) -> bool:
        """Tell whether a polynomial has no zero on the interval, its ends included."""
        known = all(end is not None and (end.is_Rational or end.is_infinite) for end in (self.lo, self.hi))
        ends = sorted((self.lo, self.hi)) if known else (-S.Infinity, S.Infinity)
        return bool(factor.count_roots(*(None if end.is_infinite else end for end in ends)) == 0)

    def _binomial(self, p: Any) -> Points | None:
        """Return the zeros of `a*t**n + b`."""
        if len(p.terms()) != 2 or p.nth(0) == 0:
            return None
        return self._power(self.t ** p.degree(), -p.nth(0) / p.LC())

    def _product(self, g: Any, c: Any) -> Points | None:
        fixed, moving = g.as_independent(self.t, as_Add=False)
        if not moving.is_Mul:
            return None if fixed == 0 else self.of(moving, c / fixed)
        if c != 0:
            return None
        found: Points = []
        for factor in moving.args:
            if isinstance(factor, sympy.exp) or (factor.is_Pow and factor.exp.is_negative):
                continue  # not 0 where it has a value
            points = self.of(factor, S.Zero)
            if points is None or any(p.over is not None for p in points):
                return None
            found.extend(points)
        return found

    def _power(self, g: Any, c: Any) -> Points | None:
        base, n = g.args
        if not n.is_Rational:
            return None
        if n.is_Integer and n > 1 and c == 0:
            return [] if base == self.t and self._is_apart_from(sympy.Poly(base, base)) else None
        if n < 0:
            return [] if c == 0 else self.of(1 / g, 1 / c)
        if not n.is_Integer:
            return self._where(c > 0, [(base, c ** (1 / n))])
        root = sympy.root(abs(c) if c.is_number else c, n)
        if n % 2 == 0:
            return self._where(c > 0, [(base, root), (base, -root)])
        if c.is_number:
            return self.of(base, root if c > 0 else -root)
        return self.of(base, root) if c.is_positive else None

    def _function(self, g: Any, c: Any) -> Points | None:
        if len(g.args) != 1:
            return None
        (u,) = g.args
        if isinstance(g, sympy.log):
            return self.of(u, sympy.exp(c))
        if isinstance(g, sympy.Abs):
            return None if c == 0 else self._where(c > 0, [(u, c), (u, -c)])
        if isinstance(g, sympy.sinh):
            return self.of(u, sympy.asinh(c))
        if isinstance(g, sympy.tanh):
            return self._where(sympy.And(c > -1, c < 1), [(u, sympy.atanh(c))])
        if isinstance(g, sympy.erf):
            return self._where(sympy.And(c > -1, c < 1), [(u, sympy.erfinv(c))])
        if isinstance(g, sympy.atan):
            return self._where(sympy.And(-sympy.pi / 2 < c, c < sympy.pi / 2), [(u, sympy.tan(c))])
        if isinstance(g, (sympy.sin, sympy.cos, sympy.tan)) and c.is_number:
            return self._periodic(g, u, c)
        return None

    def _periodic(self, g: Any, u: Any, c: Any) -> Points | None:
        """Return the zeros in the interval, or with a name for every integer where that is infinite."""
        pi = sympy.pi
        if isinstance(g, sympy.tan):
            first, period = [sympy.atan(c)], pi
        elif c == 0:
            first, period = [S.Zero if isinstance(g, sympy.sin) else pi / 2], pi
        elif abs(c) > 1:
            return []
        elif abs(c) == 1:
            return None
        elif isinstance(g, sympy.sin):
            first, period = [sympy.asin(c), pi - sympy.asin(c)], 2 * pi
        else:
            first, period = [sympy.acos(c), -sympy.acos(c)], 2 * pi
        slope = u.diff(self.t)
        if not slope.is_number or slope.is_zero:
            return None
        start = u.subs(self.t, 0)
        found: Points = []
        for value in first:
            at_zero, step = (value - start) / slope, period / abs(slope)
            found.extend(self._family(at_zero, step))
        return found

    def _family(self, first: Any, step: Any) -> Iterator[_Point]:
        ends = (self.lo, self.hi)
        if any(end is None or not end.is_number for end in (*ends, first)) or not all(end.is_finite for end in ends):
            k = Symbol("k", integer=True)
            yield _Point((first + k * step).expand(), (), k)
            return
        lo, hi = sorted(ends)
        low, high = (int(sympy.floor((end - first) / step)) for end in (lo, hi))
        for k in range(low, min(high + 1, low + MOST_ZEROS + 1) + 1):
            yield _Point((first + k * step).expand())
