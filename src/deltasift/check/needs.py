"""What the steps of a line needed, as statements that are true or false at a point.

A condition that was proved and is false at a point where what it was needed for takes part is an error of the checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.report import Substep
from deltasift.check.taking_part import Change, change_at
from deltasift.conditions.verdict import Verdict
from deltasift.inert import free, postorder
from deltasift.inert.binders import Product
from deltasift.line.scope import Scope
from deltasift.use import Path

GUARDS = (ex.Delta, ex.Iverson, ex.Entry)  # factors that may be 0 and so let a condition hold where they are not alone


@dataclass(frozen=True)
class Need:
    """One condition.

    Attributes
    ----------
    statement : Basic
        For all values of the indices that are open where the rule was used.
    rule : str
    change : Change
        What the rule changed.
    """

    statement: Basic
    rule: str
    change: Change

    def put(self, statement: Basic, change: Change) -> Need:
        """Return it with its expressions replaced."""
        return replace(self, statement=statement, change=change)


def needs(substeps: Sequence[Substep], lines: Sequence[Basic], scope: Scope) -> tuple[Need, ...]:
    """Return the conditions of substeps, `lines` being the whole line before each."""
    found = []
    for s, line in zip(substeps, lines, strict=True):
        proved = [p.condition for p in s.proofs if p.verdict is Verdict.PROVED]
        change = change_at(line, s.path, s.before, scope) if proved else None
        for condition in proved:
            statement = _for_all(condition, line, s.path)
            if statement is not None and change is not None:
                found.append(Need(statement, s.rule, change))
    return tuple(dict.fromkeys(found))


def _for_all(condition: Basic, line: Basic, path: Path) -> Basic | None:
    """Return a condition for all values of the indices around a place; None where only some of them matter."""
    around = list(_around(line, path))
    names = {name for e, _ in around for name in _bound(e)}
    if names.isdisjoint(free(condition)):
        return condition
    statement = condition
    for e, i in reversed(around):
        name = next(iter(_bound(e)), None)
        if isinstance(e, (ex.Sum, Product)) and i == 0:
            if name in free(statement):
                statement = ex.ForAll.make((statement, *e.args[1:4]))
        elif name is not None and name in free(statement):
            return None  # a real, whose values are not gone through
        if isinstance(e, (ex.Mul, ex.Div, ex.Neg)) and any(_may_be_zero(a) for k, a in enumerate(e.args) if k != i):
            return None
        if isinstance(e, (ex.Piecewise, ex.ForAll)):
            return None
    return statement


def _around(line: Basic, path: Path) -> Iterator[tuple[ex.Node, int]]:
    for i in path:
        if not isinstance(line, ex.Node) or i >= len(line.args):
            return
        yield line, i
        line = line.args[i]


def _bound(e: ex.Node) -> tuple[Basic, ...]:
    return (e.args[1],) if e.binds else ()


def _may_be_zero(e: Basic) -> bool:
    return isinstance(e, ex.Node) and any(isinstance(a, GUARDS) for a in postorder(e))
