"""The one meaning of "the same line", and what is not the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Symbol

from deltasift import S, Sum, index, log, pmf, real, sizes
from deltasift.inert import Add, Div, Mul, Neg, Node
from deltasift.line.same import Canon, same
from deltasift.line.views import factors

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
q = pmf("q", k)
a, b, c = real("a"), real("b"), real("c")

SAME = [
    (a + b + c, c + (b + a)),
    (a * b * c, (c * b) * a),
    (-(a * b), (-a) * b),
    (-(a * b), a * (-b)),
    (a - b, -b + a),
    (a / b, a * (1 / b)),
    (-1 / N * a, -(a / N)),
    (a / (-b), -(a / b)),
    (-a / -b, a / b),
    (S(1) / 2 * a, a / 2),
    (-1 * a, -a),
    (Sum(q[k], k), Sum(q[m], m)),
    (Sum(Sum(q[k] * q[m], k), m), Sum(Sum(q[m] * q[k], m), k)),
]
DIFFERENT = [
    (a + b, a - b),
    (a * (b + c), a * b + a * c),
    (a + a, 2 * a),
    (1 * a, a),
    (2 * a * 3, 6 * a),
    (-(a + b), -a - b),
    (a / (b * c), a / b / c),
    (log(a * b), log(a) + log(b)),
    (a**2, a * a),
    (Sum(q[k], k), Sum(q[k], (k, 1, N))),
    (Sum(Sum(q[k], k), m), Sum(Sum(q[m], k), m)),
    (Sum(q[k], k), q[k]),
    (Sum(q[k] * a, k), a * Sum(q[k], k)),
]


@pytest.mark.parametrize(("x", "y"), SAME, ids=[f"{x} ~ {y}" for x, y in SAME])
def test_same_line(x: Node, y: Node) -> None:
    assert same(x, y)
    assert same(y, x)


@pytest.mark.parametrize(("x", "y"), DIFFERENT, ids=[f"{x} !~ {y}" for x, y in DIFFERENT])
def test_not_the_same_line(x: Node, y: Node) -> None:
    assert not same(x, y)


LEAVES = st.sampled_from([Symbol("a"), Symbol("b"), Symbol("c"), Integer(2), Integer(-3)])
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: Add(*p)),
        st.tuples(inner, inner, inner).map(lambda p: Mul(*p)),
        st.tuples(inner, inner).map(lambda p: Div(*p)),
        inner.map(Neg),
    ),
    max_leaves=10,
)


def shuffled(e: object, rng: random.Random) -> object:
    """Write the same line in another way: terms and factors in another order, signs and quotients elsewhere."""
    if not isinstance(e, Node):
        return e
    args = [shuffled(x, rng) for x in e.args]
    if isinstance(e, (Add, Mul)):
        rng.shuffle(args)
        if len(args) > 2 and rng.random() < 0.5:
            args = [type(e)(*args[:2]), *args[2:]]
        return type(e)(*args)
    if isinstance(e, Neg) and isinstance(e.args[0], Mul) and rng.random() < 0.5:
        first, *rest = e.args[0].args
        return Mul(Neg(first), *rest)
    if isinstance(e, Div) and rng.random() < 0.5 and e.args[0] != 1:
        return Mul(args[0], Div(1, args[1]))
    return e.rebuild(tuple(args))  # type: ignore[arg-type]


@given(EXPRESSIONS, st.integers(0, 2**32))
def test_other_dress_is_the_same_line(e: object, seed: int) -> None:
    assert same(e, shuffled(e, random.Random(seed)))  # type: ignore[arg-type]


@given(EXPRESSIONS, EXPRESSIONS)
def test_same_lines_have_the_same_value(x: object, y: object) -> None:
    """What is called the same must be equal wherever both have a value."""
    canon = Canon()
    if not canon.same(x, y):  # type: ignore[arg-type]
        return
    point = {Symbol("a"): Integer(3), Symbol("b"): Integer(5), Symbol("c"): Integer(-7)}
    left, right = (e.to_sympy() if isinstance(e, Node) else e for e in (x, y))
    assert (left - right).subs(point) == 0 or not left.subs(point).is_finite


def test_depth_does_not_matter() -> None:
    e = f = a * 1
    for _ in range(3000):
        e, f = a + (-e), -f + a
    assert same(e, f)


def test_the_class_of_a_sum_does_not_depend_on_where_it_was_met_first() -> None:
    inner = Sum(q[k], k)
    canon = Canon()
    canon.key(Sum(inner * q[m], m))
    assert canon.same(inner, Sum(q[n], (n, 1, K)))


@pytest.mark.parametrize(
    ("expr", "sign", "names"),
    [
        (Mul(Neg(1), a), -1, ["a"]),
        (Mul(-1, a), -1, ["a"]),
        (Div(Neg(1), a), -1, ["1/a"]),
        (Mul(Div(Neg(Neg(1)), a), b), 1, ["1/a", "b"]),
        (Mul(1, a), 1, ["1", "a"]),
        (Mul(Mul(-1, Neg(1)), a), 1, ["1", "a"]),
    ],
)
def test_the_one_of_minus_one_is_no_factor(expr: Node, sign: int, names: list[str]) -> None:
    """As in the key of a line, a 1 that only carries a sign or stands above a fraction bar is no factor."""
    found, parts = factors(expr)
    assert found == sign
    assert [f"1/{f.expr}" if f.inverse else str(f.expr) for f in parts] == names
