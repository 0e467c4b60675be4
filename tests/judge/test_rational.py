"""Two terms are one rational function just where they have the same values."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Symbol, pi
from sympy.core.basic import Basic

from deltasift.domain import real
from deltasift.inert import Add, Div, Mul, Neg, Pow, exp, log, sqrt
from deltasift.judge.term import Term, read
from deltasift.judge.verify.rational import equal

x, y = Symbol("x"), Symbol("y")
NAMES = {x: Fraction(7, 3), y: Fraction(-5, 11)}

leaves = st.sampled_from([x, y, *(Integer(n) for n in (-2, 0, 1, 2, 3))])
expressions: st.SearchStrategy[Basic] = st.recursive(
    leaves,
    lambda e: (
        st.builds(lambda a, b: Add.make((a, b)), e, e)
        | st.builds(lambda a, b: Mul.make((a, b)), e, e)
        | st.builds(lambda a: Neg.make((a,)), e)
        | st.builds(lambda a, b: Div.make((a, b)), e, e)
        | st.builds(lambda a: Pow.make((a, Integer(2))), e)
    ),
    max_leaves=8,
)


def value(t: Term, at: dict[Basic, Fraction]) -> Fraction:
    if t.head == "number":
        return t.value
    if t.head == "free":
        return at[t.value]
    parts = [value(a, at) for a in t.args]
    if t.head == "Add":
        return sum(parts, Fraction(0))
    if t.head == "Neg":
        return -parts[0]
    if t.head == "Mul":
        out = Fraction(1)
        for p in parts:
            out *= p
        return out
    return parts[0] / parts[1] if t.head == "Div" else parts[0] ** int(parts[1])


@given(expressions, expressions, st.integers(0, 5))
def test_what_is_equal_has_the_same_value(a: Basic, b: Basic, seed: int) -> None:
    s, t = read(a), read(b)
    found = equal(s, t)
    rng = random.Random(seed)
    same = []
    for _ in range(4):
        at = {n: Fraction(rng.randint(-99, 99), rng.randint(1, 50)) for n in NAMES}
        try:
            same.append(value(s, at) == value(t, at))
        except ZeroDivisionError:
            continue
    assert all(same) or not found
    if len(same) > 2 and all(same):  # by chance alone these are never equal
        assert found


u, v = real("u"), real("v")  # with the operators of a page, which only build
IDENTITIES = {
    "a square of a sum": ((u + v) ** 2, u**2 + 2 * u * v + v**2),
    "a divisor": (1 / (u - v) - 1 / (u + v), 2 * v / (u**2 - v**2)),
    "an exponential of a sum": (exp(u + 2 * v), exp(u) * exp(v) ** 2),
    "an exponential below": (exp(-u), 1 / exp(u)),
    "a root": (sqrt(u + 1) * sqrt(u + 1), u + 1),
    "a root below": (sqrt(pi / u), sqrt(pi) / sqrt(u)),
    "a root of a number": (sqrt(Integer(8)), Integer(2) * sqrt(u) * sqrt(Integer(2)) / sqrt(u)),
    "a half": (u * sqrt(u), sqrt(u) ** 3),
    "a logarithm is a name": (2 * log(u) * v - v * log(u), v * log(u)),
}
OTHERS = {
    "a sign": ((u - v) ** 2, u**2 + 2 * u * v + v**2),
    "a factor": (exp(u + v), exp(u) * exp(v) ** 2),
    "another logarithm": (log(u), log(v)),
    "a root that is not one": (sqrt(u), sqrt(v)),
    "a root of a square": (sqrt(u**2), 1 * u),
    "nothing by 0": (u / (v - v), u / (v - v)),
    "too high a power": ((u + v) ** 500, (v + u) ** 500 + 1),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_an_identity(name: str) -> None:
    a, b = IDENTITIES[name]
    assert equal(read(a), read(b))


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none(name: str) -> None:
    a, b = OTHERS[name]
    assert not equal(read(a), read(b))


def test_a_deep_term_is_no_trouble() -> None:
    deep: Basic = x
    for _ in range(3000):
        deep = Add.make((deep, y))
    assert equal(read(deep), read(Add.make((x, Mul.make((Integer(3000), y))))))
