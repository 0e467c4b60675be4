"""Random integrals with Dirac deltas: scaled, of polynomials and other functions, derivatives, point masses, intervals.

All choices come from one `random.Random`, so that a seed is a reproduction and Hypothesis can shrink them.
"""

from __future__ import annotations

from random import Random
from typing import Any

import sympy
from sympy import DiracDelta, Heaviside, Integer, Integral, KroneckerDelta, Piecewise, Rational, Sum, exp, oo

from .instances import Problem
from .random_expressions import Question

SYMBOLS = "x, a, b: real; c: positive; m, n: integer; N: positive integer; f, g: function; X: real table; w: table"

x, a, b = (sympy.Symbol(s, real=True) for s in "xab")
c = sympy.Symbol("c", positive=True)
m, n = (sympy.Symbol(s, integer=True) for s in "mn")
N = sympy.Symbol("N", integer=True, positive=True)
f, g = sympy.Function("f"), sympy.Function("g")
X, w = sympy.IndexedBase("X", real=True), sympy.IndexedBase("w")


class IntegralQuestion(Question):
    """A random integral."""

    @property
    def problem(self) -> Problem:
        """Return it for the brute force."""
        return Problem.plain(self.expr, SYMBOLS, self.facts)


class Integrals:
    """Draws the parts of an integral over x."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def one(self, *choices: Any) -> Any:
        """Return one of the choices."""
        return self.chance.choice(choices)

    def point(self) -> Any:
        """Return a number or a name."""
        return self.one(Integer(0), Integer(1), Integer(-1), Integer(2), Rational(1, 2), a, b, c, -c)

    def argument(self) -> Any:
        """Return what a delta is of: mostly linear, else with a few zeros or none."""
        kind = self.chance.randrange(16)
        p = self.point()
        if kind < 6:
            return x - p
        if kind < 8:
            return p - x
        if kind < 11:
            return self.one(2, -3, Rational(1, 2), c, -c) * x - p
        if kind == 11:
            return (x - self.one(0, 1)) * (x - self.one(2, 3))
        if kind == 12:
            return x**2 - self.one(1, 2, 4, c**2)
        if kind == 13:
            return self.one(x**2 + 1, x**3 - x, x**2, x**2 - 2 * x + 1)
        if kind == 14:
            return self.one(exp(x) - 2, abs(x) - 1, sympy.tanh(x), x**3 - 8)
        return x**2 + x - self.one(2, 6)

    def delta(self) -> Any:
        """Return a delta, sometimes a derivative of one."""
        order = self.one(0, 0, 0, 0, 0, 1, 1, 2)
        return DiracDelta(self.argument(), order) if order else DiracDelta(self.argument())

    def smooth(self) -> Any:
        """Return a factor without jumps."""
        return self.one(
            f(x),
            f(x),
            f(x),
            x,
            x**2,
            exp(-x),
            sympy.cos(x),
            f(x) * g(a),
            f(x - a),
            Integer(1),
            x * f(x),
            x - a,
            x**3 + 1,
        )

    def factor(self) -> Any:
        """Return a factor, rarely one with a jump or a kink."""
        kind = self.chance.randrange(16)
        if kind < 12:
            return self.smooth()
        if kind == 12:
            return Heaviside(x - self.point()) * self.smooth()
        if kind == 13:
            return Piecewise((self.smooth(), x < self.point()), (self.smooth(), True))
        if kind == 14:
            return abs(x - self.point()) * f(x)
        return f(x) * KroneckerDelta(m, n)

    def term(self) -> Any:
        """Return a product with a delta, a sum of point masses, or rarely two deltas."""
        kind = self.chance.randrange(16)
        if kind < 12:
            return self.delta() * self.factor()
        if kind < 15:
            masses = Sum(self.one(Integer(1), w[n]) * DiracDelta(x - self.one(X[n], X[n], n, n * c)), (n, 1, N))
            return masses * self.one(f(x), f(x), x * f(x), exp(-x))
        return self.delta() * self.delta() * f(x)

    def limits(self) -> Any:
        """Return the ends: the line, half-lines, intervals, seldom reversed or symbolic."""
        kind = self.chance.randrange(16)
        if kind < 8:
            return (x, -oo, oo)
        if kind < 10:
            return self.one((x, 0, oo), (x, -oo, 1), (x, -1, oo))
        if kind < 13:
            return self.one(
                (x, -2, 3), (x, 0, 1), (x, -1, 1), (x, Rational(1, 2), Rational(5, 2)), (x, -3, Rational(3, 2))
            )
        return self.one((x, 0, c), (x, a, oo), (x, 2, -2), (x, a, a + 1), (x, -c, c))

    def question(self) -> IntegralQuestion:
        """Return an integral, sometimes beside a fact."""
        body = sympy.Add(*(self.term() for _ in range(self.one(1, 1, 1, 2))))
        if self.chance.randrange(6) == 0:
            body = body + self.one(g(x), exp(-(x**2)))
        if self.chance.randrange(6) == 0:
            body = self.one(a, 2, c) * body
        integral = Integral(body, self.limits())
        facts = self.one((), (), (), (sympy.Gt(a, 1),), (sympy.Lt(a, 0),), (sympy.Gt(a, 0), sympy.Lt(a, c)))
        known = tuple(r for r in facts if r.free_symbols <= integral.free_symbols)
        return IntegralQuestion(integral, known, False)


def integral_question(chance: Random) -> IntegralQuestion:
    """Return a random question with a Dirac delta under an integral."""
    while True:
        drawn = Integrals(chance).question()
        if drawn.expr.has(DiracDelta) and drawn.expr.has(Integral):
            return drawn
