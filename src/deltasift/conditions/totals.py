"""Sums whose value the rules give at once, such as the total of an empirical distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from deltasift.inert import Equality, Sum
from deltasift.line.definedness import requirements
from deltasift.line.scope import Scope
from deltasift.line.views import put
from deltasift.match.field import equal_in_field
from deltasift.match.search import Search
from deltasift.rules.deltas import sum_delta
from deltasift.rules.sums import sum_comm, sum_const, sum_mul_left

if TYPE_CHECKING:
    from deltasift.conditions.prove import Prover

ROUTE = (sum_delta, sum_const, sum_mul_left, sum_comm)
LONGEST = 12


def total_is(c: Equality, scope: Scope, prover: Prover) -> tuple[str, ...] | None:
    """Return the rules that bring the left side of an equality to its right side, None where they do not."""
    if not any(isinstance(e, Sum) for e in (c.lhs, *c.lhs.args)):
        return None
    search = Search(prover.canon)
    line = c.lhs
    used: list[str] = []
    seen = {search.canon.key(line)}
    for _ in range(LONGEST):
        if equal_in_field(line, c.rhs):
            needs = [*requirements(line, scope), *requirements(c.rhs, scope)]
            return ("it follows by " + ", ".join(used),) if all(prover.holds(n, scope) for n in needs) else None
        found = _next(line, scope, prover, search, seen)
        if found is None:
            return None
        name, line = found
        used.append(name)
        seen.add(search.canon.key(line))
    return None


def _next(line: Basic, scope: Scope, prover: Prover, search: Search, seen: set[int]) -> tuple[str, Basic] | None:
    for rule in ROUTE:
        for x in search.everywhere(rule, line, scope):
            new = put(line, x.path, x.after)
            if search.canon.key(new) in seen:
                continue
            if all(prover.holds(condition, x.scope) for condition in x.conditions):
                return rule.name, new
    return None
