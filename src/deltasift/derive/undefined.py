"""Why a line has no value: a division by 0 or a logarithm of 0 that no case leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Verdict
from deltasift.derive.forms import is_without_value
from deltasift.inert import postorder, substitute
from deltasift.line.numbers import worked_out
from deltasift.line.scope import Scope
from deltasift.line.views import factors
from deltasift.rules.coded.equations import solved

MOST = 24  # deltas that are compared with each other


def without_value(expr: Basic) -> str | None:
    """Return why an expression has no value, None where no division by 0 nor logarithm of 0 stands open in it."""
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, ex.Piecewise) or not isinstance(e, ex.Node):
            continue
        if isinstance(e, (ex.Mul, ex.Neg, ex.Div)):
            parts = factors(e)[1]
            guards = [f.expr for f in parts if isinstance(f.expr, (ex.Iverson, ex.Delta)) and not f.inverse]
            if guards:
                # a guard makes the rest 0 where it does not hold, whether that has a value or not
                rest = [f for f in parts if f.expr not in guards]
                if any(is_without_value(worked_out(f.expr)) or (f.inverse and worked_out(f.expr) == 0) for f in rest):
                    return f"{e} has no value where {guards[0]} is not 0"
                stack.extend(guards)
                continue
            if any(f.inverse and worked_out(f.expr) == 0 for f in parts):
                return f"{e} has no value: it divides by 0"
        if isinstance(e, ex.Log) and worked_out(e.args[0]) == 0 and not _is_times_zero(e, expr):
            return f"{e} has no value: it is the logarithm of 0"
        if isinstance(e, ex.Pow) and e.args[1].is_negative and worked_out(e.args[0]) == 0:
            return f"{e} has no value: it divides by 0"
        if isinstance(e, (ex.Sum, ex.Product)) and not _has_terms(e):
            continue
        stack.extend(e.args)
    return None


def without_terms(expr: Basic, scope: Scope) -> str | None:
    """Return why a sum has no value: one of its terms, off the diagonal of a delta, has none."""
    prover = Prover()
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, (ex.Mul, ex.Neg, ex.Div, ex.Add)):
            if not any(isinstance(f.expr, (ex.Iverson, ex.Delta)) for f in factors(e)[1]):
                stack.extend(e.args)
        elif isinstance(e, ex.Sum):
            deltas = [x for x in postorder(e.body) if isinstance(x, ex.Delta)]
            # where the range has two indices, the delta is 0 at one of them
            if deltas and prover.holds(ex.Less.make((e.lo, e.hi)), scope):
                if any(isinstance(f.expr, (ex.Iverson, ex.Delta)) for f in factors(e.body)[1]):
                    continue
                for d in deltas:
                    if solved(d, e.var) is not None and is_without_value(worked_out(substitute(e.body, {d: S.Zero}))):
                        return f"{e} has no value: where {d} is 0, its term has none"
        elif (
            isinstance(e, ex.Log)
            and isinstance(e.args[0], ex.Delta)
            and prover.holds(ex.Unequal.make(e.args[0].args), scope)
        ):
            return f"{e} has no value: it is the logarithm of 0"
    ones = list(dict.fromkeys(_to_be_one(expr, scope)))
    for c, d in combinations(ones[:MOST], 2):
        if prover.verdict(ex.And.make((ex.Equality.make(c.args), ex.Equality.make(d.args))), scope) is Verdict.REFUTED:
            return f"{expr} has no value: {c} and {d} are not both 1"
    return None


def _to_be_one(expr: Basic, scope: Scope) -> Iterator[ex.Delta]:
    """Yield the deltas that must not be 0: whose logarithms are added up, or by which is divided."""
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, (ex.Add, ex.Neg)):
            stack.extend(e.args)
        elif isinstance(e, (ex.Mul, ex.Div)):
            parts = factors(e)[1]
            if not any(isinstance(f.expr, (ex.Iverson, ex.Delta)) and not f.inverse for f in parts) and not any(
                scope.is_probability(f.expr) for f in parts
            ):
                yield from (f.expr for f in parts if f.inverse and isinstance(f.expr, ex.Delta))
                stack.extend(f.expr for f in parts)
        elif (isinstance(e, ex.Log) and isinstance(e.args[0], ex.Delta)) or (
            isinstance(e, ex.Pow) and isinstance(e.args[0], ex.Delta) and e.args[1].is_negative
        ):
            yield e.args[0]


def _is_times_zero(log: ex.Log, expr: Basic) -> bool:
    """Tell whether a logarithm of 0 stands beside its own argument: 0 log 0 is 0."""
    return any(
        isinstance(e, (ex.Mul, ex.Div)) and any(worked_out(f.expr) == 0 for f in factors(e)[1] if not f.inverse)
        for e in postorder(expr)
        if isinstance(e, ex.Node) and log in (f.expr for f in factors(e)[1])
    )


def _has_terms(e: ex.Node) -> bool:
    """Tell whether a range of numbers has values; one with names may be empty."""
    lo, hi = map(worked_out, e.args[2:])
    return bool(lo.is_comparable and hi.is_comparable and lo <= hi)
