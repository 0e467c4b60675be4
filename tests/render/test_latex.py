"""Notation, order and escaping in LaTeX and on the board."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from sympy import E, I, Symbol, oo

from deltasift import (
    Equality,
    Integral,
    Product,
    S,
    Sum,
    define,
    delta,
    dirac,
    exp,
    index,
    iverson,
    log,
    pmf,
    real,
    sizes,
)
from deltasift.derive import collapse
from deltasift.domain import labels
from deltasift.errors import DeltasiftError
from deltasift.inert import (
    Add,
    And,
    Apply,
    At,
    Derivative,
    Dirac,
    Div,
    Entry,
    Func,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Or,
    Pow,
)
from deltasift.inert.notation import Notation
from deltasift.inert.printing import escape, latex, latex_name
from deltasift.parse import parse
from deltasift.render import document
from deltasift.render.board import board, in_prose

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k)
r = pmf("r", k, given=n)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
x, a, b = real("x"), real("a"), real("b")
t = real("t", n)
double = Sum(Sum(delta(k, y[n]) * log(q[k]), k), n)

LATEX = [
    (1 / N * double, r"\frac{1}{N} \sum_{n=1}^{N} \sum_{k=1}^{K} \delta_{k,y_{n}} \log q_{k}"),
    (-1 / N * double, r"-\frac{1}{N} \sum_{n=1}^{N} \sum_{k=1}^{K} \delta_{k,y_{n}} \log q_{k}"),
    (double * x, r"\left(\sum_{n=1}^{N} \sum_{k=1}^{K} \delta_{k,y_{n}} \log q_{k}\right) x"),
    (double + x, r"\sum_{n=1}^{N} \sum_{k=1}^{K} \delta_{k,y_{n}} \log q_{k} + x"),
    (Sum(t[n] + x, n), r"\sum_{n=1}^{N} (t_{n} + x)"),
    (Sum(-t[n], n), r"\sum_{n=1}^{N} (-t_{n})"),
    (log(q[k]) * x, r"\log(q_{k}) x"),
    (x * log(q[k]), r"x \log q_{k}"),
    (log(q[k] * x), r"\log(q_{k} x)"),
    (log(Product(q[y[n]], n)), r"\log \prod_{n=1}^{N} q_{y_{n}}"),
    (a - (b - x), r"a - (b - x)"),
    (a + (b + x), r"a + (b + x)"),
    (-(a + b), r"-(a + b)"),
    (a * (-b), r"a (-b)"),
    (a * 2, r"a \cdot 2"),
    (2 * (x + a), r"2 (x + a)"),
    ((a + b) ** 2, r"(a + b)^{2}"),
    ((-a) ** 2, r"(-a)^{2}"),
    (log(x) ** 2, r"(\log x)^{2}"),
    (exp(-x), r"\exp(-x)"),
    (S(1) / 2 * x, r"\frac{1}{2} x"),
    (r[n, k], "r_{n,k}"),
    (r[n, y[n]], "r_{n,y_{n}}"),
    (p[k], r"\hat p_{k}"),
    (Integral(dirac(x - t[n]) * log(x), x), r"\int_{-\infty}^{\infty} \delta(x - t_{n}) \log x \,\mathrm{d}x"),
    (iverson(x <= a), r"[x \le a]"),
    (Equality(x, a), r"x = a"),
    (Sum(x, (k, 1, oo)), r"\sum_{k=1}^{\infty} x"),
]


@pytest.mark.parametrize(("expr", "expected"), LATEX, ids=[s for _, s in LATEX])
def test_latex_is_what_was_written(expr: object, expected: str) -> None:
    assert latex(expr) == expected


BOARD = [
    (-1 / N * double, "-1/N ∑_{n=1}^{N} ∑_{k=1}^{K} δ(k, y_n) log q_k"),
    (a / b * (x / a), "a/b (x/a)"),
    (a / (b * x), "a/(b x)"),
    (a / b / x, "(a/b)/x"),
    (p[k], "p̂_k"),
    (x**2 / 2, "x^2/2"),
]


@pytest.mark.parametrize(("expr", "expected"), BOARD, ids=[s for _, s in BOARD])
def test_board_is_what_was_written(expr: object, expected: str) -> None:
    assert board(expr) == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("delta=kronecker", r"\delta_{k,y_{n}} \log q_{k}"),
        ("delta=indicator", r"\mathbb{1}[y_{n} = k] \log q_{k}"),
        ("delta=iverson", r"[y_{n} = k] \log q_{k}"),
        ("delta=onehot", r"y_{n,k} \log q_{k}"),
        ("log=ln", r"\delta_{k,y_{n}} \ln q_{k}"),
        ("pmf=call", r"\delta_{k,y_{n}} \log q(k)"),
        ("pmf=theta,delta=iverson", r"[y_{n} = k] \log q_{\theta}(k)"),
    ],
)
def test_notation_is_a_setting(setting: str, expected: str) -> None:
    notation = Notation.parse(setting).about(frozenset({"q"}))
    assert latex(delta(k, y[n]) * log(q[k]), notation) == expected


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("delta=foo", "delta=foo is no notation; delta is one of kronecker"),
        ("dleta=iverson", "did you mean delta"),
        ("pmfs=q", "is no setting"),
    ],
)
def test_unknown_notation_is_refused(setting: str, message: str) -> None:
    with pytest.raises(DeltasiftError, match=message):
        Notation.parse(setting)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mu_1", r"\mu_{1}"),
        ("mu_0_k", r"\mu_{0,k}"),
        ("x1", "x_{1}"),
        ("n'", "n'"),
        ("loss", r"\mathrm{loss}"),
        (r"\hat p", r"\hat p"),
        ("p_hat", r"\hat p"),
        ("ybar'", r"\bar y'"),
        ("theta_hat", r"\hat{\theta}"),
        ("what", r"\mathrm{what}"),
        ("loss_hat", r"\mathrm{loss}_{\mathrm{hat}}"),
        (r"\bar{x}", r"\bar{x}"),
        (r"\input{/etc/passwd}", r"\text{\textbackslash{}input\{/etc/passwd\}}"),
        (r"\hat }{", r"\text{\textbackslash{}hat \}\{}"),
        ("50%", r"\text{50\%}"),
        ("a$b", r"\text{a\$b}"),
        ("_", r"\text{\_}"),
    ],
)
def test_names_are_escaped_never_pasted(name: str, expected: str) -> None:
    assert latex_name(name) == expected


def test_greek_letters_are_set_and_unknown_ones_are_named() -> None:
    assert latex_name("θ_1") == r"\theta_{1}"
    assert escape("α is 中\a") == r"\ensuremath{\alpha} is [U+4E2D][U+0007]"


def test_escape_covers_every_special_character() -> None:
    assert escape("\\{}$&#%_~^") == (r"\textbackslash{}\{\}\$\&\#\%\_\textasciitilde{}\textasciicircum{}")


@pytest.mark.parametrize("build", [lambda e: -e, lambda e: e + 1, lambda e: log(e), lambda e: 2 / e])
def test_printing_goes_as_deep_as_5000(build: object) -> None:
    e = 1 * real("x")
    for _ in range(5000):
        e = build(e)  # type: ignore[operator]
    assert latex(e).count("x") >= 1
    assert "x" in board(e)
    assert "x" in str(e)


def test_no_double_subscripts() -> None:
    mu = real("mu_1", n)
    assert latex(mu[n]) == r"{\mu_{1}}_{n}"


def test_orders_that_go_on_from_each_other_are_one_chain() -> None:
    m, after, low, high = (Symbol(name, integer=True) for name in ("m", "n", "a", "K"))
    below, above = LessEqual(low, m), LessEqual(m, high)
    assert latex(Iverson(And(below, above))) == r"[a \le m \le K]"
    assert latex(And(below, above, Less(high, after))) == r"a \le m \le K < n"
    assert latex(And(above, below)) == r"m \le K \text{ and } a \le m"
    assert latex(Or(below, above)) == r"a \le m \text{ or } m \le K"


u, e, i = Symbol("u"), Symbol("e"), Symbol("i")
TWO_THINGS = [
    (Dirac(u), Apply(Symbol("delta"), u)),
    (Func("sigma", u), Apply(Symbol("sigma"), u)),
    (Func("gamma", u), Apply(Symbol("gamma"), u)),
    (Entry(u, Mul(e, i)), Entry(u, e, i)),
    (Entry(u, 1, 2), Entry(u, 12)),
    (Mul(2, Div(1, 2)), Div(5, 2)),
    (Pow(-oo, 2), Neg(Pow(oo, 2))),
    (Add(e, 1), Add(E, 1)),
    (Add(i, 1), Add(I, 1)),
    (Add(u, At(Derivative(Log(e), e), e, 1)), At(Add(u, Derivative(Log(e), e)), e, 1)),
    (Pow(Pow(u, S(1) / 2), 2), Pow(Pow(u, 2), S(1) / 2)),
]


@pytest.mark.parametrize(("one", "other"), TWO_THINGS, ids=lambda x: str(x))
def test_two_things_are_printed_as_two(one: object, other: object) -> None:
    assert re.sub(r"[\s{}]", "", latex(one)) != re.sub(r"[\s{}]", "", latex(other))
    assert board(one).replace(" ", "") != board(other).replace(" ", "")  # type: ignore[arg-type]


def test_a_product_of_numbers_is_no_mixed_number() -> None:
    assert latex(Mul(2, Div(1, 2))) == r"2 \cdot \frac{1}{2}"
    assert board(Mul(2, Div(1, 2))) == "2 · (1/2)"
    assert board(Mul(2, delta(i, e)), Notation(delta="indicator")) == "2 · 1[e = i]"


def test_letters_are_spelled_where_there_are_none() -> None:
    assert board(Add(Symbol("α"), Symbol("β")), ascii_only=True) == "alpha + beta"
    assert board(Add(Symbol("ж"), 1), ascii_only=True) == "[U+0436] + 1"
    assert board(Symbol("a\nb")) == "a[U+000A]b"


@pytest.mark.usefixtures("requires_tex")
def test_a_page_with_greek_names_compiles(tmp_path: Path) -> None:
    """Also where the code of its lines is set beside them."""
    problem = parse("Sum(KroneckerDelta(k, α)*floor(β[k]/2)*ceiling(Γ[k]*ж), (k, 1, K))")
    (tmp_path / "page.tex").write_text(document(collapse(problem.expr).report), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(
    ("words", "tex", "shown"),
    [
        (r"needs 0 < \epsilon", r"needs 0 < \ensuremath{\epsilon}", "needs 0 < ε"),
        (r"\hat p[k] is free", r"\ensuremath{\hat p}[k] is free", "p\u0302[k] is free"),
        (r"\input{x} stays", r"\textbackslash{}input\{x\} stays", r"\input{x} stays"),
        (r"\etale", r"\textbackslash{}etale", r"\etale"),
    ],
)
def test_names_in_prose_are_set_as_names(words: str, tex: str, shown: str) -> None:
    assert escape(words) == tex
    assert in_prose(words) == shown
