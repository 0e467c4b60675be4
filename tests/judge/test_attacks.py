"""False lines, and lines without a value, that were tried on the judge: by pages, and by uses that are forged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import S, oo

from deltasift import (
    Derivation,
    Derivative,
    Integral,
    Sum,
    calc,
    check,
    define,
    delta,
    dirac,
    exp,
    index,
    iverson,
    log,
    real,
    sizes,
    step,
)
from deltasift.conditions.certified import Decider
from deltasift.domain import closure
from deltasift.inert import At, Func, Less, Mul, Neg, Unequal, free, inert
from deltasift.judge import ACCEPT, REJECT, Goal, Judgement, Step, judge, judge_first
from deltasift.judge.context import World
from deltasift.judge.record import Chain, Claim
from deltasift.judge.term import Term, bound, make, read
from deltasift.rule import Method
from deltasift.rules import (
    deriv_const,
    div_self,
    integral_dirac_derivative,
    integral_dirac_outside,
    integral_dirac_sides,
    mul_add,
    sum_delta,
    sum_ne,
    zero_mul,
)

N = sizes("N")
n = index("n", 1, N)
a, b, t, x, y = (real(name) for name in ("a", "b", "t", "x", "y"))
p = real("p", above=-1)
hidden = define("w", x**2)
mass = define("f", t, dirac(t))
X = bound(0)


def beside(value: Any) -> Derivation:
    """Return a page in which something stands beside a sum that is multiplied out."""
    return calc(value * (a + b), step(value * a + value * b, by=mul_add))


PAGES: dict[str, Callable[[], Derivation]] = {
    # these were accepted
    "a derivative of a mass on a line that runs backwards": lambda: calc(
        Integral(dirac(x, 1) * x, (x, oo, -oo)), step(-1, by=integral_dirac_derivative)
    ),
    "a mass beside a corner on a line that runs backwards": lambda: calc(
        Integral(dirac(x) * Func("Max", x + 1, 2), (x, oo, -oo)), step(2, by=integral_dirac_sides)
    ),
    "a mass beside a corner between two ends that are one": lambda: calc(
        Integral(dirac(x) * Func("Max", x + 1, 2), (x, oo, oo)), step(2, by=integral_dirac_sides)
    ),
    "an integral to twice infinity": lambda: beside(Integral(exp(x), (x, 0, Mul(2, oo)))),
    "an integral from the negative of infinity": lambda: beside(Integral(exp(-x), (x, Neg(oo), 0))),
    "a series to twice infinity": lambda: beside(Sum(n, (n, 1, Mul(2, oo)))),
    # these were not
    "a mass outside of a line that runs backwards": lambda: calc(
        Integral(dirac(x - 1), (x, 3, 0)), step(0, by=integral_dirac_outside)
    ),
    "a constant that a definition hides is none": lambda: calc(Derivative(hidden, x), step(0, by=deriv_const)),
    "a range that is empty by two": lambda: calc(
        Sum(iverson(Unequal(n, 3)) * n, (n, 5, 2)), step(Sum(n, (n, 5, 2)) + Sum(n, (n, 4, 2)), by=sum_ne)
    ),
    "a delta at a half": lambda: calc(Sum(delta(2 * n, a) * n, (n, 1, 5)), step(a / 2, by=sum_delta)),
    "0 times what has no value": lambda: calc(0 * log(a), step(0, by=zero_mul)),
    "a growth that a parameter may turn": lambda: beside(Integral(exp(-a * x**2), (x, -oo, oo))),
    "a coefficient that may be 0": lambda: beside(Integral(1 / (1 + a * x**2), (x, -oo, oo))),
    "a corner beside a derivative of a mass": lambda: beside(Integral(dirac(x, 1) * Func("Abs", x), (x, -oo, oo))),
    "two masses at one point, one of them defined": lambda: beside(Integral(mass(x) * dirac(x), (x, -oo, oo))),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_it_is_not_accepted(name: str) -> None:
    assert check(PAGES[name](), layers=("structure",)).problems


# --- forged uses ---------------------------------------------------------------------------------------------------


def used(before: Any, after: Any, rule: Any, **said: Any) -> tuple[str, list[Judgement]]:
    """Return what is said of the first line, and of one use that is said to lead to the other."""
    first, last = inert(before), inert(after)
    world = World(closure((N, n, a, b, t, x, y, p, mass)), names=frozenset(free(first) | free(last)))
    decider = Decider()

    def holds(goal: Goal) -> bool:
        return decider.decide(goal.statement, goal.place) is not None

    start, end = read(first), read(last)
    rule = Method(rule, "", "") if isinstance(rule, str) else rule
    claim = Claim(rule, said.get("statement"), said.get("path", ()), said.get("made", end))
    claim = Claim(claim.rule, claim.statement, claim.path, claim.after, said.get("binding", {}), False, said.get("by"))
    found = judge(Step(start, end), (Chain(start, end, False, (claim,)),), world, holds)
    return judge_first(start, world, holds).status, list(found)


def statuses(before: Any, after: Any, rule: Any, **said: Any) -> tuple[str, list[str]]:
    first, others = used(before, after, rule, **said)
    return first, [j.status for j in others]


def over_itself(t: Term) -> dict[str, Any]:
    """Return how 1 becomes a term over itself."""
    return {"statement": 0, "made": make("Div", (t, t)), "binding": {"x": (0, t)}}


def test_an_even_integral_is_not_cut_where_a_mass_is() -> None:
    both = dirac(x) + dirac(-x)
    before, after = Integral(both, (x, -1, 1)), 2 * Integral(both, (x, 0, 1))
    assert statuses(before, after, "integral_even") == (ACCEPT, [REJECT])


def test_an_integral_is_not_cut_by_a_bracket_where_a_mass_is() -> None:
    before = Integral(Mul(dirac(x - 1), Mul(x - 1, iverson(Less(x, 1)))), (x, -oo, oo))
    assert statuses(before, Integral(dirac(x - 1) * (x - 1), (x, -oo, 1)), "integral_bracket") == (ACCEPT, [REJECT])
    assert statuses(before, before, "integral_bracket") == (ACCEPT, [ACCEPT])


def test_an_antiderivative_that_a_parameter_makes_constant_does_not_go_to_zero() -> None:
    """At p = 0 the integrand is 0, and the antiderivative is -1 everywhere."""
    before = Integral(p * exp(x) / (1 + p * exp(x)) ** 2, (x, 0, oo))
    witness = read(inert(Integral(-1 / (1 + p * exp(x)), (x, 0, oo))))
    assert statuses(before, 1 / (1 + p), "integral_exp", by=witness)[1] == [REJECT]
    plain = Integral(exp(x) / (1 + exp(x)) ** 2, (x, 0, oo))
    witness = read(inert(Integral(-1 / (1 + exp(x)), (x, 0, oo))))
    assert statuses(plain, S(1) / 2, "integral_exp", by=witness)[1] == [ACCEPT]


@pytest.mark.parametrize(
    ("before", "after", "path", "part"),
    [
        (Integral(1 * exp(x), (x, 0, 0)), Integral(x / x * exp(x), (x, 0, 0)), (0, 0), X),
        (
            Integral(mass(x) * Mul(1, exp(x)), (x, -1, 1)),
            Integral(mass(x) * (x / x * exp(x)), (x, -1, 1)),
            (0, 1, 0),
            X,
        ),
        (
            Integral(Sum(1 * exp(x), (n, 1, 2)), (x, 0, 3)),
            Integral(Sum((x - n) / (x - n) * exp(x), (n, 1, 2)), (x, 0, 3)),
            (0, 0, 0),
            make("Add", (bound(1), make("Neg", (X,)))),
        ),
        (At(1 * y, y, 0), At(y / y * y, y, 0), (0, 0), X),
    ],
)
def test_a_condition_of_a_rule_holds_everywhere(before: Any, after: Any, path: tuple[int, ...], part: Term) -> None:
    """An interval of one point, a mass that is defined, an index that a variable meets, a value at a point."""
    [judgement] = used(before, after, div_self.reversed, path=path, **over_itself(part))[1]
    assert (judgement.status, judgement.why[:27]) == (REJECT, "there is no proof of Unequa")


def test_what_holds_almost_everywhere_in_one_integral_shows_no_other_one() -> None:
    before = Integral(x * x / x, (x, -1, 1))
    after = Integral(x * x / x + 0 * Integral(1 / y, (y, -1, 1)), (x, -1, 1))
    made = read(inert(after)).args[0]
    [judgement] = used(before, after, "arithmetic", path=(0,), made=made)[1]
    assert (judgement.status, judgement.why[:29]) == (REJECT, "there is no proof of Integrab")


@pytest.mark.parametrize(("rule", "order"), [("integral_dirac_sides", 0), ("integral_dirac_derivative", 1)])
def test_of_two_masses_that_are_one_term_one_is_left_to_look_at(rule: str, order: int) -> None:
    once = Integral(dirac(x, order) * (x + 2), (x, -1, 1))
    twice = Integral(dirac(x, order) * dirac(x, order) * (x + 2), (x, -1, 1))
    assert statuses(once, 2 if order == 0 else -1, rule)[1] == [ACCEPT]
    assert statuses(twice, 2 if order == 0 else -1, rule)[1] == [REJECT]
