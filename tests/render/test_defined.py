"""Each name, sign and shorthand that is printed is defined once, in every format; references stand where they serve."""

from __future__ import annotations

import re

import pytest

from checked import report
from deltasift import Sum, calc, check, delta, dirac, index, labels, real, step
from deltasift.check import Report
from deltasift.inert import Named, postorder
from deltasift.inert.notation import Notation
from deltasift.render import board, document, latex, text
from deltasift.render.bibliography import references
from deltasift.render.notebook import html
from deltasift.rules import sum_delta
from founding import FOUNDING


def quantities(found: Report) -> set[str]:
    expressions = [*found.page.claims, *(x.expr for x in found.lines)]
    return {board(e) for x in expressions for e in postorder(x) if isinstance(e, Named)}


@pytest.mark.parametrize("name", FOUNDING)
def test_every_named_quantity_is_defined_once(name: str) -> None:
    found = report(name)
    shown = text(found).partition("\nClaim")[0]
    for quantity in quantities(found):
        assert len(re.findall(rf"^  {re.escape(quantity)} ≔ ", shown, re.MULTILINE)) == 1, quantity
    count = len(quantities(found))
    assert latex(found).partition(r"\begin{align}")[0].count(":=") >= count
    assert html(found).partition("<table>")[0].count(":=") >= count
    for sign, relation in (("f ~ g", "same order"), ("f ⇄ g", "opposite order")):
        assert (sign in shown) == any(x.relation == relation for x in found.lines)


def test_theta_is_put_on_the_model_alone() -> None:
    notation = Notation.parse("pmf=theta")
    shown = text(report("kl_is_constant_plus_nll"), notation=notation, width=120)
    assert "q_θ(k)" in shown
    assert "p̂(k)" in shown
    assert not re.search(r"p̂_θ", shown)


@pytest.mark.parametrize("name", ["cross_entropy_is_average_nll", "delta_is_one_hot"])
def test_a_one_hot_label_is_defined(name: str) -> None:
    chosen = Notation.parse("delta=onehot")
    assert re.search(r"y_\{n,k\} = \[y_n = k\]", text(report(name), notation=chosen, width=120))
    assert r"\text{ = }[y_{n} = k]" in latex(report(name), chosen)


@pytest.mark.parametrize("name", FOUNDING)
def test_hypotheses_stand_beside_the_claim_and_references_where_they_are_used(name: str) -> None:
    found = report(name)
    shown = document(found)
    claim = shown.partition(r"\begin{theorem}")[2].partition(r"\end{theorem}")[0]
    assert ("It is assumed that" in claim) == bool(found.ledger)
    printed = set(re.findall(r"\\bibitem\{(\w+)\}", shown))
    assert printed == set(re.findall(r"\\cite(?:\[[^]]*\])?\{(\w+)\}", shown))
    assert printed <= set(references())


def test_quantities_are_cited_where_they_are_defined() -> None:
    assert r"\cite[§§4.2 and 6.2]{murphy2022}" in document(report("cross_entropy_is_average_nll"))
    assert r"\cite[§2]{jordan1995}" in document(report("logistic_posterior"))


def test_reasons_say_what_they_use() -> None:
    shown = " ".join(text(report("cross_entropy_is_average_nll")).split())
    for reason in (
        "By definition of H(p̂, q).",
        "By definition of p̂_k.",
        "The factor log q_k, free of n, moves into the sum. The factor 1/N, free of k, moves out of the sum.",
        "Only the term k = y_n survives.",
    ):
        assert reason in shown
    assert r"By definition of $\hat p_{k}$." in latex(report("cross_entropy_is_average_nll"))


@pytest.mark.parametrize("name", FOUNDING)
def test_no_condition_is_proved_by_a_list_of_names(name: str) -> None:
    assert not re.search(r"since (it follows )?by \w+_", " ".join(text(report(name)).split()))


def test_a_dirac_delta_beside_kronecker_deltas_has_an_index() -> None:
    n, k, x, u = index("n", 1, 3), index("k", 1, 2), real("x"), real("u")
    y = labels("y", n, k)
    line = Sum(delta(k, y[n]) * dirac(u - x), k)
    mixed, alone = check(calc(line, step(dirac(u - x), by=sum_delta))), check(calc(dirac(u - x)))
    for shown, sign in ((text(mixed), "δ_D(u - x)"), (document(mixed), r"\delta_{\mathrm{D}}(u - x)")):
        assert shown.count(sign) >= 2
        assert "the Dirac delta of " in shown
    assert "δ(u - x)" in text(alone)
    assert "δ_D" not in text(mixed, notation=Notation(delta="iverson"))
