"""A checked derivation used as a rule: its domains are its variables, and all that they say is a condition.

What stands for a real has a value, what stands for a size or an index is an integer in its range, what stands for a
table has an entry wherever the table had one, of the same kind and within the same bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Density, Domain, Family, Function, Labels, Pmf, Range, Table
from deltasift.inert import free, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import fresh
from deltasift.line.definedness import requirements
from deltasift.line.views import peeled
from deltasift.match.fit import Names, claimed, fits
from deltasift.rule import Theorem

if TYPE_CHECKING:
    from deltasift.line.scope import Scope

MOST_FITS = 24  # ways in which one expression is an instance


def instances(theorem: Theorem, expr: Basic, scope: Scope) -> Iterator[tuple[Basic, tuple[ex.Node, ...], Names]]:
    """Yield what `expr` becomes, the conditions, and what each name of the theorem stands for."""
    left, right = theorem.relation.args[:2]
    if theorem.is_reversed:
        left, right = right, left
    if _is_another_head(left, expr):
        return
    variables = {d.symbol for d in theorem.domains}
    for fitted in islice(fits(claimed(left, theorem.domains), expr, {}), MOST_FITS):
        for names in _with_definitions(theorem, fitted, scope):
            if free(right) & variables <= names.keys() and _may_stand(theorem, names, scope):
                yield substitute(right, names), tuple(_conditions(theorem, names, scope)), names


def _is_another_head(left: Basic, expr: Basic) -> bool:
    """Tell whether an expression is seen at once to be no instance."""
    if not isinstance(left, ex.Node) or isinstance(left, (ex.Add, ex.Mul, ex.Div, ex.Neg)):
        return False
    return type(left) is not type(peeled(expr)[0])


def _may_stand(theorem: Theorem, names: Names, scope: Scope) -> bool:
    return all(_may_stand_for(names[d.symbol], d, scope) for d in theorem.domains if d.symbol in names)


def _conditions(theorem: Theorem, names: Names, scope: Scope) -> dict[ex.Node, None]:
    """Return what must hold of what the names stand for, each once."""
    found: list[ex.Node] = []
    for d in theorem.domains:
        found += _obligations(d, names, scope) if d.symbol in names else ()
    found += [c for h in theorem.hypotheses if isinstance(c := substitute(h, names), ex.Node)]
    return dict.fromkeys(found)


def assumed(theorem: Theorem, names: Names) -> tuple[Basic, ...]:
    """Return what a use of a theorem assumes, in the names of the place where it is used."""
    return tuple(substitute(a, names) for a in theorem.assumptions)


# --- what stands for what ---------------------------------------------------------------------------------------------


def _with_definitions(theorem: Theorem, names: Names, scope: Scope) -> Iterator[Names]:
    """Yield the names again, with those in the definitions, where what the theorem's page defines is defined alike.

    A definition speaks of the names of the page, so that none of these may be one that a binder around the place has
    given to something else.
    """
    waiting = [d for d in theorem.domains if isinstance(d, (Family, DefinedFunction))]
    return _defined(theorem, waiting, names, scope)


def _defined(theorem: Theorem, waiting: list[Family | DefinedFunction], names: Names, scope: Scope) -> Iterator[Names]:
    d = next((d for d in waiting if d.symbol in names), None)
    if d is None:
        yield names
        return
    other = scope.domain(names[d.symbol])
    if type(other) is not type(d) or not isinstance(other, (Family, DefinedFunction)):
        return
    mine, theirs = _parameters(d), _parameters(other)
    if len(mine) != len(theirs):
        return
    variables = {x.symbol for x in theorem.domains}
    own: Names = {}
    for s in mine:
        own[s] = fresh(s, {*variables, *free(d.body), *own.values()})
    claim = claimed(d.body, theorem.domains, own)
    rest = [x for x in waiting if x is not d]
    for more in islice(fits(claim, other.body, names, dict(zip(own.values(), theirs, strict=True))), MOST_FITS):
        spoken_of = [more[s] for s in free(d.body).difference(mine) if s in more]
        if all(scope.bound.isdisjoint(free(value)) for value in spoken_of):
            yield from _defined(theorem, rest, more, scope)


def _parameters(d: Family | DefinedFunction) -> tuple[Symbol, ...]:
    return tuple(i.symbol for i in d.over) if isinstance(d, Family) else (d.variable.symbol,)


def _may_stand_for(value: Basic, domain: Domain, scope: Scope) -> bool:
    """Tell whether a value is of the kind that a domain asks for: a table for a table, a density for a density."""
    if isinstance(domain, Density):
        other = scope.domain(value)
        continuous, positive = domain.continuous, domain.positive
        return isinstance(other, Density) and continuous <= other.continuous and positive <= other.positive
    if isinstance(domain, Function):
        return isinstance(value, Symbol)  # defined alike, as is known by now
    if isinstance(domain, Table) and domain.over:
        other = scope.domain(value)
        as_many = isinstance(other, Table) and len(other.over) == len(domain.over)
        return isinstance(value, Symbol) and value not in scope.bound and (other is None or as_many)
    return value not in INFINITE


# --- what must hold of it ---------------------------------------------------------------------------------------------


def _obligations(domain: Domain, names: Names, scope: Scope) -> Iterator[ex.Node]:
    """Yield what must hold of what stands for a domain."""
    value = names[domain.symbol]
    if isinstance(domain, Table) and domain.over:
        yield from _of_table(domain, value, names, scope)
    elif not isinstance(domain, Function):
        if not isinstance(value, Symbol):
            yield from requirements(value, scope)
        if domain.integer and not scope.is_integer(value):
            yield ex.IsInteger(value)
    if isinstance(domain, Function):
        return
    for fact in domain.facts():
        if isinstance(domain, Pmf) and fact.statement.args[1] == 1:
            continue  # follows from the others
        yield _instance(fact.statement, fact.limits, names)
    if isinstance(domain, Pmf):
        total = ex.Equality(ex.Sum(domain.entry, domain.classes.limit), 1)
        yield _instance(total, domain.ranges[:-1], names)


def _of_table(domain: Table, name: Basic, names: Names, scope: Scope) -> Iterator[ex.Node]:
    """Yield that there is an entry for all indices, and that it is an integer where it has to be."""
    other = scope.domain(name)
    limits = _apart(domain.ranges, names)
    indices = [i for i, _, _ in limits]
    entry = ex.Entry.make((name, *indices))
    if isinstance(other, Table):
        theirs = {i.symbol: index for i, index in zip(other.over, indices, strict=True)}
        for (i, lo, hi), (_, low, high) in zip(limits, other.ranges, strict=True):
            for a, b, mine in ((substitute(low, theirs), i, lo), (i, substitute(high, theirs), hi)):
                if mine not in (a, b):
                    yield _forall(ex.LessEqual.make((a, b)), limits)
    if domain.integer and not (isinstance(other, Labels) or (other is None and name.is_integer)):
        yield _forall(ex.IsInteger.make((entry,)), limits)


def values_needed(theorem: Theorem, names: Names, scope: Scope) -> Iterator[ex.Node]:
    """Yield what the entries of a defined table need to have a value, where it stands for a table of the theorem."""
    for domain in theorem.domains:
        other = scope.domain(names[domain.symbol]) if domain.symbol in names else None
        if isinstance(domain, Table) and not isinstance(domain, Family) and isinstance(other, Family):
            limits = _apart(domain.ranges, names)
            for need in requirements(other.unfold(tuple(i for i, _, _ in limits)), scope):
                yield _forall(need, limits)


def _apart(limits: tuple[Range, ...], names: Names) -> list[Range]:
    """Return ranges in the names of the place, their indices being called as nothing there is."""
    taken = set(names).union(*map(free, names.values()))
    rule = dict(names)
    found: list[Range] = []
    for name, lo, hi in limits:
        new = fresh(name, taken) if name in taken else name
        taken.add(new)
        found.append((new, substitute(lo, rule), substitute(hi, rule)))
        rule[name] = new
    return found


def _forall(statement: ex.Node, limits: list[Range]) -> ex.Node:
    for limit in reversed(limits):
        statement = ex.ForAll.make((statement, *limit))
    return statement


def _instance(statement: Basic, limits: tuple[Range, ...], names: Names) -> ex.Node:
    """Return a statement about the indices of ranges in the names of the place, where nothing of it is captured."""
    for limit in reversed(limits):
        statement = ex.ForAll.make((statement, *limit))
    made = substitute(statement, names)
    assert isinstance(made, ex.Node)
    return made
