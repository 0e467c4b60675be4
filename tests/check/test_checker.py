"""What the structural check must refuse even where no number can tell."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    NLL,
    Derivation,
    Entropy,
    Integral,
    Product,
    Sum,
    calc,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    labels,
    log,
    oo,
    pmf,
    positive,
    real,
    same_order,
    sizes,
    step,
)
from deltasift.inert import Func
from deltasift.rules import (
    arithmetic,
    integral_add,
    integral_dirac,
    integral_mul,
    order_add_const,
    order_comp_strict_mono,
    sum_add,
    sum_comm,
    sum_delta,
    sum_mul_left,
    sum_mul_right,
)

N, K = sizes("N K")
n, k, j = index("n", 1, N), index("k", 1, K), index("j", 1, K)
y, z = labels("y", n, k), labels("z", n, 0, 1)
q, p = pmf("q", k, positive=True), pmf("p", k)
share = define("c", k, Sum(delta(k, y[n]), n) / N)
a, u, x = real("a", k), real("u"), real("x")
r, s = positive("r"), positive("s")
f, g = density("f", continuous=True, positive=True), density("g")

WRONG = {
    "a jump at the point of the delta": calc(
        Integral(dirac(u) * Func("Heaviside", u), u),
        step(Func("Heaviside", 0), by=integral_dirac),
    ),
    "a density that need not be continuous": calc(Integral(dirac(u - x) * g(u), u), step(g(x), by=integral_dirac)),
    "a point outside of the interval": calc(Integral(dirac(u - x) * f(u), (u, 0, oo)), step(f(x), by=integral_dirac)),
    "an integral split into two without a value": calc(
        Integral(u - u, u), step(Integral(u, u) - Integral(u, u), by=integral_add)
    ),
    "zero times an integral without a value": calc(Integral(0 * u, u), step(0 * Integral(u, u), by=integral_mul)),
    "integrals that cancel without a value": calc(Integral(u, u) - Integral(u, u) + x, step(x + 0, by=arithmetic)),
    "series that cancel without a value": calc(Sum(n, (n, 1, oo)) - Sum(n, (n, 1, oo)) + x, step(x + 0, by=arithmetic)),
    "an infinite product times zero": calc(0 * Product(n, (n, 1, oo)) + x, step(x + 0, by=arithmetic)),
    "a series split into two without a value": calc(
        Sum(n - n, (n, 1, oo)), step(Sum(n, (n, 1, oo)) - Sum(n, (n, 1, oo)), by=sum_add)
    ),
    "infinite sums exchanged": calc(
        Sum(Sum(delta(n, k) - delta(n, k + 1), (k, 1, oo)), (n, 1, oo)),
        step(Sum(Sum(delta(n, k) - delta(n, k + 1), (n, 1, oo)), (k, 1, oo)), by=sum_comm),
    ),
    "an order as substeps of an equality": calc(
        NLL(q, y),
        step(calc(NLL(q, y), same_order(NLL(q, y) + 1, q, by=order_add_const)), by=order_add_const),
    ),
    "substeps that start elsewhere": calc(
        2 * Sum(a[k], k), step(calc(Sum(a[k], k), step(Sum(a[k] + 0, k), by=arithmetic)), by=arithmetic)
    ),
    "the line before, by rules that undo each other": calc(
        2 * Sum(a[k], k), step(Sum(a[k], k) * 2, by=[sum_mul_right, sum_mul_left])
    ),
    "a rule that no substep uses": calc(
        Sum(a[k], k), step(calc(Sum(a[k], k), step(Sum(a[k] + 0, k), by=arithmetic)), by=[arithmetic, sum_comm])
    ),
    "a constant that varies within a definition": calc(
        NLL(q, y), same_order(NLL(q, y) + Entropy(q), q, by=order_add_const)
    ),
    "an order in what is defined by other names": calc(
        NLL(q, y) + Entropy(share), same_order(NLL(q, y), share, by=order_add_const)
    ),
    "an order in a size": calc(NLL(q, y) + K, same_order(NLL(q, y), K, by=order_add_const)),
    "an order in what is not given": calc(NLL(q, y) + Entropy(p), same_order(NLL(q, y), oo, by=order_add_const)),
    "a logarithm of what may be 0 kept in order": calc(
        NLL(q, y), same_order(log(NLL(q, y)), q, by=order_comp_strict_mono)
    ),
    "a factor that depends on the index": calc(Sum(a[k], k) * a[k], step(Sum(a[k] * a[k], k), by=sum_mul_right)),
    "a captured factor": calc(a[k] * Sum(a[k], k), step(Sum(a[k] * a[k], k), by=sum_mul_left.reversed)),
    "a label out of range": calc(Sum(delta(k, z[n]) * a[k], k), step(a[z[n]], by=sum_delta)),
    "a logarithm of a negative quotient": calc(r * log(-r / s) + 0, step(r * log(-r / s), by=arithmetic)),
    "a delta divided by itself": calc(x, step(x * (delta(k, j) / delta(k, j)), by=arithmetic)),
    "a delta to the power -1": calc(x, step(x * (delta(k, j) * delta(k, j) ** (-1)), by=arithmetic)),
    "a delta over itself within a factor": calc(
        delta(k, j) + x, step(delta(k, j) * (1 + x / delta(k, j)), by=arithmetic)
    ),
    "a real that is no index": calc(Sum(delta(k, x) * a[k], k), step(a[x], by=sum_delta)),
}


@pytest.mark.parametrize("proof", WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_refused_by_structure_alone(proof: Derivation) -> None:
    from deltasift.check import check

    report = check(proof, layers=("structure",))
    of_a_step = [problem for problem in report.problems if not problem.startswith("line 1: needs")]
    assert [problem.partition(":")[0] for problem in of_a_step] == ["line 2"]


RIGHT: dict[str, Any] = {
    "a delta at 0": calc(Integral(dirac(u) * f(u), u), step(f(0), by=integral_dirac)),
    "a reversed delta": calc(Integral(dirac(x - u) * f(u), u), step(f(x), by=integral_dirac)),
    "a shifted delta": calc(Integral(dirac(u + x) * f(u), u), step(f(-x), by=integral_dirac)),
    "a scaled delta": calc(Integral(dirac(2 * u - x) * f(u), u), step(f(x / 2) / 2, by=integral_dirac)),
    "a mixture of a point mass and a density": calc(
        Integral(dirac(u) + f(u), u), step(Integral(dirac(u), u) + Integral(f(u), u), by=integral_add)
    ),
    "a bound name used twice": calc(
        Sum(Sum(delta(k, j) * a[j], j), k) * Sum(a[k], k), step(Sum(a[k], k) * Sum(a[k], k), by=sum_delta)
    ),
    "a multiple of the index": calc(Sum(delta(2 * k, 2 * j) * a[k], (k, 1, K)), step(a[j], by=[sum_delta, arithmetic])),
    "a difference of sums": calc(Sum(a[k] - exp(a[k]), k), step(Sum(a[k], k) - Sum(exp(a[k]), k), by=sum_add)),
}


@pytest.mark.parametrize("proof", RIGHT.values(), ids=RIGHT)
def test_a_right_line_is_accepted(proof: Derivation) -> None:
    assert proof.report.problems == ()


MASSES = {
    "a sum of point masses times a function": Integral((dirac(u - 1) + dirac(u - 2)) * f(u), u),
    "point masses in several variables": Integral(Integral(dirac(u - x) * dirac(u + x), u), x),
    "a product of point masses in two variables": Integral(Integral(dirac(u) * dirac(x), u), x),
}


@pytest.mark.parametrize("expr", MASSES.values(), ids=MASSES)
def test_what_has_a_value_is_not_refused(expr: Any) -> None:
    assert calc(expr).report.problems == ()


NO_VALUE = {
    "a square": Integral(dirac(u) * dirac(u), u),
    "a product of two masses at different points": Integral(dirac(u) * dirac(u - 1), u),
    "a product with a sum of masses": Integral(dirac(u) * (dirac(u - 1) + 1), u),
    "a power": Integral(dirac(u) ** 2, u),
}


@pytest.mark.parametrize("expr", NO_VALUE.values(), ids=NO_VALUE)
def test_what_has_no_value_is_refused(expr: Any) -> None:
    assert calc(expr).report.problems != ()


def test_a_density_that_need_not_be_positive_is_0_at_some_points() -> None:
    from deltasift.check import check

    proof = calc(log(g(x)) + 1, step(1 + log(g(x)) + 0, by=arithmetic))
    [line] = check(proof, layers=("numbers",), lines={2}).problems
    assert line.startswith("line 2: has no value at x = ")
    assert "log(0)" in line
    positive = calc(log(f(x)) + 1, step(1 + log(f(x)) + 0, by=arithmetic))
    assert check(positive).ok


NO_VALUE_IN_MODELS = {
    "a logarithm of what may be negative": calc(log(u) + 1 + 0, step(log(u) + 1, by=arithmetic)),
    "a logarithm of a negative quotient": calc(r * log(-r / s) + 0, step(r * log(-r / s), by=arithmetic)),
    "a quotient by what may be 0": calc(1 / u + 0, step(1 / u, by=arithmetic)),
    "a quotient by an entry that may be 0": calc(Sum(1 / a[k], k) + 0, step(Sum(1 / a[k], k), by=arithmetic)),
    "a root of what may be negative": calc(u ** (x / 2) + 0, step(u ** (x / 2), by=arithmetic)),
}


@pytest.mark.parametrize("proof", NO_VALUE_IN_MODELS.values(), ids=NO_VALUE_IN_MODELS)
def test_models_see_that_a_line_has_no_value_somewhere(proof: Derivation) -> None:
    """The two lines are the same function of what is given, where they have a value."""
    from deltasift.check import check

    [problem] = check(proof, layers=("models",)).problems
    assert problem.startswith("line 2: has no value at ")


def test_a_point_is_not_drawn_for_what_is_defined() -> None:
    """Numbers alone have no second point for an order in a defined name, and say so."""
    from deltasift.check import check

    proof = calc(NLL(q, y) + Entropy(share), same_order(NLL(q, y), share, by=order_add_const))
    [result] = [c for c in check(proof, layers=("numbers",)).lines[1].checks if c.kind == "numbers"]
    assert result.status == "skipped"


def test_a_second_point_is_within_the_bounds_that_vary_with_it() -> None:
    """Were `t` kept below a new `v`, the logarithm of `v - t` would have no value."""
    from deltasift.check import check

    v, w = real("v"), real("w")
    t = real("t", below=v)
    proof = calc(log(v - t) + w, same_order(log(v - t), v, by=order_add_const))
    [result] = [c for c in check(proof, layers=("numbers",)).lines[1].checks if c.kind == "numbers"]
    assert result.status == "passed"
