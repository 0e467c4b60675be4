"""What is printed alike is one thing, a quantity is what its name says, and a name is a name."""

from __future__ import annotations

import pytest
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift import (
    KL,
    NLL,
    CrossEntropy,
    Entropy,
    Sum,
    assert_equal,
    calc,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    labels,
    log,
    pi,
    pmf,
    positive,
    prove,
    real,
    sizes,
    step,
)
from deltasift.calc import Page
from deltasift.check import check
from deltasift.domain import closure
from deltasift.errors import DomainError, NotProved
from deltasift.inert import Equality, Expectation, Func, Named, inert
from deltasift.quantities import Expectation as Expected
from deltasift.rules import arithmetic, definition

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
x, a = real("x"), real("a")
p, q, y = pmf("p", k), pmf("q", k, positive=True), labels("y", n, k)


def problems(*lines: object) -> tuple[str, ...]:
    start, *others = lines
    proof = calc(start, *(step(line, by=arithmetic) for line in others))
    domains = tuple(closure(proof.given).values())
    return check(Page("p", "", "", domains, (proof.relation,), (proof,)), layers=("structure",)).problems


PAIRS = [
    (real("x_1"), real("x", n)[1]),
    (real("x1"), real("x_1")),
    (real("x_1_2"), real("x", n, m)[1, 2]),
    (real("alpha"), real(r"\alpha")),
    (real("alpha"), real("α")),
    (Symbol("b"), Symbol("b", positive=True)),
    (Symbol("b", integer=True), Symbol("b", real=True)),
    (dirac(x), density("delta")(x)),
    (delta(n, m), real("delta", n, m)[n, m]),
    (Func("gamma", x), density("gamma")(x)),
    (Func("sigma", x), density("sigma")(x)),
    (log(x), density("log")(x)),
    (exp(x), density("exp")(x)),
    (2 * real("pi"), 2 * pi),
    (real("a", n)[1], real("a_1")),
]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
@pytest.mark.parametrize("turned", [False, True])
def test_two_things_that_are_printed_alike_are_refused_with_both_places(
    one: object, other: object, turned: bool
) -> None:
    first, second = (other, one) if turned else (one, other)
    assert any("is printed as" in p and "here" in p for p in problems(first * N + second))
    told = [p for p in problems(first * N, second * N + 1) if "is printed as" in p]
    assert any(p.startswith("line 2:") and "in line 1" in p for p in told)


ALONE = [
    dirac(a, 1) + dirac(a, 2) + dirac(a),
    real("x_1") + real("x_2"),
    real("x", n)[1] + real("x", n)[2],
    density("delta")(x) + density("sigma")(a),
    real("pi") * 2,
    Sum(k, k) + Sum(k, (k, 1, N)),
    Sum(Symbol("i", integer=True), (Symbol("i", integer=True), 1, 3)),
    dirac(x) + delta(n, 1) * 0,
    KL(p, q) + KL(p, q),
    Entropy(p) + CrossEntropy(p, q) + Entropy(p),
    Expected(log(q[k]), k, p) + Expected(log(q[k]), k, p),
    pi + exp(x) + log(1 + positive("c")),
]


@pytest.mark.parametrize("line", ALONE, ids=str)
def test_what_is_printed_once_is_right(line: Basic) -> None:
    assert [p for p in problems(line) if "needs" not in p] == []  # what has a value is asked elsewhere


def test_a_bound_name_is_not_printed_as_a_free_one_in_its_body() -> None:
    free_one, bound = Symbol("i"), Symbol("i", integer=True)
    assert any("is printed as" in p for p in problems(Sum(free_one * bound, (bound, 1, 3))))


FORGED = [
    Named("KL", inert(S.Zero), p, q),
    Named("KL", KL(q, q).args[1], p, q),
    Named("KL", KL(p, q).args[1], q, p),
    Named("H", CrossEntropy(p, q).args[1], p),
    Named("NLL", 2 * NLL(q, y).args[1], q, y),
    Named("H", Entropy(p).args[1], x),
    Named("Entropy", Entropy(p).args[1], p),
    Named("log", Entropy(p).args[1], p),
    Expectation(log(q[k]), k, S.Zero, p),
    Expectation(log(q[k]), k, Sum(q[k] * log(q[k]), k), p),
    Expectation(log(q[k]), k, Sum(p[k] * log(q[k]), (k, 1, 1)), p),
]


@pytest.mark.parametrize("forged", FORGED, ids=repr)
def test_a_quantity_is_what_its_name_says(forged: Basic) -> None:
    assert any("is not the quantity of that name" in p for p in problems(forged * N))
    assert not check(calc(forged, step(forged.args[1], by=definition)), layers=("structure",)).ok


@pytest.mark.parametrize("name", ["0", "12", "-1", "1/2", "x + y", "f(x)", "x[1]", "2x", "x=y", "", " ", "+", "(", "<"])
def test_what_is_no_name_is_not_declared_and_not_printed(name: str) -> None:
    with pytest.raises(DomainError, match="is not a name"):
        real(name)
    with pytest.raises(DomainError, match="is not a name"):
        define(name, S.One)
    if name.strip():
        assert any("is not a name" in p for p in problems(Symbol(name) * N))


@pytest.mark.parametrize("name", [r"\hat p", "x'", "pi_1", "α", r"\mathcal{L}", "log_q", "n_max", "λ_0"])
def test_what_is_a_name_is_declared(name: str) -> None:
    assert real(name).name == name


def test_what_is_defined_by_itself_by_way_of_others_is_refused() -> None:
    b = define("b", Symbol("a_0") + 1)
    circle = [b, define("a_0", b * 1)]
    with pytest.raises(DomainError, match="defined by each other"):
        closure(circle)
    with pytest.raises(DomainError, match="defined by each other"):
        check(calc(circle[0] * circle[1], step(N * 1, by=definition)))
    c = define("c", k, real("z", k)[k])
    assert set(closure([define("d", k, c[k] + 1)])) >= {c.symbol}


# --- operands that have to be distributions ---------------------------------------------------------------------------

half = define("half", k, p[k] / 2)
empirical = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)


@pytest.mark.parametrize("quantity", [Entropy, lambda d: KL(d, q), lambda d: KL(q, d), lambda d: CrossEntropy(q, d)])
def test_an_operand_that_has_to_be_a_distribution_is_proved_to_be_one_everywhere(quantity: object) -> None:
    wrong, right = quantity(half), quantity(empirical)  # type: ignore[operator]
    assert any("needs Equality(Sum(half[k], (k, 1, K)), 1)" in p or "half" in p for p in problems(wrong))
    assert not any("is a pmf" in p for p in problems(right))
    with pytest.raises(NotProved):
        prove(Equality(wrong, wrong.args[1]))
    with pytest.raises(AssertionError):
        assert_equal(wrong, wrong.args[1], accept="proof")


def test_an_expectation_is_under_a_distribution() -> None:
    assert any("half" in p for p in problems(Expected(log(q[k]), k, half)))
    assert problems(Expected(log(q[k]), k, empirical)) == ()
