"""That something is a minimiser: the inequality, that it is among what is compared, and what must be refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deltasift import (
    CrossEntropy,
    Entropy,
    Equality,
    ForAll,
    Less,
    Maximiser,
    Minimiser,
    NotProved,
    OnlyMaximiser,
    OnlyMinimiser,
    Sum,
    Unequal,
    calc,
    check,
    define,
    index,
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
from deltasift.check import Report
from deltasift.check.certify import certificate
from deltasift.errors import ExpressionError
from deltasift.inert import Not, Relation
from deltasift.inert.mathml import MathmlLayout
from deltasift.inert.printing import latex
from deltasift.inert.source import source
from deltasift.judge.file import from_data
from deltasift.judge.page import judged_page
from deltasift.render.board import board
from deltasift.rules import arithmetic, definition, gibbs, gibbs_strict, le_add_nonneg, sq_nonneg, sq_pos

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)
loose = pmf("o", k)
a, b, c = real("a"), real("b"), real("c")
best = Minimiser(CrossEntropy(p, q), q, p)


def chain(of: Any = p, by: Any = gibbs.reversed, relation: str = "<=") -> Derivation:
    return calc(
        CrossEntropy(of, of),
        step(-Sum(of[k] * log(of[k]), k), by=definition),
        step(-Sum(of[k] * log(q[k]), k), by=by, relation=relation),
        step(CrossEntropy(of, q), by=definition),
    )


def report(claim: Relation, proof: Derivation, *assumptions: Any) -> Report:
    domains = tuple(sorted({*proof.given, *claim.given}, key=lambda d: d.name))
    return check(Page("x", "", "", domains, (claim,), (proof,), assumptions=assumptions), layers=("structure",))


def judged(found: Report, change: dict[str, str] | None = None, **others: Any) -> list[str]:
    """Return what the judge says against the file of a page, with heads of its terms changed."""
    data = {**json.loads(json.dumps(certificate(found))), **others}
    for term in data["terms"]:
        term[0] = (change or {}).get(term[0], term[0])
    return [f.judgement.why for f in judged_page(from_data(data)) if f.judgement.status != "accept"]


def test_a_law_is_what_its_cross_entropy_is_least_at() -> None:
    found = report(best, chain())
    assert found.ok
    assert [str(s.proofs[0].condition) for s in found.lines[0].substeps if s.rule == "optimum"] == [
        "ForAll(0 < p[k], (k, 1, K))",
        "Equality(Sum(p[k], (k, 1, K)), 1)",
    ]
    assert judged(found) == []


def test_the_only_one_needs_a_strict_chain_for_all_that_differ() -> None:
    only = OnlyMinimiser(CrossEntropy(p, q), q, p)
    differs = Not(ForAll(Equality(q[k], p[k]), k))
    strict = chain(by=gibbs_strict.reversed, relation="<")
    assert report(only, strict, differs).ok
    assert "it is not assumed that q differs" in str(report(only, chain()).problems[0])
    assert "not in the claim" in str(report(only, chain(), differs).problems[-1])
    assert not report(only, strict, Not(ForAll(Equality(q[k], p[1]), k))).ok


def test_what_is_compared_meets_all_that_is_assumed_and_so_has_the_best_to() -> None:
    found = report(Minimiser(CrossEntropy(loose, q), q, loose), chain(loose))
    assert "needs ForAll(0 < o[k], (k, 1, K))" in str(found.problems[0])
    assert "needs Equality(p[1], 1)" in str(report(best, chain(), Equality(q[1], 1)).problems[0])
    assert report(best, chain(), Less(p[1], 1)).ok
    above = real("c", above=0)
    proof = calc((b - b) ** 2, step(0, by=arithmetic), step((above - b) ** 2, by=sq_nonneg, relation="<="))
    assert "needs 0 < b" in str(report(Minimiser((above - b) ** 2, above, b), proof).problems[0])
    assert report(Minimiser((above - b) ** 2, above, b), proof, Less(0, b)).ok  # what is assumed of others stays


def test_a_real_is_compared_with_every_other() -> None:
    proof = calc((b - b) ** 2, step(0, by=arithmetic), step((c - b) ** 2, by=sq_nonneg, relation="<="))
    assert report(Minimiser((c - b) ** 2, c, b), proof).ok
    assert judged(report(Minimiser((c - b) ** 2, c, b), proof)) == []
    strict = calc((b - b) ** 2, step(0, by=arithmetic), step((c - b) ** 2, by=sq_pos, relation="<"))
    assert report(OnlyMinimiser((c - b) ** 2, c, b), strict, Unequal(c, b)).ok
    down = calc(
        -((c - b) ** 2),
        step(0, by=[sq_nonneg.reversed, arithmetic], relation="<="),
        step(-((b - b) ** 2), by=arithmetic),
    )
    assert report(Maximiser(-((c - b) ** 2), c, b), down).ok


w = define("w", c + 1)
REFUSED = [
    (Minimiser((c - w) ** 2, c, w), "w depends on c"),
    (Minimiser((c - b) ** 2, c, c), "c depends on c"),
    (Minimiser((w - b) ** 2, c, b), "is defined by c"),
    (Minimiser((c - b) ** 2, N, b), "N is no pmf and no real"),
    (Minimiser(Sum((p[k] - q[k]) ** 2, k), q, b), "b is no table of the indices of q"),
    (Minimiser(Sum((p[k] - q[k]) ** 2, k), q, real("t", index("j", 0, K))), "run through other values"),
]


@pytest.mark.parametrize(("claim", "why"), REFUSED, ids=[w for _, w in REFUSED])
def test_what_would_not_vary_alone_is_refused(claim: Relation, why: str) -> None:
    proof = calc(claim.args[0], step(claim.args[0] + b**2, by=le_add_nonneg, relation="<="))
    assert why in str(report(claim, proof).problems[0])


def test_a_claim_of_another_kind_is_not_what_is_proved() -> None:
    for other in (Maximiser(CrossEntropy(p, q), q, p), Minimiser(CrossEntropy(p, q), p, q)):
        assert any("not in the claim" in str(x) for x in report(other, chain()).problems)


def test_the_judge_rejects_forged_claims_and_asks_for_every_certificate() -> None:
    found = report(best, chain())
    for head in ("Maximiser", "OnlyMinimiser", "OnlyMaximiser"):
        assert "the proof does not end in the claim" in judged(found, {"Minimiser": head})
    assert len([w for w in judged(found, totals=[]) if w.startswith("there is no certificate")]) == 4


def test_it_is_written_and_read_in_words() -> None:
    only = OnlyMaximiser(-((c - b) ** 2), c, b)
    assert board(best) == "H(p, q) is least at q = p"
    assert board(only) == "-(c - b)^2 is greatest only at c = b"
    assert latex(only) == r"-(c - b)^{2}\text{ is greatest only at }c = b"
    assert "least" in MathmlLayout().text(best)
    names = {d.name: d for d in (p, q)}
    assert parse(source(best), names=names).expr == best


def test_the_pages_of_the_catalogue_have_certificates() -> None:
    found = check(load("log_score_is_strictly_proper"))
    assert found.ok
    assert judged(found) == []
    assert Entropy(p) is not None


def test_an_optimum_is_found_by_search_and_a_wrong_one_shows_its_point() -> None:
    assert prove(OnlyMinimiser(CrossEntropy(p, q), q, p)).relation == Less(CrossEntropy(p, p), CrossEntropy(p, q))
    assert len(prove(Minimiser((a - b) ** 2, a, b)).steps) == 1
    with pytest.raises(NotProved, match="not at most at"):
        prove(Minimiser((a - b) ** 2, a, b + 1))
    with pytest.raises(NotProved, match="it needs"):
        prove(Minimiser(CrossEntropy(loose, q), q, loose))
    with pytest.raises(ExpressionError, match="depends on"):
        prove(Minimiser(a * b, a, a))
