"""The methods about Dirac deltas: their arguments, and what they and their derivatives sift out of an integral."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import (
    Add,
    Continuous,
    Derivative,
    Dirac,
    Div,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Mul,
    Neg,
    Node,
    Pow,
    Sum,
    Unequal,
    free,
    substitute,
)
from deltasift.inert.substitution import fresh, rewritten
from deltasift.match.calculus import derivatives, settled, zeros
from deltasift.match.linear import collect, combination, difference, linear, root
from deltasift.match.numbers import worked_out
from deltasift.match.scope import Scope
from deltasift.match.statements import conjunction, conjuncts
from deltasift.match.views import factors, product, total

INFINITE = frozenset((S.Infinity, S.NegativeInfinity))
Rewritten = tuple[Basic, tuple[Basic, ...]]


# --- the argument -------------------------------------------------------------------------------------------------


def dirac_linear(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `dirac(c*x + b) = dirac(x + b/c)/|c|` under c != 0, for the innermost integral's variable x.

    A derivative of order n is divided by c**n too.
    """
    if not isinstance(expr, Dirac):
        return
    for r in reversed(scope.ranges):
        line = None if r.integer else linear(expr.args[0], r.name)
        if line is None or line[0] == 0:
            continue
        slope, constant = line
        order = expr.args[1]
        point = root(slope, constant)
        if isinstance(slope, Div) or isinstance(point, Div):
            point = settled(point)
        new = Dirac.make((_away(r.name, point), order))
        if slope.is_Rational:
            scale = abs(slope) * slope**order
            yield product(1 if scale > 0 else -1, [(new, False), *_below(abs(scale))]), ()
        else:
            power = [] if order == 0 else [slope if order == 1 else Pow.make((slope, order))]
            needs = () if _vanishes_on_a_null_set(slope, scope) else (Unequal.make((slope, S.Zero)),)
            for sign, size, more in (
                (1, slope, (LessEqual.make((S.Zero, slope)),)),
                (-1, slope, (LessEqual.make((slope, S.Zero)),)),
                (1, Func("Abs", slope), ()),
            ):
                below = Mul.make((size, *power)) if power else size
                yield product(sign, [(new, False), (below, True)]), (*needs, *more)
        return


def _away(x: Basic, point: Basic) -> Basic:
    return collect([(1, x), (-1, point)])


def _below(scale: Basic) -> list[tuple[Basic, bool]]:
    return [] if scale == 1 else [(scale, True)]


def _vanishes_on_a_null_set(slope: Basic, scope: Scope) -> bool:
    """Tell whether a slope is a product of variables of outer integrals, and so is not 0 almost everywhere."""
    real = {r.name for r in scope.ranges if not r.integer}
    return all(_variable(f.expr, real) for f in factors(slope)[1])


def _variable(e: Basic, real: set[Symbol]) -> bool:
    base = e.args[0] if isinstance(e, Pow) and e.args[1].is_Integer else e
    return base in real or (e.is_Rational and e != 0)


def dirac_roots(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `dirac(g(x)) = sum of dirac(x - r)/|g'(r)|` over the zeros r of g, all of them simple."""
    if not isinstance(expr, Dirac) or expr.args[1] not in (0, 1):
        return
    argument, order = expr.args
    x = next((r for r in reversed(scope.ranges) if not r.integer and r.name in free(argument)), None)
    if x is None or linear(argument, x.name) is not None:
        return
    found = zeros(argument, x.name, x.lo, x.hi)
    slopes = derivatives(argument, x.name, 1) if found and order == 1 else None
    if found is None or (found and order == 1 and slopes is None):
        return
    parts: list[Basic] = []
    for z in found:
        delta: list[tuple[Basic, bool]] = [(Dirac.make((_away(x.name, z.point), order)), False), *_below(z.slope)]
        if slopes is not None:
            delta.append((slopes[1], True))  # d/d(g(x)) is 1/g'(x) d/dx
        guard = [(Iverson.make((conjunction(z.needs),)), False)] if z.needs else []
        one = product(1, [*guard, *delta])
        if z.over is not None:
            name: Symbol = z.over
            if name in free(expr) | scope.mentioned:
                name = fresh(name, free(expr) | scope.mentioned)
                one = substitute(one, {z.over: name})
            one = Sum.make((one, name, S.NegativeInfinity, S.Infinity))
        parts.append(one)
    yield total([(1, p) for p in parts]), ()


def dirac_ne(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `dirac(c) = 0` for a number c that is not 0, as it stands or where all names in it cancel."""
    if isinstance(expr, Dirac) and (expr.args[0].is_number or not combination([(1, expr.args[0])]).coefficients):
        value = settled(expr.args[0])
        if value.is_number and value.is_nonzero:
            yield S.Zero, ()


def derivative_dirac(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `d/dx dirac(c*x + b) = c*dirac'(c*x + b)`, for any order."""
    if not isinstance(expr, Derivative) or not isinstance(expr.args[0], Dirac):
        return
    dirac, x, count = expr.args
    if not isinstance(x, Symbol):
        return
    line = linear(dirac.args[0], x)
    if line is None or not (count.is_Integer and count > 0 and dirac.args[1].is_Integer):
        return
    slope = line[0]
    new = Dirac.make((dirac.args[0], dirac.args[1] + count))
    if slope.is_Rational:
        by = slope**count
        yield product(1 if by > 0 else -1, [*([] if abs(by) == 1 else [(abs(by), False)]), (new, False)]), ()
    else:
        yield Mul.make((slope if count == 1 else Pow.make((slope, count)), new)), ()


def mul_dirac_zero(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `(x - a)*f(x)*dirac(x - a) = 0`, where f is continuous at a."""
    if not isinstance(expr, (Mul, Neg, Div)):
        return
    _, parts = factors(expr)
    for f in parts:
        if f.inverse or not isinstance(f.expr, Dirac) or f.expr.args[1] != 0:
            continue
        argument = f.expr.args[0]
        zero = next((g for g in parts if not g.inverse and _is_multiple(g.expr, argument)), None)
        name = next((s for s in sorted(free(argument), key=str) if _slope_is_number(argument, s)), None)
        if zero is None or name is None:
            continue
        line = linear(argument, name)
        assert line is not None
        rest = product(1, [(g.expr, g.inverse) for g in parts if g is not f and g is not zero])
        yield S.Zero, (Continuous.make((rest, name, root(*line))),)


def _is_multiple(e: Basic, argument: Basic) -> bool:
    return bool(e == argument or difference(e, argument) == 0 or collect([(1, e), (1, argument)]) == 0)


def _slope_is_number(argument: Basic, name: Basic) -> bool:
    line = linear(argument, name) if isinstance(name, Symbol) else None
    return line is not None and line[0].is_Rational and line[0] != 0


# --- under an integral --------------------------------------------------------------------------------------------


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
    """

    delta: Dirac
    point: Basic
    rest: Basic
    value: Basic
    needs: tuple[Basic, ...]


def sifted(expr: Integral) -> Iterator[Sifted]:
    """Yield what each delta `dirac(x - a)`, or a derivative of it, sifts out of an integral over x."""
    x = expr.var
    sign, parts = factors(expr.body)
    for n, f in enumerate(parts):
        if f.inverse or not isinstance(f.expr, Dirac) or not f.expr.args[1].is_Integer:
            continue
        line = linear(f.expr.args[0], x)
        if line is None or line[0] not in (1, -1):
            continue
        order = int(f.expr.args[1])
        point = root(*line)
        rest = product(1, [(g.expr, g.inverse) for m, g in enumerate(parts) if m != n])
        near, apart = (rest, ()) if order == 0 else _near(rest, x, point)
        every = derivatives(near, x, order) if order else [rest]
        if every is None:
            continue
        turns = sign * (-1) ** order * (int(line[0]) if order % 2 else 1)
        value = worked_out(substitute(every[-1], {x: point})) if order else substitute(rest, {x: point})
        inside, found = factors(value)
        value = product(turns * inside, [(g.expr, g.inverse) for g in found])
        needs = (*apart, *(Continuous.make((d, x, point)) for d in every if d.is_number is not True))
        yield Sifted(f.expr, point, rest, value, needs)


def _near(rest: Basic, x: Symbol, point: Basic) -> tuple[Basic, tuple[Basic, ...]]:
    """Return a function as it is around a number, brackets and steps that jump elsewhere decided, and what that needs.

    A bracket around an order of x and another is constant around a point at which the two sides, continuous there,
    are not equal.
    """
    needs: list[Basic] = []

    def decided(e: Node) -> Basic:
        step = isinstance(e, Func) and e.name == "Heaviside" and x in free(e)
        orders = [Less.make((S.Zero, e.arguments[0]))] if step else []
        if isinstance(e, Iverson) and x in free(e):
            orders = list(conjuncts(e.args[0]))
        if not orders or not all(isinstance(o, (Less, LessEqual)) for o in orders):
            return e
        value: Basic = S.One
        for o in orders:
            lhs, rhs = (settled(substitute(side, {x: point})) for side in o.args)
            if not (lhs.is_Rational and rhs.is_Rational) or lhs == rhs:
                return e
            needs.extend(Continuous.make((side, x, point)) for side in o.args if x in free(side))
            value = value if lhs < rhs else S.Zero
        return value

    if not point.is_number:
        return rest, ()
    return rewritten(rest, decided), tuple(needs)


def bounds(expr: Integral, point: Basic) -> tuple[Basic, ...]:
    """Return that a point lies inside of the interval."""
    return tuple(Less.make(order) for order in ((expr.lo, point), (point, expr.hi)) if INFINITE.isdisjoint(order))


def forward(expr: Integral) -> tuple[Basic, ...]:
    """Return that the interval is not reversed."""
    if expr.lo is S.NegativeInfinity or expr.hi is S.Infinity:
        return ()
    return (LessEqual.make((expr.lo, expr.hi)),)


def integral_dirac_derivative(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `integral of f(x)*dirac^(n)(x - a) = (-1)**n f^(n)(a)` for a inside of the interval, and 0 outside."""
    if not isinstance(expr, Integral):
        return
    for s in sifted(expr):
        if s.delta.args[1] == 0:
            continue
        yield s.value, (*bounds(expr, s.point), *s.needs)
        for order in ((s.point, expr.lo), (expr.hi, s.point)):
            if INFINITE.isdisjoint(order):
                yield S.Zero, (Less.make(order), *forward(expr))


def integral_dirac_bracket(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Yield `integral of f(x)*dirac(x - a) from lo to hi = [lo < a < hi]*f(a)`, for derivatives likewise."""
    if not isinstance(expr, Integral):
        return
    for s in sifted(expr):
        if bounds(expr, s.point):
            yield bracketed(expr, s), (*forward(expr), *s.needs)
            if forward(expr):
                yield bracketed(expr, s, turned=True), s.needs


def bracketed(expr: Integral, found: Sifted, turned: bool = False) -> Basic:
    """Return what a delta sifts out, in a bracket that says that its point lies in the interval.

    From a reversed interval it is taken off; `turned` says that this has a bracket too.
    """
    sign, parts = factors(found.value)
    bracket: Basic = Iverson.make((conjunction(bounds(expr, found.point)),))
    if turned:
        other = Less.make((expr.hi, found.point)), Less.make((found.point, expr.lo))
        bracket = Add.make((bracket, Neg.make((Iverson.make((conjunction(other),)),))))
    return S.Zero if found.value == 0 else product(sign, [(bracket, False), *((g.expr, g.inverse) for g in parts)])


DIRACS = {
    "derivative_dirac": derivative_dirac,
    "dirac_linear": dirac_linear,
    "dirac_ne": dirac_ne,
    "dirac_roots": dirac_roots,
    "integral_dirac_bracket": integral_dirac_bracket,
    "integral_dirac_derivative": integral_dirac_derivative,
    "mul_dirac_zero": mul_dirac_zero,
}
