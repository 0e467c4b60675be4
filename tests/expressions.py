"""Expressions with every head that has an executable form, over declared sizes, labels, pmfs, reals and a density."""

from __future__ import annotations

from sympy import pi

from deltasift import (
    Integral,
    Piecewise,
    Product,
    Sum,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sigma,
    sizes,
    sqrt,
)
from deltasift.domain import closure
from deltasift.inert import And, Divides, Equality, Func, Not, Or
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
i = index("i", 0, K - 1)
y, z = labels("y", n, k), labels("z", n, 0, 1)
q, r = pmf("q", k), pmf("r", k, given=n)
a, b, u = real("a"), positive("b", n), real("u")
f = density("f")
c = define("c", k, Sum(delta(k, y[n]), n) / N)
t = real("t", i)
handles = [N, K, n, k, i, y, z, q, r, a, b, u, f, c, t]
scope = Scope(closure(handles))

EXPRESSIONS = [
    -(a**2),
    (-a) ** 2,
    (a - 1) - (a - 2),
    a / (b[1] / (a**2 + 1)),
    -(a + 1) * -(a + 2),
    2 ** -(a**2),
    exp(-a) + sigma(a) + sqrt(b[1]) + 2 * pi,
    Sum(Sum(n * k, (k, 1, n)), n),
    Sum(k, (k, 3, 2)) + Product(k, (k, 3, -5)),
    Sum(t[i], i) + Sum(t[k - 1], k),
    Sum(delta(z[n], 0) * z[n] + delta(1, z[n]), n),
    Sum(q[k] * log(q[k]), k),
    Sum(q[k] * log(q[k] / c[k]) * iverson(c[k] > 0), k),
    Sum(delta(k, y[1]) * log(q[k]) * iverson(q[k] > 0), k),
    Sum(Sum(r[n, k] * delta(k, y[n]), k), n),
    Sum(Sum(iverson(And(k <= y[n], Or(y[n] < k + 1, Not(Divides(2, k))))), k), n),
    Sum(iverson(Or(And(k <= 2, Not(Equality(k, 1))), Divides(2, k))), k),
    Product(q[k] ** delta(k, y[1]), k),
    Piecewise((a, a > 0), (-a, True)),
    Integral(dirac(u - a) * u**2, u),
    Integral(dirac(2 * u - a) * u, u),
    Integral(dirac(a - 2 * u) * (u + 1), (u, a / 2 - 1, a / 2 + 1)),
    Integral(Sum(dirac(u - b[n]) * n, n) * u, u),
    Integral(dirac(u - b[1]) * u, (u, a, a + 2)),
    Integral(dirac(u - b[1]) * u, (u, a + 2, a)),
    Integral(dirac(u - b[1]) * u, (u, a, 4 * a + 1 / (1 + a**2) / 7)),
    Integral(Sum(dirac(u - b[n]), n) * Sum(b[n] * u, n), u),
    Func("Abs", a) + Func("Max", a, 1),
    f(a) * f(b[1]),
    Sum(c[k] * (c[k] - c[k - 1]), k),
    Sum(k * b[n] * z[n], k, n),
    Product(Sum(k, k) + b[n], n),
    Sum(Sum(b[n] * q[k], n), k) * Sum(1, k),
    Sum(iverson(q[k] > b[1]) * k, k),
    Sum(q[y[n]] * r[n, y[n]] * log(b[n]), n),
    Sum(Sum(q[k] * t[k - 1] * log(1 + b[n]), n), k),
]
