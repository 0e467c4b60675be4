"""Test functions: what an undefined function is where integrals are taken, smooth and fast decaying.

Derivatives of what is concrete by then are taken by SymPy; nothing else is asked of it.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from .cases import Declaration
from .world import number

LOOPS = (sympy.Sum, sympy.Product, sympy.Integral)
ROUNDS = 6


def sample_function(name: str, arity: int, positive: bool, seed: int) -> Any:
    """Return a function as a SymPy Lambda, the same for the same name and seed."""
    chance = random.Random(number("smooth", name, seed))
    xs = sympy.symbols(f"x:{arity}", real=True, cls=sympy.Dummy)
    c = [sympy.Rational(round(chance.uniform(-1.2, 1.2) * 1000), 1000) for _ in range(2 * arity + 2)]
    line = sum(a * x for a, x in zip(c, xs, strict=False))
    wave = sympy.sin(sum(a * x for a, x in zip(c[arity:], xs, strict=False)) + c[-1])
    envelope = sympy.exp(-sum(x**2 for x in xs) / 6)
    if positive:
        return sympy.Lambda(tuple(xs), (sympy.Rational(3, 2) + wave) * envelope)
    return sympy.Lambda(tuple(xs), (1 + line + c[-2] * line**2 / 3 + wave) * envelope)


def concrete(expr: Any, declared: dict[str, Declaration], seed: int) -> Any:
    """Return the expression with test functions for the undefined ones, derivatives of them taken."""
    return _concrete(expr, frozenset(n for n, d in declared.items() if "positive" in d.assumptions), seed)


@lru_cache(maxsize=256)
def _concrete(expr: Any, positive: frozenset[str], seed: int) -> Any:
    functions = {}
    for applied in expr.atoms(AppliedUndef):
        name = applied.func.__name__
        functions[applied.func] = sample_function(name, len(applied.args), name in positive, seed)
    if functions:
        expr = expr.replace(lambda e: isinstance(e, AppliedUndef), lambda e: functions[e.func](*e.args))
    for _ in range(ROUNDS):
        ready = {d for d in expr.atoms(sympy.Derivative, sympy.Subs) if not d.has(*LOOPS)}
        if not ready:
            return expr
        expr = expr.xreplace({d: d.doit() for d in ready})
    return expr


__all__ = ["concrete", "sample_function"]
