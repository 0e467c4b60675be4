"""Decisions against plain Python: what is proved is true, and a counterexample can be recomputed from what is printed.

Each random expression is made together with a function that computes it by loops over exact fractions.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import LeviCivita, S

from deltasift import Sum, delta, exp, index, iverson, labels, log, positive, real, sizes
from deltasift.asserting.decide import decide
from deltasift.asserting.decision import Decision, Grade

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
y = labels("y", n, k)
x, b, a = real("x"), positive("b"), real("a", k)
GIVEN = [N, y, x, b, a, m]

Values = Mapping[str, Any]
Value = Callable[[Values], Fraction]


class Both:
    """Random expressions, each with the function that computes it; `k` and `n` are values where they are bound."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def some(self, depth: int, bound: frozenset[str] = frozenset()) -> tuple[Any, Value]:
        if depth == 0 or self.rng.random() < 0.15:
            return self.leaf(bound)
        left, f = self.some(depth - 1, bound)
        right, g = self.some(depth - 1, bound)
        match self.rng.randrange(8):
            case 0:
                return left + right, lambda v: f(v) + g(v)
            case 1:
                return left - right, lambda v: f(v) - g(v)
            case 2:
                return left * right, lambda v: f(v) * g(v)
            case 3:
                return left / b, lambda v: f(v) / v["b"]
            case 4:
                return self.bracket(left, f, bound)
            case _ if len(bound) < 2:
                return self.sum(depth, bound)
            case _:
                return -left, lambda v: -f(v)

    def leaf(self, bound: frozenset[str]) -> tuple[Any, Value]:
        choices: list[tuple[Any, Value]] = [
            (x, lambda v: v["x"]),
            (b, lambda v: v["b"]),
            (K, lambda v: v["K"]),
            (a[m], lambda v: v["a"][v["m"]]),
            (S(2), lambda v: Fraction(2)),
        ]
        if "k" in bound:
            choices += [(k, lambda v: Fraction(v["k"])), (a[k], lambda v: v["a"][v["k"]])] * 2
        if "n" in bound:
            choices += [(a[y[n]], lambda v: v["a"][v["y"][v["n"]]])] * 2
        return self.rng.choice(choices)

    def bracket(self, e: Any, f: Value, bound: frozenset[str]) -> tuple[Any, Value]:
        if bound == {"k", "n"}:
            return delta(k, y[n]) * e, lambda v: f(v) if v["k"] == v["y"][v["n"]] else Fraction(0)
        if "k" in bound:
            return delta(k, m) * e, lambda v: f(v) if v["k"] == v["m"] else Fraction(0)
        return iverson(m <= 2) * e, lambda v: f(v) if v["m"] <= 2 else Fraction(0)

    def sum(self, depth: int, bound: frozenset[str]) -> tuple[Any, Value]:
        name = self.rng.choice(sorted({"k", "n"} - bound))
        body, f = self.some(depth - 1, bound | {name})
        limit, size = (k, "K") if name == "k" else (n, "N")
        return Sum(body, limit), lambda v: sum((f({**v, name: i}) for i in range(1, v[size] + 1)), Fraction(0))


def worlds(seed: int, most: int, count: int) -> list[Values]:
    """Return random values, of the smallest sizes first."""
    rng = random.Random(seed)
    found: list[Values] = []
    for size_n, size_k in product(range(1, most + 1), repeat=2):
        for _ in range(count):
            numbers = [Fraction(rng.randint(-9, 9), rng.randint(1, 4)) for _ in range(size_k + 1)]
            found.append(
                {
                    "N": size_n,
                    "K": size_k,
                    "m": rng.randint(1, size_k),
                    "x": numbers[0],
                    "b": Fraction(rng.randint(1, 9), rng.randint(1, 4)),
                    "a": dict(enumerate(numbers[1:], 1)),
                    "y": {i: rng.randint(1, size_k) for i in range(1, size_n + 1)},
                }
            )
    return found


def printed(decision: Decision) -> Values:
    """Return the values of a counterexample, with something for the names that do not matter."""
    assert decision.counterexample is not None
    values: dict[str, Any] = {"x": Fraction(1), "b": Fraction(1), "N": 1, "K": 1, "m": 1}
    values |= {"a": defaultdict(lambda: Fraction(1)), "y": defaultdict(lambda: 1)}
    for name, text in decision.counterexample.values.items():
        entry = re.fullmatch(r"(\w)\[(\d+)\]", name)
        number = Fraction(text)
        if entry:
            values[entry[1]][int(entry[2])] = int(number) if entry[1] == "y" else number
        else:
            values[name] = int(number) if name in "NKm" else number
    return values


def dressed(rng: random.Random, e: Any) -> Any:
    """Return an expression that is equal to `e`, written otherwise."""
    return rng.choice([e + 0, 1 * e, (e + x) - x, (b * e) / b, Sum(delta(k, m) * e, k), e - 2 * e + 2 * e, e])


seeds = st.integers(0, 2**20)
few = settings(max_examples=25)


@few
@given(seeds)
def test_what_is_proved_is_true_and_what_is_refuted_is_false(seed: int) -> None:
    make = Both(seed)
    (left, f), (right, g) = make.some(3), make.some(2)
    decision = decide("=", left, right, GIVEN)
    if decision.grade is Grade.REFUTED:
        values = printed(decision)
        assert f(values) != g(values)
    elif decision.grade >= Grade.MODELS:
        assert all(f(v) == g(v) for v in worlds(seed, 5 if decision.grade is Grade.PROOF else 3, 2))


@few
@given(seeds)
def test_what_is_only_written_otherwise_is_never_refuted(seed: int) -> None:
    make = Both(seed)
    left, _ = make.some(3)
    decision = decide("=", left, dressed(make.rng, left), GIVEN)
    assert decision.grade >= Grade.MODELS, decision.message(Grade.PROOF)


@few
@given(seeds)
def test_what_is_wrong_by_one_term_is_refuted(seed: int) -> None:
    make = Both(seed)
    left, f = make.some(3)
    wrong = dressed(make.rng, left) + make.rng.choice([S(1), b, x**2, Sum(b, k), a[m]])
    decision = decide("=", left, wrong, GIVEN)
    assert decision.grade is Grade.REFUTED
    assert decision.counterexample is not None
    assert Fraction(str(decision.counterexample.before)) == f(printed(decision))


@few
@given(seeds)
def test_an_order_that_is_proved_holds_and_one_that_is_refuted_fails(seed: int) -> None:
    make = Both(seed)
    (left, f), (right, g) = make.some(2), make.some(2)
    above = make.rng.choice([right, right**2 + 1, left + b, left + right**2])
    higher: Callable[[Values], Fraction] = {
        right: g,
        right**2 + 1: lambda v: g(v) ** 2 + 1,
        left + b: lambda v: f(v) + v["b"],
        left + right**2: lambda v: f(v) + g(v) ** 2,
    }[above]
    decision = decide("<=", left, above, GIVEN)
    if decision.grade is Grade.REFUTED:
        values = printed(decision)
        assert f(values) > higher(values)
    elif decision.grade >= Grade.MODELS:
        assert all(f(v) <= higher(v) for v in worlds(seed, 5 if decision.grade is Grade.PROOF else 3, 2))


@pytest.mark.parametrize("seed", ["", "another"])
def test_a_decision_depends_on_its_seed_alone(seed: str) -> None:
    first, second = (decide("=", x**2, x * a[m], GIVEN, seed=seed) for _ in range(2))
    assert first == second


def test_a_proof_comes_with_its_lines() -> None:
    decision = decide("=", Sum(delta(k, m) * a[k], k) + x, x + a[m], GIVEN)
    assert decision.grade is Grade.PROOF
    assert decision.derivation is not None
    assert decision.derivation.report.ok
    assert decision.derivation.lines[-1] == x + a[m]


def test_what_lacks_a_value_is_said_before_a_proof_is_looked_for() -> None:
    part = log(exp(x) - x)
    assert decide("=", part + part, 2 * part).because == "a proof needs 0 < exp(x) - x"


def test_a_contraction_of_two_symbols_over_few_values_is_proved_in_all_of_them() -> None:
    at, bt, ct, dt, j = (index(name, 1, 3) for name in ("a", "b", "c", "d", "j"))
    contracted = Sum(LeviCivita(j, at, bt) * LeviCivita(j, ct, dt), j)
    crossed = delta(at, dt) * delta(bt, ct)
    assert decide("=", contracted, delta(at, ct) * delta(bt, dt) - crossed).grade is Grade.PROOF
    assert decide("=", contracted, delta(at, ct) * delta(bt, dt) + crossed).grade is Grade.REFUTED
