"""What is not known is not true: where an answer of three is forced to be the third, nothing is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deltasift import Derivation, Max, Sum, calc, check, delta, index, log, pmf, positive, real, sizes, step
from deltasift.conditions.finder import Finder
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.judge import ACCEPT, DECLINE
from deltasift.judge.file import Case, from_data
from deltasift.judge.page import judged_page
from deltasift.rule import Method
from deltasift.rules import log_mul, norm_num, sum_delta

VALID = sorted((Path(__file__).resolve().parent / "valid").glob("*.json"))
K = sizes("K")
k, m = index("k", 1, K), index("m", 1, K)
q, a = pmf("q", k, positive=True), real("a")
s, t = positive("s"), positive("t")
PAGES = {
    "a condition of a rule": calc(Sum(delta(k, m) * a, k), step(a, by=sum_delta)),
    "a value of the first line": calc(log(s * t) - a, step(log(s) + log(t) - a, by=log_mul)),
    "an entry": calc(Sum(delta(k, m) * q[k], k), step(q[m], by=sum_delta)),
}


def without_one(case: Case) -> Iterator[Case]:
    """Yield a page with one of its certificates left open, for each of them."""
    for p, proof in enumerate(case.proofs):
        others = list(case.proofs)
        for v in range(len(proof.values)):
            others[p] = replace(proof, values=(*proof.values[:v], None, *proof.values[v + 1 :]))
            yield replace(case, proofs=tuple(others))
        for i, move in enumerate(proof.moves):
            for c in range(len(move.proofs)):
                open_ = replace(move, proofs=(*move.proofs[:c], None, *move.proofs[c + 1 :]))
                others[p] = replace(proof, moves=(*proof.moves[:i], open_, *proof.moves[i + 1 :]))
                yield replace(case, proofs=tuple(others))


@pytest.mark.parametrize("file", VALID, ids=lambda f: f.stem)
def test_a_page_with_one_certificate_left_open_is_declined(file: Path) -> None:
    case = from_data(json.loads(file.read_text(encoding="utf-8")))
    for other in without_one(case):
        statuses = [f.judgement.status for f in judged_page(other)]
        assert statuses.count(DECLINE) == 1
        assert set(statuses) <= {ACCEPT, DECLINE}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_nothing_is_accepted_where_nothing_is_decided(page: Derivation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(page, layers=("structure",)).ok
    monkeypatch.setattr(Finder, "decide", lambda self, goal, place: None)
    monkeypatch.setattr(Prover, "prove", lambda self, condition, scope: Proof(condition, Verdict.UNKNOWN))
    monkeypatch.setattr(Prover, "holds", lambda self, condition, scope: False)
    assert not check(page, layers=("structure",)).ok


def test_a_use_that_the_judge_declines_is_no_passed_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import deltasift.judge.replay as replay

    def declines(rule: Method, *others: Any) -> None:
        raise replay.DeclineError("nobody judges it")

    page = calc(a * Max(2, 5), step(a * 5, by=norm_num))
    assert check(page, layers=("structure",)).declined == 0
    monkeypatch.setattr(replay, "_method", declines)
    report = check(page, layers=("structure",))
    assert report.declined == 1
    (structure,) = (c for c in report.lines[1].checks if c.kind == "structure")
    assert structure.status == "unknown"
    assert "nobody judges it" in structure.covers
    assert "1 use not judged" in str(report)
