"""The methods about Dirac deltas and their arguments."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.calculus import by_function, derivatives, settled
from deltasift.line.linear import collect, combination, difference, linear, root
from deltasift.line.one_sided import OneSided
from deltasift.line.scope import Scope
from deltasift.line.statements import conjunction
from deltasift.line.views import factors, product, total
from deltasift.line.zeros import Zero, zeros
from deltasift.rule import Rewritten, method

# --- the argument -------------------------------------------------------------------------------------------------


@method(ref="strichartz2003, section 1.2", verifier="masses")
def dirac_linear(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A scaled delta is the delta at its point, divided by the scale.

    Yield `dirac(c*x + b) = dirac(x + b/c)/|c|` under c != 0, for the innermost integral's variable x.

    A derivative of order n is divided by c**n too.
    """
    if not isinstance(expr, ex.Dirac):
        return
    for r in reversed(scope.ranges):
        line = None if r.integer else linear(expr.args[0], r.name)
        if line is None or line[0] == 0:
            continue
        slope, constant = line
        order = expr.args[1]
        point = root(slope, constant)
        if isinstance(slope, ex.Div) or isinstance(point, ex.Div):
            point = settled(point)
        new = ex.Dirac.make((_away(r.name, point), order))
        if slope.is_Rational:
            scale = abs(slope) * slope**order
            yield product(1 if scale > 0 else -1, [(new, False), *_below(abs(scale))]), ()
        else:
            power = [] if order == 0 else [slope if order == 1 else ex.Pow.make((slope, order))]
            needs = () if _vanishes_on_a_null_set(slope, scope) else (ex.Unequal.make((slope, S.Zero)),)
            for sign, size, more in (
                (1, slope, (ex.LessEqual.make((S.Zero, slope)),)),
                (-1, slope, (ex.LessEqual.make((slope, S.Zero)),)),
                (1, ex.Func("Abs", slope), ()),
            ):
                below = ex.Mul.make((size, *power)) if power else size
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
    base = e.args[0] if isinstance(e, ex.Pow) and e.args[1].is_Integer else e
    return base in real or (e.is_Rational and e != 0)


@method(ref="strichartz2003, section 1.2", verifier="zeros")
def dirac_roots(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A delta of a function is a delta at each simple zero, divided by the size of the slope there.

    Yield `dirac(g(x)) = sum of dirac(x - r)/|g'(r)|` over the zeros r of g, all of them simple.

    A derivative by g(x) is one by x, divided by g'(x).
    """
    if not isinstance(expr, ex.Dirac) or not expr.args[1].is_Integer:
        return
    argument, order = expr.args
    x = next((r for r in reversed(scope.ranges) if not r.integer and r.name in free(argument)), None)
    if x is None or linear(argument, x.name) is not None:
        return
    found = zeros(argument, x.name, x.lo, x.hi)
    if found is None:
        return
    parts: list[Basic] = []
    for z in found:
        masses = _at_zero(argument, x.name, z, int(order))
        if masses is None:
            return
        parts += [_over_all(m, z, free(expr) | scope.mentioned) for m in masses]
    yield total([(1, p) for p in parts]), ()


def _at_zero(argument: Basic, x: Symbol, z: Zero, order: int) -> list[Basic] | None:
    """Return a delta of a function, or its derivative, as it is at a zero, None where that is not worked out."""
    guard = [(ex.Iverson.make((conjunction(z.needs),)), False)] if z.needs else []
    away = _away(x, z.point)
    if order == 0:
        return [product(1, [*guard, (ex.Dirac.make((away, S.Zero)), False), *_below(z.slope)])]
    near = OneSided(x, z.point, 1).seen(argument) if not free(z.point) else argument
    slopes = derivatives(near, x, 1)
    if slopes is None:
        return None
    if order == 1:
        return [product(1, [*guard, (ex.Dirac.make((away, S.One)), False), *_below(z.slope), (slopes[1], True)])]
    weights = by_function(near, x, order)
    if weights is None:
        return None
    deltas = [(w, ex.Dirac.make((away, Integer(j)))) for j, w in weights]
    return [product(1, [*guard, (w, False), (d, False), *_below(z.slope)]) for w, d in deltas]


def _over_all(part: Basic, z: Zero, taken: frozenset[Basic]) -> Basic:
    """Return what stands at a zero, summed over every integer where the zero has a name for them."""
    if z.over is None:
        return part
    name = z.over
    if name in taken:
        name = fresh(name, taken)
        part = substitute(part, {z.over: name})
    return ex.Sum.make((part, name, S.NegativeInfinity, S.Infinity))


@method(ref="strichartz2003, section 1.2", verifier="masses")
def dirac_ne(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Away from 0 there is no point mass.

    Yield `dirac(c) = 0` for a number c that is not 0, as it stands or where all names in it cancel.
    """
    if isinstance(expr, ex.Dirac) and (expr.args[0].is_number or not combination([(1, expr.args[0])]).coefficients):
        value = settled(expr.args[0])
        if value.is_number and value.is_nonzero:
            yield S.Zero, ()


@method(ref="strichartz2003, section 1.2", verifier="masses")
def derivative_dirac(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of a delta is the next one, times the slope.

    Yield `d/dx dirac(c*x + b) = c*dirac'(c*x + b)`, for any order.
    """
    if isinstance(expr, ex.Derivative) and isinstance(expr.args[0], ex.Dirac):
        yield from _differentiated(expr, *expr.args[0].args)


@method(ref="strichartz2003, section 1.2", verifier="masses")
def derivative_step(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of a step is a delta, times the slope.

    Yield `d/dx Heaviside(c*x + b) = c*dirac(c*x + b)`, for any order.
    """
    if isinstance(expr, ex.Derivative) and isinstance(expr.args[0], ex.Func) and expr.args[0].name == "Heaviside":
        yield from _differentiated(expr, expr.args[0].arguments[0], S.NegativeOne)


def _differentiated(expr: ex.Derivative, argument: Basic, order: Basic) -> Iterator[Rewritten]:
    """Yield the derivative of a delta's derivative of some order, of which -1 is the step."""
    _, x, count = expr.args
    line = linear(argument, x) if isinstance(x, Symbol) else None
    if line is None or not (count.is_Integer and count > 0 and order.is_Integer):
        return
    slope = line[0]
    new = ex.Dirac.make((argument, order + count))
    if slope.is_Rational:
        by = slope**count
        yield product(1 if by > 0 else -1, [*([] if abs(by) == 1 else [(abs(by), False)]), (new, False)]), ()
    else:
        yield ex.Mul.make((slope if count == 1 else ex.Pow.make((slope, count)), new)), ()


@method(ref="strichartz2003, section 1.2", verifier="masses")
def mul_dirac_zero(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """What is 0 where the point mass is makes it vanish.

    Yield `(x - a)*f(x)*dirac(x - a) = 0`, where f is continuous at a.
    """
    if not isinstance(expr, (ex.Mul, ex.Neg, ex.Div)):
        return
    _, parts = factors(expr)
    for f in parts:
        if f.inverse or not isinstance(f.expr, ex.Dirac) or f.expr.args[1] != 0:
            continue
        argument = f.expr.args[0]
        zero = next((g for g in parts if not g.inverse and _is_multiple(g.expr, argument)), None)
        name = next((s for s in sorted(free(argument), key=str) if _slope_is_number(argument, s)), None)
        if zero is None or name is None:
            continue
        line = linear(argument, name)
        assert line is not None
        rest = product(1, [(g.expr, g.inverse) for g in parts if g is not f and g is not zero])
        yield S.Zero, (ex.Continuous.make((rest, name, root(*line))),)


def _is_multiple(e: Basic, argument: Basic) -> bool:
    return bool(e == argument or difference(e, argument) == 0 or collect([(1, e), (1, argument)]) == 0)


def _slope_is_number(argument: Basic, name: Basic) -> bool:
    line = linear(argument, name) if isinstance(name, Symbol) else None
    return line is not None and line[0].is_Rational and line[0] != 0
