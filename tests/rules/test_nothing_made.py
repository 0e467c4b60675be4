"""A coded rule that is tried where it is of no use makes nothing, and never fails."""

from __future__ import annotations

import random

import pytest
from sympy import S, Symbol, oo, pi
from sympy.core.basic import Basic

from deltasift import Derivative, calc, density, index, labels, log, pmf, positive, real, rules, sizes, step
from deltasift.check import check
from deltasift.domain import closure
from deltasift.errors import DeltasiftError
from deltasift.inert import (
    Add,
    Apply,
    At,
    Delta,
    Dirac,
    Div,
    Entry,
    Exp,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Piecewise,
    Pow,
    Product,
    Sum,
)
from deltasift.line.scope import Scope
from deltasift.rules import deriv_mul

N, K = sizes("N K")
k = index("k", 1, K)
a, b = real("a"), positive("b")
q, y, f = pmf("q", k), labels("y", k, 0, 1), density("f")
x, table, function = Symbol("x"), Symbol("t"), Symbol("F")
SCOPE = Scope(closure([N, K, k, a, b, q, y, f]))
NUMBERS = (S.Zero, S.One, S(2), S.NegativeOne, S.Half, pi)
LEAVES = (*NUMBERS, a.symbol, b.symbol, x, N.symbol, Entry(q, x), Entry(table, x), Apply(function, x))
FUNCTIONS = ("Abs", "floor", "ceiling", "sign", "Heaviside", "sin", "gamma", "factorial", "sigma")


def made(depth: int, rng: random.Random) -> Basic:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(LEAVES)
    one, two = made(depth - 1, rng), made(depth - 1, rng)
    name = rng.choice((x, a.symbol, b.symbol))
    ways = (
        lambda: Add(one, two),
        lambda: Mul(one, two),
        lambda: Neg(one),
        lambda: Div(one, two),
        lambda: Pow(one, rng.choice((S(2), S.NegativeOne, S.Half, two))),
        lambda: Log(one),
        lambda: Exp(one),
        lambda: Delta(one, two),
        lambda: Dirac(one),
        lambda: Iverson(LessEqual(one, two)),
        lambda: Sum(one, (name, 1, rng.choice((N, oo, S(3), two)))),
        lambda: Product(one, (name, 1, N)),
        lambda: Integral(one, (name, rng.choice((-oo, S.Zero)), rng.choice((oo, S.One, two)))),
        lambda: Derivative(one, rng.choice((name, Entry(q, x), Entry(table, x)))),
        lambda: At(one, name, two),
        lambda: Func(rng.choice(("Max", "Min", "Mod", "binomial")), one, two),
        lambda: Func(rng.choice(FUNCTIONS), one),
        lambda: Piecewise((one, Less(two, one)), (two, True)),
    )
    return rng.choice(ways)()  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(40))
def test_every_coded_rule_yields_or_makes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        try:
            e = made(3, rng)
        except DeltasiftError:  # no expression at all
            continue
        for rule in rules.METHODS.values():
            for _, _ in zip(range(4), rule.uses(e, SCOPE), strict=False):
                pass


CONSTANTS = (log(b), b * log(b), log(b) ** 2, log(1 + Entry(q, 1)), log(2 * b), Exp(b))


@pytest.mark.parametrize("constant", CONSTANTS, ids=str)
def test_a_constant_beside_what_varies_may_be_a_logarithm(constant: Basic) -> None:
    proof = calc(Derivative(a * constant, a), step(Derivative(a, a) * constant, by=deriv_mul))
    assert check(proof, layers=("structure",)).ok


def test_a_derivative_that_would_be_of_something_else_is_a_problem_of_its_line() -> None:
    written_out = log(Derivative(x, x)) + log(Derivative(x, x))
    proof = calc(Sum(log(Derivative(x, x)), (x, 1, 2)), step(written_out, by=rules.sum_write_out))
    assert not check(proof, layers=("structure",)).ok
