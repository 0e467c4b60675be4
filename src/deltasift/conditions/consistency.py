"""Facts that contradict each other prove anything, so they are found before anything is proved.

A fact about every integer of a range says nothing where the range is empty, so that one contradicts others only where
its range is known to have something in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.conditions.signs import SignReader, Signs
from deltasift.conditions.smt import Solver
from deltasift.domain import Table
from deltasift.inert import ForAll, LessEqual, Node, free, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.scope import Scope


def contradiction(scope: Scope, assumptions: Iterable[Basic] = ()) -> tuple[str, ...] | None:
    """Return facts of a scope that cannot all hold, None where the solver finds none such."""
    prover = Prover()
    said = tuple(assumptions)
    given = scope.assuming(*said)
    statements: list[Basic] = list(scope.assumed)
    inner = scope
    for domain in scope.domains.values():
        for name, lo, hi in domain.ranges if isinstance(domain, Table) else ():
            known = name in scope.domains or name in inner.bound
            if not known and prover.holds(LessEqual.make((lo, hi)), given):
                inner = inner.within(name, lo, hi, integer=True)
        for fact in domain.facts():
            if all(prover.holds(LessEqual.make((lo, hi)), given) for _, lo, hi in fact.limits):
                statements.append(fact.statement)
    taken = frozenset(scope.domains).union(*map(free, (*scope.assumed, *said)))
    for a in said:
        statements.extend(_at_some(a, taken, given, prover))

    if inner is scope and prover.differences.contradicts(statements, inner) is False:
        return None

    def signs(e: Basic) -> Signs:
        return SignReader(inner, prover.holds).signs(e)

    return Solver(inner, prover.canon, signs).contradiction(statements)


def _at_some(statement: Basic, taken: frozenset[Basic], scope: Scope, prover: Prover) -> Iterator[Basic]:
    """Yield what an assumption says of some integers of its ranges; nothing where one of them may be empty."""
    body = statement
    orders: list[Basic] = []
    while isinstance(body, ForAll):
        inside, name, lo, hi = body.args
        if not prover.holds(LessEqual.make((lo, hi)), scope):
            return
        scope = scope.within(name, lo, hi, integer=True)
        new = fresh(name, taken | free(inside))
        orders += [LessEqual.make((lo, new)), LessEqual.make((new, hi))]
        body = substitute(inside, {name: new})
        taken |= {new}
    if isinstance(body, Node):
        yield from orders
        yield body
