"""Sums whose value the rules give at once: the total of a pmf, of an empirical distribution, of a mixture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from deltasift.domain import Pmf
from deltasift.inert import Entry, Equality, LessEqual, Node, Sum, free, substitute
from deltasift.line.definedness import requirements
from deltasift.line.scope import Scope
from deltasift.line.views import put
from deltasift.match.field import equal_in_field
from deltasift.match.search import Search
from deltasift.rules.algebra import one_mul
from deltasift.rules.coded.totals import sum_pmf
from deltasift.rules.delta_sums import sum_delta
from deltasift.rules.sums import sum_add, sum_comm, sum_const, sum_mul_left

if TYPE_CHECKING:
    from deltasift.conditions.prove import Prover

ROUTE = (sum_delta, sum_const, sum_pmf, one_mul, sum_mul_left, sum_add, sum_comm)
LONGEST = 24


def total_is(c: Equality, scope: Scope, prover: Prover) -> tuple[str, ...] | None:
    """Return the rules that bring the left side of an equality to its right side, None where they do not."""
    if not any(isinstance(e, Sum) for e in _parts(c.lhs)):
        return None
    if c.rhs == 1 and isinstance(c.lhs, Sum):
        stated = _of_pmf(c.lhs, scope, prover)
        if stated is not None:
            return stated
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


def _parts(e: Basic) -> tuple[Basic, ...]:
    """Return an expression with its terms and factors, however deep."""
    inside = e.args if isinstance(e, Node) and not e.binds else ()
    return (e, *(p for a in inside for p in _parts(a)))


def _of_pmf(e: Sum, scope: Scope, prover: Prover) -> tuple[str, ...] | None:
    """Say that a sum is that of a pmf over all of its classes, a row of it where it has others."""
    body = e.body
    domain = scope.domain(body.table) if isinstance(body, Entry) else None
    if not isinstance(domain, Pmf) or body.indices[-1] != e.var or len(body.indices) != len(domain.over):
        return None
    rows = body.indices[:-1]
    if any(e.var in free(i) for i in rows):
        return None
    *_, (lo, hi) = _ranges(body, domain)
    if not prover.canon.same(e.lo, lo) or not prover.canon.same(e.hi, hi):
        return None
    found = all(scope.is_integer(r) for r in rows) and all(prover.holds(o, scope) for o in in_its_rows(body, domain))
    return (f"{domain.name} is a pmf",) if found else None


def in_its_rows(e: Entry, domain: Pmf) -> list[Node]:
    """Return that the indices of an entry of a pmf before the last one are in their ranges."""
    ends = zip(e.indices[:-1], _ranges(e, domain), strict=False)
    return [LessEqual.make(order) for value, (lo, hi) in ends for order in ((lo, value), (value, hi))]


def _ranges(e: Entry, domain: Pmf) -> list[tuple[Basic, Basic]]:
    """Return the ranges of the indices of a pmf, where those of an entry stand for them."""
    here = {i.symbol: value for i, value in zip(domain.over, e.indices, strict=True)}
    return [(substitute(i.lo, here), substitute(i.hi, here)) for i in domain.over]


def _next(line: Basic, scope: Scope, prover: Prover, search: Search, seen: set[int]) -> tuple[str, Basic] | None:
    for rule in ROUTE:
        for x in search.everywhere(rule, line, scope):
            new = put(line, x.path, x.after)
            if search.canon.key(new) in seen:
                continue
            if all(prover.holds(condition, x.scope) for condition in x.conditions):
                return rule.name, new
    return None
