"""A minus sign is printed once and before all that it stands before, in every alphabet."""

from __future__ import annotations

import pytest
from sympy import Integer, Rational, Symbol, oo

from deltasift.inert import Add, Div, Entry, Func, Integral, Log, Mul, Neg, Pow, Product, Sum
from deltasift.inert.printing import latex
from deltasift.parse import parse
from deltasift.render.board import board

a, b, c, k, K, q = (Symbol(name) for name in "abckKq")
total = Sum(Entry(q, k), (k, 1, K))
SIGNS = [
    (Add(a, Mul(Neg(total), b)), r"a - \left(\sum_{k=1}^{K} q_{k}\right) b", "a - (∑_{k=1}^{K} q_k) b"),
    (Div(Neg(Log(b)), c), r"-\frac{\log b}{c}", "-log(b)/c"),
    (Mul(Neg(Log(b)), c), r"-\log(b) c", "-log(b) c"),
    (Div(Neg(Add(a, b)), c), r"-\frac{a + b}{c}", "-(a + b)/c"),
    (Div(Add(Neg(a), b), c), r"\frac{-a + b}{c}", "(-a + b)/c"),
    (Pow(-oo, 2), r"(-\infty)^{2}", "(-∞)^2"),
    (Add(a, -oo), r"a - \infty", "a - ∞"),
    (Neg(Neg(a)), "-(-a)", "-(-a)"),
    (Neg(Integer(-2)), "-(-2)", "-(-2)"),
    (Mul(a, Rational(-1, 2)), r"a \cdot \left(-\frac{1}{2}\right)", "a · (-1/2)"),
    (Func("floor", Neg(a)), r"\left\lfloor -a\right\rfloor", "floor(-a)"),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "tex", "words"), SIGNS, ids=[w for _, _, w in SIGNS])
def test_a_sign_is_printed_once(expr: Add, tex: str, words: str) -> None:
    assert latex(expr) == tex
    assert board(expr) == words


BODIES = [a, Sum(a, (k, 1, K)), Product(a, (k, 1, K)), Integral(a, (k, 0, 1)), Log(a), Div(a, b), Add(a, b), Mul(a, b)]
AROUND = [
    lambda e: Mul(e, c),
    lambda e: Div(e, c),
    lambda e: Add(c, e),
    lambda e: Add(c, Mul(e, c)),
    lambda e: Div(Mul(e, c), b),
    lambda e: Pow(e, 2),
    lambda e: Sum(e, (k, 1, K)),
    lambda e: Neg(e),
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("body", BODIES, ids=str)
def test_no_parenthesis_loses_its_beginning(body: Add, around: object) -> None:
    e = around(Neg(body))  # type: ignore[operator]
    for text in (latex(e), board(e), board(e, ascii_only=True)):
        assert text.count("(") == text.count(")")
        assert text.count(r"\left") == text.count(r"\right")
        assert "--" not in text
        assert "left(" not in text.replace(r"\left(", "")


@pytest.mark.parametrize("expr", [e for e, _, _ in SIGNS], ids=str)
def test_the_spelling_of_a_page_is_read_back(expr: Add) -> None:
    assert parse(str(expr)).expr == expr
