"""Joint laws with their marginals and conditionals, rows of tables, and the quantities that are of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import (
    ELBO,
    KL,
    NLL,
    AverageNLL,
    Brier,
    ConditionalEntropy,
    Covariance,
    CrossEntropy,
    DomainError,
    Entropy,
    Equality,
    Expectation,
    JensenShannon,
    LogSumExp,
    MutualInformation,
    NotProved,
    Perplexity,
    S,
    Softmax,
    Sum,
    Variance,
    calc,
    check,
    conditional,
    define,
    delta,
    exp,
    index,
    joint,
    labels,
    log,
    marginal,
    parse,
    pmf,
    prove,
    real,
    sizes,
    step,
)
from deltasift.domain import Pmf
from deltasift.errors import ExpressionError
from deltasift.inert import Named, RowName
from deltasift.inert.mathml import MathmlLayout
from deltasift.inert.notation import Notation
from deltasift.inert.printing import latex
from deltasift.inert.source import source
from deltasift.line.same import same
from deltasift.quantities import QUANTITIES, meant
from deltasift.render.board import board
from deltasift.render.spoken import spoken
from deltasift.rules import arithmetic, definition

N, X, Z, K = sizes("N X Z K")
n, x, z, k = index("n", 1, N), index("x", 1, X), index("z", 1, Z), index("k", 1, K)
p = joint("p", x, z, positive=True)
p_x, p_z, p_zx, p_xz = marginal(p, x), marginal(p, z), conditional(p, z), conditional(p, x)
y, u = labels("y", n, k), labels("u", n, x)
q, r, t = pmf("q", k, given=x, positive=True), pmf("r", k, positive=True), pmf("t", z)
s, a, b = real("s", n, k), real("a", k), real("b", k)
EACH = [
    (Entropy(p), -Sum(Sum(p[x, z] * log(p[x, z]), z), x), "H(p)"),
    (Entropy(p_zx[x]), -Sum(p_zx[x, z] * log(p_zx[x, z]), z), "H(p_{z|x}(· | x))"),
    (KL(p_zx[x], t), Sum(p_zx[x, z] * log(p_zx[x, z] / t[z]), z), "KL(p_{z|x}(· | x) ‖ t)"),
    (
        ConditionalEntropy(p_zx, p_x),
        -Sum(p_x[x] * Sum(p_zx[x, z] * log(p_zx[x, z]), z), x),
        "H(p_{z|x} | p_x)",
    ),
    (MutualInformation(p), Sum(Sum(p[x, z] * log(p[x, z] / (p_x[x] * p_z[z])), z), x), "I(p)"),
    (Perplexity(r), exp(-Sum(r[k] * log(r[k]), k)), "PP(r)"),
    (Perplexity(r, y), exp(-1 / N * Sum(log(r[y[n]]), n)), "PP(r; y)"),
    (NLL(q, y, u), -Sum(log(q[u[n], y[n]]), n), "NLL(q; y, u)"),
    (AverageNLL(q, y, u), -1 / N * Sum(log(q[u[n], y[n]]), n), "average NLL(q; y, u)"),
    (Brier(q, y, u), 1 / N * Sum(Sum((q[u[n], k] - delta(k, y[n])) ** 2, k), n), "Brier(q; y, u)"),
    (Brier(r, y), 1 / N * Sum(Sum((r[k] - delta(k, y[n])) ** 2, k), n), "Brier(r; y)"),
    (Variance(a, r), Sum(r[k] * (a[k] - Sum(r[k] * a[k], k)) ** 2, k), "Var_r(a)"),
    (
        Covariance(a, b, r),
        Sum(r[k] * (a[k] - Sum(r[k] * a[k], k)) * (b[k] - Sum(r[k] * b[k], k)), k),
        "Cov_r(a, b)",
    ),
    (Softmax(s[n], k), exp(s[n, k]) / Sum(exp(s[n, k]), k), "softmax(s_{n,·})_k"),
    (LogSumExp(s[n]), log(Sum(exp(s[n, k]), k)), "LSE(s_{n,·})"),
    (ELBO(t, p[x]), Sum(t[z] * log(p[x, z] / t[z]), z), "ELBO(t; p_{x,·})"),
    (
        JensenShannon(t, p_z),
        S(1) / 2 * Sum(t[z] * log(t[z] / ((t[z] + p_z[z]) / 2)), z)
        + S(1) / 2 * Sum(p_z[z] * log(p_z[z] / ((t[z] + p_z[z]) / 2)), z),
        "JS(t ‖ p_z)",
    ),
]
DOMAINS = {d.symbol: d for d in (p, p_x, p_z, p_zx, q, r, t, s, a, b, y, u)}


def unfolded(e: Any) -> Any:
    """Return what stands behind a quantity, and behind one that this is made of."""
    e = e.definition
    inner = next((part for part in e.args if isinstance(part, Named)), None)
    return e if inner is None else e.func(inner.definition)


@pytest.mark.parametrize(("quantity", "meaning", "words"), EACH, ids=[w for _, _, w in EACH])
def test_a_quantity_is_its_definition_and_prints_by_name(quantity: Named, meaning: Any, words: str) -> None:
    assert same(unfolded(quantity), meaning)
    assert board(quantity) == words
    made = meant(quantity, DOMAINS)
    assert made is not None
    assert same(made, quantity)


@pytest.mark.parametrize("quantity", [e for e, _, _ in EACH], ids=[w for _, _, w in EACH])
def test_the_source_of_a_quantity_is_read_as_it(quantity: Named) -> None:
    text = source(quantity)
    names = {d.name: d for d in (*DOMAINS.values(), n, x, z, k)}
    assert same(parse(text, names=names).expr, quantity)


def test_every_quantity_is_written_and_said() -> None:
    assert {(e.head, len(e.operands)) for e, _, _ in EACH} <= set(QUANTITIES)
    assert latex(ConditionalEntropy(p_zx, p_x)) == r"\mathrm{H}(p_{z \mid x} \mid p_{x})"
    assert latex(Variance(a, r)) == r"\mathrm{Var}_{r}(a)"
    assert latex(Softmax(s[n], k)) == r"{\mathrm{softmax}(s_{n,\cdot})}_{k}"
    assert "<mo>∣</mo>" in MathmlLayout().text(ConditionalEntropy(p_zx, p_x))
    assert spoken(Variance(a, r), Notation()) == "the variance of a under r"


def test_a_joint_law_has_its_parts() -> None:
    assert isinstance(p_x, Pmf)
    assert isinstance(p_zx, Pmf)
    assert p.body == p_x[x] * p_zx[x, z]
    assert p_z.body == Sum(p[x, z], x)
    assert p_xz.over == (z, x)
    assert p_xz.body == p[x, z] / p_z[z]
    apart = joint("w", x, z, independent=True)
    assert marginal(apart, z).over == (z,)
    assert isinstance(marginal(apart, z), Pmf)
    three = joint("v", x, z, k)
    assert conditional(three, k, x).body == marginal(three, x, k)[x, k] / marginal(three, x)[x]
    own = define("o", x, z, r[1] * t[z], joint=True)
    assert marginal(own, z).body == Sum(own[x, z], x)


def test_a_defined_joint_law_has_to_be_one() -> None:
    """Its entries sum to one over all of its indices, not over the last for each of the others."""
    right = define("e", x, z, p_x[x] / Z, joint=True)
    line = -Sum(Sum(right[x, z] * log(right[x, z]), z), x)
    assert check(calc(Entropy(right), step(line, by=definition))).ok
    wrong = define("e", x, z, 1 / Z, joint=True)
    line = -Sum(Sum(wrong[x, z] * log(wrong[x, z]), z), x)
    report = check(calc(Entropy(wrong), step(line, by=definition)), layers=("structure",))
    assert "Equality(Sum(Sum(e[x, z], (z, 1, Z)), (x, 1, X)), 1)" in str(report.problems[0])


def test_dividing_by_a_marginal_that_may_be_0_asks_that_it_is_not() -> None:
    loose = joint("p", x, z)
    back = conditional(loose, x)
    report = check(calc(back[z, x], step(loose[x, z] / marginal(loose, z)[z], by=definition)), layers=("structure",))
    assert "needs p_z[z] != 0" in str(report.problems[0])
    assert check(calc(p_xz[z, x], step(p[x, z] / p_z[z], by=definition)), layers=("structure",)).ok


def test_bayes_is_proved_and_its_mirror_image_is_refuted() -> None:
    proof = prove(Equality(p_xz[z, x], p_zx[x, z] * p_x[x] / p_z[z]))
    assert check(proof).ok
    with pytest.raises(NotProved, match="at X"):
        prove(Equality(p_xz[z, x], p_zx[x, z]))


def test_an_expectation_is_of_a_row() -> None:
    f = real("f", z)
    mean = Expectation(f[z], z, p_zx[x])
    assert board(mean) == "E_{z ~ p_{z|x}(· | x)}[f_z]"
    total = Sum(p_x[x] * mean, x)
    assert check(prove(Equality(total, Expectation(f[z], z, p_z)))).ok


def test_an_expectation_under_a_joint_law_is_the_sum_over_all_of_it() -> None:
    f, g = real("f", x, z), real("g", z)
    mean = Expectation(f[x, z], (x, z), p)
    assert board(mean) == "E_{x ~ p_x}[E_{z ~ p_{z|x}(· | x)}[f_{x,z}]]"
    assert same(Expectation(f[x, z], (z, x), p), mean)  # the names say which, the law in which order
    assert check(prove(Equality(mean, Sum(Sum(p[x, z] * f[x, z], z), x)))).ok
    assert check(prove(Equality(Expectation(g[z], (x, z), p), Expectation(g[z], z, p_z)))).ok


def test_an_expectation_of_independent_factors_is_a_product() -> None:
    f, g = real("f", x), real("g", z)
    h = joint("h", x, z, independent=True)
    means = Expectation(f[x], x, marginal(h, x)) * Expectation(g[z], z, marginal(h, z))
    assert check(prove(Equality(Expectation(f[x] * g[z], (x, z), h), means))).ok
    with pytest.raises(NotProved, match="not equal at"):
        prove(Equality(Expectation(f[x] * g[z], (x, z), p), Expectation(f[x], x, p_x) * Expectation(g[z], z, p_z)))


def test_a_quantity_that_is_not_what_its_name_says_is_found() -> None:
    forged = Named("Var", Sum(r[k] * a[k] ** 2, k), a, r)
    report = check(calc(forged, step(Sum(r[k] * a[k] ** 2, k), by=definition)), layers=("structure",))
    assert "is not the quantity of that name" in str(report.problems[0])


def test_a_row_is_no_number() -> None:
    assert isinstance(p_zx[x].operand, RowName)
    with pytest.raises(ExpressionError, match="is not an expression"):
        log(p_zx[x])
    report = check(calc(RowName(p_zx, x) + 1, step(1 + RowName(p_zx, x), by=arithmetic)), layers=("structure",))
    assert not report.ok


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: joint("p", x), "two indices or more"),
    (lambda: marginal(r, k), "no joint law"),
    (lambda: marginal(p, k), "no law of k"),
    (lambda: conditional(p, x, x), "is none"),
    (lambda: define("c", x, 1, joint=True), "takes two or more"),
    (lambda: Expectation(p[x, z], (x, k), p), "no joint law of x, k"),
    (lambda: Expectation(r[k], (k, x), r), "no joint law"),
    (lambda: Entropy(p_zx), "name its index"),
    (lambda: CrossEntropy(p, r), "not distributions over the same values"),
    (lambda: ConditionalEntropy(p_zx, r), "no law for each value"),
    (lambda: MutualInformation(r), "no joint law of two indices"),
    (lambda: Brier(r, u), "no distribution over the classes"),
    (lambda: NLL(q, y, y[1]), "no table of inputs|not a table of inputs"),
    (lambda: Variance(a, t), "no law of the index"),
    (lambda: ELBO(t, a), "no law of the index"),
    (lambda: Softmax(s, k), "name a row"),
    (lambda: list(p_zx[x]), "cannot be iterated"),
]


@pytest.mark.parametrize(("made", "message"), WRONG, ids=[m for _, m in WRONG])
def test_what_makes_no_sense_is_refused(made: Callable[[], object], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        made()
