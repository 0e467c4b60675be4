"""What a notebook and a terminal show: mathematics that every reader knows, readable text, never a dump of fields."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from deltasift import (
    Equality,
    S,
    Sum,
    assuming,
    calc,
    check,
    collapse,
    define,
    delta,
    density,
    index,
    labels,
    load,
    log,
    parse,
    pmf,
    prove,
    real,
    sizes,
    step,
)
from deltasift.calc import Derivation, Page
from deltasift.inert.printing import escape
from deltasift.pages import load_file
from deltasift.render.portable import portable, words
from deltasift.rules import RULES, arithmetic, sum_comm, sum_congr
from founding import FOUNDING

WRONG = sorted((Path(__file__).parents[1] / "wrong").glob("*.py"))
# What MathJax 3, MathJax 4 and KaTeX all know; each was tried in all three.
COMMANDS = """
begin end left right biggl biggr frac sqrt text operatorname phantom hline quad qquad displaystyle
sum prod int partial infty mathrm mathbb mathbf mathcal hat bar tilde vec dot overline
log ln exp cos sin tan cot sec csc cosh sinh tanh arccos arcsin arctan max min gcd
le ne rightleftarrows in mid wedge vee neg sim not cdot dots approx pi backslash lfloor rfloor lceil rceil ell
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon
phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""
KNOWN = frozenset(COMMANDS.split())
SIGNS = frozenset(r"\ , | ; { } $ & # % _".replace(" ", "")) | {"\\"}
ENVIRONMENTS = frozenset(("aligned", "array", "cases"))

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q = labels("y", n, k), pmf("q", k)
double = Sum(Sum(delta(k, y[n]) * log(q[k]), n), k)
proof = calc(double, step(Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm))
parsed = parse("Sum(KroneckerDelta(k, y[n])*q[k], (k, 1, K))")
HANDLES = [
    N,
    n,
    y,
    q,
    real("x", n),
    real(r"\boldsymbol x"),
    density("f"),
    define("c", k, Sum(delta(k, y[n]), n) / N),
    real("x_1"),
]
OTHERS = [
    parsed,
    collapse(parsed.expr),
    prove(Equality(Sum(delta(k, y[n]), k), S(1))),
    proof,
    proof.steps[0],
    assuming(N < K),
    sum_congr(arithmetic),
    calc(real("loss_x") + 0, step(real("loss_x"), by=arithmetic)),
]


@cache
def page(name: str) -> Page:
    return load(name)


def parts(report: Any) -> list[Any]:
    lines = report.lines
    inside = [p for x in lines for part in (x.substeps, x.checks) for p in part]
    proofs = [p for x in lines for s in x.substeps for p in s.proofs]
    return [report, *lines, *inside, *proofs, *report.ledger, *report.refusals]


def everything() -> list[Any]:
    pages = [page(name) for name in FOUNDING[:4]]
    wrong = load_file(WRONG[0])
    return [*HANDLES, *OTHERS, *RULES.values(), *pages, wrong, *parts(check(wrong)), *parts(check(pages[0]))]


def commands(tex: str) -> set[str]:
    return set(re.findall(r"\\([A-Za-z]+|.)", tex, re.DOTALL))


def test_only_what_all_readers_of_mathematics_know_is_written() -> None:
    for x in everything():
        tex = x._repr_latex_()
        assert commands(tex) <= KNOWN | SIGNS, x
        assert set(re.findall(r"\\begin\{(\w+)\}", tex)) <= ENVIRONMENTS
        for inside in re.findall(r"\\text\{([^{}]*)\}", tex):
            assert not set(inside) & set("\\$&#%_~^"), x
        assert tex.startswith("$")
        assert tex.endswith("$")


def test_nothing_is_shown_as_a_dump_of_fields() -> None:
    for x in everything():
        for shown in (repr(x), str(x), x._repr_html_()):
            assert shown
            assert not re.search(r"\b[A-Z]\w+\(\w+=", shown), shown
            assert "object at 0x" not in shown
        assert "\n" not in repr(x)
        assert len(repr(x)) < 2000


class _Open(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags.pop() == tag


def test_the_html_is_closed_and_text_stays_text() -> None:
    title = '</script><img src=x onerror=alert(1)> & "title"'
    given = load_file(WRONG[0])
    harmful = Page(given.name, title, title, given.domains, given.claims, given.proofs)
    for x in [*everything(), harmful]:
        read = _Open()
        read.feed(x._repr_html_())
        assert read.tags == []
        assert read.seen <= {"div", "p", "b", "ul", "li", "table", "tr", "td"}


@pytest.mark.parametrize("path", WRONG, ids=lambda p: p.stem)
def test_a_wrong_page_begins_with_what_is_wrong(path: Path) -> None:
    wrong = load_file(path)
    for shown in (str(wrong), wrong._repr_html_(), wrong._repr_latex_()):
        lines = min(i for i in (shown.find("\nLines"), shown.find("<table>"), shown.find(r"\begin{aligned}")) if i >= 0)
        assert 0 <= shown.find("Not proved") < lines
        assert "✓ " + str(len(wrong.proofs[0].lines)) not in shown
    [derivation] = wrong.proofs
    if all("claim" not in p for p in check(wrong).problems):
        assert "Not proved" in str(derivation)
        assert "Not proved" in derivation._repr_html_()
    assert isinstance(derivation, Derivation)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b", r"\text{a}\_\text{b}"),
        ("100% {x}", r"\text{100}\%\text{ }\{\text{x}\}"),
        (r"\input", r"\backslash \text{input}"),
        ("plain words", r"\text{plain words}"),
    ],
)
def test_what_has_a_meaning_of_its_own_stands_outside_of_text(text: str, shown: str) -> None:
    assert words(text) == shown
    assert portable(rf"\text{{{escape(text)}}}") == shown


def test_a_proof_is_one_aligned_with_its_numbers_in_a_column() -> None:
    shown = proof._repr_latex_()
    assert shown.count(r"\begin{aligned}") == 1
    assert shown.count("&&") == 2 * len(proof.lines)
    for number in range(1, len(proof.lines) + 1):
        assert rf"&&\text{{({number})}}" in shown
