"""A checked derivation used as a rule: its domains are its variables, their facts its conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Domain, Family, Index, Pmf, Size
from deltasift.inert import Equality, ForAll, IsInteger, Node, Sum, free, substitute
from deltasift.rule import Theorem

if TYPE_CHECKING:
    from deltasift.line.scope import Scope

Names = dict[Basic, Basic]


def instances(theorem: Theorem, expr: Basic, scope: Scope) -> Iterator[tuple[Basic, tuple[Node, ...], Names]]:
    """Yield what `expr` becomes, the conditions, and what each name of the theorem stands for."""
    left, right = theorem.relation.args[:2]
    if theorem.is_reversed:
        left, right = right, left
    names: Names = {}
    variables = {d.symbol for d in theorem.domains if not isinstance(d, Index)}
    if not _fit(left, expr, variables, names, {}):
        return
    if not _definitions_agree(theorem, names, variables, scope):
        return
    for symbol in free(right):
        if symbol in variables and symbol not in names:
            return
    conditions = tuple(c for d in theorem.domains if d.symbol in names for c in _obligations(d, names))
    yield substitute(right, names), conditions, names


def _definitions_agree(theorem: Theorem, names: Names, variables: set[Symbol], scope: Scope) -> bool:
    """Tell whether what is defined on the theorem's page is defined alike where it is used.

    The names in the definitions become known on the way.
    """
    waiting = [d for d in theorem.domains if isinstance(d, (Family, DefinedFunction))]
    while any(d.symbol in names for d in waiting):
        d = next(d for d in waiting if d.symbol in names)
        waiting.remove(d)
        other = scope.domains.get(names[d.symbol])
        if type(other) is not type(d) or not isinstance(other, (Family, DefinedFunction)):
            return False
        mine, theirs = _parameters(d), _parameters(other)
        if len(mine) != len(theirs):
            return False
        if not _fit(d.body, other.body, variables, names, dict(zip(mine, theirs, strict=True))):
            return False
    return True


def _parameters(d: Family | DefinedFunction) -> tuple[Symbol, ...]:
    return tuple(i.symbol for i in d.over) if isinstance(d, Family) else (d.variable.symbol,)


def _fit(pattern: Basic, expr: Basic, variables: set[Symbol], names: Names, bound: Names) -> bool:
    """Match structurally, the names of domains standing for names, or for numbers and terms where they are bounds."""
    if isinstance(pattern, Symbol):
        if pattern in bound:
            return bool(bound[pattern] == expr)
        if not free(expr).isdisjoint(bound.values()):
            return False
        if pattern not in variables:
            return bool(pattern == expr)
        if pattern in names:
            return bool(names[pattern] == expr)
        names[pattern] = expr
        return True
    if not isinstance(pattern, Node):
        return bool(pattern == expr)
    if type(pattern) is not type(expr) or len(pattern.args) != len(expr.args):
        return False
    inner = {**bound, pattern.args[1]: expr.args[1]} if pattern.binds else bound
    return all(
        _fit(p, e, variables, names, inner if pattern.binds and i == 0 else bound)
        for i, (p, e) in enumerate(zip(pattern.args, expr.args, strict=True))
        if not (pattern.binds and i == 1)
    )


def _obligations(domain: Domain, names: Names) -> Iterator[Node]:
    """Yield what must hold of the names that stand for a domain."""
    if isinstance(domain, Size) and names[domain.symbol] != domain.symbol:
        yield IsInteger(names[domain.symbol])
    for fact in domain.facts():
        if isinstance(domain, Pmf) and fact.statement.args[1] == 1:
            continue  # follows from the others
        statement = substitute(fact.statement, names)
        for name, lo, hi in reversed(fact.limits):
            statement = ForAll.make((statement, name, substitute(lo, names), substitute(hi, names)))
        assert isinstance(statement, Node)
        yield statement
    if isinstance(domain, Pmf):
        name, lo, hi = domain.classes.limit
        entry = substitute(domain.entry, names)
        total: Node = Equality(Sum.make((entry, name, substitute(lo, names), substitute(hi, names))), 1)
        for i in domain.over[:-1]:
            total = ForAll.make((total, i.symbol, substitute(i.lo, names), substitute(i.hi, names)))
        yield total
