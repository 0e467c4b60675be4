"""Pages with one step each, made from the rule table, to be walked beside those of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from deltasift import rules
from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.pages import load

from . import drawn
from .pages import Verdict, Worlds, compared
from .rule_uses import with_names

PREFIX = "rule "


def rule_pages() -> list[str]:
    """Return a name for each statement of the table."""
    return [f"{PREFIX}{r.name} {i + 1}" for r in rules.EQUALITIES.values() for i in range(len(r.statements))]


@cache
def page_called(name: str) -> Page:
    """Return a page of the catalogue, or the step by a statement of the table."""
    if not name.startswith(PREFIX):
        return load(name)
    rule_name, number = name.removeprefix(PREFIX).split()
    rule, i = rules.RULES[rule_name], int(number) - 1
    return replace(with_names(rule, i).use(rule, i).page(), name=name)


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
        return drawn.compared(before, after, tuple(assumed), seed, worlds, partial=partial)
    scope = page_scope(page)
    pmfs = frozenset(s.name for s in scope.distributions)
    return compared(Worlds(scope.domains, assumed, pmfs, seed), before, after, relation, varying, worlds)


__all__ = ["PREFIX", "page_called", "rule_pages", "verdict_of"]
