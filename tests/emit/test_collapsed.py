"""The code of what `collapse` finds, run on data as its module says: every line has the value that the checker finds.

Names that nobody declared are arrays that begin where the loops of a line say, or functions of the page's own indices.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from sympy import Symbol

from deltasift import collapse
from deltasift.calc import Derivation, page_of
from deltasift.check import check
from deltasift.check.balls import Balls
from deltasift.check.checker import page_scope
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import Sampler, generator
from deltasift.check.undeclared import Asked, with_values
from deltasift.check.world import Smooth, World
from deltasift.derive.text import read
from deltasift.domain import Domain, Index
from deltasift.emit import Program, PythonFunction, line_functions, python_source
from deltasift.emit.run import load
from deltasift.errors import BridgeError, Undefined
from deltasift.inert import free, substitute
from oracle.cases import Case
from oracle.cases import load as load_cases
from sampled import sampled

LONG = {1: 24, 2: 12, 3: 9, 4: 8}  # entries of an array on each of its axes, more than any line of a case reaches
DRAWN = 3
CASES = load_cases()
FLAGSHIP = "Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))"


def derived(case: Case) -> Derivation | None:
    try:
        return collapse(case.expr, facts=case.known)
    except (Undefined, BridgeError):
        return None


def asked(derivation: Derivation) -> Asked:
    """Return the lines with domains for all of their names."""
    lines = derivation.lines
    page = page_of(derivation)
    return with_values([(lines[0], e, "=", None) for e in lines], page_scope(page), page.assumptions)


def drawn(question: Asked, seed: str) -> Iterator[World]:
    sampler = Sampler(question.scope, question.assumptions, strict=bool(question.guessed))
    rng = generator("code", seed)
    for _ in range(DRAWN):
        try:
            world = sampler.draw(rng, {s.symbol: rng.randint(1, 4) for s in sampler.sizes})
        except (NoValue, NotCovered):
            return
        if world is not None:
            yield world


class Data:
    """What a world has, as the conventions of a module say."""

    def __init__(self, program: Program, question: Asked, world: World) -> None:
        self.program = program
        self.world = world
        self.balls = Balls(world, question.scope)
        self.named: dict[str, Domain] = {s.name: d for s, d in question.scope.domains.items()}

    def argument(self, name: Symbol) -> Any:
        domain = self.named[name.name]
        symbol = domain.symbol
        if symbol in self.world.functions:
            shape = self.world.functions[symbol]
            return (
                (lambda *x: smooth(shape, x)) if isinstance(shape, Smooth) else lambda x: float(shape.at(Fraction(x)))
            )
        kind = int if domain.integer or isinstance(domain, Index) else float
        if symbol in self.world.numbers:
            return kind(self.world.numbers[symbol])
        entries = self.world.tables[symbol]
        stored = self.program.stored[name]
        if not stored.firsts:
            return lambda *where: kind(entries[where])
        known = {s: self.named[str(s)].symbol for first in stored.firsts for s in free(first)}
        firsts = [self.balls.integer(substitute(first, known), {}) for first in stored.firsts]
        return _nested(firsts, (), LONG[len(firsts)], lambda where: kind(entries[where]))


def smooth(shape: Smooth, at: tuple[float, ...]) -> float:
    """Return the value of a polynomial, damped or not."""
    total = sum(float(c) * math.prod(x**n for x, n in zip(at, powers, strict=True)) for c, powers in shape.terms)
    return total * math.exp(-sum(x * x for x in at)) if shape.damped else total


def _nested(firsts: list[int], before: tuple[int, ...], length: int, entry: Any) -> Any:
    if not firsts:
        return entry(before)
    return [_nested(firsts[1:], (*before, firsts[0] + i), length, entry) for i in range(length)]


def enclosed(balls: Balls, value: Any) -> tuple[float, float]:
    """Return the middle and the radius of what encloses a value: 0 of a rational."""
    known = balls.as_fraction(value)
    return (float(value), float(value.rad())) if known is None else (float(known), 0.0)


@pytest.mark.parametrize("case", sampled(CASES, 3, lambda c: c.id))
def test_every_line_of_a_case_that_has_a_form_has_its_value(case: Case) -> None:
    derivation = derived(case)
    if derivation is None:
        return  # refused, as the tests of `collapse` say
    program, functions = line_functions(check(derivation, layers=()))
    written = [f for f in functions.values() if isinstance(f, PythonFunction)]
    run = load("\n\n".join([program.prelude(), *(f.source for f in written)]), case.id)
    question = asked(derivation)
    for world in drawn(question, case.id):
        data = Data(program, question, world)
        for (_, e, _, _), f in zip(question.lines, functions.values(), strict=True):
            if isinstance(f, str) or any(p.name not in data.named for p in f.parameters):
                continue
            try:
                value = data.balls.value(e, {})
            except (NoValue, NotCovered):
                continue
            found = run[f.name](*map(data.argument, f.parameters))
            expected, within = enclosed(data.balls, value)
            assert found == pytest.approx(expected, rel=1e-8, abs=1e-10 + within), f.source


def module(text: str, *declared: str) -> tuple[str, dict[str, Any]]:
    problem = read(text, (), declared)
    source = python_source(check(collapse(problem.expr, facts=problem.facts), layers=()))
    return " ".join(source.split()), dict(load(source, "module"))


def test_the_flagship_runs_on_lists_as_its_module_says() -> None:
    source, run = module(FLAGSHIP)
    assert "q[0] is the page's q[1]" in source
    assert "y[0] is the page's y[1]" in source
    q, y = [0.2, 0.3, 0.5], [1, 3, 3, 2]
    expected = sum(math.log(q[label - 1]) for label in y)
    for name in ("line_1", "line_2"):
        assert run[name](q=q, y=y, K=3, N=4) == pytest.approx(expected)


@pytest.mark.parametrize("first", [-2, 0, 1, 5])
def test_a_range_may_begin_anywhere_and_nothing_is_counted_from_the_end(first: int) -> None:
    source, run = module(f"Sum(KroneckerDelta(k, m)*f[k], (k, {first}, K))")
    assert f"f[0] is the page's f[{first}]" in source
    f = [10.0, 20.0, 30.0]
    last = first + len(f) - 1
    for m in range(first - 4, last + 4):
        value = f[m - first] if first <= m <= last else 0
        assert {run[name](f=f, m=m, K=last) for name in ("line_1", "line_2")} == {value}


@pytest.mark.parametrize("index", ["k - 1", "k - 2", "2*k - 3", "k + 3"])
def test_what_reaches_outside_of_an_array_says_so(index: str) -> None:
    """Of a declared table too, where a list would count a negative index from its end."""
    source, run = module(f"Sum(f[k] + f[{index}], (k, 1, 3))", "f: real")
    with pytest.raises(IndexError):
        run["line_1"](f=[1.0, 2.0, 3.0])
    assert "An index outside of an array is an IndexError" in source or index == "k + 3"


def test_a_table_of_which_no_loop_says_where_it_begins_is_a_function() -> None:
    source, run = module("f[m] + Sum(KroneckerDelta(2*k, m)*g[k], (k, -oo, oo))")
    assert "f(i) is the page's f[i]" in source
    assert "g(i) is the page's g[i]" in source
    assert run["line_2"](f=lambda i: 100 + i, g=lambda i: 10 * i, m=4) == 124
    assert run["line_2"](f=lambda i: 100 + i, g=lambda i: 10 * i, m=3) == 103


def test_an_infinite_sum_with_brackets_in_it_is_not_extrapolated() -> None:
    source, _ = module("Sum(KroneckerDelta(k, m)*f[k], (k, -oo, oo))")
    assert "# line 1 has no executable form: an infinite sum of terms with brackets" in source
