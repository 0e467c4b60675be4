"""What is given of a sum for each value of its other indices: it holds of that sum, and of no other."""

from __future__ import annotations

import pytest

from deltasift import ForAll, Sum, Unequal, index, real, sizes, sqrt
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.prove import Prover
from deltasift.derive.question import ask
from deltasift.inert import Node, inert
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
i, j = index("i", 1, N), index("j", 1, K)
z, square = real("z", n, k), real("square", n, i)
PROVERS = [Prover, CertifiedProver]


def scope(*given: Node) -> Scope:
    return ask(Sum(z[n, k], k, n), Sum(square[n, i], i, n), given).scope


@pytest.mark.parametrize("prover", PROVERS)
def test_a_sum_of_squares_that_is_said_to_be_positive_is_not_0(prover: type[Prover]) -> None:
    said = scope(ForAll(Sum(z[n, k] ** 2, k) > 0, n))
    for claim in (Unequal(Sum(z[n, k] ** 2, k), 0), Unequal(sqrt(Sum(z[n, j] ** 2, j)), 0), Sum(z[n, j] ** 2, j) > 0):
        assert prover().holds(inert(ForAll(claim, n)), said)


@pytest.mark.parametrize("prover", PROVERS)
def test_nothing_is_said_of_another_sum(prover: type[Prover]) -> None:
    said = scope(ForAll(Sum(z[n, k], k) > 0, n), ForAll(Sum(square[n, i], i) > 0, n))
    for claim in (
        ForAll(Sum(z[n, k] ** 2, k) > 0, n),
        ForAll(Sum(z[n, k], n) > 0, k),
        ForAll(Sum(square[i, n], i) > 0, n),
    ):
        assert not prover().holds(inert(claim), said)


@pytest.mark.parametrize("prover", PROVERS)
def test_the_other_index_is_not_one_that_the_sum_binds(prover: type[Prover]) -> None:
    """The sum over a diagonal is no row."""
    said = scope(ForAll(Sum(square[n, i], i) > 0, n))
    diagonal = inert(Sum(square[i, i], i) > 0)
    assert not prover().holds(diagonal, said)
    assert not prover().holds(inert(ForAll(diagonal, n)), said)
    assert not prover().holds(inert(ForAll(diagonal, i)), said)
