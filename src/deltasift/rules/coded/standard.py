"""The methods about standard integrals of elementary functions, each by its antiderivative or its moments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from sympy import Dummy, Integer, S
from sympy.core.basic import Basic

from deltasift.inert import (
    Apply,
    Binder,
    Delta,
    Dirac,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Mul,
    Piecewise,
    free,
    postorder,
    substitute,
)
from deltasift.inert.reading import from_sympy
from deltasift.line.calculus import ordinary
from deltasift.line.scope import Scope
from deltasift.rule import Rewritten, Witnessed, method


class _Ordinary:
    """An integral of elementary functions as ordinary SymPy."""

    def __init__(self, t: Any, body: Any, lo: Any, hi: Any) -> None:
        self.t, self.body, self.lo, self.hi = t, body, lo, hi


def _read(expr: Basic) -> _Ordinary | None:
    if not isinstance(expr, Integral):
        return None
    unknown = (Binder, Delta, Dirac, Iverson, Piecewise)
    if any(isinstance(e, unknown) or (isinstance(e, Apply) and expr.var in free(e)) for e in postorder(expr.body)):
        return None
    t = Dummy("t", real=True)
    body, lo, hi = (ordinary(e) for e in (substitute(expr.body, {expr.var: t}), expr.lo, expr.hi))
    return None if body is None or lo is None or hi is None else _Ordinary(t, body, lo, hi)


def _under(expr: Basic, t: Any, antiderivative: Any) -> Basic:
    """Return an antiderivative under an integral like the one that it is for, so that its variable is bound."""
    body = substitute(from_sympy(antiderivative), {t: expr.args[1]})
    return Integral.make((body, *expr.args[1:]))


@method(ref="rudin1987, chapter 1", verifier="antiderivatives")
def integral_pow(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The integral of a polynomial.

    Yield the integral of a polynomial from lo to hi.
    """
    i = _read(expr)
    if i is None or i.lo.is_infinite or i.hi.is_infinite or not i.body.is_polynomial(i.t):
        return
    antiderivative = sympy.Poly(i.body, i.t).integrate().as_expr()
    yield from_sympy(antiderivative.subs(i.t, i.hi) - antiderivative.subs(i.t, i.lo)), ()


@method(ref="rudin1987, chapter 1", verifier="antiderivatives")
def integral_exp(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """The integral of a polynomial times an exponential.

    Yield the integral of a polynomial times `exp(a*x + b)`, from lo to hi or, where it falls, to infinity.
    """
    i = _read(expr)
    if i is None or not i.body.has(sympy.exp):
        return
    every = sympy.Mul.make_args(i.body)
    moving = [f for f in every if isinstance(f, sympy.exp) and f.has(i.t)]
    power = sympy.Add(*(f.args[0] for f in moving)).expand()
    rest = sympy.Mul(*(f for f in every if f not in moving))
    if not power.is_polynomial(i.t) or not rest.is_polynomial(i.t):
        return
    falling, exponent = sympy.exp(power), sympy.Poly(power, i.t)
    if exponent.degree() < 1 and not i.lo.is_infinite and not i.hi.is_infinite:
        antiderivative = sympy.Poly(rest, i.t).integrate().as_expr() * falling
        yield (
            from_sympy(antiderivative.subs(i.t, i.hi) - antiderivative.subs(i.t, i.lo)),
            (),
            _under(expr, i.t, antiderivative),
        )
    if exponent.degree() != 1:
        return
    slope = exponent.LC()
    rate = from_sympy(slope)
    whole, by = S.Zero, 1 / slope
    while rest != 0:
        whole, by, rest = whole + by * rest * falling, -by / slope, rest.diff(i.t)
    if i.hi is S.Infinity and not i.lo.is_infinite:
        yield from_sympy(-whole.subs(i.t, i.lo)), (Less.make((rate, S.Zero)),), _under(expr, i.t, whole)
    elif i.lo is S.NegativeInfinity and not i.hi.is_infinite:
        yield from_sympy(whole.subs(i.t, i.hi)), (Less.make((S.Zero, rate)),), _under(expr, i.t, whole)
    elif not i.lo.is_infinite and not i.hi.is_infinite:
        value = from_sympy(whole.subs(i.t, i.hi) - whole.subs(i.t, i.lo))
        yield value, (Less.make((S.Zero, rate)),), _under(expr, i.t, whole)
        yield value, (Less.make((rate, S.Zero)),), _under(expr, i.t, whole)


@method(ref="murphy2022, section 2.6", verifier="antiderivatives")
def integral_gauss(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The moments of a Gaussian.

    Yield the integral of a polynomial times `exp(-a*x**2)` over the line, under 0 < a.
    """
    i = _read(expr)
    if i is None or (i.lo, i.hi) != (S.NegativeInfinity, S.Infinity):
        return
    bells = [f for f in sympy.Mul.make_args(i.body) if isinstance(f, sympy.exp) and f.has(i.t)]
    if len(bells) != 1:
        return
    rest = sympy.Mul(*(f for f in sympy.Mul.make_args(i.body) if f is not bells[0]))
    a = -bells[0].args[0] / i.t**2
    if a.has(i.t) or not rest.is_polynomial(i.t):
        return
    moments = S.Zero
    for (n,), c in sympy.Poly(rest, i.t).terms():
        if n % 2 == 0:
            moments += c * sympy.factorial2(n - 1) / (2 * a) ** (n // 2)
    total_mass = sympy.sqrt(sympy.pi / a)
    yield from_sympy((moments * total_mass).expand()), (Less.make((S.Zero, from_sympy(a))),)


@method(ref="rudin1987, chapter 1", verifier="antiderivatives")
def integral_even(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """An even function has the same integral on both sides of 0.

    Yield twice the integral from 0 on for a function of the magnitude, from -h to h.
    """
    i = _read(expr)
    if i is None or i.lo != -i.hi or not i.body.has(sympy.Abs(i.t)) or i.body.subs(i.t, -i.t) != i.body:
        return
    assert isinstance(expr, Integral)
    magnitude = Func("Abs", expr.var)
    body = substitute(expr.body, {magnitude: expr.var})
    if any(e == magnitude for e in postorder(body)):
        return
    half = Integral.make((body, expr.var, S.Zero, expr.hi))
    yield Mul.make((Integer(2), half)), () if i.hi is S.Infinity else (LessEqual.make((S.Zero, expr.hi)),)


@method(ref="feller1971, section II.4", verifier="antiderivatives")
def integral_arcsine(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The arcsine law has the mass pi.

    Yield `integral from -h to h of c/sqrt(h**2 - x**2) = c*pi`, under 0 < h.
    """
    i = _read(expr)
    if i is None or i.hi.is_infinite or i.lo != -i.hi:
        return
    inside = i.hi**2 - i.t**2
    # the root is real between the ends, so that it is its own magnitude
    scale = i.body.subs(sympy.Abs(sympy.sqrt(inside)), sympy.sqrt(inside)) * sympy.sqrt(inside)
    if not scale.has(i.t):
        yield from_sympy(scale * sympy.pi), (Less.make((S.Zero, from_sympy(i.hi))),)
