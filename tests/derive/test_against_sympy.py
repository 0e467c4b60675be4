"""Where SymPy is wrong or stuck: what it says today, so that an upgrade shows, and that ours is right or refused.

The numbers are those of SymPy's issues.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sympy
from sympy import (
    DiracDelta,
    Eq,
    IndexedBase,
    Integral,
    KroneckerDelta,
    Le,
    Piecewise,
    Sum,
    cos,
    exp,
    log,
    oo,
)

from deltasift.derive import collapse
from deltasift.errors import Undefined
from oracle.decide import compared, has_no_value
from oracle.instances import Problem

SYMBOLS = "i, j, k, m, n: integer; K, N: positive integer; x, r, z: real"
SYMBOLS += "; a: table; q: positive table; y: integer table 1..K; X: real table; f: function"

i, j, k, m, n = (sympy.Symbol(s, integer=True) for s in "ijkmn")
K, N = (sympy.Symbol(s, integer=True, positive=True) for s in "KN")
x, r, z = (sympy.Symbol(s, real=True) for s in "xrz")
a, q = IndexedBase("a"), IndexedBase("q", positive=True)
y, X = IndexedBase("y", integer=True), IndexedBase("X", real=True)
f = sympy.Function("f")

DOIT = operator.methodcaller("doit")
WRONG, STUCK, KARR, SINGULAR = "wrong", "stuck", "another convention", "no value in the answer"
FLAGSHIP = Sum(KroneckerDelta(k, y[n]) * log(q[k]), (k, 1, K), (n, 1, N)) / N
MASSES = Integral(f(x) * Sum(DiracDelta(x - X[n]), (n, 1, N)), (x, -oo, oo))
IN_RANGE = (Le(1, y[i]), Le(y[i], K))


@dataclass(frozen=True)
class Known:
    """What SymPy does with an expression today, and what is right (None: there is no value)."""

    expr: Any
    says: Any
    how: str
    right: Any
    asked: Callable[[Any], Any] = DOIT
    facts: tuple[Any, ...] = ()


def simplified(expr: Any) -> Any:
    return sympy.simplify(expr.doit())


KNOWN: dict[str, Known] = {
    "#27359, a bound index leaks": Known(
        -Sum(Piecewise((KroneckerDelta(i, j, (1, n)), a[i] > 0), (0, True)), (i, 1, n)),
        Piecewise((-1, a[i] > 0), (0, True)),
        WRONG,
        Piecewise((-1, (a[j] > 0) & (j >= 1) & (j <= n)), (0, True)),
        asked=sympy.simplify,
    ),
    "a free name is captured": Known(
        Sum(KroneckerDelta(i, n) * Sum(f(i, n), (n, 1, N)), (i, 1, N)),
        Piecewise((Sum(f(n, n), (n, 1, N)), (n <= N) & (n >= 1)), (0, True)),
        WRONG,
        Sum(f(n, m), (m, 1, N)),
        facts=(Le(1, n), Le(n, N)),
    ),
    "an odd number is no double": Known(
        Sum(KroneckerDelta(2 * k, m), (k, 1, K)),
        Piecewise((1, (m >= 2) & (m / 2 <= K)), (0, True)),
        WRONG,
        Piecewise((1, Eq(sympy.Mod(m, 2), 0) & (m >= 2) & (m <= 2 * K)), (0, True)),
    ),
    "#18388, a delta as a case distinction": Known(
        Sum(Piecewise((1, Eq(i, 0)), (0, True)), (i, -3, N)),
        Sum(Piecewise((1, Eq(i, 0)), (0, True)), (i, -3, N)),
        STUCK,
        sympy.Integer(1),
    ),
    "#13993, what follows from the limits": Known(
        Sum(Piecewise((a[i], i <= N), (0, True)), (i, 1, N)),
        Sum(Piecewise((a[i], i <= N), (0, True)), (i, 1, N)),
        STUCK,
        Sum(a[i], (i, 1, N)),
    ),
    "#18879, a factor that the delta fixes": Known(
        KroneckerDelta(n, 0) * cos(n), KroneckerDelta(n, 0) * cos(n), STUCK, KroneckerDelta(n, 0), asked=sympy.simplify
    ),
    "#25861, the range of a delta is lost": Known(
        Sum(KroneckerDelta(i, j, (1, n)) * a[i], (i, 1, m)),
        Piecewise((a[j], (j >= 1) & (j <= m)), (0, True)),
        WRONG,
        Piecewise((a[j], (j >= 1) & (j <= m) & (j <= n)), (0, True)),
    ),
    "a range declared in the delta": Known(
        Sum(KroneckerDelta(k, m, (1, K)) * log(q[k]), (k, 1, K)),
        log(q[m]),
        WRONG,
        Piecewise((log(q[m]), (m >= 1) & (m <= K)), (0, True)),
    ),
    "#27108, a term is dropped": Known(
        Integral((exp(-abs(x)) - 2 * DiracDelta(x)) * exp(-abs(x)), (x, -oo, oo)),
        sympy.Integer(1),
        WRONG,
        sympy.Integer(-1),
    ),
    "#27592, the sign of a derivative": Known(
        Integral(r * DiracDelta(1 - r, 1), (r, 0, 2)), sympy.Integer(-1), WRONG, sympy.Integer(1)
    ),
    "#27600, a delta of infinity": Known(
        Integral(DiracDelta(r - 1, 1), (r, 0, oo)), DiracDelta(oo), SINGULAR, sympy.Integer(0)
    ),
    "#27300, a point on the end": Known(
        Integral(exp(-sympy.I * n * x) * DiracDelta(x), (x, 0, 2)), sympy.Integer(0), WRONG, None
    ),
    "#13996, x times its delta": Known(
        x * DiracDelta(x), x * DiracDelta(x), STUCK, sympy.Integer(0), asked=sympy.simplify
    ),
    "a sum of point masses": Known(MASSES, MASSES, STUCK, Sum(f(X[n]), (n, 1, N))),
    "the square of a delta": Known(Integral(DiracDelta(x) ** 2, (x, -oo, oo)), DiracDelta(0), SINGULAR, None),
    "the entropy of a point mass": Known(
        Integral(log(DiracDelta(x)) * DiracDelta(x), (x, -oo, oo)), log(DiracDelta(0)), SINGULAR, None
    ),
    "reversed limits": Known(Sum(KroneckerDelta(i, 3), (i, 5, 2)), sympy.Integer(-1), KARR, sympy.Integer(0)),
    "a common range": Known(
        Sum(KroneckerDelta(i, j), (i, 0, N - 1), (j, 0, N - 1)),
        Sum(Piecewise((1, j <= N - 1), (0, True)), (j, 0, N - 1)),
        STUCK,
        N,
    ),
    "0 log 0": Known(
        KroneckerDelta(i, j) * log(KroneckerDelta(i, j)),
        sympy.nan,
        SINGULAR,
        sympy.Integer(0),
        asked=operator.methodcaller("subs", {i: 1, j: 2}),
    ),
    "the flagship, its condition": Known(
        FLAGSHIP,
        Sum(Piecewise((log(q[y[n]]), (y[n] <= K) & (y[n] >= 1)), (0, True)), (n, 1, N)) / N,
        STUCK,
        Sum(log(q[y[n]]), (n, 1, N)) / N,
        facts=IN_RANGE,
    ),
    "the flagship, its index leaks": Known(
        FLAGSHIP,
        Piecewise((Sum(log(q[y[n]]), (n, 1, N)) / N, (y[n] <= K) & (y[n] >= 1)), (0, True)),
        WRONG,
        Sum(log(q[y[n]]), (n, 1, N)) / N,
        asked=simplified,
        facts=IN_RANGE,
    ),
}


def problem(known: Known) -> Problem:
    """Return the expression for the brute force."""
    facts = tuple(fact for fact in known.facts if not fact.has(y))
    asked = Problem.plain(known.expr, SYMBOLS, facts)
    options = {"smear": "x"} if known.expr.has(DiracDelta) and not known.expr.has(Integral) else {}
    return Problem(known.expr, asked.declared, facts, options, {"y": (sympy.Integer(1), K)})


@pytest.mark.parametrize("name", KNOWN)
def test_what_sympy_says_today(name: str) -> None:
    known = KNOWN[name]
    assert known.asked(known.expr) == known.says


@pytest.mark.parametrize("name", [name for name, known in KNOWN.items() if known.how in (WRONG, KARR)])
def test_what_sympy_says_is_wrong(name: str) -> None:
    known = KNOWN[name]
    if known.right is None:
        assert has_no_value(problem(known))
    else:
        assert compared(problem(known), known.says).equal is False
        assert compared(problem(known), known.says, karr=True).equal is (known.how == KARR)


@pytest.mark.parametrize("name", KNOWN)
def test_ours_is_right_or_refused(name: str) -> None:
    known = KNOWN[name]
    if known.right is None:
        with pytest.raises(Undefined):
            collapse(known.expr, facts=known.facts)
        return
    result = collapse(known.expr, facts=known.facts).result
    assert compared(problem(known), result).equal is True
    assert compared(problem(known), known.right).equal is True
    assert not result.has(KroneckerDelta) or known.right.has(KroneckerDelta)
    assert not result.has(DiracDelta)


def test_a_ranged_delta_has_no_derivative_in_sympy() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'diff'"):
        KroneckerDelta(i, j, (1, n)).diff(i)
