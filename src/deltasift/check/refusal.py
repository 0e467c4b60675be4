"""Expressions that have no value, and the two deltas that are mistaken for each other."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Labels
from deltasift.inert import free, kinds, postorder
from deltasift.inert.bridge import to_polynomial
from deltasift.line.linear import difference, linear, root
from deltasift.line.scope import Scope
from deltasift.line.views import factors

ENTROPY = "the entropy of point masses has no value: -infinity only as the limit of narrow densities"
DIVERGENCE = "point masses have no density, so KL is +infinity for every q, and no -H + H(p, q)"
KRONECKER = "a Dirac delta of integers: the Kronecker delta was meant"
DIRAC = "a Kronecker delta of an integration variable is 0 almost everywhere: the Dirac delta was meant"
AT_ZERO = "the Dirac delta has no value at 0"
ON_AN_END = "a point mass on an end of its interval has no value that all agree on"
NONLINEAR = "a nonlinear function of a Dirac delta has no value"
DOUBLE = "a Dirac delta of a function with a double zero has no value"
SQUARE = "a product of Dirac deltas in one variable has no value"


def refusal(expr: Basic, scope: Scope) -> str | None:
    """Return why an expression has no value, None where nothing speaks against it."""
    if all(r.integer for r in scope.ranges) and not _has_points(scope.unfold_all(expr)):
        return None
    stack: list[tuple[Basic, Scope]] = [(expr, scope)]
    while stack:
        e, here = stack.pop()
        found = _at(e, here)
        if found is not None:
            return found
        if isinstance(e, (ex.Named, ex.Expectation)):
            stack.append((e.definition, here))
            continue
        body = here.unfold(e)
        if body is not None:
            stack.append((body, here))
        if isinstance(e, ex.Node):
            inside = here.enter(e)
            stack.extend(
                (a, inside if e.binds and i == 0 else here) for i, a in enumerate(e.args) if isinstance(a, ex.Node)
            )
    return None


def _has_points(expr: Basic) -> bool:
    """Tell whether point masses or integrals are in an expression: nothing else is refused."""
    return not kinds(expr).isdisjoint((ex.Dirac, ex.Integral))


def _at(e: Basic, scope: Scope) -> str | None:
    if isinstance(e, ex.Named):
        return _of_named(e, scope)
    if isinstance(e, ex.Dirac):
        return _of_dirac(e, scope)
    if isinstance(e, ex.Delta):
        real = {r.name for r in scope.ranges if not r.integer}
        return DIRAC if any(a in real or not free(a).isdisjoint(real) for a in e.args) else None
    if isinstance(e, (ex.Log, ex.Exp, ex.Func)) and any(has_dirac(a, scope) for a in e.args):
        return NONLINEAR
    if isinstance(e, ex.Pow) and any(has_dirac(a, scope) for a in e.args) and e.args[1] != 1:
        return NONLINEAR
    if isinstance(e, ex.Div) and has_dirac(e.args[1], scope):
        return NONLINEAR
    if isinstance(e, ex.Product) and has_dirac(e.body, scope):
        return NONLINEAR
    if isinstance(e, (ex.Mul, ex.Div)):
        return _of_product(e, scope)
    return None


def _of_named(e: ex.Named, scope: Scope) -> str | None:
    if not any(_is_point_masses(o, scope) for o in e.operands):
        return None
    if e.head == "KL" and _is_point_masses(e.operands[0], scope):
        return DIVERGENCE
    if len(e.operands) == 1 and e.head in ("h", "H"):
        return ENTROPY
    return None


def _is_point_masses(operand: Basic, scope: Scope) -> bool:
    domain = scope.domains.get(operand)
    return isinstance(domain, DefinedFunction) and has_dirac(domain.body, scope)


def has_dirac(expr: Basic, scope: Scope) -> bool:
    """Tell whether a Dirac delta stands in an expression outside of the integrals in it, definitions unfolded."""
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, ex.Dirac):
            return True
        if isinstance(e, ex.Integral):
            continue
        body = scope.unfold(e)
        if body is not None:
            stack.append(body)
        else:
            stack.extend(e.args)
    return False


def _of_dirac(e: ex.Dirac, scope: Scope) -> str | None:
    argument = e.args[0]
    if has_dirac(argument, scope):
        return NONLINEAR
    if argument.is_number and argument == 0:
        return AT_ZERO
    if isinstance(argument, ex.Add) and len(argument.args) == 2:
        first, second = argument.args
        if isinstance(second, ex.Neg) and second.args[0] == first:
            return AT_ZERO
    if _is_integral(argument, scope):
        return KRONECKER
    if _has_double_zero(argument, scope):
        return DOUBLE
    return ON_AN_END if _is_on_an_end(argument, scope) else None


def _has_double_zero(argument: Basic, scope: Scope) -> bool:
    """Tell whether a polynomial with rational coefficients has a double zero inside of the interval of its variable."""
    r = next((r for r in reversed(scope.ranges) if not r.integer and r.name in free(argument)), None)
    polynomial = None if r is None or free(argument) != {r.name} else to_polynomial(argument, r.name)
    if r is None or polynomial is None or polynomial.degree() < 2:
        return False
    repeated = polynomial.gcd(polynomial.diff())
    lo, hi = (end if end.is_Rational else None for end in (r.lo, r.hi))
    unknown = any(end is None and not whole.is_infinite for end, whole in ((lo, r.lo), (hi, r.hi)))
    return repeated.degree() > 0 and not unknown and repeated.count_roots(lo, hi) > 0


def _is_on_an_end(argument: Basic, scope: Scope) -> bool:
    """Tell whether the zero of a linear argument is, as it stands, an end of the integral over its variable."""
    for r in reversed(scope.ranges):
        if r.integer or r.name not in free(argument):
            continue
        line = linear(argument, r.name)
        if line is None or line[0] == 0:
            return False
        point = root(*line)
        return any(difference(point, end) == 0 for end in (r.lo, r.hi) if not end.is_infinite)
    return False


def _is_integral(argument: Basic, scope: Scope) -> bool:
    """Tell whether the argument of a Dirac delta has an integer in it, and nothing that is known to be real."""
    bound = {r.name: r.integer for r in scope.ranges}
    found = False
    for e in postorder(argument):
        if isinstance(e, ex.Apply):
            return False
        if isinstance(e, ex.Entry):
            domain = scope.domains.get(e.table)
            integer = isinstance(domain, Labels) or scope.is_integer(e)
            if not integer and (domain is not None or e.table.is_real):
                return False
            found = found or integer
        elif isinstance(e, Symbol) and not _is_table(e, argument):
            integer = bound[e] if e in bound else scope.is_integer(e)
            if not integer and not _only_an_index(e, argument) and (e in bound or e in scope.domains or e.is_real):
                return False
            found = found or integer
    return found


def _is_table(symbol: Symbol, argument: Basic) -> bool:
    return any(isinstance(e, ex.Entry) and e.table == symbol for e in postorder(argument))


def _only_an_index(symbol: Symbol, argument: Basic) -> bool:
    return not any(symbol in e.args and not isinstance(e, ex.Entry) for e in postorder(argument)) and symbol != argument


def _deltas(expr: Basic) -> list[ex.Dirac]:
    """Return the Dirac deltas outside of the integrals in an expression."""
    found: list[ex.Dirac] = []
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, ex.Dirac):
            found.append(e)
        elif not isinstance(e, ex.Integral):
            stack.extend(e.args)
    return found


def _of_product(e: ex.Node, scope: Scope) -> str | None:
    if _has_one_twice(e, scope):
        return SQUARE
    seen: set[frozenset[Basic]] = set()
    real = {r.name for r in scope.ranges if not r.integer}
    for f in factors(e)[1]:
        dirac = _deltas(scope.unfold_all(f.expr))
        mine = {frozenset(free(d.args[0]) & real) for d in dirac} - {frozenset()}
        # two deltas in several variables, such as dirac(x - y)*dirac(x + y), have a value
        if any(len(a | b) == 1 for a in mine for b in seen):
            return SQUARE
        seen |= mine
    return None


def _has_one_twice(expr: ex.Node, scope: Scope) -> bool:
    """Tell whether two factors are deltas whose arguments are multiples of each other."""
    deltas = [f.expr for f in factors(expr)[1] if isinstance(f.expr, ex.Dirac) and not f.inverse]
    for r in scope.ranges:
        if r.integer:
            continue
        lines = [linear(d.args[0], r.name) for d in deltas]
        points = [root(*line) for line in lines if line is not None and line[0] != 0]
        if any(difference(p, q) == 0 for i, p in enumerate(points) for q in points[:i]):
            return True
    return False


__all__ = ["has_dirac", "refusal"]
