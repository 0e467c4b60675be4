"""Deciding what the judge says that a line needs to have a value.

A goal of the judge is written as a statement in a scope and proved from the facts, or it follows from something that is
known to be needed elsewhere: for every index of a range, perhaps, of which this is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.domain import Index
from deltasift.inert import Equality, ForAll, Integral, Less, Not, Or, free, substitute
from deltasift.inert.substitution import fresh
from deltasift.judge.carry import asked
from deltasift.judge.context import COUNTED, RANGED, Context, World
from deltasift.judge.functions import at_most
from deltasift.judge.need import Need, in_force, needs
from deltasift.judge.same import same
from deltasift.judge.term import Reader, read, write
from deltasift.judge.tree import BINDERS, TRUE, Term, UnreadableError, bound, instantiate, leaves, make, shift
from deltasift.line.linear import difference, linear, root
from deltasift.line.scope import Scope
from deltasift.said import Said
from deltasift.use import Run


def world_of(scope: Scope, names: Iterable[Basic] = ()) -> World:
    """Return what a page gives, for the judge."""
    return World(scope.domains, scope.assumed, scope.integers, scope.distributions, frozenset(names))


class Decider:
    """Decides needs in one scope, and remembers what it decided."""

    def __init__(self, scope: Scope, prover: Prover) -> None:
        self.scope = scope
        self.prover = prover
        self.world = world_of(scope)
        self.place = Context(self.world)
        self._supposed: tuple[Need, ...] = ()
        self._general = [_said_of_all(s, self.place) for s in self.world.given if s.head == "ForAll"]
        self._scopes: dict[tuple[Term, ...], tuple[tuple[Symbol, ...], Scope]] = {}
        self._known: dict[object, bool] = {}

    def needed(self, line: Basic) -> list[Need]:
        """Return what a line needs to have a value; nothing where the judge cannot read it."""
        try:
            return list(needs(read(line), self.place))
        except UnreadableError:
            return []

    def open(self, line: Basic, *, existence: bool = True) -> Iterator[str]:
        """Yield what a line needs to have a value, and what is not proved, in words.

        With `existence`, that integrals and series exist is asked, too: else it is a condition of the rules about them.
        """
        try:
            found = list(needs(read(line), self.place))
        except UnreadableError:
            yield Said(line, " to have a value")
            return
        for need in found:
            if (existence or not _is_of_a_limit(need)) and not self.holds(need):
                yield self.said(need)

    def suppose(self, line: Basic) -> None:
        """Take it to be so that a line has a value."""
        self._supposed = tuple(_with_derivatives(self.needed(line)))

    def lost(self, run: Run) -> Iterator[str]:
        """Yield what the lines of a run need that the lines before them did not, and what is not proved, in words."""
        reader = Reader()
        line = reader.read(run.end if run.backward else run.start)
        for use in run.uses:
            reader.stand(use.names)
            after = reader.read(use.after)
            spine: list[tuple[Term, int]] = []
            here = line
            for i in use.path:
                spine.append((here, i))
                here = here.args[i]
            new, known = asked(spine, *((after, here) if run.backward else (here, after)), self.place)
            given = [*_with_derivatives(known), *self._supposed]
            for need in new:
                if not _is_of_a_limit(need) and need.about.head != "Derivative" and not self.holds(need, given):
                    yield Said(self.said(need), f" ({use.rule.name})")
            line = after
            for around, i in reversed(spine):
                line = make(around.head, (*around.args[:i], line, *around.args[i + 1 :]), around.value)

    def holds(self, need: Need, hypotheses: Sequence[Need] = ()) -> bool:
        """Tell whether what is needed is proved, or follows from other needs."""
        if need.statement is TRUE:
            return True
        if any(_is_same(need, h) or self._is_instance(need, h) for h in (*hypotheses, *self._general)):
            return True
        if need.identity not in self._known:
            self._known[need.identity] = self._is_proved(need)
        if self._known[need.identity]:
            return True
        if hypotheses and self._follows(need, hypotheses):
            return True
        divides = _as_divides(need)
        if divides is not None and self.holds(divides, hypotheses):
            return True
        enough = need.enough
        return enough is not None and all(self.holds(n, hypotheses) for n in enough)

    def _follows(self, need: Need, hypotheses: Sequence[Need]) -> bool:
        """Tell whether a need is proved from others of the same place."""
        place = need.context
        guards = in_force(place)
        others = [
            h.statement
            for h in hypotheses
            if h.statement is not None and h.context.binders == place.binders and in_force(h.context) <= guards
        ]
        return bool(others) and self._is_proved(Need(place.assuming(*others), need.statement, need.exists))

    def _is_proved(self, need: Need) -> bool:
        if need.statement is None:
            return False
        names, scope = self._scope(need.context)
        goal = self._write(need.statement, names)
        given = [self._write(g, names) for g in need.context.guards]
        here = scope.assuming(*given) if given else scope
        if self.prover.holds(goal, here):
            return True
        for name, value in _fixed(given):
            at = {name: value}
            others = [substitute(g, at) for g in given]
            if self.prover.holds(substitute(goal, at), scope.assuming(*others)):
                return True
        return False

    def is_everywhere(self, need: Need) -> bool:
        """Tell whether something is needed at a place that there is whatever the values: no guard, no empty range."""
        binders = need.context.binders
        ranges = (Need(Context(self.world, binders[:n]), at_most(*b.args[2:])) for n, b in enumerate(binders))
        return not need.context.guards and all(b.head in RANGED for b in binders) and all(map(self.holds, ranges))

    def said(self, need: Need) -> str:
        """Return a need in words."""
        names = self._readable(need)
        statement = self._write(need.about, names)
        if need.statement is None:
            return Said(statement, " to have a value")
        guards = [self._write(g, names) for g in need.context.guards]
        if guards:
            statement = Or.make((*(Not.make((g,)) for g in guards), statement))
        for level in reversed(range(len(names))):
            binder = need.context.binders[level]
            if binder.head not in RANGED:
                continue
            outside = Context(self.world, need.context.binders[:level])
            if names[level] in free(statement) or not self.holds(Need(outside, at_most(*binder.args[2:]))):
                lo, hi = (self._write(e, names[:level]) for e in binder.args[2:])
                statement = ForAll.make((statement, names[level], lo, hi))
        return Said(statement)

    def _readable(self, need: Need) -> tuple[Symbol, ...]:
        """Return names for the binders of a place: those that the page has for indices of their ranges."""
        parts = (need.about, *need.context.guards, *need.context.binders)
        taken = {leaf.value for part in parts for leaf, _ in leaves(part) if leaf.head == "free"}
        names: tuple[Symbol, ...] = ()
        for b in need.context.binders:
            ends = tuple(self._write(e, names) for e in b.args[2:]) if b.head in RANGED else ()
            own = (d.symbol for d in self.scope.domains.values() if isinstance(d, Index) and (d.lo, d.hi) == ends)
            name = next((n for n in own if n not in taken), None)
            letters = map(Symbol, "xyzuvw" if b.head == "Integral" else "ijklmn")
            hidden = taken | {*self.scope.domains}
            name = name or next((n for n in letters if n not in hidden), None) or fresh(Symbol("i"), hidden)
            taken.add(name)
            names = (*names, name)
        return names

    # --- instances -------------------------------------------------------------------------------------------------

    def _is_instance(self, need: Need, known: Need) -> bool:
        """Tell whether a need is what another one says of one of the indices of its ranges."""
        count = known.context.depth
        if (need.statement is None) != (known.statement is None) or not count:
            return False
        values: dict[int, Term] = {}
        if not _fits(known.about, need.about, count, values):
            return False
        for level, b in enumerate(known.context.binders):
            i = count - 1 - level
            if i not in values:  # any index will do, if there is one
                value = self._index_in(b, [values[count - 1 - n] for n in range(level)], need.context)
                if value is None:
                    return False
                values[i] = value
        chosen = [values[i] for i in reversed(range(count))]
        return all(self.holds(Need(need.context, s)) for s in _conditions(known.context, chosen))

    def _index_in(self, binder: Term, values: Sequence[Term], context: Context) -> Term | None:
        """Return a value in a range: that of an open binder over the same one, or its lower end."""
        if binder.head not in RANGED:
            return None
        lo, hi = (instantiate(e, values) for e in binder.args[2:])
        for distance, b in enumerate(reversed(context.binders)):
            same_range = b.head in RANGED and same(context.end(distance, 0), lo) and same(context.end(distance, 1), hi)
            if same_range and (b.head in COUNTED) == (binder.head in COUNTED):
                return bound(distance)
        return lo

    def _write(self, term: Term, names: Sequence[Symbol]) -> Basic:
        return write(term, names, self.scope.domains)

    # --- scopes ----------------------------------------------------------------------------------------------------

    def _scope(self, context: Context) -> tuple[tuple[Symbol, ...], Scope]:
        """Return names for the binders of a place, which no page has, and what is known inside of them."""
        binders = context.binders
        if not binders:
            return (), self.scope
        found = self._scopes.get(binders)
        if found is None:
            names, scope = self._scope(Context(self.world, binders[:-1]))
            b = binders[-1]
            name = Symbol(f"({len(binders)})")
            ends = tuple(self._write(e, names) for e in b.args[2:]) if b.head in RANGED else ()
            if b.head in COUNTED:
                scope = scope.within(name, *ends, integer=True)
            elif b.head == "Integral":
                scope = scope.enter(Integral.make((name, name, *ends)))
                lo, hi = scope.ranges[-1].known  # a null set is left out, so the ends are
                between = (Less.make((lo, name)), Less.make((name, hi)))
                scope = scope.assuming(*(s for s, end in zip(between, (lo, hi), strict=True) if not end.is_infinite))
            found = self._scopes[binders] = (*names, name), scope
        return found


def _with_derivatives(known: Iterable[Need]) -> Iterator[Need]:
    """Yield what is known to be needed, and that a derivative exists because what it is built of is differentiable."""
    for need in known:
        yield need
        if need.about.head == "Derivative":
            yield from need.enough or ()


def _as_divides(need: Need) -> Need | None:
    """Return that a divisor divides, where a quotient, which has a value, is to be an integer."""
    s = need.statement
    if s is None or s.head != "IsInteger" or s.args[0].head != "Div":
        return None
    return Need(need.context, make("Divides", s.args[0].args[::-1]))


def _said_of_all(statement: Term, context: Context) -> Need:
    """Return a statement about all indices of ranges as what is known at each place inside of these."""
    while statement.head == "ForAll":
        context, statement = context.enter(statement), statement.args[0]
    return Need(context, statement)


def _is_of_a_limit(need: Need) -> bool:
    """Tell whether what is needed is that an integral, a series or an infinite product exists, or its derivative."""
    about = need.about
    is_series = about.head == "Derivative" and any(leaf.head == "infinity" for leaf, _ in leaves(about))
    return is_series or about.head in ("Integrable", "Summable", "Product")


def _is_same(a: Need, b: Need) -> bool:
    """Tell whether two needs say the same, the first under the guards of the second and perhaps more."""
    if (a.statement is None) != (b.statement is None) or a.context.binders != b.context.binders:
        return False
    if not same(a.about, b.about):
        return False
    return in_force(b.context) <= in_force(a.context)


def _conditions(context: Context, values: Sequence[Term]) -> Iterator[Term]:
    """Yield that values are in the ranges of binders, and that what is said of these is true of them."""
    for level, b in enumerate(context.binders):
        if b.head in RANGED:
            lo, hi = (instantiate(e, values[:level]) for e in b.args[2:])
            yield make("LessEqual", (lo, values[level]))
            yield make("LessEqual", (values[level], hi))
            if b.head in COUNTED:
                yield make("IsInteger", (values[level],))
    yield from (instantiate(g, values) for g in context.guards)


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


def _fixed(guards: Iterable[Basic]) -> Iterator[tuple[Symbol, Basic]]:
    """Yield the names that a guard says the value of."""
    for g in guards:
        if not isinstance(g, Equality):
            continue
        for a, b in (g.args, g.args[::-1]):
            if isinstance(a, Symbol) and a not in free(b):
                yield a, b
        for name in sorted((s for s in free(g) if isinstance(s, Symbol)), key=str):
            line = linear(difference(*g.args), name) if name not in g.args else None
            if line is not None and line[0].is_number and line[0] != 0:
                yield name, root(*line)
