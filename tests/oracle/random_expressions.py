"""Random expressions with Kronecker deltas: nested sums and products, dependent bounds, several deltas, brackets.

All choices come from one `random.Random`, so that a seed is a reproduction and Hypothesis can shrink them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import sympy
from sympy import Eq, Integer, KroneckerDelta, Le, Piecewise, Product, Rational, Sum

from .instances import Problem
from .leftover import affine

SYMBOLS = "i, j, k, m, n: integer; K, N: positive integer; x: positive; a, b, c: table; q: positive table; f: function"
LABELS = {True: "; y: integer table 1..K", False: "; y: integer table"}

i, j, k, m, n = (sympy.Symbol(s, integer=True) for s in "ijkmn")
K, N = (sympy.Symbol(s, integer=True, positive=True) for s in "KN")
x = sympy.Symbol("x", positive=True)
a, b, c = (sympy.IndexedBase(s) for s in "abc")
q = sympy.IndexedBase("q", positive=True)
y = sympy.IndexedBase("y", integer=True)
f = sympy.Function("f")
INDICES, FREE, SIZES = (i, j, k), (m, n), (K, N)

FACTS = (
    (Le(1, m), Le(m, K)),
    (Le(0, m), Le(m, N - 1)),
    (Le(1, n), Le(n, N)),
    (Le(m, n),),
    (Le(m, 0),),
    (Le(K, N),),
    (Le(1, i), Le(i, K)),
)


@dataclass(frozen=True)
class Question:
    """A random expression with what is known."""

    expr: Any
    facts: tuple[Any, ...]
    labelled: bool  # the entries of y are in 1..K

    @property
    def problem(self) -> Problem:
        """Return it for the brute force."""
        problem = Problem.plain(self.expr, SYMBOLS + LABELS[self.labelled], self.facts)
        bounds = {"y": (Integer(1), K)} if self.labelled else {}
        return Problem(problem.expr, problem.declared, problem.facts, {"window": 36}, bounds)

    @property
    def known(self) -> tuple[Any, ...]:
        """Return the facts as `collapse` takes them."""
        t = sympy.Symbol("t", integer=True)
        labels = (Le(1, y[t]), Le(y[t], K)) if self.labelled and self.expr.has(y) and self.expr.has(K) else ()
        return (*self.facts, *labels)


class Expressions:
    """Draws the parts of an expression."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def one(self, *choices: Any) -> Any:
        """Return one of the choices."""
        return self.chance.choice(choices)

    def index(self) -> Any:
        """Return an index or a free integer."""
        return self.one(*INDICES, *INDICES, *INDICES, *FREE, K)

    def linear(self) -> Any:
        """Return a linear expression of integers, mostly a name alone."""
        name = self.index()
        kind = self.chance.randrange(12)
        if kind < 6:
            return name
        if kind < 8:
            return name + self.one(-1, 1, 2)
        if kind == 8:
            return self.one(2, 3, -1) * name + self.one(-1, 0, 0, 1)
        if kind == 9:
            return name + self.index()
        return name - self.index() if kind == 10 else Integer(self.chance.randint(-1, 3))

    def delta(self) -> Any:
        """Return a delta; the label of an index may be in it."""
        left = self.linear()
        right = y[self.index()] if self.chance.randrange(6) == 0 else self.linear()
        return KroneckerDelta(left, right)

    def condition(self) -> Any:
        """Return a relation between indices."""
        left, right = self.linear(), self.linear()
        return self.one(Le(left, right), Le(right, left), Eq(left, right), sympy.Lt(left, right), sympy.Ne(left, right))

    def plain(self) -> Any:
        """Return a factor without a delta."""
        kind = self.chance.randrange(10)
        if kind < 4:
            return self.one(a, c)[self.linear()]
        if kind < 6:
            return b[self.index(), self.linear()]
        if kind == 6:
            return self.one(a, q)[y[self.index()]]
        if kind == 7:
            return f(self.index())
        if kind == 8:
            return self.one(self.index(), x, sympy.log(q[self.index()]), x ** self.index())
        return self.one(Integer(2), Integer(-1), Rational(1, 2), 1 / N)

    def factor(self) -> Any:
        """Return a factor, often a delta."""
        kind = self.chance.randrange(60)
        if kind < 30:
            return self.delta()
        if kind < 50:
            return self.plain()
        if kind < 53:
            return Piecewise((self.plain(), self.condition()), (self.one(Integer(0), self.plain()), True))
        if kind < 55:
            return 1 - self.delta()
        if kind < 57:
            return self.one(self.delta() ** 2, x ** self.delta(), (1 + self.delta()) ** 2)
        if kind < 59:
            return self.delta() + self.one(self.delta(), self.plain())
        return self.one(sympy.Max, _log_of_more, _distance)(self.delta(), self.delta())

    def term(self) -> Any:
        """Return a product of factors."""
        return sympy.Mul(*(self.factor() for _ in range(self.chance.randint(1, 3))))

    def body(self) -> Any:
        """Return a sum of terms."""
        return sympy.Add(*(self.term() for _ in range(self.one(1, 1, 1, 1, 2, 3))))

    def limits(self, name: Any) -> Any:
        """Return the limits of a loop: sizes, numbers, other indices, rarely infinite or reversed."""
        kind = self.chance.randrange(16)
        if kind < 9:
            return (name, self.one(0, 1, 1, 1), self.one(K, N, K, N, N - 1))
        if kind < 11:
            return (name, self.one(0, 1, -1), self.one(2, 3))
        other = self.one(*[s for s in INDICES if s != name])
        if kind < 13:
            return self.one((name, 1, other), (name, other, K), (name, other + 1, N), (name, 0, other - 1))
        if kind == 13:
            return self.one((name, m, n), (name, 1, m), (name, m, K), (name, -1, n))
        if kind == 14:
            return self.one((name, -sympy.oo, sympy.oo), (name, 0, sympy.oo), (name, 1, sympy.oo))
        return self.one((name, 4, 2), (name, K + 1, K), (name, N, 1))

    def loops(self) -> Any:
        """Return nested sums, rarely products, with factors between."""
        expr = self.body()
        names = list(INDICES)
        self.chance.shuffle(names)
        for name in names[: self.one(1, 1, 2, 2, 2, 3)]:
            limits = self.limits(name)
            infinite = any(abs(bound) is sympy.oo for bound in map(sympy.sympify, limits[1:]))
            if infinite and not _sifted(expr, name):  # the series may have no value
                limits, infinite = (name, 1, self.one(*SIZES)), False
            product = self.chance.randrange(12) == 0 and not infinite
            expr = Product(expr, limits) if product else Sum(expr, limits)
            if self.chance.randrange(5) == 0:
                expr = self.factor() * expr
        if self.chance.randrange(8) == 0:
            expr = expr + self.term()
        return expr

    def question(self) -> Question:
        """Return an expression with facts."""
        facts = self.one(*FACTS) if self.chance.randrange(2) else ()
        expr = self.loops()
        free = expr.free_symbols
        kept = tuple(r for r in facts if r.free_symbols <= free)
        return Question(expr, kept, bool(self.chance.randrange(4)))


def _log_of_more(one: Any, two: Any) -> Any:
    return sympy.log(1 + one + two)


def _distance(one: Any, two: Any) -> Any:
    return abs(one - two)


def _sifted(expr: Any, name: Any) -> bool:
    """Whether an expression is a product with a delta that leaves finitely many terms of a series."""
    deltas = [d for d in sympy.Mul.make_args(expr) if isinstance(d, KroneckerDelta)]
    return any(affine(d.args[0] - d.args[1], name) for d in deltas)


def question(chance: Random) -> Question:
    """Return a random question whose expression has a loop."""
    while True:
        try:
            drawn = Expressions(chance).question()
        except RecursionError:  # SymPy's, while it folds nested case distinctions
            continue
        if drawn.expr.has(Sum, Product):
            return drawn
