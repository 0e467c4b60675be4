"""Random lines with the cases at the edge.

Ranges are empty, reversed, infinite or end at a half; there are 0, negatives and halves, expressions without a value,
names that are bound twice, and what begins at a size that no small model has.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from sympy import Integer, Rational, S, Symbol, oo

from deltasift import (
    Integral,
    Piecewise,
    Product,
    Sum,
    define,
    delta,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
)
from deltasift.domain import closure
from deltasift.inert import Add, Div, Equality, Func, IsInteger, Less, LessEqual, Mul, Neg, Pow, Unequal
from deltasift.line.scope import Scope

LATE, FAR = 12, 20  # sizes at which something begins, or has no value

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, c, x, z = real("a"), real("c"), real("x"), real("z")
s = positive("s")
b, q = real("b", n), pmf("q", k)
y = labels("y", n, 1, K)
late = iverson(LessEqual(LATE, N))
far = 1 / (N - FAR)
g = define("g", k, a * z * late)
r = real("r", n, above=0, below=1)
R = define("R", n, r[n] * late)
DOMAINS = (N, K, n, k, a, c, x, z, s, b, q, y, g, r, R)
SCOPE = Scope(closure(DOMAINS))
I_, J_ = Symbol("i"), Symbol("j")
SAID = Symbol("p", positive=True, integer=True)  # a name that claims what its range need not keep
BOUND = (I_, I_, J_, k.symbol, n.symbol, SAID)


class EdgeLines:
    """Draws lines; all choices come from one generator."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.open: list[Any] = []

    def one(self, *choices: Callable[[], Any]) -> Any:
        return self.chance.choice(choices)()

    def integer(self) -> Any:
        """Return an integer, or what looks like one."""
        kind = self.chance.random()
        if self.open and kind < 0.5:
            return self.chance.choice(self.open)
        plain = [S.Zero, S.One, Integer(2), Integer(-1), Integer(-2), Integer(4), N, K, N - 5, K - N, 1 + K * late]
        if kind < 0.9:
            return self.chance.choice(plain)
        return self.one(
            lambda: Func("binomial", N / 2, 2),
            lambda: Func("factorial", N / 2),
            lambda: late / 2,
            lambda: Func("Max", self.leaf_integer(), 1),
            lambda: Func("Mod", N, N - FAR),
            lambda: Mul(2, self.leaf_integer()),
        )

    def leaf_integer(self) -> Any:
        return self.chance.choice([*self.open, N, K, S.One, Integer(-1)])

    def ends(self) -> tuple[Any, Any]:
        """Return a range: a usual one, empty, reversed, infinite, or with an end that is no integer."""
        usual = [(S.One, N), (S.One, K), (S.Zero, Integer(2)), (Integer(-2), Integer(2)), (S.One, N - 5)]
        edges = [
            (S.One, S.Zero),
            (Integer(3), S.One),
            (S.One, FAR - 1 - N),
            (N, S.One),
            (S.One, late / 2),
            (S.One, Rational(5, 2)),
            (S.One, Func("binomial", N / 2, 2)),
            (S.One - late, N),
            (-oo, oo),
            (S.One, oo),
        ]
        return self.chance.choice(usual if self.chance.random() < 0.5 else edges)

    def leaf(self) -> Any:
        return self.one(
            self.integer,
            self.integer,
            lambda: self.chance.choice([a, c, s, S(1) / 2, S(-1), S.Zero]),
            lambda: b[self.chance.choice([n, 1, *self.open])],
            lambda: q[self.chance.choice([k, 1, 1 + K * late, *self.open])],
            lambda: y[n],
            lambda: g[self.chance.choice([k, *self.open])],
            lambda: self.chance.choice([far, log(N - FAR), Func("tan", a), Func("acos", N - 6), late]),
            lambda: delta(self.integer(), self.integer()),
        )

    def statement(self) -> Any:
        return self.one(
            lambda: LessEqual(self.chance.choice([S.Zero, self.leaf()]), self.term(1)),
            lambda: self.chance.choice((Less, LessEqual))(S.Zero, self.chance.choice([self.integral(), *self.open])),
            lambda: LessEqual(S.Zero, self.integral()),
            lambda: Less(self.leaf(), self.leaf()),
            lambda: IsInteger(self.integer()),
            lambda: Equality(self.integer(), self.integer()),
            lambda: Unequal(self.integer(), self.integer()),
        )

    def counted(self, depth: int, head: Any) -> Any:
        name = self.chance.choice(BOUND)
        lo, hi = self.ends()
        self.open.append(name)
        try:
            body = self.term(depth - 1)
        finally:
            self.open.pop()
        return head(body, (name, lo, hi))

    def integral(self) -> Any:
        t = self.chance.choice([x.symbol, z.symbol])
        lo, hi = self.chance.choice([(1, 0), (0, 1), (a, c), (N, 1), (0, LATE - N), (-1, 1)])
        body = self.chance.choice([S.One, S.One, t, t**2, exp(t), a * t])
        return Integral(body, (t, lo, hi))

    def term(self, depth: int) -> Any:
        if depth <= 0:
            return self.leaf()

        def part() -> Any:
            return self.term(depth - 1)

        return self.one(
            lambda: Mul(part(), part()),
            lambda: Mul(delta(self.integer(), self.integer()), part()),
            lambda: Mul(iverson(self.statement()), part()),
            lambda: Add(part(), part()),
            lambda: Add(part(), Neg(part())),
            lambda: Div(part(), self.chance.choice([N - FAR, part(), s])),
            lambda: Pow(part(), self.chance.choice([2, 0, 1, -1, late])),
            lambda: self.counted(depth, Sum),
            lambda: self.counted(depth, Sum),
            lambda: self.counted(depth, Product),
            self.integral,
            lambda: iverson(self.statement()),
            lambda: Piecewise((part(), self.statement()), (part(), True)),
            lambda: Func("Max", self.integer(), self.integer()),
            lambda: delta(Func("Abs", self.integer()), self.integer()),
            lambda: delta(self.integer() ** 2, self.integer() ** 2),
            lambda: self.alike(part()),
        )

    def alike(self, e: Any) -> Any:
        """Return something with an expression twice in it, which may have no value."""
        return self.one(lambda: Add(e, Neg(e)), lambda: Div(e, e), lambda: Mul(e, S.Zero), lambda: Pow(e, 0))

    def instance(self) -> Any:
        """Return what a result of another page may be used on, or what depends on the range of a sum."""
        t = self.chance.choice(BOUND)
        u = self.one(self.integer, lambda: far, lambda: a)
        return self.one(
            lambda: Sum(delta(self.chance.choice([R[n], y[n], b[n]]), 1), n),
            lambda: Mul(u, Add(far, Neg(far))),
            lambda: Sum(Func("Max", t, 1), (t, *self.ends())),
            lambda: Func("Max", self.integer(), 1),
            lambda: Sum(Mul(iverson(Less(S.Zero, t)), self.leaf()), (t, *self.ends())),
            lambda: Sum(Div(t, N - FAR), (t, *self.chance.choice([(1, FAR - 1 - N), self.ends()]))),
            lambda: Sum(iverson(LessEqual(2, self.one(lambda: 2 - late, lambda: K))), n),
            self.claimed,
        )

    def claimed(self) -> Any:
        """Return what is right of a name if that is what it claims to be, which its range does not keep."""
        of_it = self.one(
            lambda: iverson(Less(S.Zero, SAID)),
            lambda: Mul(iverson(LessEqual(S.One, SAID)), self.leaf()),
            lambda: Func("Abs", SAID),
            lambda: Func("Max", SAID, 0),
        )
        return Sum(of_it, (SAID, *self.chance.choice([(-2, 2), (0, 2), (1 - LATE, N), (-1, K)])))

    def line(self) -> Any:
        """Return a line."""
        kind = self.chance.random()
        if kind < 0.2:
            return self.instance()
        if kind < 0.3:
            return self.one(lambda: iverson(self.statement()), lambda: Mul(iverson(self.statement()), self.leaf()))
        return self.term(self.chance.choice([1, 2, 2, 3]))
