"""Steps are found whatever dress their lines wear, and in as few uses of a rule as they need."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, Symbol

from deltasift import (
    Derivation,
    Derivative,
    Entropy,
    Integral,
    Product,
    Sum,
    calc,
    define,
    delta,
    density,
    dirac,
    index,
    labels,
    load,
    log,
    pmf,
    real,
    same_order,
    sizes,
    step,
)
from deltasift.check import check
from deltasift.domain import closure
from deltasift.inert import Add, Div, Mul, Neg, inert
from deltasift.line.scope import Scope
from deltasift.match.search import Search
from deltasift.rule import Rule
from deltasift.rules import (
    abs_of_nonneg,
    abs_of_nonpos,
    arithmetic,
    definition,
    delta_subst,
    deriv_add,
    deriv_self,
    integral_dirac,
    one_mul,
    order_comp_strict_mono,
    prod_delta_pow,
    sum_add,
    sum_comm,
    sum_const,
    sum_delta,
    sum_mul_left,
    sum_neg,
    sum_pmf,
)

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q, a = labels("y", n, k), pmf("q", k, positive=True), real("a", n, k)
u, x, f = real("u"), real("x"), density("f", continuous=True, positive=True)
m, scaled = Symbol("m"), define("b", n, a[n, 1] * u)


def minus(e: Any) -> Any:
    return Mul(-1, e)


double = Sum(Sum(a[n, k], n), k)
exchanged = Sum(Sum(a[n, k], k), n)
total = Sum(q[k], k)
DRESSED = {
    "two signs before the line": calc(Entropy(q), step(Neg(Neg(-Sum(q[k] * log(q[k]), k))), by=definition)),
    "a factor -1 for a sign": calc(x - double, step(x + minus(exchanged), by=sum_comm)),
    "a sign at a factor": calc(x - 2 * double, step(Add(x, Mul(-2, exchanged)), by=sum_comm)),
    "a sign under the bar": calc(x - double / x, step(Add(x, Div(exchanged, Neg(x))), by=sum_comm)),
    "two signs within a product": calc(
        Product(Product(q[k] ** delta(k, y[n]), k), n), step(-minus(Product(q[y[n]], n)), by=prod_delta_pow)
    ),
    "a sum behind two signs": calc(Neg(-(x + Sum(delta(k, y[n]) * q[k], k))), step(x + q[y[n]], by=sum_delta)),
    "a nested sum behind two signs": calc(Sum(Neg(-Sum(a[n, k], n)), k), step(exchanged, by=sum_comm)),
    "a point with a factor -1": calc(Integral(dirac(u + minus(x)) * f(u), u), step(f(x), by=integral_dirac)),
    "an order behind a factor -1": calc(
        minus(log(Product(q[y[n]], n))), same_order(-Product(q[y[n]], n), q, by=order_comp_strict_mono)
    ),
    "an order behind several signs": calc(
        Neg(minus(minus(log(Product(q[y[n]], n))))), same_order(-Product(q[y[n]], n), q, by=order_comp_strict_mono)
    ),
    "a sum under a bar and two signs": calc(1 / (x + double), step(1 / Neg(minus(x + exchanged)), by=sum_comm)),
    "signs under a bar that the rule leaves alone": calc(
        double * (u / (x * Neg(u))), step(exchanged * (u / Neg(Neg(x) * Neg(u))), by=sum_comm)
    ),
    "a 1 under a sign": calc(a[1, 1] * Neg(total), step(-a[1, 1], by=[sum_pmf, one_mul])),
    "a 1 under a sign that is a factor": calc(x + minus(total) * u, step(x - u, by=[sum_pmf, one_mul])),
    "a 1 under two signs": calc(u * minus(minus(total)), step(u, by=[sum_pmf, one_mul])),
    "a 1 under a sign in each term": calc(Sum(q[k] * Neg(total), k), step(Sum(-q[k], k), by=[sum_pmf, one_mul])),
    "a 1 above a bar": calc(u * (total / x), step(u / x, by=[sum_pmf, one_mul])),
    "a 1 above a bar under a sign": calc(x + u * minus(total / (2 * x)), step(x - u / (2 * x), by=[sum_pmf, one_mul])),
    "a 1 under a sign that is left out before another rule": calc(
        u + Neg(Mul(-1, minus(total))) * u, step(S.Zero, by=[sum_pmf, one_mul, arithmetic])
    ),
    "a 1 of a factor above a bar": calc(u * total / x, step(u / x, by=sum_pmf)),
    "a 1 of a factor under a sign": calc(u * minus(total), step(-u, by=sum_pmf)),
    "a 1 of a factor beside a -1": calc(u * (Mul(total, -1) / x), step(u * (-1 / x), by=sum_pmf)),
    "a 1 of a method's above a bar": calc(Derivative(x, x) * u / x, step(u / x, by=deriv_self)),
    "a 1 that stays, of a factor under a sign": calc(u * Neg(total), step(-(u * 1), by=sum_pmf)),
    "a 1 that stays, of a factor above a bar": calc(u * (total / x), step(u * 1 / x, by=sum_pmf)),
    "a 1 that is put above a bar": calc(u / x, step(u * total / x, by=sum_pmf.reversed)),
    "a bound name of which a definition speaks": calc(
        Sum(scaled[n], (u.symbol, 1, 2)), step(Sum(a[n, 1] * u, (m, 1, 2)), by=definition)
    ),
    "a bound name that is free in the line after": calc(
        Sum(x * Sum(q[k], k), (u.symbol, 1, 2)), step(Sum(x * (1 + u - u), (m, 1, 2)), by=[sum_pmf, arithmetic])
    ),
    "a derivative behind a factor -1": calc(
        Derivative(minus(minus(minus(x**2))), x), step(-Derivative(x**2, x), by=deriv_add)
    ),
    "a derivative of several terms behind factors -1": calc(
        Derivative(minus(minus(u - x**2)), x), step(-Derivative(x**2, x), by=deriv_add)
    ),
    "several sums behind two signs": calc(
        Sum(x - q[k] + u, k), step(Sum(x, k) - Neg(minus(Sum(q[k], k))) - minus(Sum(u, k)), by=sum_add)
    ),
    "a sum behind a sign": calc(Neg(Sum(x + q[k], k)), step(Neg(Sum(x, k)) - Sum(q[k], k), by=sum_add)),
    "a sum behind a sign beside another term": calc(
        u - Sum(x - q[k], k), step(u + Sum(q[k], k) - Sum(x, k), by=sum_add)
    ),
    "a group of terms behind a sign": calc(Sum(x - q[k] + u, k), step(Sum(x, k) - Sum(q[k] - u, k), by=sum_add)),
    "a sum that is put together behind a sign": calc(
        Neg(Sum(x, k)) - Sum(q[k], k), step(Neg(Sum(x + q[k], k)), by=sum_add.reversed)
    ),
    "the same rule at like places": calc(
        Sum(-q[k], k) * log(Sum(-q[k], k) + 2), step(-Sum(q[k], k) * log(-Sum(q[k], k) + 2), by=sum_neg)
    ),
}


@pytest.mark.parametrize("proof", DRESSED.values(), ids=DRESSED)
def test_a_right_line_is_found_in_any_dress(proof: Derivation) -> None:
    problems = check(proof, layers=("structure",)).problems
    assert [p for p in problems if ": needs " not in p] == []  # that a divisor is not 0 is asked of line 1


def test_a_rule_is_not_used_to_and_fro() -> None:
    """`[sum_add, sum_neg]` is one use of each, though `sum_neg` can be used on its own result for ever."""
    line = check(load("kl_splits_into_entropies"), layers=("structure",)).lines[3]
    assert line.by == ("sum_add", "sum_neg")
    assert len(line.substeps) == 2


@pytest.mark.parametrize(
    ("before", "after"), [(total * u, x), (total / u, u), (u * Neg(total), u), (u + total, u), (u / total, x / total)]
)
def test_a_1_that_comes_of_a_factor_leaves_the_others(before: Any, after: Any) -> None:
    assert not check(calc(before, step(after, by=sum_pmf)), layers=("structure",)).ok


def test_a_term_without_its_sign_is_not_found() -> None:
    wrong = calc(x - double, step(x + exchanged, by=sum_comm))
    assert not check(wrong, layers=("structure",)).ok
    assert not check(calc(Sum(q[k] + 1, k), step(Sum(q[k], k) - Sum(1, k), by=sum_add)), layers=("structure",)).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (x * minus(u), x * minus(u)),
        (-x, -x),
        (-x, minus(x)),
        (x * minus(u), x * u),
        (x + minus(u), u - x),
        (1 / x, 1 / x),
        (u / x, u / x),
    ],
    ids=str,
)
def test_no_one_is_left_out_where_none_is(before: Any, after: Any) -> None:
    assert not check(calc(before, step(after, by=one_mul)), layers=("structure",)).ok


@pytest.mark.parametrize("rule", [abs_of_nonneg, abs_of_nonpos])
def test_a_side_that_is_every_expression_is_put_nowhere(rule: Rule) -> None:
    line = inert(Neg(Sum(q[k], k)) + 1)
    assert not list(Search().everywhere(rule.reversed, line, Scope(closure(line.given))))


j, W = index("j", 1, K), define("W", Sum(q[k] * u, k))
BESIDE = Sum(delta(j, y[n]) / q[y[n]], n)


@pytest.mark.parametrize("by", [delta_subst, delta_subst.reversed])
def test_beside_a_delta_either_argument_is_put_for_the_other(by: Any) -> None:
    assert check(calc(BESIDE, step(Sum(delta(j, y[n]) / q[j], n), by=by)), layers=("structure",)).ok


def test_beside_a_delta_nothing_else_is_put() -> None:
    wrong = calc(BESIDE, step(Sum(delta(k, y[n]) / q[j], n), by=delta_subst))
    assert not check(wrong, layers=("structure",)).ok


@pytest.mark.parametrize("by", [[definition, sum_const], [sum_const, definition]])
def test_a_fold_by_definition_stands_anywhere_among_the_reasons(by: Any) -> None:
    line = calc(Sum(q[k] * u, k) + Sum(1, k), step(W + K, by=by))
    assert check(line, layers=("structure",)).ok


def test_a_sum_of_many_terms_is_taken_apart_before_its_groups_are() -> None:
    several = [real(name, n) for name in "bcdeg"]
    whole = Sum(Add(*(u * b[n] for b in several)), n)
    parts = Add(*(u * Sum(b[n], n) for b in several))
    search = Search()
    found = search.step(whole, parts, (sum_add, sum_mul_left), Scope(closure(whole.given)))
    assert found is not None
    assert len(found) == 2
    assert search.work < 4_000
