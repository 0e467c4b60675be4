"""How large the models must be that decide a line at all sizes."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S

from deltasift import Sum, define, delta, exp, index, iverson, labels, log, pmf, positive, real, sizes
from deltasift.check.small import Outside, all_sizes, sizes_that_suffice
from deltasift.domain import closure
from deltasift.inert import Func, Integral, LessEqual, Product, inert
from deltasift.line.scope import Scope

N, K, M = sizes("N K M")
n, m = index("n", 1, N), index("m", 1, N)
k, j = index("k", 1, K), index("j", 1, K)
c = index("c", 1, M)
o = index("o", 0, N - 1)
y, u = labels("y", n, k), labels("u", c, n)
x, z, w = real("x", n), real("z", n, k), positive("w", n)
q, r, rows = pmf("q", k), pmf("r", k, positive=True), pmf("s", k, given=n)
a = real("a")
GIVEN = (N, K, M, n, m, k, j, c, y, u, x, z, w, q, r, rows, a)
SCOPE = Scope(closure(GIVEN))


def power_sum(i: int) -> Any:
    return Sum(q[k] ** i, k)


def bound(before: Any, after: Any, *, totals: bool = False) -> dict[str, int]:
    found = sizes_that_suffice(inert(before), inert(after), SCOPE, totals=totals)
    return {str(s): v for s, v in found.sizes.items()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Sum(x[n], n), Sum(x[m], m), {"N": 1}),
        ((N - 1) * (N - 2) * (N - 3), 0, {"N": 4}),
        (Sum(x[n] / N, n), Sum(x[n], n), {"N": 2}),
        (Sum(k, k), K * (K + 1) / 2, {"K": 2}),
        (Sum(Sum(z[n, k], k), n), Sum(Sum(z[n, k], n), k), {"K": 1, "N": 1}),
        (Sum(Sum(delta(k, y[n]) * log(r[k]), k), n), Sum(log(r[y[n]]), n), {"K": 2, "N": 1}),
        (Sum(x[n], n) ** 2, Sum(Sum(x[n] * x[m], m), n), {"N": 2}),
        (Sum(w[n] * x[n], n) / Sum(w[n], n), Sum(w[n] / Sum(w[m], m) * x[n], n), {"N": 2}),
        (x[n] * Sum(x[m], m), Sum(x[m] * x[n], m), {"N": 2}),
        (Sum(iverson(LessEqual(m, n)) * x[m], m), Sum(x[m], (m.symbol, 1, n)), {"N": 2}),
        (Sum(x[m] * delta(m, n), m), x[n], {"N": 2}),
        (Sum(delta(k, y[n]), k), 1, {"K": 2, "N": 1}),
        (Sum(exp(x[n]) * a, n), a * Sum(exp(x[n]), n), {"N": 1}),
        (Sum(log(Sum(exp(z[n, k]), k)), n) / N, Sum(log(Sum(exp(z[n, k]), k)) / N, n), {"K": 1, "N": 1}),
        (Sum(x[u[c]], c), Sum(Sum(x[n] * delta(n, u[c]), n), c), {"M": 1, "N": 2}),
        (Sum(z[u[c], y[u[c]]], c), 0, {"K": 1, "M": 1, "N": 1}),
        (1 / N + 1 / K, (N + K) / (N * K), {"K": 2, "N": 2}),
        (Sum(1, n), N, {"N": 1}),
        (Product(x[n], n), Product(x[m], m), {"N": 1}),
        (Sum(x[n + 1], n), Sum(x[n + 1], n), {"N": 1}),
        (Sum(Integral(exp(a) * x[n], (a, 0, 1)), n), Integral(exp(a) * Sum(x[n], n), (a, 0, 1)), {"N": 1}),
    ],
    ids=str,
)
def test_the_sizes_that_suffice(before: Any, after: Any, expected: dict[str, int]) -> None:
    assert bound(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Sum(q[k], k), 1, {"K": 2}),
        (1 - 6 * power_sum(2) + 3 * power_sum(2) ** 2 + 8 * power_sum(3) - 6 * power_sum(4), 0, {"K": 5}),
        (q[y[n]] * Sum(q[k], k), q[y[n]], {"K": 4, "N": 1}),
        (Sum(Sum(rows[n, k], k), n), N, {"K": 2, "N": 1}),
        (Sum(q[k] * log(q[k]), k), Sum(log(q[k]) * q[k], k), {"K": 2}),
    ],
    ids=str,
)
def test_the_sizes_that_suffice_with_the_totals_of_pmfs(before: Any, after: Any, expected: dict[str, int]) -> None:
    assert bound(before, after, totals=True) == expected


@pytest.mark.parametrize(
    "line",
    [
        Sum(x[n], (n.symbol, 2, N)),
        Sum(x[n], (n.symbol, 1, N - 1)),
        Sum(x[n], (n.symbol, 1, 2 * N)),
        Integral(Product(x[m] * a, m), (a, 0, 1)),
        Func("Max", Sum(x[n], n), 0),
        iverson(LessEqual(5, N)),
    ],
    ids=str,
)
def test_what_is_no_sum_of_local_terms_is_one_part_of_which_nothing_is_known(line: Any) -> None:
    found = sizes_that_suffice(inert(line), inert(2 * line), SCOPE)
    assert len(found.tables) == 1
    assert not all_sizes(inert(line), inert(2 * line), SCOPE).decided
    assert all_sizes(inert(line + line), inert(2 * line), SCOPE).decided


@pytest.mark.parametrize("first", [x[1], z[1, k], x[n + 1], q[n]])
def test_an_entry_at_an_index_of_another_range_is_a_part(first: Any) -> None:
    for inside in (first, exp(first), exp(first * a)):
        found = sizes_that_suffice(inert(inside), inert(0), SCOPE)
        assert len(found.tables) == 1
        assert not found.valued


def test_labels_that_lead_around_in_a_circle_are_outside() -> None:
    there, back = labels("t", n, c), labels("b", c, n)
    scope = Scope(closure((*GIVEN, there, back)))
    with pytest.raises(Outside, match="in a circle"):
        sizes_that_suffice(inert(Sum(x[back[c]], c) + Sum(there[n], n)), inert(0), scope)


def test_labels_from_a_sort_to_itself_are_no_index_terms() -> None:
    nearest = labels("t", n, index("i", 1, N))
    scope = Scope(closure((*GIVEN, nearest)))
    found = sizes_that_suffice(inert(Sum(x[nearest[n]], n)), inert(0), scope)
    assert {str(s): v for s, v in found.sizes.items()} == {"N": 1}
    assert [str(t) for t in found.tables] == ["part 1"]


def test_ranges_from_0_and_from_1_of_one_size_are_no_one_sort() -> None:
    table = real("b", o)
    scope = Scope(closure((*GIVEN, table)))
    line = inert(Sum(x[n], n) - Sum(table[o], o))
    assert not all_sizes(line, inert(0), scope).decided


def test_equal_parts_are_one_table_and_others_are_not() -> None:
    row = Product(z[n, k], k)
    same, other = inert(Sum(row - Product(z[n, j], j), n)), inert(Sum(row - Product(2 * z[n, j], j), n))
    assert len(sizes_that_suffice(same, inert(0), SCOPE).tables) == 1
    assert len(sizes_that_suffice(other, inert(0), SCOPE).tables) == 2


def test_names_bound_more_than_once_are_told_apart() -> None:
    twice = Product(Sum(z[n, k], (k.symbol, 1, K)) * z[n, k], (k.symbol, 1, K))
    line = inert(Sum(twice, n) - Sum(Product(Sum(z[n, j], j) * z[n, k], k), n))
    assert all_sizes(line, inert(0), SCOPE).decided


def test_a_defined_family_is_unfolded() -> None:
    p = define("p", k, Sum(delta(k, y[n]), n) / N)
    scope = Scope(closure((*GIVEN, p)))
    before, after = inert(Sum(p[k] * log(r[k]), k)), inert(Sum(log(r[y[n]]), n) / N)
    found = all_sizes(before, after, scope)
    assert found.proved
    assert dict(found.sizes) == {"K": 2, "N": 1}


t, u_ = real("t", above=0, below=1), real("u", below=-1)
ALONE = Scope(closure((a, t, u_)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((a + 1) ** 2, a**2 + 2 * a + 1),
        (log((1 - t) / t), log(1 - t) - log(t)),
        (1 / (t * (1 - t)), 1 / t + 1 / (1 - t)),
        ((a**2 - 1) / (u_**2 - 1), (a - 1) * (a + 1) / ((u_ - 1) * (u_ + 1))),
        (exp(log(t) - a**2 / (2 * t)), t * exp(-(a**2 / (2 * t)))),
        (Sum(a * n, (n.symbol, 1, 3)), 6 * a),
        (Func("atan", a) - Func("atan", a), 0),
        (Func("loggamma", t) + Func("loggamma", t), 2 * Func("loggamma", t)),
    ],
    ids=str,
)
def test_without_a_size_there_is_one_model_which_decides_the_line(before: Any, after: Any) -> None:
    found = all_sizes(inert(before), inert(after), ALONE)
    assert found.proved
    assert not found.sizes
    assert found.words == "no size occurs"
    assert not all_sizes(inert(before), inert(after) + inert(t), ALONE).decided


@pytest.mark.parametrize(
    "part",
    [
        1 / a,
        1 / (2 * t - 1),
        log(a),
        log(t - S(1) / 2),
        *(Func(name, a) for name in ("acos", "tan", "gamma", "loggamma")),
    ],
    ids=str,
)
def test_a_line_that_may_have_no_value_is_decided_where_it_has_one_and_only_where_a_size_occurs(part: Any) -> None:
    scope = Scope(closure((*GIVEN, t)))
    line, many = inert(part), inert(Sum(part, n))
    assert not all_sizes(line - line, inert(0), scope).decided
    found = all_sizes(many - many, inert(0), scope)
    assert found.decided
    assert not found.valued
    assert found.words.endswith("where both lines have a value")
