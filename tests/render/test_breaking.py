"""Formulas that are too broad are broken into rows, and nothing of them is lost or taken apart."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from subprocess import run
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import IndexedBase, KroneckerDelta, Piecewise, Sum, Symbol, cos, exp, symbols

from deltasift import inert
from deltasift.calc import Derivation
from deltasift.derive import collapse
from deltasift.inert.printing import TextbookLatex, latex
from deltasift.render import document
from deltasift.render.board import BoardLayout, board
from deltasift.render.breadth import breadth
from deltasift.render.breaking import rows
from readers.chains import FUNCTIONS
from readers.latex import read_latex
from readers.text import read_text
from readers.tree import tree_of
from readers.values import value

i, m, N = symbols("i m N", integer=True)
a, b, u, w = (IndexedBase(name) for name in "abuw")
LATEX = TextbookLatex().layout
BOARD = BoardLayout()


def terms() -> list[Any]:
    x, y, k, n = symbols("x y k n")
    total = inert.Sum(inert.Entry(Symbol("q"), k), (k, 1, N))
    return [
        inert.Entry(Symbol("a"), n),
        total,
        inert.Div(inert.Add(x, y), inert.Add(x, inert.Neg(y))),
        inert.Pow(inert.Add(inert.Div(x, 2), y), 2),
        inert.Log(inert.Add(x, y)),
        inert.Mul(inert.Neg(total), y),
        inert.Derivative(inert.Log(x), x),
        inert.Iverson(inert.LessEqual(k, inert.Add(n, 1))),
    ]


@st.composite
def formulas(draw: st.DrawFn) -> Any:
    chance = draw(st.randoms(use_true_random=False))
    assert isinstance(chance, Random)

    def one(depth: int) -> Any:
        parts = [chance.choice(terms()) for _ in range(chance.randint(2, 6))]
        if depth:
            inner = one(depth - 1)
            parts.append(chance.choice([inner, inert.Apply(Symbol("f"), inner), inert.Sum(inner, (m, 1, N))]))
        return chance.choice([inert.Add, inert.Mul])(*parts)

    e = one(chance.randint(0, 3))
    return chance.choice([e, inert.Equality(one(0), e)])


def text_rows(e: Any, most: int) -> list[tuple[int, str]]:
    return rows(BOARD.marked(e), most, measure=len, times="·", indent=lambda start: 0.0)


def bare(text: str) -> str:
    """Return a formula without the sizes of its parentheses and the signs of multiplication that a break adds."""
    return re.sub(r"\\left|\\right|\\bigg[lr]|\\cdot|·|\s", "", text)


@given(formulas(), st.integers(8, 60))
def test_nothing_is_lost(e: Any, most: int) -> None:
    assert bare("".join(part for _, part in rows(LATEX.marked(e), most))) == bare(latex(e))
    assert bare("".join(part for _, part in text_rows(e, most))) == bare(board(e))


@given(formulas(), st.integers(8, 60))
def test_each_row_stands_by_itself(e: Any, most: int) -> None:
    for _, part in rows(LATEX.marked(e), most):
        assert part.count("{") == part.count("}")
        assert part.count(r"\left") == part.count(r"\right")


@given(formulas(), st.integers(8, 60))
def test_broken_rows_read_as_what_was_printed(e: Any, most: int) -> None:
    wanted = value(tree_of(e))
    assert value(read_latex([part for _, part in rows(LATEX.marked(e), most)], FUNCTIONS)) == wanted
    assert value(read_text([part for _, part in text_rows(e, most)], FUNCTIONS)) == wanted


@given(formulas(), st.integers(20, 60))
def test_what_fits_is_not_broken(e: Any, most: int) -> None:
    assert (len(rows(LATEX.marked(e), most)) == 1) >= (breadth(latex(e)) <= most)
    assert (len(text_rows(e, most)) == 1) >= (len(board(e)) <= most)


@given(formulas(), st.sampled_from([40, 80, 120]))
def test_a_sign_and_its_operand_stand_in_one_row(e: Any, most: int) -> None:
    for _, part in [*rows(LATEX.marked(e), most), *text_rows(e, most)]:
        assert not re.search(r"(\\log|\\ln|log|[-+=·/(]|\\le|≤|[}]\^\{\w+\})$", part) or part.endswith("}")


def test_a_sum_is_broken_before_its_signs_and_at_a_relation() -> None:
    text = LATEX.marked(inert.Equality(inert.Add(*(inert.Entry(Symbol("a"), n) for n in range(30))), Symbol("b")))
    found = rows(text, 20)
    assert len(found) > 3
    assert all(part.startswith("+ ") for _, part in found[1:-1])
    assert found[-1][1] == "= b"
    assert all(breadth(part) <= 20 for _, part in found)


def test_a_product_is_broken_before_a_factor_and_never_after_the_sign_of_a_sum() -> None:
    pairs = [(symbols(f"{x} {y}")) for x, y in ("ab", "cd", "ef")]
    factors = [inert.Add(inert.Entry(x, i), inert.Entry(y, i)) for x, y in pairs]
    assert rows(LATEX.marked(inert.Sum(inert.Mul(*factors), (i, 1, N))), 14) == [
        (0, r"\sum_{i=1}^{N} (a_{i} + b_{i})"),
        (1, r"\cdot (c_{i} + d_{i})"),
        (1, r"\cdot (e_{i} + f_{i})"),
    ]


def test_parentheses_that_are_broken_have_a_fixed_size_and_the_others_grow() -> None:
    x, y = symbols("x y")
    inner = inert.Add(inert.Div(x, y), inert.Mul(2, inert.Add(inert.Div(y, x), x)))
    found = " ".join(part for _, part in rows(LATEX.marked(inert.Mul(x, inner, y)), 13))
    assert found == r"x \biggl(\frac{x}{y} + 2 \cdot \left(\frac{y}{x} + x\right)\biggr) \cdot y"


def broad() -> list[Derivation]:
    many = sum(KroneckerDelta(i, n) * exp(u[i] * n) * cos(w[i] + n) for n in range(1, 9))
    product = KroneckerDelta(i, m) * a[i] * (u[i] + w[i] + b[i]) * (a[i] - b[i]) * exp(a[i] * b[i]) * cos(u[i]) ** 2
    cases = Piecewise((u[i] * KroneckerDelta(i, m) + w[i], i < m), (exp(u[i]) * w[i], i < 2 * m), (w[i], True))
    return [collapse(Sum(line, (i, 1, N))) for line in (many, product * (1 + a[i] + u[i] * w[i]), cases)]


@pytest.mark.usefixtures("requires_tex")
def test_a_document_of_broad_lines_stays_within_its_margins(tmp_path: Path) -> None:
    for n, derivation in enumerate(broad()):
        (tmp_path / f"{n}.tex").write_text(document(derivation.report), encoding="utf-8")
        done = run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{n}.tex"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:]
        assert "Overfull" not in done.stdout


def test_all_else_is_otherwise() -> None:
    derivation = broad()[-1]
    assert r"\text{otherwise}" in derivation.latex()
    assert "True" not in derivation.latex()
