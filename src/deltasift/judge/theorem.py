"""A theorem of another page: each of its names stands for something, of which all is true that the page has given."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Size, Table
from deltasift.inert import Equality, ForAll, IsInteger, Sum
from deltasift.judge.context import Context, Need, World, closed
from deltasift.judge.instance import Filling
from deltasift.judge.need import needs
from deltasift.judge.record import Claim, RejectedError
from deltasift.judge.term import Term, leaves, read, same
from deltasift.judge.verify import Goal
from deltasift.rule import Real, Theorem


def replayed_theorem(theorem: Theorem, claim: Claim, before: Term, context: Context) -> tuple[Goal, ...]:
    """Return what has to be true for a theorem to give what it is said to give: all that its page gives and assumes."""
    mine = World({d.symbol: d for d in theorem.domains})
    filling = _filling(theorem, claim)
    left, right = map(read, theorem.relation.args[:2])
    if theorem.is_reversed:
        left, right = right, left
    if not (same(filling.fill(left), before) and same(filling.fill(right), claim.after)):
        raise RejectedError("it does not give what is said to come of it")
    goals: list[Term] = []
    for d in theorem.domains:
        if d.symbol.name in claim.binding:
            _check_definition(d, mine, filling, context.world)
            goals += (filling.fill(read(h)) for h in hypotheses(d))
        elif _is_in(d.symbol, (left, right)):
            raise RejectedError(f"it is not said what {d.symbol} stands for")
    goals += (filling.fill(read(h)) for h in theorem.hypotheses)
    return (*map(Goal, goals), *(Goal(filling.fill(read(a)), assumed=True) for a in theorem.assumptions))


def tables_needed(theorem: Theorem, claim: Claim, context: Context) -> Iterator[Need]:
    """Yield what makes the entries of what stands for the theorem's tables have a value, each of them."""
    filling = _filling(theorem, claim)
    for d in theorem.domains:
        if isinstance(d, Table) and not isinstance(d, Family) and d.over and d.symbol.name in claim.binding:
            yield from needs(filling.fill(read(_for_all(IsInteger(d.entry), d.ranges))), context)


def _filling(theorem: Theorem, claim: Claim) -> Filling:
    return Filling({d.symbol.name: Real for d in theorem.domains if d.symbol.name in claim.binding}, claim.binding)


def _is_in(name: Symbol, terms: tuple[Term, ...]) -> bool:
    return any(leaf.value == name for t in terms for leaf, _ in leaves(t) if leaf.head == "free")


def _check_definition(d: Domain, mine: World, filling: Filling, world: World) -> None:
    """Refuse what is not defined where the theorem is used as it is on the theorem's page."""
    _, value = filling.values[d.symbol.name]
    if isinstance(d, Family | DefinedFunction):
        theirs = world.definition(value.value) if value.head == "free" else None
        own = mine.definition(d.symbol)
        if theirs is None or own is None or theirs[0] != own[0] or not same(filling.fill(own[1]), theirs[1]):
            raise RejectedError(f"what stands for {d.symbol} is defined in another way")
    elif isinstance(d, Density):
        theirs_ = world.domain(value.value) if value.head == "free" else None
        if not isinstance(theirs_, Density) or (d.positive and not theirs_.positive):
            raise RejectedError(f"what stands for {d.symbol} is not declared as a density")


def hypotheses(d: Domain) -> Iterator[Basic]:
    """Yield what the theorem's page has given about a name: that it is an integer, its range, its total."""
    if isinstance(d, Size | Index):
        yield IsInteger(d.symbol)
    if isinstance(d, Density):
        return  # it stands for a density
    if isinstance(d, Labels):
        yield _for_all(IsInteger(d.entry), d.ranges)
    for fact in d.facts():
        if not (isinstance(d, Pmf) and fact.statement.args[1] == 1):  # which follows from the others
            yield closed(fact)
    if isinstance(d, Pmf):
        yield _for_all(Equality(Sum(d.entry, d.ranges[-1]), 1), d.ranges[:-1])


def _for_all(statement: Basic, ranges: tuple[tuple[Symbol, Basic, Basic], ...]) -> Basic:
    for name, lo, hi in reversed(ranges):
        statement = ForAll.make((statement, name, lo, hi))
    return statement
