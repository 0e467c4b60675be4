"""A theorem of another page: each of its names stands for something, of which all is true that the page has given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Size, Table, closure
from deltasift.inert import Equality, ForAll, IsInteger, Sum
from deltasift.judge.context import Context, Need, World, closed
from deltasift.judge.instance import Filling
from deltasift.judge.meaning import may_be_complex, names_in
from deltasift.judge.need import needs
from deltasift.judge.record import Claim, RejectedError
from deltasift.judge.term import Term, make, occurs, parts, read, same
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
    if any(may_be_complex(value, context.world) for _, value in claim.binding.values()):
        raise RejectedError("what may be no real number stands for a real one")
    _check_names(theorem, claim, (left, right), mine, context.world)
    _check_derivatives(claim, (left, right), mine, context.world)
    goals: list[Term] = []
    for d in theorem.domains:
        if d.symbol.name in claim.binding:
            _check_definition(d, mine, filling, context.world)
            goals += (filling.fill(read(h)) for h in hypotheses(d))
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


def _check_names(theorem: Theorem, claim: Claim, sides: Sequence[Term], mine: World, world: World) -> None:
    """Refuse a use that leaves out what a name of the theorem's page stands for, on which something in it depends."""
    used = [d for d in theorem.domains if d.symbol.name in claim.binding]
    statements = [read(h) for d in used for h in hypotheses(d)]
    statements += map(read, (*theorem.hypotheses, *theorem.assumptions))
    names = frozenset().union(*(names_in(t, mine) for t in (*sides, *statements)))
    for d in theorem.domains:
        if d.symbol.name in claim.binding or d.symbol not in names:
            continue
        behind = closure((d,)).values()  # which stand for themselves where they are given in the same way
        are_theirs = all(e.symbol.name not in claim.binding and world.domain(e.symbol) == e for e in behind)
        if not are_theirs or any(occurs(make("free", (), d.symbol), t) for t in sides):
            raise RejectedError(f"it is not said what {d.symbol} stands for")


def _check_derivatives(claim: Claim, sides: Sequence[Term], mine: World, world: World) -> None:
    """Refuse values that vary, by what defines them, with what a derivative of the theorem's is taken by."""
    for t in (e for side in sides for e in parts(side) if e.head == "Derivative"):
        by = t.args[1].args[0] if t.args[1].args else t.args[1]
        kept = [n for n in names_in(t, mine) if n.name in claim.binding and mine.definition(n) is None]
        varied = claim.binding[by.value.name][1] if by.head == "free" and by.value in kept else by
        for n in kept:
            if n != by.value and varied.head == "free" and varied.value in names_in(claim.binding[n.name][1], world):
                raise RejectedError(f"what stands for {n} varies with what a derivative is taken by")


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
        if not isinstance(theirs_, Density) or d.positive > theirs_.positive or d.continuous > theirs_.continuous:
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
