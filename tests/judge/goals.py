"""Statements with places, one group for each kind of certificate: what the tests of certificates are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import E, S, Symbol, oo, pi

from deltasift import (
    Continuous,
    Equality,
    Integrable,
    Integral,
    Product,
    Sum,
    Summable,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    inert,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
)
from deltasift.domain import closure
from deltasift.inert import Add, And, Div, Divides, ForAll, Func, IsInteger, Less, LessEqual, Mul, Not, Or, Pow, Unequal
from deltasift.inert.operators import Operators
from deltasift.judge.context import NOTHING_HAD, Context, Had, World
from deltasift.judge.term import NAME, TRUE, ZERO, Term, make, read

N, K, M = sizes("N K M")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q, p = pmf("q", k, positive=True), pmf("p", k)
rows = pmf("s", k, given=n)
u, x, t = real("u"), real("x"), real("t", above=0, below=1)
s = positive("r")
f, g = density("f", continuous=True, positive=True), density("g")
share = define("w", k, Sum(delta(k, y[n]), n) / N)


class Name(Operators):
    """A symbol without a domain, with the operators of pages."""

    def __init__(self, name: str, **claims: bool) -> None:
        self.symbol = Symbol(name, **claims)

    def _sympy_(self) -> Symbol:
        return self.symbol


i, a, b = (Name(name, integer=True) for name in "iab")
c, d, z = Name("c"), Name("d", positive=True), Name("z", real=True)

HANDLES = (N, K, M, n, k, m, y, q, p, rows, u, x, t, s, f, g, share)
DOMAINS = closure(HANDLES)
NAMES = frozenset(DOMAINS) - {n.symbol, k.symbol, m.symbol}


@dataclass(frozen=True)
class Goal:
    """A statement, the ranges that are open around it, and what is taken as true there."""

    kind: str
    statement: Any
    ranges: tuple[tuple[Any, Any, Any, str], ...] = ()
    guards: tuple[Any, ...] = ()
    assumptions: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.statement}"

    def place(self, domains: Any = None) -> Context:
        levels: dict[Any, int] = {}
        binders: list[Term] = []
        for name, lo, hi, head in self.ranges:
            ends = [read(inert.inert(e), levels, len(binders)) for e in (lo, hi)]
            binders.append(make(head, (TRUE if head == "ForAll" else ZERO, NAME, *ends)))
            levels[_symbol(name)] = len(levels)
        world = World(DOMAINS if domains is None else domains, self.assumptions, names=NAMES)
        guards = tuple(read(e, levels, len(binders)) for e in self.guards)
        had = Had((), (), 0, len(binders)) if self.kind == "Closure" and binders else NOTHING_HAD  # no masses around
        return Context(world, tuple(binders), guards, had=had)

    def term(self) -> Term:
        levels = {_symbol(name): level for level, (name, *_) in enumerate(self.ranges)}
        return read(self.statement, levels, len(levels))


def _symbol(name: Any) -> Any:
    return name if isinstance(name, Symbol) else name.symbol


over_n, over_k, over_m = ((i_, 1, top, "Sum") for i_, top in ((n, N), (k, K), (m, N)))

GOALS = (
    Goal("Stated", c <= 3 * d, guards=(Less(c, d), c <= 3 * d)),
    Goal("Stated", ForAll(q[k] > 0, k)),
    Goal("Every", And(N >= 1, n <= N), (over_n,)),
    Goal("Some", Or(Less(a, b), b <= a)),
    Goal("Some", Or(Unequal(k, y[n]), y[n] >= 1), (over_n, over_k)),
    Goal("Each", ForAll(y[n] >= 0, n)),
    Goal("Each", ForAll(ForAll(n <= m + N, n), m)),
    Goal("Denied", Not(And(Less(a, b), Less(b, a)))),
    Goal("Whole", IsInteger(n + 2 * y[n] - 3), (over_n,)),
    Goal("Using", IsInteger(6 * N / 3)),
    Goal("Replaced", Unequal(1 - Func("tanh", u), 0), guards=(Equality(u, 0),)),
    Goal("Linear", Unequal(x, 0), guards=(Less(0, x * z),)),
    Goal("Linear", Less(0, 1 - Func("sigma", x))),
    Goal("Linear", Unequal(x, 0), guards=(Equality(x + Pow(2, S.Half), 0),)),
    Goal("Linear", y[n] >= 1, (over_n,)),
    Goal("Linear", y[n] + n <= K + N, (over_n,)),
    Goal("Linear", N + y[n] >= 1, (over_n,)),
    Goal("Linear", Less(0, N)),
    Goal("Linear", n <= N - 1 + 1, (over_n,)),
    Goal("Linear", n <= b, ((n, -oo, oo, "Sum"),), guards=(n <= a,), assumptions=(And(a <= b, b >= 1),)),
    Goal("Linear", a <= b - 1, guards=(Less(a, b),)),
    Goal("Linear", 2 * a <= 4, guards=(Less(2 * a, 6), Less(a, 3))),
    Goal("Linear", a <= 0, guards=(2 * a <= 1,)),
    Goal("Linear", Equality(a, b), guards=(a <= b, Less(b, a + 1))),
    Goal("Linear", Unequal(a, b), guards=(a + 1 <= b,)),
    Goal("Some", Or(Less(a, 3), b >= 3), guards=(a <= b,)),
    Goal("Linear", t / 2 + s > 0),
    Goal("Linear", Sum(q[k], k) + Sum(k * q[k], k) - Sum(p[k] * q[k], k) >= 0),
    Goal("Linear", exp(-q[y[n]]) <= Sum(exp(-q[k]), k), (over_n,)),
    Goal("Linear", Less(0, Sum(exp(q[k]), k) - exp(q[y[n]]) + exp(x)), (over_n,)),
    Goal("Linear", exp(q[y[n]] - log(Sum(exp(q[k]), k))) <= 1, (over_n,)),
    Goal("Linear", exp(q[y[n]]) / Sum(exp(q[k]), k) <= 1, (over_n,)),
    Goal(
        "Some",
        Or(
            Less(0, 1 - exp(q[y[n]] - log(Sum(exp(q[k]), k)))),
            And(Equality(1 - exp(q[y[n]] - log(Sum(exp(q[k]), k))), 0), LessEqual(0, s)),
            And(Unequal(1 - exp(q[y[n]] - log(Sum(exp(q[k]), k))), 0), IsInteger(s)),
        ),
        (over_n,),
    ),
    Goal("Linear", t - 1 < 0),
    Goal("Linear", p[k] <= 1, (over_k,)),
    Goal("Linear", delta(a, b) <= 1),
    Goal("Linear", z <= Func("Max", z, c)),
    Goal("Linear", Less(Func("floor", z), z + 1)),
    Goal("Linear", Less(Func("Mod", a, 3), 3)),
    Goal("Linear", Less(-1, z), ((z, 0, 1, "Integral"),)),
    Goal("Linear", z <= 1, ((z, 1, 0, "Integral"),)),
    Goal("Sign", z * d >= 0, ((z, 0, d, "Integral"),)),
    Goal("Linear", Less(0, c**2 - 1), guards=(Less(1, c),)),
    Goal("Sign", (c - 1) * (d - 1) >= 0, guards=(c >= 1, d >= 1)),
    Goal("Linear", Equality(Sum(q[k], k), 1)),
    Goal("Linear", Equality(Sum(rows[n, k], k) + 1, 2), (over_n,)),
    Goal("Linear", Equality(Sum(Sum(delta(k, y[n]), n) / N, k), 1)),
    Goal("Linear", Equality(Sum(Sum(delta(k, y[n]) * p[k], n), k), Sum(p[y[n]], n))),
    Goal("Linear", Equality(Sum(3 * c / d, n), 3 * N * c / d)),
    Goal("Unfolded", Equality(Sum(share[k], k), 1)),
    Goal("Linear", y[m] >= 1, (over_m,), assumptions=(ForAll(Less(y[n], K), n),)),
    Goal("Linear", y[m] <= K - 1, (over_m,), assumptions=(ForAll(Less(y[n], K), n),)),
    Goal("Number", Less(3, pi)),
    Goal("Number", Less(pi, S(22) / 7)),
    Goal("Number", Unequal(log(2), S(1) / 2)),
    Goal("Number", Pow(E, 2) <= Func("cosh", 3)),
    Goal("Linear", Less(0, exp(c))),
    Goal("Sign", (c - z) ** 2 >= 0),
    Goal("Sign", Less(0, q[k] * d / s), (over_k,)),
    Goal("Sign", Sum(p[k] * q[k], k) >= 0),
    Goal("Sign", Less(0, Sum(q[k], (k, 1, 3))), assumptions=(K >= 3,)),
    Goal("Sign", Less(0, Product(q[y[n]], n))),
    Goal("Sign", Integral(exp(z), (z, 0, 1)) >= 0),
    Goal("Sign", Unequal(c**2 + 1, 0)),
    Goal("Sign", Less(0, d ** (S(1) / 2))),
    Goal("Unfolded", share[k] >= 0, (over_k,)),
    Goal("Sign", Func("Min", d, s) >= 0),
    Goal("Split", Func("Max", a, b) <= 3, guards=(a <= 2, b <= 3)),
    Goal("Split", Less(Func("Abs", c), 2), guards=(Less(-2, c), Less(c, 2))),
    Goal("Split", a <= 4, guards=(Or(a <= 3, a <= b), b <= 4)),
    Goal("Split", Less(a, b), guards=(Unequal(a, b), a <= b)),
    Goal("Divided", Divides(3, 6 * a + 3 * b)),
    Goal("Divided", Not(Divides(2, 4 * a + 1))),
    Goal("Divided", Divides(a, a * b)),
    Goal("Infinite", LessEqual(c, oo)),
    Goal("Infinite", Less(c, Mul(d, oo))),
    Goal("Infinite", Less(Mul(-oo, d), c)),
    Goal("Closure", Continuous(exp(x) * f(x) + x**2, x, c)),
    Goal("Closure", Continuous(log(x) / x, x, d)),
    Goal("Closure", Continuous(iverson(Less(x, 2)) * x, x, 3)),
    Goal("Closure", Continuous(iverson(Less(x, 2)) * (x - 2), x, 2)),
    Goal("Closure", Continuous(Sum(x**n, (n, 0, N)), x, c)),
    Goal("Closure", Continuous(Pow(x, S(1) / 2), x, d)),
    Goal("Closure", Integrable(Integral(exp(x) / (1 + x**2), (x, 0, 1)))),
    Goal("Closure", Integrable(Integral(3 * g(x), (x, -oo, oo)))),
    Goal("Closure", Integrable(Integral(dirac(x - c) * f(x), (x, -oo, oo)))),
    Goal("Closure", Integrable(Integral(Sum(dirac(x - n) * log(x), n), (x, 0, oo)))),
    Goal("Closure", Continuous(iverson(Less(x, 2)), x, z), ((z, -oo, oo, "Integral"),)),
    Goal("Closure", Continuous(log(x) * z, x, z), ((z, 0, oo, "Integral"),)),
    Goal("Closure", Summable(Sum(delta(i, a) * c, (i, 1, oo)))),
    Goal("Closure", Summable(Sum(delta(i, a) * c + delta(i, -a) - 2 * delta(i, 3), (i, 1, oo)))),
)

# True or false, but nothing that is in force there shows it.
UNPROVED = (
    Goal("none", exp(-q[y[n] + 1]) <= Sum(exp(-q[k]), k), (over_n,)),
    Goal("none", Less(exp(-q[y[n]]), Sum(exp(-q[k]), k)), (over_n,)),
    Goal("none", log(q[y[n]]) <= Sum(log(q[k]), k), (over_n,)),
    Goal("none", Sum(u * q[k], k) <= Sum(u + q[k], k)),
    Goal("none", exp(-q[y[n]] - log(Sum(exp(-q[k]), k))) <= S(1) / 2, (over_n,)),
    Goal("none", exp(u - log(z)) <= exp(u) / z),
    Goal("none", Or(Less(0, u), And(Equality(u, 0), LessEqual(0, s)), And(Unequal(u, 0), IsInteger(s)))),
    Goal("none", y[a] <= K),
    Goal("none", Less(0, q[a])),
    Goal("none", N >= 2),
    Goal("none", n <= N),
    Goal("none", n >= 1),
    Goal("none", N - 20 >= 1, ((k, 1, N - 20, "Integral"),)),
    Goal("none", z <= c, ((z, 0, c, "Integral"),)),
    Goal("none", Integral(exp(z), (z, c, 0)) >= 0),
    Goal("none", Integral(exp(z), (z, 1, 0)) >= 0),
    Goal("none", Less(0, Sum(q[k], (k, 1, M - 3)))),
    Goal("none", Less(0, c**2)),
    Goal("none", Less(0, p[k]), (over_k,)),
    Goal("none", a <= 0, guards=(2 * a <= 2,)),
    Goal("none", c <= 0, guards=(2 * c <= 1,)),
    Goal("none", Equality(Sum(rows[a, k], k), 1)),
    Goal("none", Equality(Sum(q[k], (k, 1, N)), 1)),
    Goal("none", Equality(Sum(Sum(delta(k, y[n]), n) / M, k), 1)),
    Goal("none", Equality(Sum(delta(i, a), (i, 1, N)), 1)),
    Goal("none", Equality(Sum(c, (i, 3, M)), c * (M - 2))),
    Goal("none", Equality(Sum(Sum(delta(k, y[n]), n) / N, (k, 1, K - 1)), 1)),
    Goal("none", Equality(Div(c, c), 1)),
    Goal("none", Unequal(Mul(c, Div(1, c)), 0)),
    Goal("none", IsInteger(a / 2)),
    Goal("none", IsInteger(z), ((z, 0, 1, "Integral"),)),
    Goal("none", Divides(2, a)),
    Goal("none", Not(Divides(2, a))),
    Goal("none", Less(oo, oo)),
    Goal("none", LessEqual(oo, c)),
    Goal("none", Equality(Add(oo, -oo), 0)),
    Goal("none", Pow(S.ImaginaryUnit, 2) >= 0),
    Goal("none", Continuous(iverson(Less(x, 2)), x, 2)),
    Goal("none", Continuous(iverson(Less(x, 2)), x, i), ((i, -oo, oo, "Sum"),)),
    Goal("none", Continuous(iverson(Less(x, 2)), x, z)),
    Goal("none", Continuous(log(x), x, z), ((z, -oo, oo, "Integral"),)),
    Goal("none", Continuous(log(x), x, 0)),
    Goal("none", Continuous(Func("floor", x), x, 1)),
    Goal("none", Integrable(Integral(log(x), (x, 0, 1)))),
    Goal("none", Integrable(Integral(dirac(x - 2) * iverson(Less(x, 2)), (x, -oo, oo)))),
    Goal("none", Integrable(Integral(dirac(x) * dirac(x - 1), (x, -oo, oo)))),
    Goal("none", Integrable(Integral(dirac(x**2), (x, -oo, oo)))),
    Goal("none", Continuous(1 / x, x, c)),
    Goal("none", Continuous(g(x), x, c)),
    Goal("none", Integrable(Integral(1 / x, (x, 0, 1)))),
    Goal("none", Integrable(Integral(exp(x), (x, 0, oo)))),
    Goal("none", Integrable(Integral(dirac(x), (x, 0, 1)))),
    Goal("none", Summable(Sum(1 / (1 + i**2), (i, 1, oo)))),
    Goal("none", Summable(Sum(delta(i, a) * c + 1, (i, 1, oo)))),
    Goal("none", Less(pi, S(314159) / 100000)),
)
