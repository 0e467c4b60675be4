"""Pages with one step each, made from the rule table, to be walked beside those of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from deltasift import rules
from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.inert import ForAll, Less, Log, Neg, Node, Or
from deltasift.pages import load

from . import drawn
from .pages import Verdict, Worlds, compared
from .rule_uses import with_names

PREFIX = "rule "


def rule_pages() -> list[str]:
    """Return a name for each statement of the table."""
    return [f"{PREFIX}{r.name} {i + 1}" for r in rules.RULES.values() for i in range(len(r.statements))]


@cache
def page_called(name: str) -> Page:
    """Return a page of the catalogue, or the step by a statement of the table."""
    if not name.startswith(PREFIX):
        return load(name)
    rule_name, number = name.removeprefix(PREFIX).split()
    rule, i = rules.RULES[rule_name], int(number) - 1
    return replace(valued(with_names(rule, i).use(rule, i).page()), name=name)


def valued(page: Page) -> Page:
    """Return a page that assumes that its logarithms have a value, which weights that add up to 1 do not show.

    Beside what is 0 a logarithm of 0 counts as 0 where that is an entry of a pmf: a table with a total of 1 is none.
    """
    (proof,) = page.proofs
    if proof.steps[0].by in ((rules.gibbs,), (rules.gibbs_strict,)):
        return replace(page, assumptions=(*page.assumptions, *_supported(page)))
    if proof.steps[0].by not in ((rules.jensen_log,), (rules.jensen_log_strict,), (rules.neg_log_le_sum_mul_log,)):
        return page
    parts = [e.args[0] if isinstance(e, Neg) else e for e in proof.lines]
    needs = (Less(0, e.args[0]) for e in parts if isinstance(e, Log))
    return replace(page, assumptions=(*page.assumptions, *needs))


def _supported(page: Page) -> Iterator[Node]:
    """Yield that what may be 0 only where another is is not 0 at all."""
    for s in page.assumptions:
        if isinstance(s, ForAll) and isinstance(s.args[0], Or):
            yield ForAll(s.args[0].args[1], s.args[1:])


def verdict_of(
    page: Page,
    before: Any,
    after: Any,
    relation: str,
    varying: Any,
    assumed: Sequence[Any],
    seed: str,
    worlds: int,
    *,
    partial: bool = True,
) -> Verdict:
    """Return what brute force finds of a step of such a page."""
    if page.name.startswith(PREFIX):
        return drawn.compared(before, after, tuple(assumed), seed, worlds, relation=relation, partial=partial)
    scope = page_scope(page)
    pmfs = frozenset(s.name for s in scope.distributions)
    return compared(Worlds(scope.domains, assumed, pmfs, seed), before, after, relation, varying, worlds)


__all__ = ["PREFIX", "page_called", "rule_pages", "valued", "verdict_of"]
