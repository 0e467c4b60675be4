"""Whether an answer equals a question on every instance that is tried, with a witness where it does not.

Without integrals both are evaluated exactly by loops; with them numerically, the Dirac deltas as narrow Gaussians.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from .evaluate import Value, compiled
from .gauss import WIDTHS, extrapolated, valued
from .instances import Problem, escaped, tried, world
from .values import ARITHMETIC, CLOSE, NotCovered, Number, Undefined, close, is_zero
from .world import World

LIMIT, SEEDS, WORK = 200, 2, 30_000  # instances, seeds, and the terms of loops after which no more are tried
INTEGRALS = 4  # instances where an integral is to be taken
NUMERICAL = ARITHMETIC.mpf("2e-5")  # how far two numerical integrals may differ
FLOATS = ARITHMETIC.mpf("1e-8")  # or two closed forms evaluated in floats
FEWEST = 8
FINER = (0.1, 0.03)  # by which Gaussians are narrower where two values differ

ANALYSIS = (sympy.Integral, sympy.DiracDelta)


@dataclass(frozen=True)
class Comparison:
    """What was found: `equal` is None where nothing could be decided."""

    equal: bool | None
    reason: str = ""
    witness: str = ""
    instances: int = 0
    nonzero: int = 0

    def __bool__(self) -> bool:
        raise TypeError("compare .equal with True, False or None")


def evaluator(problem: Problem, expr: Any, here: World, finer: float = 1.0) -> Value:
    """Return a function that gives the value of an expression at the present instance of a world.

    With `finer` the Gaussians are narrower by that factor.
    """
    if not problem.numerical:
        return compiled(expr, here)
    expr = smeared(problem, expr)
    options = problem.options | {"width": problem.options.get("width", WIDTHS[0]) * finer}

    def number() -> Number:
        at_widths = valued(expr, here, problem.declared, options)
        found = extrapolated(at_widths, problem.options.get("even", False))
        return ARITHMETIC.mpc(found) if abs(found.imag) > 1e-12 else ARITHMETIC.mpf(found.real)

    return number


def smeared(problem: Problem, expr: Any) -> Any:
    """Return the integral of an expression against a test function of the variable `smear`, if there is one."""
    name = problem.options.get("smear")
    if not name:
        return expr
    x = next(s for s in problem.expr.free_symbols if s.name == name)
    test = (1 + sympy.Rational(3, 5) * x + sympy.sin(x + 1) / 3) * sympy.exp(-(x**2) / 6)
    if isinstance(expr, sympy.Integral):
        return sympy.Integral(expr.function * test, *expr.limits, (x, -sympy.oo, sympy.oo))
    return sympy.Integral(expr * test, (x, -sympy.oo, sympy.oo))


def compared(
    problem: Problem,
    answer: Any,
    *,
    reference: Any = None,
    limit: int = LIMIT,
    seeds: int = SEEDS,
    work: int = WORK,
    karr: bool = False,
) -> Comparison:
    """Compare an answer with the problem's expression, or with a reference that is known to be equal to it.

    The answer is to have a value wherever the expression has one, and the same. After `work` terms of loops no more
    instances are tried. With `karr` sums over reversed ranges follow SymPy's convention instead of ours.
    """
    wanted_of = problem.expr if reference is None else reference
    names = escaped(problem, answer)
    if names:
        return Comparison(False, f"free in the answer alone: {', '.join(sorted(names))}")
    integrals = any(e.has(sympy.Integral) for e in (wanted_of, answer)) or "smear" in problem.options
    tolerance = CLOSE
    if problem.numerical:
        tolerance = ARITHMETIC.mpf(problem.options.get("close", NUMERICAL if integrals else FLOATS))
        limit = min(limit, problem.options.get("limit", INTEGRALS) if integrals else 40)
        seeds = 1 if integrals else seeds
    here = world(problem, answer, wanted_of)
    here.karr = karr
    try:
        question, reply = evaluator(problem, wanted_of, here), evaluator(problem, answer, here)
    except NotCovered as reason:
        return Comparison(None, str(reason))
    done, nonzero, spent = 0, 0, 0
    for at in tried(problem, here, problem.free(answer), limit, seeds):
        if spent > work and done >= FEWEST:
            break
        try:
            wanted = question()
        except Undefined:
            continue
        except NotCovered as reason:
            return Comparison(None, f"the question: {reason}", at, done)
        try:
            found = reply()
        except Undefined as reason:
            return Comparison(False, f"the answer has no value: {reason}", at, done)
        except NotCovered as reason:
            return Comparison(None, f"the answer: {reason}", at, done)
        done, spent = done + 1, spent + here.spent + 10
        nonzero += not is_zero(wanted)
        for finer in FINER:
            if integrals and not close(wanted, found, tolerance):  # something may lie too near to a delta
                wanted, found = (evaluator(problem, e, here, finer)() for e in (wanted_of, answer))
        if not close(wanted, found, tolerance):
            differ = f"{at}: {_short(wanted)} is to be, {_short(found)} is"
            return Comparison(False, "another value", differ, done, nonzero)
    if not done:
        return Comparison(None, "no instance has a value")
    return Comparison(True, instances=done, nonzero=nonzero)


def _short(x: Number) -> str:
    return str(x)[:24]


def has_no_value(problem: Problem, limit: int = 40, anywhere: bool = False) -> str:
    """Return why the problem's expression has a value at no instance, or at some instance, or nothing.

    Under an integral: the value grows as the Gaussians get narrower, or depends on where their middle is put.
    """
    why, here = "", world(problem)
    for at in tried(problem, here, problem.free(), 3 if problem.numerical else limit, 1):
        try:
            if problem.numerical:
                why = _unsettled(problem, here) and _unsettled(problem, here, finer=FINER[0])
            else:
                compiled(problem.expr, here)()
                why = ""
        except Undefined as reason:
            why = f"{reason} at {at}"
        if bool(why) == anywhere:
            return why
    return why


def _unsettled(problem: Problem, here: World, finer: float = 1.0) -> str:
    limits = []
    options = problem.options | {"width": problem.options.get("width", WIDTHS[0]) * finer}
    for shift in (-1.0, 0.0, 1.0):
        found = valued(smeared(problem, problem.expr), here, problem.declared, options, shift)
        if len(found) > 1:
            steps = abs(found[1] - found[0]), abs(found[2] - found[1])
            if steps[1] > 0.75 * steps[0] and steps[1] > 1e-2:
                return "grows as the width shrinks"
        limits.append(extrapolated(found))
    spread = max(abs(x - y) for x in limits for y in limits)
    return "depends on the regularisation" if spread > 0.02 * max(0.1, *map(abs, limits)) else ""
