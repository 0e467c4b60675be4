"""A result has a value wherever what was given has one, and is checked, whatever its names stand for."""

from __future__ import annotations

import pytest
from sympy import (
    E,
    Eq,
    IndexedBase,
    KroneckerDelta,
    Le,
    Mod,
    Ne,
    Piecewise,
    Product,
    S,
    Sum,
    Symbol,
    log,
    nan,
    oo,
    pi,
    sqrt,
    symbols,
    zoo,
)

from deltasift.derive import collapse
from deltasift.errors import Undefined
from oracle.decide import compared
from oracle.instances import Problem

i, j, k, m, n, N, K = symbols("i j k m n N K", integer=True)
x, z = Symbol("x"), Symbol("z")
u, v = IndexedBase("u"), IndexedBase("v")
DECLARED = "i, j, k, m, n, N, K: integer; u, v: table; x: real"
X = {"domain": {"x": ["0", "1", "2", "-1/2"]}}


@pytest.mark.parametrize(
    "line",
    [
        Sum(v[i] / x, (i, 1, N)),
        Sum((KroneckerDelta(i, m) + v[i]) * log(x), (i, 1, N)),
        Sum(KroneckerDelta(j, m) * Sum(v[i] / (j - 1), (i, 1, N)), (j, 1, K)),
        Sum(KroneckerDelta(i, j) ** n * u[i], (i, 1, N)),
        Sum(KroneckerDelta(i, m), (i, 1, N)) ** (-n),
        Sum(u[m / 2] * (v[i] + KroneckerDelta(i, n)), (i, 1, N)),
        u[m] / Sum(KroneckerDelta(i, m) * (i - 2), (i, 1, N)),
        Sum(Piecewise((1 / x, Le(m, i * n)), (0, True)), (i, 1, 3)),
        Sum(Piecewise((log(x), Le(m * i, n)), (0, True)), (i, 1, 3)),
    ],
    ids=str,
)
def test_what_may_have_no_value_stays_in_a_sum_that_may_be_empty(line: Sum) -> None:
    symbol = Symbol("x", real=True)
    line = line.subs(x, symbol)
    found = compared(Problem(line, Problem.plain(line, DECLARED).declared, options=X), collapse(line).result)
    assert found.equal, found


@pytest.mark.parametrize(
    "line",
    [
        Sum(Product((KroneckerDelta(i, j) + KroneckerDelta(n, u[i])) * v[k], (k, 0, 2)), (i, 1, N)),
        Sum((KroneckerDelta(i, j) + v[i]) ** 2 * (KroneckerDelta(i, j) + v[i]) ** 1, (i, 1, N)),
    ],
    ids=str,
)
def test_a_factor_that_stands_twice_is_taken_twice(line: Sum) -> None:
    declared = "i, j, k, m, n, N, K: integer; u: integer table; v: table"
    found = compared(Problem(line, Problem.plain(line, declared).declared), collapse(line).result)
    assert found.equal, found


def test_a_factor_leaves_a_sum_that_has_terms() -> None:
    size = Symbol("N", integer=True, positive=True)
    assert collapse(Sum(v[i] / x, (i, 1, size))).result == Sum(v[i], (i, 1, size)) / x


@pytest.mark.parametrize("ends", [(oo, oo), (oo, 1), (1, -oo), (-oo, -oo)], ids=str)
def test_a_range_beyond_infinity_is_empty(ends: tuple[S, S]) -> None:
    for line, value in ((Sum(u[i] * KroneckerDelta(i, m), (i, *ends)), 0), (Product(u[i], (i, *ends)), 1)):
        found = collapse(line)
        assert found.result == value
        assert found.report.ok


@pytest.mark.parametrize(
    "line",
    [
        1 / Sum(KroneckerDelta(i, m) * u[i], (i, 1, N)),
        1 / (1 - Sum(KroneckerDelta(i, m), (i, 1, N))) ** 2,
        Sum(KroneckerDelta(i, m) * u[i], (i, 1, N)) / Sum(KroneckerDelta(i, m), (i, 1, N)),
    ],
    ids=str,
)
def test_where_there_is_no_value_the_result_has_no_case(line: Sum) -> None:
    result = collapse(line).result
    assert not result.has(nan, zoo)
    assert result.has(Piecewise)


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        (S(2), S.Half, 0),
        (pi, E, 0),
        (E, 7, 0),
        (sqrt(2), S(3) / 2, 0),
        (log(E, evaluate=False), 1, 1),
        (sqrt(2) * sqrt(3), sqrt(6), 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_delta_of_numbers_is_decided_by_their_values(left: S, right: S, value: int, sign: int) -> None:
    delta = KroneckerDelta(left, right, evaluate=False)
    for line in (m + sign * delta, x * delta):
        found = collapse(line)
        assert found.report.ok
        assert found.result == (m + sign * value if line.has(m) else x * value)


@pytest.mark.parametrize(
    "line",
    [
        Sum(KroneckerDelta(z, x) * u[z], (z, 1, Symbol("M"))),
        Sum((1 - KroneckerDelta(z, x)) * u[z], (z, 1, Symbol("M"))),
        Sum(KroneckerDelta(i, m) * u[i], (i, 1, N / 2)),
        Sum(KroneckerDelta(i, m) * u[i], (i, -N / 2, 2**N)),
        Sum(Piecewise((u[z], z < x), (v[z], True)), (z, Symbol("L"), Symbol("M"))),
    ],
    ids=str,
)
@pytest.mark.parametrize("undecided", ["guard", "assume"])
def test_the_ends_of_a_range_are_integers(line: Sum, undecided: str) -> None:
    """Over other ranges a sum has no value, so nothing needs to be known of a symbol that stands there."""
    found = collapse(line, undecided=undecided)
    assert found.report.ok, found.report.problems
    assert not found.result.has(KroneckerDelta)


def test_an_assumed_integer_is_an_index() -> None:
    found = collapse(Sum(KroneckerDelta(i, m / 2) * u[i], (i, 1, N)), undecided="assume")
    assert found.result == u[m / 2]
    assert found.report.ok, found.report.problems


def test_a_case_without_a_value_is_no_case() -> None:
    line = Piecewise((u[m] * Sum(KroneckerDelta(i, n), (i, 1, N)), m > 0), (log(Sum(u[i], (i, 1, -1))), True))
    assert collapse(line).result == Piecewise((Piecewise((u[m], (n >= 1) & (n <= N)), (0, True)), m > 0))


def test_nothing_is_known_of_an_index_in_a_range_beyond_infinity() -> None:
    inner = Sum(Piecewise((v[j] * KroneckerDelta(k, m), Eq(k, j)), (u[k], True)), (j, 1, N))
    assert collapse(Sum(inner, (k, N, -oo)), facts=[Le(1, N), Ne(m, N)]).result == 0


@pytest.mark.parametrize(
    "line",
    [
        Sum(log(KroneckerDelta(i, m)), (i, 1, 3)),
        Sum(v[i] / KroneckerDelta(i, m), (i, 2, 5)),
        Sum(log(KroneckerDelta(i, m)), (i, N, N + 1)),
        log(KroneckerDelta(i, j)) + log(KroneckerDelta(i, j + 1)),
    ],
    ids=str,
)
def test_deltas_that_would_have_to_be_one_together_are_refused(line: Sum) -> None:
    with pytest.raises(Undefined, match=r"not both 1|where delta"):
        collapse(line)


def test_deltas_that_may_be_one_together_are_not() -> None:
    line = log(KroneckerDelta(i, j)) + log(KroneckerDelta(j, k))
    assert collapse(line).result == line


@pytest.mark.parametrize("line", [zoo, nan, u[m] * zoo, Sum(zoo * KroneckerDelta(i, 2), (i, 1, 3))], ids=str)
def test_what_sympy_found_to_be_undefined_is(line: Sum) -> None:
    with pytest.raises(Undefined):
        collapse(line)


@pytest.mark.parametrize(
    "line", [oo, u[m] + oo, Sum(oo * KroneckerDelta(i, 2), (i, 1, 3)), Sum(oo, (i, 1, N))], ids=str
)
def test_infinity_is_no_number(line: Sum) -> None:
    with pytest.raises(Undefined, match="end of a range"):
        collapse(line)


def test_what_never_has_a_value_is_refused() -> None:
    with pytest.raises(Undefined, match="divides by 0"):
        collapse(1 / Sum(KroneckerDelta(i, m), (i, 1, -1)))


@pytest.mark.parametrize(
    "line",
    [
        Sum(KroneckerDelta(2 * z, x) * u[z], (z, 1, Symbol("M"))),
        Sum(KroneckerDelta(3 * z - 1, x) * u[z], (z, 0, Symbol("M"))),
        Product(u[z] ** KroneckerDelta(z + 1, x), (z, 1, Symbol("M"))),
        Sum(KroneckerDelta(z, x) * (u[z] - 1), (z, 0, oo)),
        Sum(KroneckerDelta(z, x) * (u[z] - 1), (z, -oo, Symbol("M"))),
    ],
    ids=str,
)
def test_of_a_symbol_that_may_be_no_integer_the_guard_says_that_it_is_one(line: Sum) -> None:
    found = collapse(line)
    assert found.report.ok, found.report.problems
    options = {"domain": {"x": ["0", "1", "2", "5", "6", "-1", "1/2"], "M": ["0", "1", "3"]}}
    problem = Problem(line, Problem.plain(line, "z, x, M: any; u: table").declared, options=options)
    assert compared(problem, found.result).equal
    assert not found.result.has(KroneckerDelta)


def test_a_factor_leaves_a_sum_with_the_condition_under_which_it_has_a_value() -> None:
    """Whether the point is an integer does not depend on the outer index, whether it is in the range does."""
    line = Sum(Product(u[i] + KroneckerDelta(i, x) * v[i], (i, k, N)), (k, 1, K))
    found = collapse(line)
    assert found.report.ok, found.report.problems
    declared = Problem.plain(line, "i, k, N, K: integer; x: any; u, v: table").declared
    assert compared(Problem(line, declared, options=X), found.result).equal
    assert not found.result.has(KroneckerDelta)


def test_a_delta_beside_a_sign_alone_is_decided() -> None:
    """At -1 and -2 the remainder is not the index, and the term is -1 or -2 times a delta that is 0."""
    found = collapse(Sum(j * KroneckerDelta(j, Mod(j, 2)), (j, -2, 1)))
    assert found.report.ok, found.report.problems
    assert found.result == 1


@pytest.mark.parametrize(
    "line",
    [
        Sum(KroneckerDelta(i, 1) / i, (i, 0, N)),
        Sum(KroneckerDelta(i, 1) * u[i] / i, (i, m, N)),
        Sum(KroneckerDelta(i, m) / (i - m + 1), (i, 1, N)),
    ],
    ids=str,
)
def test_a_divisor_that_becomes_one_leaves_a_line_that_is_checked(line: Sum) -> None:
    found = collapse(line)
    assert found.report.ok, found.report.problems
    assert compared(Problem.plain(line, DECLARED), found.result).equal


@pytest.mark.parametrize(
    "line",
    [
        log(Sum(KroneckerDelta(i, m) * u[i], (i, 1, N))),
        x * log(2 * Sum(KroneckerDelta(i, m) * u[i], (i, 1, N))),
        Sum(log(Sum(KroneckerDelta(i, m) * u[i + k], (i, 1, N))), (k, 1, K)),
    ],
    ids=str,
)
def test_a_logarithm_of_what_may_be_zero_has_one_case(line: Sum) -> None:
    found = collapse(line)
    assert found.report.ok, found.report.problems
    assert compared(Problem.plain(line, DECLARED), found.result).equal
