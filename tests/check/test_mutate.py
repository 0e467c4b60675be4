"""Wrong steps made of right ones: what they are, and that the checker rejects them.

Here is a sample, one mistake of each kind; `python -m benchmarks.mutation` goes through thousands.
"""

from __future__ import annotations

from functools import cache

import pytest

from deltasift import Derivation, Sum, assuming, calc, index, iverson, log, pmf, positive, real, sizes, step
from deltasift.calc import Page
from deltasift.check import check
from deltasift.check.checker import page_scope
from deltasift.check.mutate import KINDS, Mutant, mutants, rejections, spots
from deltasift.inert import Less, LessEqual
from deltasift.line.views import put
from deltasift.pages import load
from deltasift.rules import arithmetic, log_mul, sum_add
from founding import FOUNDING
from oracle.pages import Worlds, compared

K = sizes("K")
k, m = index("k", 1, K), index("m", 1, K)
q, a, r, s = pmf("q", k, positive=True), real("a", k), positive("r"), real("s")
BRACKETS = calc(
    Sum(iverson(LessEqual(k, m)) * a[k] + log(r * s) * iverson(Less(k, 2)), k),
    step(
        Sum(iverson(LessEqual(k, m)) * a[k], k) + Sum(log(r * s) * iverson(Less(k, 2)), k),
        by=[sum_add, assuming(s > 0)],
    ),
    step(
        Sum(iverson(LessEqual(k, m)) * a[k], k) + Sum((log(r) + log(s)) * iverson(Less(k, 2)), k),
        by=[log_mul, assuming(s > 0)],
    ),
)
NOT_IN_THE_CATALOGUE = {
    "factor_cancelled",
    "sum_of_logs_for_log_of_sum",
    "inequality_exchanged",
    "inequality_at_the_end",
    "statement_negated",
    "assumption_of_step_dropped",
}
NO_NUMBER = {"dirac_derived"}  # the derivative of a density that has a kink


@cache
def sample() -> tuple[Mutant, ...]:
    """Return one mistake of each kind, on pages that take turns."""
    found: dict[str, Mutant] = {}
    names = FOUNDING
    for turn, kind in enumerate(KINDS):
        for name in [*names[turn % len(names) :], *names[: turn % len(names)], "gibbs_inequality"]:
            made = list(mutants(load(name), kinds=[kind], each=1))
            if made:
                found[kind] = made[0]
                break
    return tuple(found.values())


def is_right(mutant: Mutant) -> bool:
    """Tell whether brute force finds that the mistake does no harm there."""
    if mutant.breaks in ("reason", "claim"):
        return False
    scope = page_scope(mutant.page)
    pmfs = frozenset(d.name for d in scope.distributions)
    steps = [step for proof in mutant.page.proofs for step in proof.steps]
    assumed = (*mutant.page.assumptions, *(a for step in steps for a in step.assumptions))
    worlds = Worlds(scope.domains, assumed, pmfs, mutant.kind)
    written = mutant.step
    found = compared(worlds, mutant.previous, written.expr, written.relation, written.varying, 12)
    return found.kind == "true"


def test_there_are_kinds_for_everything_that_people_get_wrong() -> None:
    assert len(KINDS) >= 100
    assert {kind.breaks for kind in KINDS.values()} == {"value", "reason", "condition", "order", "claim"}
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.description.endswith(".")


def test_each_kind_is_in_the_catalogue_but_those_about_brackets_and_steps() -> None:
    assert {mutant.kind for mutant in sample()} == set(KINDS) - NOT_IN_THE_CATALOGUE


@pytest.mark.parametrize("mutant", sample(), ids=lambda m: m.kind)
def test_a_mistake_is_rejected_unless_it_does_no_harm(mutant: Mutant) -> None:
    rejected = rejections(mutant, points=40)
    if not rejected:
        assert is_right(mutant), mutant.change
    if (
        mutant.breaks == "value"
        and mutant.kind not in NO_NUMBER
        and not rejected.keys() & {"models", "numbers", "refused"}
    ):
        assert is_right(mutant), f"only structure rejects that {mutant.change}"


def test_a_mistake_is_one_step_and_says_what_was_done() -> None:
    for mutant in sample():
        page = load(mutant.page.name)
        changed = [
            number
            for number, (old, new) in enumerate(zip(lines(page), lines(mutant.page), strict=True), 1)
            if old != new
        ]
        assert changed in ([], [mutant.line])
        assert mutant.change
        if mutant.path is not None:
            assert mutant.before is not None
            assert mutant.after is not None
            assert put(lines(page)[mutant.line - 1], mutant.path, mutant.after) == mutant.step.expr
            assert mutant.before != mutant.after


def lines(page: Page) -> list[object]:
    return [line for proof in page.proofs for line in proof.lines]


def test_the_line_is_the_one_that_the_checker_names() -> None:
    page = load("cross_entropy_is_average_nll")
    for mutant in mutants(page, kinds=["sign_of_line"]):
        problem = check(mutant.page, layers=("structure",), lines={mutant.line}).problems[0]
        assert problem.startswith(f"line {mutant.line}: ")
        assert mutant.previous == lines(page)[mutant.line - 2]


def test_a_draw_is_the_same_each_time_and_another_with_another_seed() -> None:
    page = load("kl_splits_into_entropies")

    def drawn(seed: str) -> list[tuple[str, int, str]]:
        return [(x.kind, x.line, x.change) for x in mutants(page, each=2, seed=seed)]

    assert drawn("") == drawn("")
    assert drawn("") != drawn("another")
    assert len(drawn("")) == sum(min(2, len(list(mutants(page, kinds=[kind])))) for kind in KINDS)


def test_lines_and_kinds_can_be_chosen() -> None:
    page = load("cross_entropy_is_average_nll")
    found = list(mutants(page, kinds=["factor_dropped", "label_dropped"], lines={6}))
    assert {(x.kind, x.line) for x in found} == {("factor_dropped", 6), ("label_dropped", 6)}


@pytest.mark.parametrize("layer", ["structure", "models", "numbers"])
def test_no_way_of_checking_looks_at_what_another_one_found(layer: str) -> None:
    """So that a layer's verdict beside the others is the one that it gives alone."""
    kinds = ("conditions", "structure") if layer == "structure" else (layer,)
    for mutant in mutants(load("kl_splits_into_entropies"), kinds=list(KINDS)[::9], each=1):
        beside = {k: v for k, v in rejections(mutant, points=20).items() if k in kinds}
        alone = {k: v for k, v in rejections(mutant, layers=(layer,), points=20).items() if k in kinds}
        assert beside == alone


@pytest.mark.parametrize("kind", ["inequality_exchanged", "inequality_at_the_end", "assumption_of_step_dropped"])
def test_mistakes_with_brackets_and_with_what_a_step_assumes(kind: str) -> None:
    assert BRACKETS.report.ok
    found = list(mutants(BRACKETS, kinds=[kind]))
    assert found
    for mutant in found:
        assert rejections(mutant, points=40) or is_right(mutant), (mutant.line, mutant.change)


def test_a_bracket_that_is_negated() -> None:
    from deltasift import Equality
    from deltasift.rules import sum_comm

    b = real("b", k, m)
    proof = calc(
        Sum(Sum(iverson(Equality(k, m)) * b[k, m], k), m),
        step(Sum(Sum(iverson(Equality(k, m)) * b[k, m], m), k), by=sum_comm),
    )
    [mutant] = mutants(proof, kinds=["statement_negated"])
    assert {"structure", "models", "numbers"} <= rejections(mutant, points=40).keys()


WRONG_ALGEBRA: dict[str, Derivation] = {
    "factor_cancelled": calc((r + s) / (r + 2) + 0, step((r + s) / (r + 2), by=arithmetic)),
    "sum_of_logs_for_log_of_sum": calc(log(Sum(q[k], k)) + 0, step(log(Sum(q[k], k)), by=arithmetic)),
}


@pytest.mark.parametrize("kind", WRONG_ALGEBRA)
def test_mistakes_that_no_page_of_the_catalogue_can_have(kind: str) -> None:
    [mutant] = mutants(WRONG_ALGEBRA[kind], kinds=[kind])
    assert {"structure", "numbers"} <= rejections(mutant, points=40).keys()


def test_every_step_is_a_spot() -> None:
    page = load("average_or_sum")
    assert [(x.number, x.proof, x.step) for x in spots(page)] == [
        (2, 0, 0),
        (3, 0, 1),
        (4, 0, 2),
        (6, 1, 0),
        (7, 1, 1),
        (8, 1, 2),
    ]
