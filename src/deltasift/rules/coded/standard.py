"""The methods about standard integrals of elementary functions, each by its antiderivative or its moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import sympy
from sympy import Dummy, Integer, S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, postorder, substitute
from deltasift.inert.reading import from_sympy
from deltasift.line.calculus import ordinary
from deltasift.line.scope import Scope
from deltasift.rule import Rewritten, Witnessed, method

UNKNOWN = (ex.Binder, ex.Delta, ex.Dirac, ex.Iverson, ex.Piecewise)  # what SymPy is not asked about


class _Ordinary:
    """An integral of elementary functions as ordinary SymPy; what is free of its variable may be a name there."""

    def __init__(self, t: Any, body: Any, lo: Any, hi: Any, named: Mapping[Basic, Basic]) -> None:
        self.t, self.body, self.lo, self.hi = t, body, lo, hi
        self._named = named

    def inert(self, value: Any) -> Basic:
        """Return what is free of the variable as an expression of the page."""
        found = from_sympy(value)
        return substitute(found, self._named) if self._named else found


def _read(expr: Basic) -> _Ordinary | None:
    if not isinstance(expr, ex.Integral):
        return None
    names = {
        e: Dummy("c", real=True) for e in postorder(expr.body) if isinstance(e, UNKNOWN) and expr.var not in free(e)
    }
    whole = substitute(expr.body, names) if names else expr.body
    if any(isinstance(e, UNKNOWN) or (isinstance(e, ex.Apply) and expr.var in free(e)) for e in postorder(whole)):
        return None
    t = Dummy("t", real=True)
    body, lo, hi = (ordinary(e) for e in (substitute(whole, {expr.var: t}), expr.lo, expr.hi))
    named = {name: e for e, name in names.items()}
    return None if body is None or lo is None or hi is None else _Ordinary(t, body, lo, hi, named)


def _under(expr: Basic, i: _Ordinary, antiderivative: Any) -> Basic:
    """Return an antiderivative under an integral like the one that it is for, so that its variable is bound."""
    body = substitute(i.inert(antiderivative), {i.t: expr.args[1]})
    return ex.Integral.make((body, *expr.args[1:]))


@method(ref="rudin1987, chapter 1", verifier="antiderivatives")
def integral_pow(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The integral of a polynomial.

    Yield the integral of a polynomial from lo to hi.
    """
    i = _read(expr)
    if i is None or i.lo.is_infinite or i.hi.is_infinite or not i.body.is_polynomial(i.t):
        return
    antiderivative = sympy.Poly(i.body, i.t).integrate().as_expr()
    yield i.inert(antiderivative.subs(i.t, i.hi) - antiderivative.subs(i.t, i.lo)), ()


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
            i.inert(antiderivative.subs(i.t, i.hi) - antiderivative.subs(i.t, i.lo)),
            (),
            _under(expr, i, antiderivative),
        )
    if exponent.degree() != 1:
        return
    slope = exponent.LC()
    rate = i.inert(slope)
    whole, by = S.Zero, 1 / slope
    while rest != 0:
        whole, by, rest = whole + by * rest * falling, -by / slope, rest.diff(i.t)
    if i.hi is S.Infinity and not i.lo.is_infinite:
        yield i.inert(-whole.subs(i.t, i.lo)), (ex.Less.make((rate, S.Zero)),), _under(expr, i, whole)
    elif i.lo is S.NegativeInfinity and not i.hi.is_infinite:
        yield i.inert(whole.subs(i.t, i.hi)), (ex.Less.make((S.Zero, rate)),), _under(expr, i, whole)
    elif not i.lo.is_infinite and not i.hi.is_infinite:
        value = i.inert(whole.subs(i.t, i.hi) - whole.subs(i.t, i.lo))
        yield value, (ex.Less.make((S.Zero, rate)),), _under(expr, i, whole)
        yield value, (ex.Less.make((rate, S.Zero)),), _under(expr, i, whole)


@method(ref="murphy2022, section 2.6", verifier="antiderivatives")
def integral_gauss(expr: Basic, scope: Scope) -> Iterator[Rewritten | Witnessed]:
    """The moments of a Gaussian.

    Yield the integral over the line of a polynomial times the exponential of another of degree 2, whose square is
    completed: `exp(-(x - m)**2/(2*v))` times a number, under 0 < v; where v is the square of s, under 0 < s.
    """
    i = _read(expr)
    if i is None or (i.lo, i.hi) != (S.NegativeInfinity, S.Infinity):
        return
    every = sympy.Mul.make_args(i.body)
    bells = [f for f in every if isinstance(f, sympy.exp) and f.has(i.t)]
    power = sympy.Add(*(f.args[0] for f in bells))
    rest = sympy.Mul(*(f for f in every if f not in bells))
    if not power.is_polynomial(i.t) or not rest.is_polynomial(i.t) or sympy.degree(power, i.t) != 2:
        return
    square, slope, constant = sympy.Poly(power, i.t).all_coeffs()
    variance = sympy.cancel(-1 / (2 * square))
    mean = sympy.cancel(slope * variance)
    peak = sympy.exp(sympy.cancel(constant + slope * mean / 2))
    weights = sympy.Poly(rest, i.t).all_coeffs()[::-1]
    whole = peak * sum((c * m for c, m in zip(weights, _moments(mean, variance), strict=False)), S.Zero)
    scale = _root(variance)
    if scale is not None:
        value = i.inert(_expanded(whole * scale * sympy.sqrt(2 * sympy.pi)))
        yield value, (ex.Less.make((S.Zero, i.inert(scale))),), i.inert(scale)
    width = sympy.sqrt(2 * sympy.pi * variance)
    if not width.has(sympy.Abs):
        yield i.inert(_expanded(whole * width)), (ex.Less.make((S.Zero, i.inert(-square))),)


def _moments(mean: Any, variance: Any) -> Iterator[Any]:
    """Yield the moments of a normal distribution about 0: by parts, each is known from the two before it."""
    last, here = S.Zero, S.One
    for n in count():
        yield here
        last, here = here, mean * here + n * variance * last


def _root(square: Any) -> Any:
    """Return what is positive and has this square if the names in it are positive, None where it has none by form."""
    names = {s: Dummy(s.name, positive=True) for s in square.free_symbols}
    root = sympy.sqrt(sympy.factor(square.xreplace(names)))
    if root.has(sympy.Abs) or any(p.exp.is_Rational and not p.exp.is_Integer for p in root.atoms(sympy.Pow)):
        return None
    return root.xreplace({new: s for s, new in names.items()})


def _expanded(e: Any) -> Any:
    return sympy.expand(e, log=False, power_base=False, power_exp=False)


@method(ref="rudin1987, chapter 1", verifier="antiderivatives")
def integral_even(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """An even function has the same integral on both sides of 0.

    Yield twice the integral from 0 on for a function of the magnitude, from -h to h.
    """
    i = _read(expr)
    if i is None or i.lo != -i.hi or not i.body.has(sympy.Abs(i.t)) or i.body.subs(i.t, -i.t) != i.body:
        return
    assert isinstance(expr, ex.Integral)
    magnitude = ex.Func("Abs", expr.var)
    body = substitute(expr.body, {magnitude: expr.var})
    if any(e == magnitude for e in postorder(body)):
        return
    half = ex.Integral.make((body, expr.var, S.Zero, expr.hi))
    yield ex.Mul.make((Integer(2), half)), () if i.hi is S.Infinity else (ex.LessEqual.make((S.Zero, expr.hi)),)


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
        yield i.inert(scale * sympy.pi), (ex.Less.make((S.Zero, i.inert(i.hi))),)
