"""Domains: their facts, what they refuse, and that facts which contradict each other are found."""

from __future__ import annotations

import pickle

import pytest
from sympy import Symbol

from deltasift import Sum, define, delta, density, index, labels, log, pmf, positive, real, sizes
from deltasift.calc import assuming, calc, step
from deltasift.check import check
from deltasift.check.balls import Balls
from deltasift.check.sampling import Sampler, generator
from deltasift.conditions.consistency import contradiction
from deltasift.domain import (
    DefinedFunction,
    Density,
    Domain,
    Fact,
    Family,
    Index,
    Labels,
    Pmf,
    Reals,
    Size,
    closure,
)
from deltasift.errors import DomainError
from deltasift.inert import ForAll, Less, LessEqual
from deltasift.line.scope import Scope
from deltasift.rules import definition

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
bits = labels("b", n, 0, 1)
q = pmf("q", k)
positive_q = pmf("r", k, positive=True)
rows = pmf("s", k, given=n)
x = real("x", n)
prior = real("pi_1", above=0, below=1)
scale = positive("sigma")
everything = [N, K, n, k, y, bits, q, positive_q, rows, x, prior, scale]


def test_a_handle_stands_for_a_plain_symbol() -> None:
    assert (N + 1).xreplace({Symbol("N"): Symbol("M")}) == (sizes("M") + 1)
    assert (N + 1).to_sympy().subs(Symbol("N"), 5) == 6


@pytest.mark.parametrize("seed", range(20))
def test_every_sampled_world_meets_every_fact(seed: int) -> None:
    scope = Scope(closure(everything))
    sampler = Sampler(scope)
    rng = generator(seed)
    world = sampler.draw(rng, {N.symbol: rng.randint(1, 6), K.symbol: rng.randint(1, 5)})
    assert world is not None
    balls = Balls(world, scope)
    for domain in everything:
        for fact in domain.facts():
            statement = fact.statement
            for name, lo, hi in fact.limits:
                statement = ForAll(statement, (name, lo, hi))
            assert balls.holds(statement, {}), (domain, fact.statement, world)
    for total in (Sum(q[k], k), Sum(positive_q[k], k)):
        assert balls.as_fraction(balls.value(total, {})) == 1


def test_sampling_reaches_zeros_and_end_points() -> None:
    scope = Scope(closure([q, y]))
    sampler = Sampler(scope)
    worlds = [sampler.draw(generator(i), {N.symbol: 3, K.symbol: 3}) for i in range(60)]
    entries = [v for w in worlds if w for v in w.tables[Symbol("q")].values()]
    seen = {v for w in worlds if w for v in w.tables[Symbol("y")].values()}
    assert 0 in entries
    assert 1 in entries
    assert seen == {1, 2, 3}


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: index("n", 3, 1), "an empty range"),
        (lambda: labels("y", n, 2, 1), "there are none"),
        (lambda: labels("y", n, 0), "a least and a greatest label"),
        (lambda: real("x", above=1, below=1), "cannot exist"),
        (lambda: sizes(""), "needs a name"),
        (lambda: define("c"), "has no body"),
        (lambda: define("c", k, define("c", k, delta(k, 1))[k] + 1), "defined by itself"),
        (lambda: q[k, k], "has 1 indices, not 2"),
        (lambda: prior[k], "has no entries"),
        (lambda: list(q), "cannot be iterated"),
        (lambda: density("f")(1, 2), "takes one real, not 2"),
        (lambda: Sum(log(x[n]), x), "is a table"),
    ],
)
def test_what_makes_no_sense_is_refused(declare: object, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        declare()  # type: ignore[operator]


def test_two_declarations_of_one_name_are_refused() -> None:
    other = pmf("q", n)
    with pytest.raises(DomainError, match="q is declared in two ways"):
        check(calc(Sum(q[k], k) * Sum(other[n], n), step(N, by=definition)))


def test_facts_that_contradict_each_other_are_refused() -> None:
    nothing = labels("z", n, K + 1, K)
    assert contradiction(Scope(closure([nothing]))) is not None
    with pytest.raises(DomainError, match="contradict each other"):
        check(calc(Sum(nothing[n], n), step(N, by=definition)))


def test_assumptions_that_contradict_the_facts_are_refused() -> None:
    false = assuming(ForAll(Less(q[k], 0), k))
    scope = Scope(closure([q]), assumed=false.statements)
    assert contradiction(scope) is not None


def test_facts_without_contradiction_pass() -> None:
    assert contradiction(Scope(closure(everything), assumed=(LessEqual(K, N),))) is None


def test_a_domain_survives_pickling() -> None:
    for domain in everything:
        assert pickle.loads(pickle.dumps(domain)) == domain


@pytest.mark.parametrize("kind", [Size, Index, Labels, Reals, Pmf, Density, Family, DefinedFunction])
def test_a_domain_of_a_kind_of_its_own_is_refused(kind: type[Domain]) -> None:
    class Own(kind):  # type: ignore[misc, valid-type]
        def facts(self) -> tuple[Fact, ...]:
            return (Fact(Less(5, self), self.symbol, (), "it says so"),)

    own = object.__new__(Own)
    object.__setattr__(own, "name", "own")
    with pytest.raises(DomainError, match="of a kind of its own"):
        closure([N, own])


def test_the_ends_of_labels_and_reals_bring_their_domains() -> None:
    count, large = labels("m", index("n", 1, 3), 0, sizes("L")), real("x", above=sizes("M"))
    assert {s.name for s in closure([count])} == {"m", "n", "L"}
    assert {s.name for s in closure([large])} == {"x", "M"}
