"""The methods about what Dirac deltas and their derivatives sift out of an integral."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.line.calculus import derivatives, settled
from deltasift.line.linear import difference, linear, root
from deltasift.line.numbers import worked_out
from deltasift.line.one_sided import OneSided, is_stepped
from deltasift.line.scope import Scope
from deltasift.line.statements import conjunction
from deltasift.line.views import factors, product, terms, total
from deltasift.rule import Rewritten, Witnessed, method


class Sifted(NamedTuple):
    """What a delta that is a factor of an integrand sifts out.

    Attributes
    ----------
    delta : Dirac
    point : Basic
        Where the mass lies.
    rest : Basic
        The other factors.
    value : Basic
        What they, or their derivatives, are at the point, with its sign.
    needs : tuple of Basic
        That they are continuous there.
    is_beside : bool
        Whether the value is what the other factors are a little beside the point, on both sides.
    """

    delta: ex.Dirac
    point: Basic
    rest: Basic
    value: Basic
    needs: tuple[Basic, ...]
    is_beside: bool = False


def sifted(expr: ex.Integral) -> Iterator[Sifted]:
    """Yield what each delta `dirac(x - a)`, or a derivative of it, sifts out of an integral over x."""
    x = expr.var
    sign, parts = factors(expr.body)
    for n, slope, point in _masses(expr):
        delta = parts[n].expr
        assert isinstance(delta, ex.Dirac)
        order = int(delta.args[1])
        rest = product(1, [(g.expr, g.inverse) for m, g in enumerate(parts) if m != n])
        turns = sign * (-1) ** order * (slope if order % 2 else 1)
        if order == 0:
            there = substitute(rest, {x: point})
            yield Sifted(delta, point, rest, _signed(sign, there), (ex.Continuous.make((rest, x, point)),))
            if not any(is_stepped(e) and x in free(e) for e in postorder(rest)):
                continue
        near = _near(rest, x, point, order)
        if near is None:
            continue
        every, apart = near
        value = _signed(turns, worked_out(substitute(every[-1], {x: point})))
        needs = (*apart, *(ex.Continuous.make((d, x, point)) for d in every if d.is_number is not True))
        yield Sifted(delta, point, rest, value, needs, is_beside=order == 0)


def _masses(expr: ex.Integral) -> Iterator[tuple[int, int, Basic]]:
    """Yield which factors of an integrand are `dirac(x - a)` or `dirac(a - x)`, or derivatives: the slope, and a."""
    for n, f in enumerate(factors(expr.body)[1]):
        if not f.inverse and isinstance(f.expr, ex.Dirac) and f.expr.args[1].is_Integer:
            line = linear(f.expr.args[0], expr.var)
            if line is not None and line[0] in (1, -1):
                yield n, int(line[0]), root(*line)


def _signed(sign: int, value: Basic) -> Basic:
    inside, found = factors(value)
    return product(sign * inside, [(g.expr, g.inverse) for g in found])


def _near(rest: Basic, x: Symbol, point: Basic, order: int) -> tuple[list[Basic], tuple[Basic, ...]] | None:
    """Return a function as it is around a point, with its derivatives up to an order, and what that needs.

    What jumps, or has a corner, is decided on the two sides of the point; where it is so there, the sides must agree.
    """
    if not any(is_stepped(e) and x in free(e) for e in postorder(rest)):
        every = derivatives(rest, x, order) if order else [rest]
        return None if every is None else (every, ())
    looks = [OneSided(x, point, side, by_need=order > 0) for side in (-1, 1)]
    below, above = (look.seen(rest) for look in looks)
    needs = tuple(dict.fromkeys(n for look in looks for n in look.needs))
    every = derivatives(above, x, order)
    if every is None:
        return None
    there = settled(substitute(rest, {x: point})), settled(substitute(above, {x: point}))
    if any(look.is_at_a_zero for look in looks) and settled(difference(*there)) != 0:
        return None  # at the point it is another than beside it
    if below == above:
        return every, needs
    others = derivatives(below, x, order)
    if others is None:
        return None
    at = [[settled(substitute(e, {x: point})) for e in side] for side in (others, every)]
    if any(settled(difference(first, last)) != 0 for first, last in zip(*at, strict=True)):
        return None
    return every, (*needs, *(ex.Continuous.make((d, x, point)) for d in others if d.is_number is not True))


def bounds(expr: ex.Integral, point: Basic) -> tuple[Basic, ...]:
    """Return that a point lies inside of the interval."""
    return tuple(ex.Less.make(order) for order in ((expr.lo, point), (point, expr.hi)) if INFINITE.isdisjoint(order))


def forward(expr: ex.Integral) -> tuple[Basic, ...]:
    """Return that the interval is not reversed."""
    if expr.lo is S.NegativeInfinity or expr.hi is S.Infinity:
        return ()
    return (ex.LessEqual.make((expr.lo, expr.hi)),)


@method(ref="strichartz2003, section 1.2", verifier="sifting")
def integral_dirac_sides(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The delta sifts out what the function is on both sides of the point.

    Yield `integral of f(x)*dirac(x - a) = g(a)` for a inside of the interval, where f is a continuous g beside a.
    """
    if not isinstance(expr, ex.Integral):
        return
    for s in sifted(expr):
        if s.is_beside:
            yield s.value, (*bounds(expr, s.point), *s.needs)


@method(ref="strichartz2003, section 1.2", verifier="sifting")
def integral_dirac_derivative(expr: Basic, scope: Scope) -> Iterator[Rewritten | Witnessed]:
    """A derivative of the delta sifts out a derivative, with its sign.

    Yield `integral of f(x)*dirac^(n)(x - a) = (-1)**n f^(n)(a)` for a inside of the interval, and 0 outside.
    """
    if not isinstance(expr, ex.Integral):
        return
    for s in sifted(expr):
        if s.delta.args[1] == 0:
            continue
        yield s.value, (*bounds(expr, s.point), *s.needs)
    for _, _, point in _masses(expr):
        for order in ((point, expr.lo), (expr.hi, point)):
            if INFINITE.isdisjoint(order):
                yield S.Zero, (ex.Less.make(order), *forward(expr)), ex.Less.make(order)


@method(ref="strichartz2003, section 1.2", verifier="sifting")
def integral_dirac_bracket(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """The delta sifts where its point is in the interval.

    Yield `integral of f(x)*dirac(x - a) from lo to hi = [lo < a < hi]*f(a)`, for derivatives likewise.
    """
    if not isinstance(expr, ex.Integral):
        return
    for s in sifted(expr):
        if bounds(expr, s.point):
            beside = S.One if s.is_beside else S.Zero
            yield bracketed(expr, s), (*forward(expr), *s.needs), beside
            if forward(expr):
                yield bracketed(expr, s, turned=True), s.needs, beside


def bracketed(expr: ex.Integral, found: Sifted, turned: bool = False) -> Basic:
    """Return what a delta sifts out, in a bracket that says that its point lies in the interval.

    From a reversed interval it is taken off; `turned` says that this has a bracket too.
    """
    sign, parts = factors(found.value)
    bracket: Basic = ex.Iverson.make((conjunction(bounds(expr, found.point)),))
    if turned:
        other = ex.Less.make((expr.hi, found.point)), ex.Less.make((found.point, expr.lo))
        bracket = ex.Add.make((bracket, ex.Neg.make((ex.Iverson.make((conjunction(other),)),))))
    return S.Zero if found.value == 0 else product(sign, [(bracket, False), *((g.expr, g.inverse) for g in parts)])


@method(ref="lang2002, chapter II", verifier="masses")
def add_mul_dirac(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A delta that several terms have is taken out of them.

    Yield a sum in which several terms have one Dirac delta with that delta taken out of them.
    """
    if not isinstance(expr, ex.Add):
        return
    every = [(t, *factors(t.expr)) for t in terms(expr)]
    deltas = [f.expr for _, _, parts in every for f in parts if isinstance(f.expr, ex.Dirac) and not f.inverse]
    for d in dict.fromkeys(deltas):
        inside, others = [], []
        for t, sign, parts in every:
            at = next((n for n, f in enumerate(parts) if f.expr == d and not f.inverse), None)
            if at is None:
                others.append((t.sign, t.expr))
            else:
                rest = [(f.expr, f.inverse) for n, f in enumerate(parts) if n != at]
                inside.append((t.sign * sign, product(1, rest)))
        if len(inside) > 1:
            yield total([*others, (1, ex.Mul.make((d, total(inside))))]), ()


@method(ref="rudin1987, chapter 7", verifier="derivatives")
def derivative_at(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A derivative is a function, taken at the point.

    Yield an integral with the derivatives by its variable taken at a point, which is the variable.

    A value may be put for that point, and not for the name by which is differentiated.
    """
    if not isinstance(expr, ex.Integral):
        return
    x = expr.var

    def taken(e: Basic) -> Basic:
        if not isinstance(e, ex.Node) or x not in free(e) or (e.binds and e.args[1] == x):
            return e
        if isinstance(e, ex.Derivative) and e.args[1] == x:
            return ex.At.make((e, x, x)) if isinstance(e.args[0], ex.Apply) else e
        args = tuple(map(taken, e.args))
        return e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.rebuild(args)

    body = taken(expr.body)
    if body is not expr.body:
        yield expr.rebuild((body, *expr.args[1:])), ()
