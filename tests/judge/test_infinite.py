"""That a sum is infinite: a claim with its reason, and never the value of a line; and what must be refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sympy import S, oo

from deltasift import (
    KL,
    AverageNLL,
    CrossEntropy,
    Entropy,
    Equality,
    Infinite,
    Less,
    LessEqual,
    NotProved,
    Sum,
    assuming,
    calc,
    check,
    define,
    delta,
    index,
    labels,
    log,
    parse,
    pmf,
    positive,
    prove,
    real,
    sizes,
    step,
)
from deltasift.calc import Derivation, Page
from deltasift.check import Report
from deltasift.check.certify import certificate
from deltasift.errors import ExpressionError
from deltasift.inert import Relation, inert
from deltasift.inert.notation import Notation
from deltasift.inert.source import source
from deltasift.judge.file import from_data
from deltasift.judge.page import judged_page
from deltasift.render.formats import WRITERS, Choice
from deltasift.rules import definition, le_of_given, lt_of_given

N, K = sizes("N K")
n, k, j, m = index("n", 1, N), index("k", 1, K), index("j", 1, K), index("m", 1, N)
p, q, s = pmf("p", k), pmf("q", k), pmf("s", k, positive=True)
w, c, b = real("w", k), real("c"), positive("b")
y = labels("y", n, k)
AT_J = (Less(0, p[j]), Equality(q[j], 0))


def weight(of: Any) -> Derivation:
    return calc(S.Zero, step(of, by=lt_of_given, relation="<"))


def report(claim: Relation, proof: Derivation, *assumptions: Any, layers: tuple[str, ...] = ("structure",)) -> Report:
    domains = tuple(sorted({*proof.given, *claim.given}, key=lambda d: d.name))
    stated = tuple(map(inert, assumptions))
    return check(Page("x", "", "", domains, (claim,), (proof,), assumptions=stated), layers=layers)


def judged(found: Report, change: dict[str, str] | None = None) -> list[str]:
    """Return what the judge says against the file of a page, with heads of its terms changed."""
    data = json.loads(json.dumps(certificate(found)))
    for term in data["terms"]:
        term[0] = (change or {}).get(term[0], term[0])
    return [f.judgement.why for f in judged_page(from_data(data)) if f.judgement.status != "accept"]


@pytest.mark.parametrize(
    "f",
    [
        KL(p, q),
        CrossEntropy(p, q),
        3 * KL(p, q) / b,
        -b * Sum(p[k] * log(q[k]), k),
        Sum(p[k] * b * log(p[k] / (q[k] * b)), k),
        Sum(p[k] * log(s[k] / q[k]), k),
    ],
    ids=str,
)
def test_a_law_of_what_another_excludes_is_infinitely_far_from_it(f: Any) -> None:
    claim = Infinite(f, j)
    made = prove(claim, facts=AT_J)
    found = report(claim, made, *AT_J)
    assert found.ok, found.problems
    assert judged(found) == []


def test_so_is_an_observed_class_that_a_model_excludes() -> None:
    hat = define("h", k, Sum(delta(k, y[n]), n) / N)
    seen = (Less(0, hat[y[m]]), Equality(q[y[m]], 0))
    claim = Infinite(CrossEntropy(hat, q), y[m])
    assert report(claim, weight(hat[y[m]]), *seen).ok
    loss = Infinite(AverageNLL(q, y), m)
    assert report(loss, weight(S.One), Equality(q[y[m]], 0)).ok


@pytest.mark.parametrize(
    ("f", "at", "proof", "assumed"),
    [
        (KL(p, q), j, weight(p[j]), AT_J[:1]),
        (KL(p, q), j, weight(s[j]), (*AT_J, Less(0, s[j]))),
        (KL(p, q), j, calc(S.Zero, step(p[j], by=le_of_given, relation="<=")), AT_J[1:]),
        (KL(p, q), j + 1, weight(p[j + 1]), (Less(0, p[j + 1]), Equality(q[j + 1], 0))),
        (-KL(p, q), j, weight(p[j]), AT_J),
        (c * KL(p, q), j, weight(p[j]), AT_J),
        (0 * KL(p, q), j, weight(p[j]), AT_J),
        (KL(p, q) / oo, j, weight(p[j]), AT_J),
        (Entropy(p), j, weight(p[j]), AT_J[:1]),
        (Sum(p[k] * log(q[k]), k), j, weight(p[j]), AT_J),
        (Sum(w[k] * log(1 / q[k]), k), j, weight(w[j]), (Less(0, w[j]), Equality(q[j], 0))),
        (-Sum(p[k] * log(w[k]), k), j, weight(p[j]), (Less(0, p[j]), Equality(w[j], 0))),
        (Sum(s[k] * log(p[k] / q[k]), k), j, weight(s[j]), AT_J),
        (Sum(p[k] * log(p[k] / q[k]), (k, 1, oo)), j, weight(p[j]), AT_J),
        (KL(p, q) - CrossEntropy(p, q), j, weight(p[j]), AT_J),
        (p[k] * KL(p, q), j, weight(p[j]), AT_J),
        (Sum(p[k] * q[k], k), j, weight(p[j]), AT_J),
        (p[j], j, weight(p[j]), AT_J),
    ],
    ids=str,
)
def test_what_need_not_be_infinite_is_refused(f: Any, at: Any, proof: Derivation, assumed: Any) -> None:
    assert not report(Infinite(f, at), proof, *assumed).ok


def test_the_index_may_be_called_like_the_name_of_the_sum() -> None:
    there = (Less(0, p[k]), Equality(q[k], 0))
    assert report(Infinite(KL(p, q), k), weight(p[k]), *there).ok


def test_points_know_of_a_value_without_the_judge() -> None:
    found = report(Infinite(KL(p, q), j), weight(p[j]), AT_J[0])
    assert any("KL(p, q) is " in words for words in found.problems)


def test_the_judge_refuses_a_file_that_claims_another_thing() -> None:
    found = report(Infinite(KL(p, q), j), weight(p[j]), *AT_J)
    assert judged(found, {"Less": "LessEqual"})
    assert judged(found, {"Infinite": "Less"})


def test_it_is_never_the_value_of_a_line() -> None:
    found = report(Equality(KL(p, q), KL(p, q)), calc(KL(p, q), step(KL(p, q) + 0, by=definition)), *AT_J)
    assert not found.ok
    assert not check(calc(Infinite(KL(p, q), j), step(Infinite(KL(p, q), j), by=definition))).ok


def test_without_what_it_needs_nothing_is_proved() -> None:
    with pytest.raises(NotProved, match="needs"):
        prove(Infinite(KL(p, q), j), facts=[Less(0, p[j])])
    with pytest.raises(ExpressionError, match="not positive where"):
        prove(Infinite(-KL(p, q), j), facts=AT_J)


@pytest.mark.parametrize("format", ["text", "tex", "html", "markdown", "json", "typst"])
def test_it_is_said_in_every_format(format: str) -> None:
    found = report(Infinite(KL(p, q), j), weight(p[j]), *AT_J)
    if format in WRITERS:
        assert "infinite" in WRITERS[format](found, Choice(Notation())).lower()


def test_its_source_is_read_back() -> None:
    claim = Infinite(KL(p, q), j)
    assert source(claim) == "Infinite(KL(p, q), j)"
    names = {d.name: d for d in (p, q, j)}
    assert parse("Infinite(KL(p, q), j)", names=names).expr == inert(claim)


def test_it_is_not_assumed_but_the_reason_for_it_is() -> None:
    with pytest.raises(ExpressionError, match="assume why it is so"):
        assuming(Infinite(KL(p, q), j))


def test_an_order_of_what_is_assumed_of_it_is_no_fact() -> None:
    assert not report(LessEqual(b, KL(p, q)), calc(b, step(KL(p, q), by=le_of_given, relation="<=")), *AT_J).ok
