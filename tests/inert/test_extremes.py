"""The largest and the smallest value over an index: a binder like a sum, without a value over an empty range."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from deltasift import (
    Equality,
    Max,
    Maximum,
    Min,
    Minimum,
    Sum,
    assert_equal,
    calc,
    exp,
    index,
    log,
    parse,
    prove,
    real,
    sizes,
)
from deltasift.check.balls import Balls
from deltasift.check.reasons import NoValue
from deltasift.check.world import World
from deltasift.inert import FOLDS, free, substitute
from deltasift.inert.mathml import MathmlLayout
from deltasift.judge.same import same
from deltasift.judge.term import read
from deltasift.line.scope import Scope
from deltasift.render.board import BoardLayout

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
z, x = real("z", n, k), real("x", k)
BOTH = pytest.mark.parametrize(("head", "plain"), [(Maximum, max), (Minimum, min)])


@BOTH
@given(values=st.lists(st.fractions(max_denominator=20), min_size=1, max_size=6))
def test_the_value_is_that_of_python(head: Any, plain: Any, values: list[Fraction]) -> None:
    world = World({K.symbol: Fraction(len(values))}, {x.symbol: {(i,): v for i, v in enumerate(values, 1)}})
    balls = Balls(world, Scope({d.symbol: d for d in (K, k, x)}))
    assert balls.as_fraction(balls.value(head(x[k], k), {})) == plain(values)


@BOTH
def test_over_nothing_there_is_no_value(head: Any, plain: Any) -> None:
    balls = Balls(World({}, {}), Scope())
    with pytest.raises(NoValue):
        balls.value(head(Symbol("i"), (Symbol("i"), 2, 1)), {})
    with pytest.raises(AssertionError, match="no value"):
        assert_equal(head(x[k], (k, 2, K)), head(x[k], (k, 2, K)))


@BOTH
def test_the_index_is_bound(head: Any, plain: Any) -> None:
    e = head(x[k] + Symbol("a"), k)
    assert k.symbol not in free(e)
    captured = substitute(e, {Symbol("a"): k.symbol})
    assert k.symbol in free(captured)
    i = index("i", 1, K)
    assert same(read(head(x[k], k)), read(head(x[i], i)))
    assert not same(read(Maximum(x[k], k)), read(Minimum(x[k], k)))


@BOTH
def test_it_is_printed_parsed_and_pickled(head: Any, plain: Any) -> None:
    e = head(x[k], k)
    assert str(e) == f"{head.__name__}(x[k], (k, 1, K))"
    assert str(parse(str(e)).expr) == str(e)
    assert pickle.loads(pickle.dumps(e)) == e
    assert e._repr_latex_() == rf"$\displaystyle \{plain.__name__}_{{1 \le k \le K}} x_{{k}}$"


@BOTH
def test_it_is_computed_on_data(head: Any, plain: Any) -> None:
    data = np.array([[1.0, 3.0, 2.0], [0.0, -1.0, -5.0]])
    values = calc(Sum(head(z[n, k], k), n)).evaluate(z=data)
    assert values[1] == sum(plain(row) for row in data.tolist())


def test_a_maximum_is_not_a_minimum() -> None:
    with pytest.raises(AssertionError, match="not equal at K = 2"):
        assert_equal(Maximum(x[k], k), Minimum(x[k], k))
    with pytest.raises(AssertionError, match="not equal"):
        assert_equal(Max(x[1], x[K]), Min(x[1], x[K]))


def test_what_is_taken_off_and_added_back_proves_away() -> None:
    i = index("i", 1, K)
    top = Maximum(z[n, i], i)
    shifted = -Sum(z[n, 1] - top - log(Sum(exp(z[n, k] - top), k)), n) / N
    assert prove(Equality(shifted, Sum(log(Sum(exp(z[n, k]), k)) - z[n, 1], n) / N)).report.ok


@pytest.mark.parametrize("layout", [MathmlLayout(), BoardLayout(), BoardLayout(ascii_only=True)])
def test_a_fold_without_a_sign_of_its_own_is_written_by_its_word(layout: Any) -> None:
    assert "every" in layout.big("every", "k", "1", "K")
    assert all("every" not in layout.big(f.sign, "k", "1", "K") for f in FOLDS)
