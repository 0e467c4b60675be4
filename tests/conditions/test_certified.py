"""What counts as proved: what has a certificate that the judge accepts, and what a solver alone decides, marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from deltasift import Sum, assuming, calc, delta, index, labels, positive, real, sizes, step
from deltasift.calc import page_of
from deltasift.check import check
from deltasift.conditions import Verdict
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.finder import Finder
from deltasift.domain import closure
from deltasift.inert import Less, LessEqual, Node, Unequal, free
from deltasift.judge import certificate as kinds
from deltasift.judge.proof import Checker
from deltasift.judge.verify.question import RejectedError
from deltasift.line.scope import Scope
from deltasift.pages import load
from deltasift.render.text import text
from deltasift.rules import sum_delta
from founding import FOUNDING

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
u, v, w = real("u"), real("v"), positive("w")
SCOPE = Scope(closure((N, K, n, k, y, u, v, w)))

LINEAR = LessEqual(0, N - 1)
QUADRATIC = Less(u * v, u**2 + v**2 + 1)  # the solver finds it, and no certificate says why


def proof_of(statement: Node) -> Any:
    return CertifiedProver().prove(statement, SCOPE)


def collapsed() -> Any:
    """A line whose condition is that a label is a class."""
    return calc(
        Sum(Sum(delta(k, y[n]), k), n),
        step(Sum(1, n), by=sum_delta),
    )


def quadratic() -> Any:
    """A line that needs what only the solver sees: that a square less a product is no smaller than 0."""
    m, i = index("m", 1, N), index("i", 0, K)
    place = n * n + m * m + 1 - n * m
    return calc(Sum(delta(i, place) * i, i), step(place, by=[sum_delta, assuming(LessEqual(place, K))]))


def test_a_proof_carries_its_certificate() -> None:
    found = proof_of(LINEAR)
    assert found.verdict is Verdict.PROVED
    assert isinstance(found.certificate, kinds.Linear)
    assert not found.by_solver


def test_what_a_solver_alone_decides_is_marked() -> None:
    found = proof_of(QUADRATIC)
    assert found.verdict is Verdict.PROVED
    assert found.by_solver
    assert found.certificate == kinds.Solver()


def test_what_is_false_or_open_has_no_certificate() -> None:
    assert proof_of(Less(N, 1)).verdict is Verdict.REFUTED
    assert proof_of(Less(N, K)).verdict is Verdict.UNKNOWN
    assert proof_of(Less(N, K)).certificate is None


def test_a_wrong_certificate_is_a_fault_of_the_finder(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Finder.decide

    def wrong(self: Finder, goal: Any, place: Any) -> Any:
        found = right(self, goal, place)
        return replace(found, cases=((),)) if isinstance(found, kinds.Linear) else found

    monkeypatch.setattr(Finder, "decide", wrong)
    found = proof_of(LINEAR)
    assert found.verdict is Verdict.UNKNOWN
    assert found.is_fault
    report = check(collapsed(), layers=("structure",))
    assert not report.ok
    assert any("a fault of the finder" in p for p in report.problems)


@pytest.mark.parametrize("answer", [None, kinds.Every(()), kinds.Stated(kinds.Guard(0)), kinds.Absurd(kinds.Every(()))])
def test_a_finder_that_always_answers_the_same_proves_nothing(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(Finder, "decide", lambda self, goal, place: answer)
    assert proof_of(LINEAR).verdict is Verdict.UNKNOWN
    assert not check(collapsed(), layers=("structure",)).ok


def test_a_judge_that_accepts_nothing_leaves_nothing_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checker, "accepts", lambda self, goal, certificate, place: False)
    assert proof_of(LINEAR).verdict is Verdict.UNKNOWN
    assert not check(collapsed(), layers=("structure",)).ok


class Asked:
    """Counts the questions inside of a certificate, and answers one of them with a refusal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refused: int = 0) -> None:
        self.count = 0
        plain = Checker.check

        def check(checker: Checker, goal: Any, certificate: Any, place: Any) -> None:
            self.count += 1
            if self.count == refused:
                raise RejectedError("forced")
            plain(checker, goal, certificate, place)

        monkeypatch.setattr(Checker, "check", check)


@pytest.mark.parametrize(
    "statement",
    [LINEAR, LessEqual(1, y[1]), Unequal(w * N, 0), LessEqual(0, Sum(delta(k, y[1]), k) / N)],
    ids=str,
)
def test_no_certificate_is_half_believed(statement: Node) -> None:
    """Each question inside of it that is answered with a refusal makes the whole a refusal."""
    prover = CertifiedProver()
    goal, place = prover._places.read(statement, SCOPE), prover._places.of(SCOPE, free(statement))
    certificate = Finder().decide(goal, place)
    assert certificate is not None
    with pytest.MonkeyPatch.context() as patch:
        asked = Asked(patch)
        assert Checker().accepts(goal, certificate, place)
    for refused in range(1, asked.count + 1):
        with pytest.MonkeyPatch.context() as patch:
            Asked(patch, refused)
            assert not Checker().accepts(goal, certificate, place)


def test_what_rests_on_a_solver_is_said_in_each_form_and_counted() -> None:
    report = check(page_of(quadratic()), layers=("structure",))
    assert report.ok
    assert report.by_solver == 1
    last = text(report).strip().splitlines()[-1]
    assert last.endswith("2 lines checked: 1 by the solver, 1 condition by the solver alone")
    assert "by the solver alone" in text(report, ascii_only=True)
    conditions = [c for x in report.to_dict()["lines"] for s in x["substeps"] for c in s["conditions"]]
    assert [c["by_solver"] for c in conditions] == [True, False]


def test_nothing_is_said_of_a_solver_where_none_is_needed() -> None:
    report = check(page_of(collapsed()), layers=("structure",))
    assert report.ok
    assert report.by_solver == 0
    assert "solver" not in text(report)


@pytest.mark.parametrize("name", FOUNDING)
def test_no_line_of_the_catalogue_rests_on_a_solver(name: str) -> None:
    report = check(load(name), layers=("structure",))
    assert report.ok
    assert report.by_solver == 0
