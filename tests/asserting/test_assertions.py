"""Assertions as a user's tests call them: what passes, and the words of what fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sympy
from sympy import IndexedBase, KroneckerDelta, Le, Symbol, oo

from deltasift import (
    KL,
    NLL,
    AverageNLL,
    CrossEntropy,
    DomainError,
    Entropy,
    Equality,
    Integral,
    PageError,
    S,
    Sum,
    assert_at_most,
    assert_derives,
    assert_equal,
    assuming,
    calc,
    define,
    delta,
    dirac,
    exp,
    index,
    labels,
    load,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.errors import DepthError, ExpressionError
from deltasift.rules import definition, sum_const

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q, r, r0 = pmf("q", k, positive=True), pmf("r", k), pmf("q", k)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
x, a, b, c = real("x"), real("a"), positive("b"), positive("c")

i, m = (Symbol(s, integer=True) for s in "im")
SIZE = Symbol("K", integer=True, positive=True)
table = IndexedBase("a")


def failure(assertion: Any, *arguments: Any, **options: Any) -> list[str]:
    """Return the lines of an assertion's failure."""
    with pytest.raises(AssertionError) as caught:
        assertion(*arguments, **options)
    return str(caught.value).splitlines()


# --- equal -------------------------------------------------------------------------------------------------------

EQUAL = [
    (1, 1),
    (x, x),
    (x + a, a + x),
    ((x + 1) ** 2, x**2 + 2 * x + 1),
    (b / c, 1 / c * b),
    (log(b * c), log(b) + log(c)),
    (exp(x + a), exp(x) * exp(a)),
    (NLL(q, y), N * AverageNLL(q, y)),
    (Sum(1, k), K),
    (Sum(delta(k, y[n]) * log(q[k]), k), log(q[y[n]])),
    (log(q[y[n]]), Sum(delta(k, y[n]) * log(q[k]), k)),
    (Sum(Sum(delta(k, y[n]) * q[k], k), n), Sum(q[y[n]], n)),
    (Sum(i, (i, 1, 10)), S(55)),
    (Sum(q[k], k), 1),
    (CrossEntropy(p, q), AverageNLL(q, y)),
    (Integral(dirac(x - 2) * x, (x, -oo, oo)), 2),
]


@pytest.mark.parametrize(("lhs", "rhs"), EQUAL, ids=lambda e: str(e))
def test_equal_is_proved(lhs: Any, rhs: Any) -> None:
    assert_equal(lhs, rhs)


def test_what_is_given_is_used() -> None:
    picked = sympy.Sum(KroneckerDelta(i, m) * table[i], (i, 1, SIZE))
    assert_equal(picked, table[m], given=[Le(1, m), Le(m, SIZE)])
    assert_equal(picked, table[m], given=assuming(Le(1, m), Le(m, SIZE)))
    assert_equal(picked, 0, given=Le(m, 0))
    assert_equal(x / a, x / a, given=assuming(Le(1, a)))


def test_a_name_is_one_thing_whichever_symbol_bears_it() -> None:
    assert_equal(Sum(1, k), Symbol("K", integer=True))
    assert_equal(sympy.Sum(1, (i, 1, Symbol("K"))), Symbol("K"), given=K)


@pytest.mark.parametrize(
    ("symbol", "rhs"),
    [
        (Symbol("t", real=True), "not equal at t = "),
        (Symbol("t", positive=True), "not equal at t = "),
        (Symbol("t", negative=True), "not equal at t = -"),
        (Symbol("t", nonnegative=True), "not equal at t = "),
        (Symbol("t", integer=True, positive=True), "not equal at t = 1: 1 on the left, 2 on the right"),
        (Symbol("t"), "not equal at t = "),
        (Symbol("t", integer=True), "not equal at t = 0: 0 on the left, 1 on the right"),
        (Symbol("t", even=True), "the contrary is proved: "),
    ],
)
def test_a_symbol_is_what_its_assumptions_say(symbol: Symbol, rhs: str) -> None:
    assert failure(assert_equal, symbol, symbol + 1)[0].startswith(rhs)


def test_a_failure_is_the_point_and_the_two_sides() -> None:
    assert failure(assert_equal, Sum(Sum(delta(k, y[n]), k), n), 2 * N) == [
        "not equal at K = 1, N = 1, y[1] = 1: 1 on the left, 2 on the right",
        "  left   Sum(Sum(delta(k, y[n]), (k, 1, K)), (n, 1, N))",
        "  right  2*N",
    ]


def test_numbers_need_no_point() -> None:
    assert failure(assert_equal, 1, 2)[0] == "not equal: 1 on the left, 2 on the right"


def test_a_counterexample_of_random_points_says_their_seed() -> None:
    bound = S(1) / 10
    with pytest.raises(AssertionError) as drawn:
        assert_at_most(bound, q[k], seed="another")
    *_, right, seed = str(drawn.value).splitlines()
    assert (right, seed) == ("  right  q[k]", "  found at random points of seed='another'")
    assert "q[1] = 1/100, q[2] = 99/100" in str(drawn.value) or "q[1] = 99/100, q[2] = 1/100" in str(drawn.value)
    with pytest.raises(AssertionError) as exhausted:
        assert_equal(q[k], 1)
    assert "seed" not in str(exhausted.value)


def test_a_missing_factor_is_found_where_it_is_not_one() -> None:
    [first, *_] = failure(assert_equal, CrossEntropy(p, q), NLL(q, y), accept="numbers")
    assert first.startswith("not equal at K = 2, N = 2, q[1] = ")


@pytest.mark.parametrize(
    ("lhs", "rhs", "point"),
    [
        ((x**2 - 1) / (x - 1), x + 1, "x = 1: no value (a division by 0) on the left, 2 on the right"),
        (Sum(delta(k, y[n]) * log(r0[k]), k), log(r0[y[n]]), "no value (log(0)) on the left, no value (log(0)) on the"),
    ],
)
def test_a_side_without_a_value_is_not_equal(lhs: Any, rhs: Any, point: str) -> None:
    [first, *_] = failure(assert_equal, lhs, rhs)
    assert first.startswith("not defined at ")
    assert point in first


def test_what_has_no_value_anywhere_is_refused_with_the_reason() -> None:
    [first, *_] = failure(assert_equal, Sum(dirac(k - y[n]) * q[k], k), q[y[n]])
    assert first == "the left side has no value: a Dirac delta of integers: the Kronecker delta was meant"


# --- grades of evidence ------------------------------------------------------------------------------------------

DOUBLING = (Sum(k * 2**k, (k.symbol, 1, 2 * K)), (2 * K - 1) * 2 ** (2 * K + 1) + 2)  # which no rule telescopes
PYTHAGORAS = (sympy.cos(Symbol("x")) ** 2 + sympy.sin(Symbol("x")) ** 2, 1)


def test_what_is_not_proved_is_undecided_and_says_what_was_covered() -> None:
    assert failure(assert_equal, *DOUBLING) == [
        "undecided: no proof was found",
        "  left   Sum(k*2**k, (k, 1, 2*K))",
        "  right  (2*K - 1)*2**(2*K + 1) + 2",
        "  models: holds in all K <= 3 (exact)",
        "  numbers: holds in 100 random points, K <= 8 (enclosed)",
        "  accept='models' takes this for enough",
    ]


def test_models_that_decide_all_sizes_are_a_proof() -> None:
    assert_equal(Sum(k**3, k), (K * (K + 1) / 2) ** 2)


def test_less_is_accepted_where_the_caller_says_so() -> None:
    assert_equal(*DOUBLING, accept="models")
    assert_equal(*DOUBLING, accept="numbers")
    assert_equal(*PYTHAGORAS, accept="numbers")
    assert failure(assert_equal, *PYTHAGORAS, accept="models")[-1] == "  accept='numbers' takes this for enough"


@pytest.mark.parametrize("accept", ["proof", "models", "numbers"])
def test_a_counterexample_fails_whatever_is_accepted(accept: str) -> None:
    failure(assert_equal, Sum(k, k), K, accept=accept)
    failure(assert_equal, Sum(delta(k, 4), k), 0, accept=accept)  # equal in all K <= 3
    failure(assert_at_most, K, 3, accept=accept)


@pytest.mark.parametrize("accept", ["proof", "models", "numbers"])
def test_what_nothing_speaks_for_is_never_accepted(accept: str) -> None:
    prime = Symbol("t", prime=True)
    lines = failure(assert_equal, table[prime], table[prime + 1], accept=accept)
    assert lines[0] == "undecided: no proof was found; t: given without a domain, so without values"


@pytest.mark.parametrize(
    ("lhs", "rhs", "first"),
    [
        (
            sympy.Sum(table[i] * KroneckerDelta(i, m), (i, 1, SIZE)),
            table[m],
            "not equal at K = 1, m = 0, a[0] = 1: 0 on the left, 1 on the right",
        ),
        (sympy.Sum(1, (i, 1, m)), m, "not equal at m = -1: 0 on the left, -1 on the right"),
        (table[m, i], table[i, m], "not equal at i = 0, m = 1, a[0, 1] = "),
    ],
)
def test_undeclared_integers_and_tables_have_values(lhs: Any, rhs: Any, first: str) -> None:
    for accept in ("proof", "models", "numbers"):
        assert failure(assert_equal, lhs, rhs, accept=accept)[0].startswith(first)


def test_undeclared_names_that_agree_at_random_points_are_not_proved() -> None:
    count = Symbol("n", integer=True)
    apart = sympy.Sum(table[2 * i - 1], (i, 1, count)) + sympy.Sum(table[2 * i], (i, 1, count))
    sides = sympy.Sum(table[i], (i, 1, 2 * count)), apart
    assert_equal(*sides, accept="numbers")
    lines = failure(assert_equal, *sides, accept="models")
    assert "  numbers: holds in 100 random points, n in -2..4 (enclosed)" in lines


@pytest.mark.parametrize(
    ("e", "need"),
    [
        (x / (1000 * x - 1), "1000*x - 1 != 0"),
        (Sum(1 / i, (i, 1, oo)), "Summable(Sum(1/i, (i, 1, oo)))"),
    ],
)
def test_a_line_is_not_known_to_equal_itself_where_it_is_not_known_to_have_a_value(e: Any, need: str) -> None:
    assert failure(assert_equal, e, e)[0] == f"undecided: a proof needs {need}"


def test_a_condition_that_a_proof_lacks_is_named() -> None:
    t = Symbol("t", even=True)
    [first, *_] = failure(assert_equal, (t**2 + t) / t, t + 1)
    assert first == "undecided: a proof needs t != 0; t: given without a domain, so without values"


# --- at most -----------------------------------------------------------------------------------------------------

AT_MOST = [
    (1, K),
    (0, x**2),
    (2 * x, x**2 + 1),
    (q[k], 1),
    (Sum(delta(k, y[n]) * q[k], k), 1),
    (NLL(q, y), N * AverageNLL(q, y)),
    (0, Symbol("t", nonnegative=True)),
]


@pytest.mark.parametrize(("lhs", "rhs"), AT_MOST, ids=lambda e: str(e))
def test_at_most_is_proved(lhs: Any, rhs: Any) -> None:
    assert_at_most(lhs, rhs)


def test_at_most_uses_what_is_given() -> None:
    assert_at_most(x, a, given=Le(x, a))
    failure(assert_at_most, x, a)


def test_a_greater_side_is_shown_at_the_smallest_sizes() -> None:
    assert failure(assert_at_most, 2, K) == [
        "not at most at K = 1: 2 on the left, 1 on the right",
        "  left   2",
        "  right  K",
    ]


def test_a_side_without_a_value_is_not_at_most() -> None:
    [first, *_] = failure(assert_at_most, 0, 1 / x**2)
    assert first == "not defined at x = 0: 0 on the left, no value (a division by 0) on the right"


def test_an_inequality_is_proved_by_a_rule_in_its_place() -> None:
    assert_at_most(0, KL(r, q))
    assert_at_most(Entropy(r), log(K))
    assert_at_most(0, KL(r, q) + Entropy(r))


def test_a_true_inequality_without_a_proof_is_undecided() -> None:
    for lhs, rhs in [(Entropy(r), 2 * log(K)), (Entropy(r) ** 2, log(K) ** 2)]:
        lines = failure(assert_at_most, lhs, rhs)
        assert lines[0] == "undecided: no proof was found"
        assert lines[-1] == "  accept='numbers' takes this for enough"
        assert_at_most(lhs, rhs, accept="numbers")


def test_models_decide_an_order_of_what_is_positive() -> None:
    assert_at_most(Sum(b, k), Sum(b + c, k), accept="models")
    assert_at_most(Sum(q[k] ** 2, k), Sum(q[k], k) + Sum(q[k] ** 2, k), accept="models")


# --- derives -----------------------------------------------------------------------------------------------------

WRONG = Path(__file__).parents[1] / "wrong" / "label_out_of_range.py"


def test_a_page_derives_by_name_path_page_or_derivation() -> None:
    assert_derives("classification_loss_is_average_nll")
    assert_derives(load("classification_loss_is_average_nll"))
    assert_derives(calc(Sum(1, k), step(K, by=sum_const)))


@pytest.mark.parametrize("page", [WRONG, str(WRONG), load(str(WRONG))], ids=["path", "name", "page"])
def test_a_wrong_page_fails_with_every_problem(page: Any) -> None:
    assert failure(assert_derives, page) == [
        "label_out_of_range is wrong, line 2: needs z[n] <= K (sum_delta)",
        "line 2: differs from the line before at K = 1, N = 1, z[1] = 2: 0 before, 1 after",
    ]


def test_a_wrong_derivation_fails() -> None:
    lines = failure(assert_derives, calc(CrossEntropy(p, q), step(AverageNLL(q, y), by=definition)))
    assert lines[0] == "derivation is wrong, line 2: definition does not give this line"
    assert lines[1].startswith("line 2: but it holds in all K, N, all labels, all real q (exact; ")
    assert len(lines) == 2


@pytest.mark.parametrize("page", [None, 5, ["average_or_sum"]])
def test_what_is_no_page_is_an_error_and_no_failure(page: Any) -> None:
    with pytest.raises(PageError, match="is no page: give its name, its path, or what calc"):
        assert_derives(page)


def test_a_page_that_is_not_there_is_an_error_and_no_failure() -> None:
    with pytest.raises(PageError, match="there is no page"):
        assert_derives("nowhere")


# --- wrong input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((x, 0.5), {}, "the float 0.5 is not exact"),
        ((x, [1]), {}, r"\[1\] is not an expression"),
        ((Equality(x, a), 1), {}, "is a statement, and not an expression"),
        ((x, a), {"given": "N is a size"}, "is neither a domain nor a statement"),
        ((x, a), {"given": [None]}, "is neither a domain nor a statement"),
        ((x, a), {"given": [x + a]}, "is neither a domain nor a statement"),
        ((x, oo), {}, "oo is no number"),
        ((x, a), {"accept": "anything"}, "accept is one of proof, models, numbers, not 'anything'"),
    ],
)
def test_a_question_without_sense_is_an_error(arguments: Any, options: Any, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        assert_equal(*arguments, **options)


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        ((x, x), [Le(x, 1), Le(2, x)], "these facts contradict each other"),
        ((x, x), [sympy.false], "false as it stands"),
        ((N, N), [real("N")], "N is declared in two ways"),
        ((Symbol("t", positive=True), Symbol("t", negative=True)), [], "t is the name of several symbols"),
    ],
)
def test_facts_that_cannot_be_are_an_error(arguments: Any, given: Any, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        assert_equal(*arguments, given=given)


@pytest.mark.parametrize("depth", [240, 1000])
def test_what_is_nested_too_deeply_is_an_error(depth: int) -> None:
    e: Any = x
    for _ in range(depth):
        e = log(1 + e)
    with pytest.raises(DepthError, match="nested"):
        assert_equal(e, e + 1)


def test_the_traceback_of_a_failure_ends_in_the_caller_s_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it="from deltasift import *\ndef test_it():\n    assert_equal(1, 2)\n")
    result = pytester.runpytest_inprocess("-p", "no:deltasift")
    result.stdout.fnmatch_lines(["E * AssertionError: not equal: 1 on the left, 2 on the right", "test_it.py:3: *"])
    assert not [line for line in result.outlines if "asserting" in line]
