"""Facts that contradict each other prove anything, so they are found before anything is proved."""

from __future__ import annotations

from collections.abc import Iterable

from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.conditions.signs import SignReader, Signs
from deltasift.conditions.smt import Solver
from deltasift.domain import Table
from deltasift.inert import ForAll, LessEqual, Node
from deltasift.line.scope import Range, Scope


def contradiction(scope: Scope, assumptions: Iterable[Basic] = ()) -> tuple[str, ...] | None:
    """Return facts of a scope that cannot all hold, None where the solver finds none such."""
    prover = Prover()
    statements: list[Basic] = list(scope.assumed)
    ranges: list[Range] = []
    for domain in scope.domains.values():
        if isinstance(domain, Table):
            ranges.extend(Range(name, lo, hi, True) for name, lo, hi in domain.ranges)
        for fact in domain.facts():
            statements.append(fact.statement)
            statements.extend(LessEqual(lo, hi) for _, lo, hi in fact.limits)
    for a in assumptions:
        body = a
        while isinstance(body, ForAll):
            statements.append(LessEqual.make(body.args[2:]))
            body = body.args[0]
        if isinstance(body, Node):
            statements.append(body)
    unique = {r.name: r for r in ranges}
    inner = Scope(
        scope.domains,
        tuple(r for r in unique.values() if r.name not in scope.domains),
        scope.assumed,
        scope.integers,
        scope.distributions,
    )

    if not ranges and prover.differences.contradicts(statements, inner) is False:
        return None

    def signs(e: Basic) -> Signs:
        return SignReader(inner, prover.holds).signs(e)

    return Solver(inner, prover.canon, signs).contradiction(statements)
