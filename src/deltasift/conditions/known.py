"""Finds that something is known already: because a line has a value, or as an instance of what the page gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltasift.conditions.asking import Find
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import RANGED, Context, in_force
from deltasift.judge.facts import holds_nearby
from deltasift.judge.kind import is_integer
from deltasift.judge.same import key, same
from deltasift.judge.saying import range_orders, within
from deltasift.judge.term import BINDERS, ZERO, Term, bound, instantiate, leaves, make, shift
from deltasift.judge.tree import COUNTED
from deltasift.judge.verify.question import RejectedError

Pattern = tuple[
    Term, tuple[Term, ...], int, bool
]  # a statement, the binders around it, its number, whether it is given
MOST = 40  # statements that are taken in at once


def bare(place: Context) -> Context:
    """Return a place without what is known there because a line has a value."""
    return replace(place, had=place.had.bare)


def known(goal: Term, place: Context, find: Find) -> Certificate | None:
    """Return that a statement is, or is an instance of, one that is known."""
    wanted = key(goal)
    for statement, binders, number, is_given in _patterns(place):
        if statement.head != goal.head:
            continue
        count = len(binders)
        values: dict[int, Term] = {}
        if not (key(statement) is wanted if not count else _fits(statement, goal, count, values)):
            continue
        if not is_given:
            _say_guards(place.had.needs[number].context, count, values)
        chosen = _chosen(binders, values, place)
        is_known = chosen is not None and holds_nearby(instantiate(statement, chosen), place)
        fact = _fact(number, chosen, place, find, is_given=is_given) if chosen is not None and is_known else None
        if fact is not None:
            return kinds.Stated(fact)
    return None


def using(place: Context, find: Find) -> tuple[tuple[Fact, ...], tuple[Term, ...]]:
    """Return what is known at a place and what it says."""
    guards = in_force(place)
    facts: list[Fact] = []
    said: list[Term] = []
    for number, need in enumerate(place.had.needs):
        inner = need.context
        if need.statement.head == "HasValue" or inner.binders != place.binders[: inner.depth] or len(facts) == MOST:
            continue
        values = [bound(place.depth - 1 - level) for level in range(inner.depth)]
        statement = instantiate(need.statement, values)
        if (
            statement in said
            or not holds_nearby(statement, place)
            or not all(key(instantiate(g, values)) in guards for g in _guards(inner))
        ):
            continue
        fact = _fact(number, values, place, find, is_given=False)
        if fact is not None:
            facts.append(fact)
            said.append(statement)
    return tuple(facts), tuple(said)


def rest(goal: Term, place: Context, find: Find) -> Certificate | None:
    """Return that an integral exists since that of a sum does, and those of the other terms."""
    if goal.head != "Integrable":
        return None
    part, *own = goal.args[0].args
    for number, need in enumerate(place.had.needs):
        whole = need.statement.args[0] if need.statement.head == "Integrable" else ZERO
        if whole.head != "Integral" or whole.args[0].head != "Add" or need.context.depth > place.depth:
            continue
        values = [bound(place.depth - 1 - level) for level in range(need.context.depth)]
        body, *ends = instantiate(whole, values).args
        if not all(map(same, ends, own)):
            continue
        n = next((n for n, e in enumerate(body.args) if same(e, part)), None)
        fact = None if n is None else _fact(number, values, place, find, is_given=False)
        if n is None or fact is None:
            continue
        others = (make("Integrable", (make("Integral", (e, *own)),)) for i, e in enumerate(body.args) if i != n)
        proofs = [find(other, bare(place)) for other in others]
        if all(proof is not None for proof in proofs):
            return kinds.Rest(fact, n, tuple(proof for proof in proofs if proof is not None))
    return None


def _guards(context: Context) -> Iterator[Term]:
    return (k for k in in_force(context))


def _patterns(place: Context) -> Iterator[Pattern]:
    for number, need in enumerate(place.had.needs):
        yield need.statement, need.context.binders, number, False
    for number, statement in enumerate(place.world.given):
        binders: list[Term] = []
        while statement.head == "ForAll":
            binders.append(statement)
            statement = statement.args[0]
        if binders:
            yield statement, tuple(binders), number, True


def _say_guards(context: Context, count: int, values: dict[int, Term]) -> None:
    """Add the values that a guard gives to indices, as `k = m` does where a delta of the two is a factor."""
    for g in in_force(context):
        for one, other in (g.args, g.args[::-1]) if g.head == "Equality" else ():
            is_open = one.head == "bound" and one.value < count and one.value not in values
            bounds = (leaf.value - level for leaf, level in leaves(other) if leaf.head == "bound")
            if is_open and all(i < 0 or i in values for i in bounds):
                values[one.value] = instantiate(other, [values.get(i, ZERO) for i in reversed(range(count))])


def _chosen(binders: Sequence[Term], values: dict[int, Term], place: Context) -> list[Term] | None:
    """Return a value for each binder, the outermost first; any index will do where none is said."""
    count = len(binders)
    for level, b in enumerate(binders):
        i = count - 1 - level
        if i not in values:
            value = _index_in(b, [values[count - 1 - n] for n in range(level)], place)
            if value is None:
                return None
            values[i] = value
    return [values[i] for i in reversed(range(count))]


def _index_in(binder: Term, values: Sequence[Term], place: Context) -> Term | None:
    """Return a value in a range: that of an open binder over the same one, or its lower end."""
    if binder.head not in RANGED:
        return None
    lo, hi = (instantiate(e, values) for e in binder.args[2:])
    for distance, b in enumerate(reversed(place.binders)):
        same_range = b.head in RANGED and same(place.end(distance, 0), lo) and same(place.end(distance, 1), hi)
        if same_range and (b.head in COUNTED) == (binder.head in COUNTED):
            return bound(distance)
    return lo if binder.head in COUNTED else None


def _fact(number: int, values: Sequence[Term], place: Context, find: Find, *, is_given: bool) -> Fact | None:
    """Return an instance with what shows that it is one."""
    if is_given:
        if not all(is_integer(v, place) for v in values):
            return None
        wanted = range_orders(place.world.given[number], values)
    else:
        try:
            wanted = within(place.had.needs[number].context, values, place)
        except RejectedError:
            return None
    proofs: list[Certificate] = []
    for statement in wanted:
        proof = find(statement, bare(place))
        if proof is None:
            return None
        proofs.append(proof)
    if is_given:
        return kinds.Instance(kinds.Given(number), tuple(values), tuple(proofs))
    return kinds.Had(number, tuple(values), tuple(proofs))


def _fits(pattern: Term, term: Term, count: int, values: dict[int, Term]) -> bool:
    """Tell whether a pattern with so many loose indices is a term; gather what these stand for."""
    todo = [(pattern, term, 0)]
    while todo:
        p, t, inside = todo.pop()
        if p.loose <= inside:
            if not same(p, t):
                return False
        elif p.head == "bound":
            i = p.value - inside
            value = _outside(t, inside)
            if i >= count or value is None or not same(values.setdefault(i, value), value):
                return False
        elif p.head != t.head or len(p.args) != len(t.args) or p.value != t.value:
            return False
        else:
            deeper = p.head in BINDERS
            todo += [(a, b, inside + (deeper and n == 0)) for n, (a, b) in enumerate(zip(p.args, t.args, strict=True))]
    return True


def _outside(t: Term, inside: int) -> Term | None:
    """Return what a term is outside of some binders, None where it depends on one of them."""
    if inside and any(leaf.head == "bound" and level <= leaf.value < level + inside for leaf, level in leaves(t)):
        return None
    return shift(t, -inside)
