"""A formula with gaps is found up to bound names and order, and not where something else stands."""

from __future__ import annotations

import pytest
from sympy.core.basic import Basic

from deltasift import KL, Equality, Expectation, index, pmf, sizes
from deltasift.errors import ParseError
from deltasift.inert import Node
from deltasift.parse import parse
from deltasift.search.formula import GAP, read_formula
from deltasift.search.matching import parts_like


def found(formula: str, text: str) -> list[str]:
    return [str(e) for e in parts_like(read_formula(formula), parse(text).expr)]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("Sum(delta(k, ?)*?)", "Sum(delta(j, y[n])*log(q[j]), (j, 1, K))"),
        ("Sum(delta(k, ?)*?)", "Sum(2*log(q[j])*delta(m, j), (j, 1, K))"),
        ("Sum(delta(k, ?)*?)", "Sum(-(delta(m, j)*x[j]), (j, 1, K))"),
        ("Sum(delta(k, ?)*?, k)", "Sum(delta(j, m)*x[j], (j, 1, K))"),
        ("Sum(?[k], (k, 1, K))", "Sum(q[j], (j, 1, K))"),
        ("Sum(Sum(?, k), n)", "Sum(Sum(x[a, b], (a, 1, K)), (b, 1, N))"),
        ("Sum(?, k, n)", "Sum(Sum(x[a, b], (a, 1, K)), (b, 1, N))"),
        ("b*a", "a*c*b"),
        ("c + a", "a + b + c"),
        ("a - ?", "a - b"),
        ("?/N", "x*y/N"),
        ("1/(2*?)", "x/(s*2)"),
        ("-log(?)", "-log(x)"),
        ("log(?)", "-1/N*log(x)"),
        ("(-1)**?", "x*(-1)**n"),
        ("1/2", "x/2"),
        ("Max(0, ?)", "Max(x, 0)"),
        ("?(x)", "f(x)"),
        ("f(x)", "f(x)"),
        ("Derivative(?, x)", "Derivative(x**2, x)"),
        ("Derivative(?)", "Derivative(x**2, x, 2)"),
        ("Derivative(?, x, 2)", "Derivative(x**2, x, 2)"),
        ("Integral(dirac(?)*?)", "Integral(f(x)*dirac(x - a), (x, 0, 1))"),
        ("Product(?)", "Product(q[n], (n, 1, N))"),
        ("exp(x) == ?", "Eq(y, exp(x))"),
        ("? <= x", "1 <= x"),
        ("x**?", "x**2"),
    ],
)
def test_it_is_found(formula: str, text: str) -> None:
    assert found(formula, text) != []


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("Sum(delta(k, ?)*?)", "Sum(delta(n, m)*x[k], (k, 1, K))"),
        ("Sum(delta(k, ?)*?)", "Sum(delta(k, m), (k, 1, K))"),
        ("Sum(x[k], k)", "Sum(x[m], (k, 1, K))"),
        ("Sum(x[m], k)", "Sum(x[k], (k, 1, K))"),
        ("Sum(?[k], (k, 1, K))", "Sum(q[j], (j, 1, N))"),
        ("Sum(Sum(?[k, n], k), n)", "Sum(Sum(x[b, a], (a, 1, K)), (b, 1, N))"),
        ("Sum(?)", "Product(q[n], (n, 1, N))"),
        ("log(a)", "log(b)"),
        ("-log(?)", "log(x)"),
        ("a - b", "a + b"),
        ("x/?", "x*y"),
        ("?*?*?", "x*y"),
        ("? + ? + ?", "x + y"),
        ("log(?*?)", "log(x)"),
        ("log(a + b)", "log(a + b + c)"),
        ("? == exp(x)", "y <= exp(x)"),
        ("?[k]", "f(k)"),
        ("1/2", "2*x"),
        ("Derivative(?, x, 2)", "Derivative(x**2, x)"),
        ("Derivative(?, y, ?)", "Derivative(x**2, x)"),
        ("x**3", "x**2"),
    ],
)
def test_it_is_not_found(formula: str, text: str) -> None:
    assert found(formula, text) == []


def test_outer_parts_come_first_and_what_is_found_is_shown_whole() -> None:
    assert found("log(?)", "log(1 + log(x))") == ["log(1 + log(x))", "log(x)"]
    assert found("a*?", "-(a*b)") == ["-(a*b)"]


def test_a_quantity_is_found_by_its_name_whatever_it_unfolds_to() -> None:
    K = sizes("K")
    k = index("k", 1, K)
    p, q = pmf("p", k), pmf("q", k, positive=True)
    claim: Basic = Equality(KL(p, q), Expectation(q[k], k, p))

    def parts(formula: str) -> int:
        return len(list(parts_like(read_formula(formula), claim)))

    assert parts("KL(?, q)") == parts("KL(p, ?) == ?") == parts("E(?[j], j, p)") == parts("E(?)") == 1
    assert parts("KL(q, ?)") == parts("H(?)") == parts("log(?)") == parts("E(?, q)") == 0


@pytest.mark.parametrize("formula", ["?", "Sum(", "Sum(?, (k, 1))", "Sum(?, k + 1)", "??", "x ? y", "ʔ + 1", ""])
def test_what_is_no_formula_is_said_in_a_line(formula: str) -> None:
    with pytest.raises(ParseError) as said:
        read_formula(formula)
    assert GAP.name not in str(said.value) or GAP.name in formula
    assert "\n" not in str(said.value)


def test_a_part_that_is_found_is_a_part() -> None:
    line = parse("Sum(delta(k, m)*x[k], (k, 1, K)) + 1").expr
    assert isinstance(line, Node)
    (only,) = parts_like(read_formula("Sum(?)"), line)
    assert only in line.args
