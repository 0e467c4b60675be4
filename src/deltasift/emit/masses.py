"""An integral over point masses as Python: the sum over the points, which is what it means."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.emit.syntax import binary, call, compare, either, every, negative, number
from deltasift.errors import EmitError
from deltasift.inert import free, postorder, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.linear import linear, root
from deltasift.line.views import product

if TYPE_CHECKING:
    from deltasift.emit.loops import Loops
    from deltasift.emit.writer import Writer

Weight = list[tuple[Basic, bool]]


def masses(writer: Writer, e: ex.Integral, bound: Loops) -> ast.expr:
    """Return the value of an integral whose integrand is made of Dirac deltas."""
    return _masses(writer, e, e.body, [], bound)


def _carries(writer: Writer, e: Basic) -> bool:
    return any(isinstance(d, ex.Dirac) for d in postorder(writer.scope.unfold_all(e)))


def _masses(writer: Writer, over: ex.Integral, e: Basic, weight: Weight, bound: Loops) -> ast.expr:
    if isinstance(e, ex.Dirac):
        return _mass(writer, over, e, weight, bound)
    if isinstance(e, ex.Add) and all(_carries(writer, a) for a in e.args):
        total = _masses(writer, over, e.args[0], weight, bound)
        for a in e.args[1:]:
            total = binary(total, ast.Add(), _masses(writer, over, a, weight, bound))
        return total
    if isinstance(e, ex.Neg):
        return negative(_masses(writer, over, e.args[0], weight, bound))
    if isinstance(e, ex.Sum):
        return _sum(writer, over, e, weight, bound)
    if isinstance(e, (ex.Mul, ex.Div)):
        carriers = [i for i, a in enumerate(e.args) if _carries(writer, a)]
        if carriers == [0] or (len(carriers) == 1 and isinstance(e, ex.Mul)):
            others = [(a, isinstance(e, ex.Div)) for i, a in enumerate(e.args) if i != carriers[0]]
            return _masses(writer, over, e.args[carriers[0]], [*weight, *others], bound)
        raise EmitError("a product of Dirac deltas has no executable form")
    body = writer.scope.unfold(e)
    if body is None:
        raise EmitError(f"a Dirac delta inside of {type(e).__name__} has no executable form")
    return _masses(writer, over, body, weight, bound)


def _sum(writer: Writer, over: ex.Integral, e: ex.Sum, weight: Weight, bound: Loops) -> ast.expr:
    name, body = e.var, e.body
    taken = {s for w, _ in weight for s in free(writer.scope.unfold_all(w))} | {over.var}
    if name in taken:
        name = fresh(name, taken | set(free(body)))
        body = substitute(body, {e.var: name})
    inner = _masses(writer, over, body, weight, bound.inside(name, e.lo, e.hi))
    if not {e.lo, e.hi}.isdisjoint((S.Infinity, S.NegativeInfinity)):
        if any(isinstance(x, ast.IfExp) for x in ast.walk(inner)):
            raise EmitError("an infinite sum of terms with brackets in them has no executable form")
        return writer.series(ex.Sum(body, (name, e.lo, e.hi)), inner, bound)
    target = ast.Name(writer.program.names[name], ast.Store())
    ends = (writer.whole([(1, e.lo)], 0, bound), writer.whole([(1, e.hi)], 1, bound))
    return call("sum", ast.GeneratorExp(inner, [ast.comprehension(target, call("range", *ends), [], 0)]))


def _mass(writer: Writer, over: ex.Integral, e: ex.Dirac, weight: Weight, bound: Loops) -> ast.expr:
    line = linear(e.args[0], over.var)
    if line is None or line[0] == 0 or e.args[1] != 0:
        raise EmitError(f"{e} has no executable form")
    slope, constant = line
    point = root(slope, constant)
    # definitions are unfolded so that no use of the variable hides behind a name
    parts = [(substitute(writer.scope.unfold_all(w), {over.var: point}), inverse) for w, inverse in weight]
    kept = [(w, inverse) for w, inverse in parts if w != 1]
    value = writer.write(product(1, kept), bound)
    if slope not in (1, -1):
        value = binary(value, ast.Div(), call("abs", writer.write(slope, bound)))
    position = writer.write(point, bound)
    ends = [None if end in (S.Infinity, S.NegativeInfinity) else writer.write(end, bound) for end in (over.lo, over.hi)]
    forwards = _between(ends[0], position, ends[1])
    if not forwards:
        return value
    known = over.lo.is_Rational and over.hi.is_Rational and over.lo <= over.hi
    if None in ends or known:
        return either(every(forwards), value, number(0))
    backwards = _between(ends[1], position, ends[0])
    return either(every(forwards), value, either(every(backwards), negative(value), number(0)))


def _between(low: ast.expr | None, x: ast.expr, high: ast.expr | None) -> list[ast.expr]:
    found = [] if low is None else [compare(low, ast.Lt(), x)]
    return found if high is None else [*found, compare(x, ast.Lt(), high)]
