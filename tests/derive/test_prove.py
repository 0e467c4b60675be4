"""`prove` and `derive` find the lines; what they find the checker accepts, and what is false they never prove."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from sympy import Eq, Symbol

import deltasift
from deltasift import (
    KL,
    NLL,
    AverageNLL,
    CrossEntropy,
    DeltasiftError,
    Derivation,
    Derivative,
    Entropy,
    Equality,
    Likelihood,
    LogLikelihood,
    NotProved,
    Product,
    Report,
    SameOrder,
    Sum,
    check,
    define,
    delta,
    derive,
    exp,
    index,
    known,
    labels,
    load,
    log,
    pmf,
    positive,
    prove,
    real,
    sizes,
)
from deltasift.inert import substitute
from deltasift.line.same import same
from deltasift.rules import arithmetic, definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right
from founding import FOUNDING
from sampled import sampled

CLAIMS = [(name, i) for name in FOUNDING for i, c in enumerate(load(name).claims) if isinstance(c, Equality)]
# A person sees that the squares in two exponents cancel before they are taken apart.
LONGER = [("logistic_posterior", 0)]


def uses(report: Report, proof: int = 0) -> int:
    """Return how many uses of rules a proof has; that a family is a pmf is a condition of the page, and no use."""
    lines = [line for line in report.lines if line.proof == proof]
    return sum(s.rule != "distribution" for line in lines for s in line.substeps)


def right(found: Derivation) -> Report:
    """Check a derivation by all that the checker has."""
    report = found.report
    assert report.problems == ()
    return report


@pytest.mark.parametrize(("name", "claim"), [c for c in CLAIMS if c not in LONGER])
def test_the_claims_of_the_catalogue_are_found_with_no_more_uses_of_rules(name: str, claim: int) -> None:
    page = load(name)
    found = prove(page.claims[claim], facts=page.assumptions)
    report = right(found)
    assert same(found.start, page.claims[claim].lhs)
    assert same(found.lines[-1], page.claims[claim].rhs)
    assert uses(report) <= uses(check(page, layers=("structure",)), claim)


@pytest.mark.parametrize(("name", "claim"), LONGER)
def test_a_claim_is_found_though_by_more_uses_of_rules(name: str, claim: int) -> None:
    page = load(name)
    right(prove(page.claims[claim], facts=page.assumptions))


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_a_claim_turned_round_is_found_too(name: str, claim: int) -> None:
    page = load(name)
    relation = page.claims[claim]
    found = derive(relation.rhs, relation.lhs, facts=[*relation.given, *page.assumptions])
    assert check(found, layers=("structure",)).problems == ()


N, K, M = sizes("N K M")
n, k, m, j = index("n", 1, N), index("k", 1, K), index("m", 1, M), index("j", 1, K)
y, q, p = labels("y", n, k), pmf("q", k, positive=True), pmf("p", k)
v, w = real("v", n), positive("w", n)
a, b = real("a", n, m), real("b", k)
each, own = pmf("q", k, given=n, positive=True), pmf("p", k, given=n)
d = real("d", n, m, k)
count = define("c", k, Sum(delta(k, y[n]), n))
t = define("t", n, k, delta(k, y[n]))
share = define(r"\hat p", k, Sum(delta(y[n], k), n) / N)
weighted = define("p", k, Sum(w[n] * delta(k, y[n]), n) / Sum(w[n], n))

i, c = index("i", 1, N), index("c", 1, K)
z, r = labels("z", i, c), pmf("r", c, positive=True)
renamed = define("s", c, Sum(delta(c, z[i]), i) / N)

k0 = index("k", 0, K - 1)
y0, q0 = labels("y", n, k0), pmf("q", k0, positive=True)
share0 = define("p", k0, Sum(delta(k0, y0[n]), n) / N)

VARIANTS = {
    "renamed": Equality(CrossEntropy(renamed, r), AverageNLL(r, z)),
    "reordered": Equality(CrossEntropy(share, q), -Sum(log(q[y[n]]) / N, n)),
    "factors reordered": Equality(-Sum(log(q[k]) * (1 / N * Sum(delta(y[n], k), n)), k), -Sum(log(q[y[n]]), n) / N),
    "weighted": Equality(CrossEntropy(weighted, q), -Sum(w[n] * log(q[y[n]]), n) / Sum(w[n], n)),
    "weights of any sign": Equality(-Sum(Sum(v[n] * delta(k, y[n]), n) * log(q[k]), k), -Sum(v[n] * log(q[y[n]]), n)),
    "labels from 0": Equality(CrossEntropy(share0, q0), AverageNLL(q0, y0)),
    "a prediction an example": Equality(-1 / N * Sum(Sum(t[n, k] * log(each[n, k]), n), k), AverageNLL(each, y)),
    "both": Equality(-Sum(Sum(v[n] * t[n, k] * log(each[n, k]), k), n), -Sum(v[n] * log(each[n, y[n]]), n)),
    "three sums": Equality(
        Sum(Sum(Sum(delta(k, y[n]) * a[n, m] * log(q[k]), k), m), n), Sum(Sum(a[n, m], m) * log(q[y[n]]), n)
    ),
    "three sums, the sifted one outside": Equality(
        Sum(Sum(Sum(delta(k, y[n]) * a[n, m] * log(q[k]), n), m), k), Sum(Sum(a[n, m] * log(q[y[n]]), n), m)
    ),
    "three sums, two deltas": Equality(
        Sum(Sum(Sum(delta(k, y[n]) * delta(j, k) * b[j] * v[n], j), k), n), Sum(v[n] * b[y[n]], n)
    ),
    "three sums in another order": Equality(
        Sum(Sum(Sum(a[n, m] * b[k], n), m), k), Sum(Sum(Sum(b[k] * a[n, m], k), n), m)
    ),
    "terms": Equality(Sum(v[n] * (w[n] + 1), n), Sum(v[n], n) + Sum(w[n] * v[n], n)),
    "three indices": Equality(Sum(Sum(Sum(delta(k, y[n]) * d[n, m, k], k), m), n), Sum(Sum(d[n, m, y[n]], n), m)),
    "a weighted divergence an example": Equality(
        Sum(w[n] * Sum(own[n, k] * log(own[n, k] / each[n, k]), k), n),
        Sum(w[n] * Sum(own[n, k] * log(own[n, k]), k), n) - Sum(Sum(w[n] * own[n, k] * log(each[n, k]), n), k),
    ),
    "the divergence of one-hot rows": Equality(
        1 / N * Sum(Sum(t[n, k] * log(t[n, k] / each[n, k]), k), n), AverageNLL(each, y)
    ),
    "a weighted likelihood": Equality(log(Product(q[y[n]] ** w[n], n)), Sum(w[n] * log(q[y[n]]), n)),
    "the likelihood by counts": Equality(log(Product(q[k] ** count[k], k)), LogLikelihood(q, y)),
    "squares": Equality(Sum((v[n] - w[n]) ** 2, n), Sum(v[n] ** 2, n) - 2 * Sum(w[n] * v[n], n) + Sum(w[n] ** 2, n)),
    "labels from 0, the divergence": Equality(KL(share0, q0), AverageNLL(q0, y0) - Entropy(share0)),
    "what is added and taken off": Equality(KL(share, q) + Entropy(share), NLL(q, y) / N),
    "a product of sums": Equality(Sum(b[k], k) * Sum(v[n], n), Sum(Sum(b[k] * v[n], n), k)),
    "likelihood": Equality(log(Likelihood(q, y)), -N * CrossEntropy(share, q)),
    "log-likelihood": Equality(-LogLikelihood(q, y) / N, AverageNLL(q, y)),
    "negative log-likelihood": Equality(NLL(q, y), -log(Likelihood(q, y))),
    "reciprocals": Equality(Sum(log(1 / q[y[n]]), n) / N, AverageNLL(q, y)),
    "powers": Equality(log(Product(Product(q[k] ** delta(k, y[n]), k), n)), Sum(log(q[y[n]]), n)),
    "with itself": Equality(CrossEntropy(p, p), Entropy(p)),
    "counts": Equality(Sum(Sum(delta(k, y[n]), n), k), N),
    "sums to one": Equality(Sum(share[k], k), 1),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_that_are_on_no_page_are_found(name: str) -> None:
    right(prove(VARIANTS[name]))


FALSE = {
    "a factor is missing": Equality(CrossEntropy(share, q), NLL(q, y)),
    "a term is missing": Equality(KL(p, q), CrossEntropy(p, q)),
    "the weights are missing": Equality(Sum(w[n] * log(q[y[n]]), n), Sum(log(q[y[n]]), n)),
    "the other sign": Equality(KL(p, q), Entropy(p) - CrossEntropy(p, q)),
    "only from K = 2 on": Equality(Sum(delta(k, 2), k), 1),
    "a number is off": Equality(Sum(Sum(delta(k, y[n]), n), k), N + 1),
    "a product for a sum": Equality(Sum(v[n] * w[n], n), Sum(v[n], n) * Sum(w[n], n)),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refused_with_a_counterexample(name: str) -> None:
    with pytest.raises(NotProved) as caught:
        prove(FALSE[name])
    assert caught.value.counterexample is not None
    assert "left comes to" in str(caught.value)


@pytest.mark.parametrize("name", sampled(VARIANTS, 3))
@pytest.mark.parametrize("wrong", [2, -1])
def test_a_side_times_a_number_is_never_proved(name: str, wrong: int) -> None:
    claim = VARIANTS[name]
    with pytest.raises(NotProved):
        derive(claim.lhs, wrong * claim.rhs, facts=claim.given)


def test_another_label_is_never_proved() -> None:
    u = labels("u", n, k)
    with pytest.raises(NotProved):
        prove(Equality(CrossEntropy(share, q), substitute(AverageNLL(q, y), {y.symbol: u.symbol})), facts=[u])


def test_what_is_found_nowhere_is_told_with_both_forms() -> None:
    x = real("x")
    with pytest.raises(NotProved, match="no proof was found") as caught:
        prove(Equality(log(x**2 + 1), log(1 + x**2) * (x**2 + 1) ** 0 + 0 * log(x**4 + x**2 + 1)), using=[sum_delta])
    assert caught.value.counterexample is None
    assert caught.value.left is not None
    assert caught.value.right is not None


def test_the_same_line_needs_no_step() -> None:
    assert list(derive(v[n] + b[k], b[k] + v[n], facts=[n, k]).steps) == []


def test_only_the_rules_that_are_named_are_used() -> None:
    claim = VARIANTS["renamed"]
    enough = [definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right]
    right(prove(claim, using=enough))
    with pytest.raises(NotProved):
        prove(claim, using=[r for r in enough if r is not sum_comm])


def test_a_theorem_is_a_means_like_a_rule() -> None:
    claim = Equality(KL(p, q) + Entropy(p), CrossEntropy(p, q))
    found = prove(claim, using=[known("kl_splits_into_entropies"), arithmetic])
    assert [r.name for s in found.steps for r in s.by] == ["kl_splits_into_entropies", "arithmetic"]


def test_an_equation_of_sympy_is_a_claim_and_the_name_derive_stays_the_function() -> None:
    x, u = Symbol("x"), Symbol("u")
    found = prove(Eq((x + u) ** 2, x**2 + 2 * x * u + u**2, evaluate=False))
    assert [s.by for s in found.steps] == [(arithmetic,)]
    assert deltasift.derive is derive


def test_a_fact_decides() -> None:
    claim = Equality(Sum(delta(k, 2), k), 1)
    right(prove(claim, facts=[K.symbol >= 2]))


@pytest.mark.parametrize("wrong", [SameOrder(NLL(q, y), AverageNLL(q, y), q), NLL(q, y), "x = x"])
def test_what_is_no_equality_is_not_proved(wrong: Any) -> None:
    with pytest.raises(DeltasiftError, match="no equality"):
        prove(wrong)


def test_a_theorem_says_nothing_of_a_name_of_ones_own() -> None:
    """The page of that theorem calls a pmf p, too."""
    n, k = index("n", 1, N), index("k", 1, K)
    w, y, q = positive("w", n), labels("y", n, k), pmf("q", k, positive=True)
    p = define("p", k, Sum(w[n] * delta(k, y[n]), n) / Sum(w[n], n))
    assert check(prove(Equality(KL(p, q), CrossEntropy(p, q) - Entropy(p)))).ok


def test_a_search_from_a_line_without_a_value_looks_at_points_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way from it is as good as the others, so that looking at all of them takes long and helps nobody."""
    whole: list[Derivation] = []
    searching = importlib.import_module("deltasift.derive.prove")

    def counted(made: Derivation, **asked: Any) -> Report:
        whole.extend([made] if not asked else [])
        return check(made, **asked)

    monkeypatch.setattr(searching, "check", counted)
    u, law = real("u"), pmf("law", k)
    total = Sum(law[k] * exp(u * b[k]), k)
    with pytest.raises(NotProved, match="to have a value"):
        prove(Equality(Derivative(log(total), u), Sum(law[k] * b[k] * exp(u * b[k]), k) / total))
    assert len(whole) == 1
