"""A sum over many terms is seen to be several sums, and only where each term is in just one of them."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Entry, Exp, Neg, Node, Sum
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.match.apart import is_taken_apart
from deltasift.match.search import Search
from deltasift.rules import sum_add

i, j, N = Symbol("i"), Symbol("j"), Symbol("N", integer=True)
TERMS = [Entry(Symbol(name), i) for name in "abcdefghijklmnop"] + [Exp(Entry(Symbol("a"), i)), i]


def total(terms: list[Basic]) -> Basic:
    return Add.make(tuple(terms)) if len(terms) > 1 else terms[0]


@st.composite
def split(draw: st.DrawFn) -> tuple[list[Basic], list[list[Basic]]]:
    """Draw the terms of a sum, some of them twice or with a sign, and the groups of a splitting."""
    chance = draw(st.randoms(use_true_random=False))
    assert isinstance(chance, Random)
    terms = [chance.choice(TERMS) for _ in range(chance.randint(3, 14))]
    terms = [Neg.make((t,)) if chance.random() < 0.3 else t for t in terms]
    shuffled = chance.sample(terms, len(terms))
    cuts = sorted(chance.sample(range(1, len(terms)), chance.randint(2, min(len(terms) - 1, 8))))
    return terms, [shuffled[a:b] for a, b in pairwise([0, *cuts, len(terms)])]


def found(before: Basic, after: Basic) -> bool:
    return Search().reach(before, after, sum_add, Scope()) is not None


def as_sum(terms: list[Basic]) -> Node:
    return Sum(total(terms), (i, 1, N))


@given(split())
def test_terms_in_several_sums_are_the_sum(case: tuple[list[Basic], list[list[Basic]]]) -> None:
    terms, groups = case
    parts = [as_sum(g) for g in groups]
    assert found(as_sum(terms), total(parts))
    assert Search().reach(total(parts), as_sum(terms), sum_add.reversed, Scope()) is not None


@given(split(), st.sampled_from(["left out", "twice", "another sign", "another range"]))
def test_a_term_too_few_or_too_many_is_seen(case: tuple[list[Basic], list[list[Basic]]], what: str) -> None:
    terms, groups = case
    parts: list[Basic] = [as_sum(g) for g in groups]
    if what == "left out":
        parts = [*parts[1:], as_sum([Entry(Symbol("z"), i)])]
    elif what == "twice":
        parts = [*parts, parts[0]]
    elif what == "another sign":
        assume(len(groups[0]) == 1)  # of several terms one may be the other with a sign
        parts = [Neg.make((parts[0],)), *parts[1:]]
    else:
        parts = [Sum(total(groups[0]), (i, 2, N)), *parts[1:]]
    assert not is_taken_apart(sum_add, as_sum(terms), total(parts), Canon(), Scope())


@pytest.mark.parametrize("count", [3, 30])
def test_bound_names_do_not_matter(count: int) -> None:
    terms = [Entry(Symbol(f"u{n}"), i) for n in range(count)]
    parts = [Sum(Entry(Symbol(f"u{n}"), j), (j, 1, N)) for n in range(count)]
    assert found(as_sum(terms), total(list(parts)))
