"""Formulas that are too broad are broken into rows, and nothing of them is lost or taken apart."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import IndexedBase, KroneckerDelta, Piecewise, Sum, cos, exp, symbols

from deltasift.calc import Derivation
from deltasift.derive import collapse
from deltasift.render import document
from deltasift.render.breadth import breadth
from deltasift.render.breaking import rows

i, m, N = symbols("i m N", integer=True)
a, b, u, w = (IndexedBase(name) for name in "abuw")
TERMS = [r"a_{i}", r"\sum_{j=1}^{K} b_{j}", r"\frac{a + b}{c - d}", r"\left(x^{2} + y\right)", r"\log(x + y)", "q_{n}"]


@st.composite
def formulas(draw: st.DrawFn) -> str:
    chance = draw(st.randoms(use_true_random=False))
    assert isinstance(chance, Random)

    def one(depth: int) -> str:
        parts = [chance.choice(TERMS) for _ in range(chance.randint(1, 6))]
        if depth:
            parts.append(rf"\left({one(depth - 1)}\right)" if chance.random() < 0.5 else f"f({one(depth - 1)})")
        text = parts[0]
        for p in parts[1:]:
            text += chance.choice([" + ", " - ", " "]) + p
        return text

    return one(chance.randint(0, 3))


def bare(text: str) -> str:
    """Return a formula without the sizes of its parentheses and the signs of multiplication that a break adds."""
    return re.sub(r"\\left|\\right|\\Big[lr]|\\cdot|\s", "", text)


@given(formulas(), st.integers(8, 60))
def test_nothing_is_lost(text: str, most: int) -> None:
    assert bare("".join(part for _, part in rows(text, most))) == bare(text)


@given(formulas(), st.integers(8, 60))
def test_each_row_stands_by_itself(text: str, most: int) -> None:
    for _, part in rows(text, most):
        assert part.count("{") == part.count("}")
        assert part.count(r"\left") == part.count(r"\right")


@given(formulas(), st.integers(20, 60))
def test_what_fits_is_not_broken(text: str, most: int) -> None:
    assert (len(rows(text, most)) == 1) >= (breadth(text) <= most)


def test_a_sum_is_broken_before_its_signs_and_at_a_relation() -> None:
    text = " + ".join(f"a_{{{n}}}" for n in range(30)) + " = b"
    found = rows(text, 20)
    assert len(found) > 3
    assert all(part.startswith("+ ") for _, part in found[1:-1])
    assert found[-1][1] == "= b"
    assert all(breadth(part) <= 20 for _, part in found)


def test_a_product_is_broken_before_a_factor_and_never_after_the_sign_of_a_sum() -> None:
    text = r"\sum_{i=1}^{N} (a_{i} + b_{i}) (c_{i} + d_{i}) (e_{i} + f_{i})"
    assert rows(text, 14) == [
        (0, r"\sum_{i=1}^{N} (a_{i} + b_{i})"),
        (1, r"\cdot (c_{i} + d_{i})"),
        (1, r"\cdot (e_{i} + f_{i})"),
    ]


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
