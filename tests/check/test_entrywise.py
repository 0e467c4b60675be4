"""What a fact says of each entry of labels by itself bounds what is drawn, and what models are looked at."""

from __future__ import annotations

from typing import Any

from deltasift import Equality, Sum, Unequal, counts, index, iverson, real, sizes
from deltasift.check.finite import Models
from deltasift.check.sampling import Sampler, generator
from deltasift.derive.question import ask
from deltasift.inert import ForAll, Or

N, K = sizes("N K")
n = index("n", 1, N)
y, x = counts("y", n, -100, K - 1), real("x", n)
IGNORED = ForAll(Or(Equality(y[n], -100), y[n] >= 0), n)
LINE = Sum(iverson(Unequal(y[n], -100)) * x[n], n)


def sampler(*facts: Any) -> Sampler:
    question = ask(LINE, LINE, [n, y, x, *facts])
    return Sampler(question.scope, question.statements)


def test_labels_are_drawn_from_the_values_that_each_may_have() -> None:
    found = sampler(IGNORED)
    world = found.draw(generator("entrywise"), {N.symbol: 50, K.symbol: 3}, tries=1)
    assert world is not None
    assert set(world.tables[y.symbol].values()) == {-100, 0, 1, 2}


def test_a_fact_about_some_entries_alone_bounds_none() -> None:
    first = ForAll(Or(Equality(y[n], -100), y[n] >= 0), (n.symbol, 1, 1))
    world = sampler().draw(generator("entrywise"), {N.symbol: 1, K.symbol: 3})
    assert world is not None
    assert sampler(first).allowed(y, world) is None


def test_a_fact_about_other_names_bounds_none() -> None:
    found = sampler(ForAll(y[n] <= x[n], n))
    world = sampler().draw(generator("entrywise"), {N.symbol: 1, K.symbol: 3})
    assert world is not None
    assert found.allowed(y, world) is None


def test_models_have_the_labels_that_a_fact_leaves() -> None:
    question = ask(LINE, LINE, [n, y, x, IGNORED])
    models = Models(question.scope, question.statements, [LINE], dict.fromkeys((N.symbol, K.symbol), 1))
    found = [tuple(world.tables[y.symbol].values()) for world, _ in models]
    assert found == [(-100,), (0,)]
