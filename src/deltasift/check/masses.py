"""Integrals of Dirac deltas by what they mean: a unit mass at the point where the argument is 0."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from sympy import S
from sympy.core.basic import Basic

from deltasift.check.reasons import NotCovered, NoValue
from deltasift.inert import Add, Dirac, Div, Integral, Mul, Neg, Node, Sum, free, postorder
from deltasift.inert import replace as substitute

if TYPE_CHECKING:
    from deltasift.check.evaluate import Env, Evaluator

V = TypeVar("V")
Mass = tuple[Dirac, list[tuple[Basic, bool]], int, dict[Basic, Fraction]]


def integral(evaluator: Evaluator[V], e: Integral, env: Env) -> V:
    """Return the value of an integral whose integrand is a sum of point masses.

    Raises
    ------
    NoValue
        If a mass lies on an end point, or masses are multiplied.
    NotCovered
        If the integrand is anything else.
    """
    body = evaluator.programs.unfolded(e.body)
    if body == 0:
        return evaluator.exact(Fraction(0))
    x = e.var
    masses = _masses(evaluator, body, x, dict(env))
    if masses is None:
        raise NotCovered("an integral")
    total = evaluator.exact(Fraction(0))
    for dirac, rest, sign, names in masses:
        total = evaluator.add(total, _mass(evaluator, e, x, dirac, rest, sign, names))
    return total


def _mass(
    evaluator: Evaluator[V],
    e: Integral,
    x: Basic,
    dirac: Dirac,
    rest: list[tuple[Basic, bool]],
    sign: int,
    names: dict[Basic, Fraction],
) -> V:
    if dirac.args[1] != 0:
        raise NotCovered("a derivative of a Dirac delta")
    minus = evaluator.exact(Fraction(-1))
    at = [evaluator.value(dirac.args[0], {**names, x: Fraction(i)}) for i in range(3)]
    rise, again = (evaluator.add(at[i + 1], evaluator.multiply(minus, at[i])) for i in range(2))
    slope = evaluator.as_fraction(rise)
    if slope is None or evaluator.as_fraction(again) != slope or not _is_linear(dirac.args[0], x):
        raise NotCovered("a Dirac delta of a function that is not linear")
    if slope == 0:
        raise NoValue("a Dirac delta whose argument does not vary")
    point: Any = evaluator.multiply(at[0], evaluator.exact(-1 / slope))
    exact = evaluator.as_fraction(point)
    point = point if exact is None else exact
    turned = _orientation(evaluator, e, names)
    for end, inside in ((e.lo, turned), (e.hi, -turned)):
        if end in (S.Infinity, S.NegativeInfinity):
            continue
        bound = evaluator.as_fraction(evaluator.value(end, names))
        if bound is None or exact is None:
            raise NotCovered("an end point that is not rational")
        if bound == exact:
            raise NoValue("a Dirac delta on an end point of the integral")
        if (exact - bound) * inside < 0:
            return evaluator.exact(Fraction(0))
    sign *= turned
    total = evaluator.exact(Fraction(sign) / abs(slope))
    for factor, inverse in rest:
        value = evaluator.value(factor, {**names, x: point})
        total = evaluator.divide(total, value) if inverse else evaluator.multiply(total, value)
    return total


def _orientation(evaluator: Evaluator[V], e: Integral, names: dict[Basic, Fraction]) -> int:
    """Return -1 for an integral from a greater to a lesser end, else 1."""
    if e.lo is S.Infinity or e.hi is S.NegativeInfinity:
        return -1
    if e.lo is S.NegativeInfinity or e.hi is S.Infinity:
        return 1
    lo, hi = (evaluator.as_fraction(evaluator.value(end, names)) for end in (e.lo, e.hi))
    return -1 if lo is not None and hi is not None and hi < lo else 1


def _is_linear(e: Basic, x: Basic) -> bool:
    """Tell whether an argument is built from x by sums, signs and factors free of it."""
    if e == x or x not in free(e):
        return True
    if isinstance(e, (Add, Neg)):
        return all(_is_linear(a, x) for a in e.args)
    if isinstance(e, Mul):
        return sum(x in free(a) for a in e.args) == 1 and all(_is_linear(a, x) for a in e.args)
    return isinstance(e, Div) and x not in free(e.args[1]) and _is_linear(e.args[0], x)


def _masses(evaluator: Evaluator[Any], e: Basic, x: Basic, env: dict[Basic, Fraction]) -> list[Mass] | None:
    """Expand an integrand into point masses with coefficients, None where something else is in it."""
    if isinstance(e, Dirac) and x in free(e):
        return [(e, [], 1, env)]
    if isinstance(e, Add):
        parts = [_masses(evaluator, a, x, env) for a in e.args]
        return None if any(p is None for p in parts) else [m for p in parts if p is not None for m in p]
    if isinstance(e, Neg):
        inner = _masses(evaluator, e.args[0], x, env)
        return None if inner is None else [(d, r, -s, n) for d, r, s, n in inner]
    if isinstance(e, Sum):
        found: list[Mass] = []
        for i in range(evaluator.integer(e.lo, env), evaluator.integer(e.hi, env) + 1):
            inner = _masses(evaluator, e.body, x, {**env, e.var: Fraction(i)})
            if inner is None:
                return None
            found.extend(inner)
        return found
    if isinstance(e, (Mul, Div)):
        carriers = [a for a in e.args if _has_mass(a, x)]
        if len(carriers) > 1:
            raise NoValue("a product of Dirac deltas")
        if not carriers or (isinstance(e, Div) and carriers[0] is e.args[1]):
            return None
        inner = _masses(evaluator, carriers[0], x, env)
        if inner is None:
            return None
        others = [(a, isinstance(e, Div) and i == 1) for i, a in enumerate(e.args) if a is not carriers[0]]
        result: list[Mass] = []
        for d, r, s, n in inner:
            # names bound inside the carrier are not names of the other factors
            fixed = [(_fixed(a, n, env), inv) for a, inv in others]
            result.append((d, [*r, *fixed], s, n))
        return result
    return None


def _fixed(e: Basic, inner: dict[Basic, Fraction], outer: dict[Basic, Fraction]) -> Basic:
    from sympy import Rational

    changed = {
        name: Rational(outer[name].numerator, outer[name].denominator)
        for name, value in inner.items()
        if name in outer and outer[name] != value
    }
    return substitute(e, changed) if changed else e


def _has_mass(e: Basic, x: Basic) -> bool:
    return any(isinstance(d, Dirac) and x in free(d) for d in postorder(e)) if isinstance(e, Node) else False
