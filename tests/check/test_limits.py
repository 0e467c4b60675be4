"""However large a line is, each layer ends, and says that it covered nothing instead of saying something wrong."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Integer, Rational, Symbol

from deltasift import (
    Derivation,
    Equality,
    Product,
    Sum,
    calc,
    delta,
    index,
    labels,
    pmf,
    real,
    sizes,
    step,
)
from deltasift.calc import page_of
from deltasift.check import CheckResult, check, evaluate, models
from deltasift.check.balls import MOST_BITS, Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.fractions import TooLarge, bounded, factorise, rat
from deltasift.check.models import check_models
from deltasift.check.world import World
from deltasift.errors import DomainError
from deltasift.inert import Node, Pow, Unequal
from deltasift.line.scope import Scope
from deltasift.rules import arithmetic

k, i, j = Symbol("k"), Symbol("i"), Symbol("j")
TOWER = Pow(10, Pow(10, 10))
x = real("x")

LONG: dict[str, Node] = {
    "a sum of a million terms": Sum(k, (k, 1, 10**6)),
    "a sum up to a tower": Sum(k, (k, 1, TOWER)),
    "three long sums": Sum(Sum(Sum(i * j * k, (i, 1, 90_000)), (j, 1, 90_000)), (k, 1, 90_000)),
}


def semantics(proof: Derivation) -> dict[str, CheckResult]:
    """Return what models and numbers say of the last line."""
    return {c.kind: c for c in check(proof, layers=("models", "numbers")).lines[-1].checks}


@pytest.mark.parametrize("expr", LONG.values(), ids=LONG)
def test_a_line_that_takes_too_long_is_not_covered(monkeypatch: pytest.MonkeyPatch, expr: Node) -> None:
    monkeypatch.setattr(evaluate, "MOST_STEPS", 20_000)
    results = semantics(calc(expr + x, step(x + expr, by=arithmetic)))
    assert results["numbers"].status == "skipped"
    assert results["numbers"].covers.startswith("not covered: ")
    assert results["models"].status == "unknown"
    assert results["models"].covers.startswith("0 of ")


def test_numbers_that_grow_in_a_loop_become_enclosures() -> None:
    long = Product(Pow(k, 4000), (k, 1, 100))
    results = semantics(calc(long + x, step(x + long, by=arithmetic)))
    assert results["numbers"].status == "passed"
    results = semantics(calc(long, step(2 * long, by=arithmetic)))
    assert results["numbers"].status == "failed"


def test_a_ball_takes_the_place_of_a_long_number() -> None:
    balls = Balls(World(), Scope({}))
    assert balls.as_fraction(balls.value(Pow(2, 4096), {})) == 2**4096
    assert balls.as_fraction(balls.value(Pow(Pow(2, 4096), 4096), {})) is None
    with pytest.raises(NotCovered, match="is an integer"):
        balls.integer(Pow(Pow(2, 4096), 4096), {})
    with pytest.raises(NoValue, match="is not an integer"):
        balls.integer(Integer(1) / 2, {})


def test_a_coefficient_of_a_model_is_of_bounded_length() -> None:
    with pytest.raises(TooLarge):
        bounded(rat(2 ** (MOST_BITS + 1)))  # type: ignore[arg-type]


def test_long_numbers_are_factored_in_part() -> None:
    prime = 2**89 - 1
    assert factorise(360) == {2: 3, 3: 2, 5: 1}
    assert factorise(4 * prime) == {2: 2, prime: 1}


def domain_error(given: tuple[Any, ...]) -> str:
    with pytest.raises(DomainError) as error:
        check(page_of(calc(x, step(x + 0, by=arithmetic)), (x, *given)))
    return str(error.value)


def test_a_table_without_end_is_refused() -> None:
    n = index("n", 1, 10**9)
    k = index("k", 1, 3)
    assert domain_error((n, k, labels("y", n, k))).endswith("y has more than 100000 entries")
    assert domain_error((n, pmf("q", n))).endswith("q has more than 100000 entries")


def test_models_end_where_there_are_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_MODELS", 200)
    n, k = index("n", 1, 3), index("k", 1, 10**9)
    y = labels("y", n, k)
    line = Sum(delta(y[n], 1), n)
    results = semantics(calc(line, step(line + 0, by=arithmetic)))
    assert results["models"].covers.startswith("the first 200 models: ")


def test_supports_without_end_are_walked_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_MODELS", 200)
    k = index("k", 1, 14)
    q = pmf("q", k)
    line = Sum(q[k] * delta(k, 1), k)
    results = semantics(calc(line, step(line + 0, by=arithmetic)))
    assert results["models"].covers.startswith("the first 200 models: ")


def test_a_table_too_large_for_models_is_said() -> None:
    n, k = index("n", 1, 200), index("k", 1, 3)
    y = labels("y", n, k)
    line = Sum(delta(y[n], 1), n)
    results = semantics(calc(line, step(line + 0, by=arithmetic)))
    assert results["models"] == CheckResult(
        "models", "skipped", "not covered: y has 200 entries, and a finite model at most 100"
    )
    assert results["numbers"].status == "passed"


def test_models_in_which_an_assumption_fails_say_nothing() -> None:
    K = sizes("K")
    m, r = index("m", 1, K), index("r", 1, K)
    a = real("a", m)
    before, after = delta(m, r) + a[m], a[m] + 0
    scope = scope_of(before, after)
    [apart] = check_models([(before, after, "=", None)], scope, [Unequal(m, r)])
    [free] = check_models([(before, after, "=", None)], scope)
    assert (apart.status, free.status) == ("passed", "failed")


def test_models_without_a_point_are_not_counted_as_checked() -> None:
    """No point that is drawn meets the assumption, so that the models are open: they are not covered."""
    a, b = real("a"), real("b")
    before, after = a + 0, b + 0
    [result] = check_models([(before, after, "=", None)], scope_of(before, after), [Equality(a, b + Rational(1, 97))])
    assert (result.status, result.covers) == (
        "unknown",
        "0 of 1 models decided exactly: no point of a model met the assumptions",
    )


def scope_of(*lines: Node) -> Scope:
    from deltasift.domain import closure
    from deltasift.inert.node import given_of, join

    return Scope(closure(set(join(*(given_of(e) for e in lines)))))
