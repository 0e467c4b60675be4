"""Random expressions against brute force: nested sums and products, dependent bounds, brackets, labels, facts.

The same expressions in large numbers: `python -m benchmarks.fuzz 10000`.
"""

from __future__ import annotations

import contextlib
from random import Random

import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deltasift import Derivation
from deltasift.derive import collapse
from deltasift.errors import ExpressionError
from oracle.decide import Comparison, compared
from oracle.instances import Problem, escaped
from oracle.random_expressions import Question, question
from oracle.verdict import singular

FEW = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(FEW, max_examples=25)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    chance = draw(st.randoms(use_true_random=False))
    assert isinstance(chance, Random)
    return question(chance)


def decided(problem: Problem, answer: sympy.Basic) -> Comparison:
    return compared(problem, answer, limit=40, seeds=2, work=6_000)


@FEW
@given(questions())
def test_a_result_is_equal_to_what_was_given(asked: Question) -> None:
    found = decided(asked.problem, collapse(asked.expr, facts=asked.known).result)
    assert found.equal is not False, found


@FEWER
@given(questions())
def test_a_result_speaks_of_nothing_but_what_was_given(asked: Question) -> None:
    result = collapse(asked.expr, facts=asked.known).result
    assert escaped(asked.problem, result) == set()
    assert not singular(result)


@FEWER
@given(questions())
def test_what_is_assumed_makes_it_equal(asked: Question) -> None:
    derivation = collapse(asked.expr, facts=asked.known, undecided="assume")
    assumed = assumptions(derivation)
    names = {s for condition in assumed for s in condition.free_symbols}
    assume(names <= asked.expr.free_symbols)  # else of an index that runs: it is for every one
    problem = asked.problem
    problem = Problem(problem.expr, problem.declared, (*problem.facts, *assumed), problem.options, problem.bounds)
    found = decided(problem, derivation.result)
    assert found.equal is not False, found


@FEWER
@given(questions())
def test_what_is_not_refused_needs_no_condition(asked: Question) -> None:
    with contextlib.suppress(ExpressionError):  # something is not decided
        derivation = collapse(asked.expr, facts=asked.known, undecided="refuse")
        assert not assumptions(derivation)
        assert decided(asked.problem, derivation.result).equal is not False


@FEWER
@given(questions())
def test_facts_may_only_take_conditions_away(asked: Question) -> None:
    """With facts or without, the value is the same wherever the facts hold."""
    found = decided(asked.problem, collapse(asked.expr).result)
    assert found.equal is not False, found


def assumptions(derivation: Derivation) -> list[sympy.Basic]:
    """Return what the steps of a derivation assume, as ordinary SymPy."""
    return [condition.to_sympy() for step in derivation.steps for condition in step.assumptions]
