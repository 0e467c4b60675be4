"""Order by difference constraints: quick, and complete where every fact has the form `x <= y + c`.

Almost every condition of a page compares an index with the ends of a range. The facts about these are edges of a graph,
a proof is a path in it whose weights add up to no more than is asked for, and where the graph holds all that is known,
no path means that the condition does not follow.

References
----------
Cormen, Leiserson, Rivest and Stein (2009), Introduction to Algorithms, section 24.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.conditions.edges import (
    ZERO,
    Because,
    Edge,
    Weight,
    as_edge,
    edges_of,
    given_within,
    its_form,
    of_assumptions,
    of_form,
    within_and,
)
from deltasift.conditions.signs import facts_of, in_range, instance, instances
from deltasift.inert import free, mentions
from deltasift.inert.algebra import INFINITE
from deltasift.line.linear import combination
from deltasift.line.scope import Range, Scope

Entailed = Callable[[Basic, Scope], Because | None]
MOST_EDGES = 300
SIMPLE = (Symbol, ex.Entry)


class Answer(NamedTuple):
    """What the graph says: the facts used, or None; and whether None means that the condition does not follow."""

    because: Because | None
    complete: bool


UNKNOWN = Answer(None, False)


class Differences:
    """Decides orders in scopes from facts that are difference constraints."""

    def __init__(self, entailed: Entailed) -> None:
        self.entailed = entailed
        self._indexed: dict[int, tuple[tuple[Basic, ...], _Assumed]] = {}

    def entails(self, c: Basic, scope: Scope) -> Answer:
        """Say whether an order, an equality or its contrary follows."""
        if isinstance(c, (ex.LessEqual, ex.Less)):
            return self._order(c.args[0], c.args[1], isinstance(c, ex.Less), scope)
        if isinstance(c, ex.Equality):
            up = self._order(c.args[0], c.args[1], False, scope)
            if up.because is None:
                return up
            down = self._order(c.args[1], c.args[0], False, scope)
            return down if down.because is None else Answer((*up.because, *down.because), True)
        if isinstance(c, ex.Unequal):
            for a, b in (c.args, c.args[::-1]):
                found = self._order(a, b, True, scope)
                if found.because is not None:
                    return found
        return UNKNOWN

    def _order(self, lhs: Basic, rhs: Basic, strict: bool, scope: Scope) -> Answer:
        if lhs in INFINITE or rhs in INFINITE:
            return UNKNOWN
        slack = combination([(1, rhs), (-1, lhs)])
        atoms = slack.coefficients
        if not atoms:
            holds = slack.constant > 0 if strict else slack.constant >= 0
            return Answer(("arithmetic",) if holds else None, True)
        graph = _Graph(self, scope)
        for atom in atoms:
            graph.gather(atom)
        if any(graph.is_isolated(atom, atoms) for atom in atoms):
            return Answer(None, True)
        goal = as_edge(slack, strict, scope)
        if goal is None:
            return UNKNOWN
        return graph.path(*goal)

    def contradicts(self, statements: Iterable[Basic], scope: Scope) -> bool | None:
        """Tell whether statements, assumed in the scope, contradict each other; None where that is not clear."""
        graph = _Graph(self, scope)
        for s in statements:
            while isinstance(s, ex.ForAll):
                s = s.args[0]
            for part in s.args if isinstance(s, ex.And) else (s,):
                edges = edges_of(part, scope, its_form)
                if edges is None:
                    return None
                for e in edges:
                    graph.edges.setdefault(e.lower, []).append(e)
                    graph.gather(e.lower)
                    graph.gather(e.upper)
        return graph.has_a_circle() if graph.complete and len(graph.sorts) < 2 else None

    def assumed(self, scope: Scope) -> _Assumed:
        """Return the statements of a scope, by what they speak of."""
        key = id(scope.assumed)
        found = self._indexed.get(key)
        if found is None:
            found = self._indexed[key] = (scope.assumed, _Assumed(scope))
        return found[1]


def is_open(c: Basic, scope: Scope) -> bool:
    """Tell whether an order or an equality is about a name of which nothing is known, so that it is not decided.

    An order with infinity is: every number lies between its ends.
    """
    if not isinstance(c, RELATIONS):
        return False
    a, b = c.args
    if a in INFINITE or b in INFINITE:
        return False
    return (is_unknown(a, scope) and not mentions(b, a)) or (is_unknown(b, scope) and not mentions(a, b))


def is_unknown(e: Basic, scope: Scope) -> bool:
    """Tell whether a name has no domain, no range and no assumption but that it is real or an integer."""
    return (
        isinstance(e, Symbol)
        and not scope.mentions(e)
        and e not in scope.domains
        and e.is_nonnegative is None
        and e.is_nonpositive is None
        and e.is_nonzero is None
    )


RELATIONS = (ex.LessEqual, ex.Less, ex.Equality, ex.Unequal)


class _Assumed:
    """Assumed statements as edges, by atom; and the atoms of what is no difference constraint."""

    def __init__(self, scope: Scope) -> None:
        self.edges: dict[Basic, list[Edge]] = {}
        self.general: list[ex.ForAll] = []
        self.hard: set[Basic] = set()
        for s in scope.assumed:
            if isinstance(s, ex.ForAll):
                self.general.append(s)
                continue
            for part in s.args if isinstance(s, ex.And) else (s,):
                edges = edges_of(part, scope, partial(given_within, (), s))
                if edges is None:
                    self.hard.update(free(part))
                for e in edges or ():
                    for end in {e.lower, e.upper}:
                        self.edges.setdefault(end, []).append(e)


class _Graph:
    """The facts that bear on some atoms."""

    def __init__(self, owner: Differences, scope: Scope) -> None:
        self.owner = owner
        self.scope = scope
        self.said = owner.assumed(scope)
        self.edges: dict[Basic, list[Edge]] = {}
        self.seen: set[Basic] = {ZERO}
        self.count = 0
        self.complete = True
        self.sorts: set[bool] = set()

    def gather(self, start: Basic) -> None:
        """Take in what is known of an atom, and of what that speaks of."""
        stack = [start]
        while stack:
            atom = stack.pop()
            if atom in self.seen:
                continue
            self.seen.add(atom)
            self.sorts.add(self.scope.is_integer(atom))
            if not isinstance(atom, SIMPLE) or not free(atom).isdisjoint(self.said.hard):
                self.complete = False
            for e in self._about(atom):
                self.count += 1
                if self.count > MOST_EDGES:
                    self.complete = False
                    return
                self.edges.setdefault(e.lower, []).append(e)
                stack.extend((e.lower, e.upper))

    def is_isolated(self, atom: Basic, others: Iterable[Basic]) -> bool:
        """Tell whether nothing at all is known of a name, so that no order of it follows."""
        if not isinstance(atom, Symbol) or atom in self.edges or self.scope.mentions(atom):
            return False
        if any(atom in free(other) for other in others if other != atom):
            return False
        return not any(e.upper == atom for es in self.edges.values() for e in es)

    def path(self, lower: Basic, upper: Basic, weight: Weight) -> Answer:
        """Look for a path whose weights add up to at most `weight`: Bellman and Ford, from the lower end."""
        best: dict[Basic, tuple[Weight, Edge | None]] = {lower: ((0, 0), None)}
        waiting = [lower]
        for _ in range(MOST_EDGES):
            if not waiting:
                break
            after: list[Basic] = []
            for node in waiting:
                (w, s), _edge = best[node]
                for e in self.edges.get(node, ()):
                    new = (w + e.weight[0], s + e.weight[1])
                    old = best.get(e.upper)
                    if e.upper is not lower and (old is None or new < old[0]):
                        best[e.upper] = (new, e)
                        after.append(e.upper)
            waiting = list(dict.fromkeys(after))
        found = best.get(upper)
        if found is None or not found[0] <= weight:
            # a bound between integers that goes by way of a real could be made tighter
            return Answer(None, self.complete and len(self.sorts) < 2)
        used: list[Edge] = []
        node = upper
        while node is not lower and node != lower:
            edge = best[node][1]
            assert edge is not None
            used.append(edge)
            node = edge.lower
            if len(used) > MOST_EDGES:  # facts that contradict each other go in circles
                return UNKNOWN
        words = dict.fromkeys(word for edge in reversed(used) for word in edge.source())
        return Answer(tuple(words) or ("its form",), True)

    def has_a_circle(self) -> bool:
        """Tell whether a path leads from some atom to itself by which it is less than itself."""
        nodes = dict.fromkeys(n for es in self.edges.values() for e in es for n in (e.lower, e.upper))
        best: dict[Basic, Weight] = dict.fromkeys(nodes, (0, 0))
        for _ in range(len(nodes) + 1):
            changed = False
            for edges in self.edges.values():
                for e in edges:
                    w, s = best[e.lower]
                    new = (w + e.weight[0], s + e.weight[1])
                    if new < best[e.upper]:
                        best[e.upper] = new
                        changed = True
            if not changed:
                return False
        return True

    # --- facts -----------------------------------------------------------------------------------------------------

    def _about(self, atom: Basic) -> Iterator[Edge]:
        own = self.scope.bound.get(atom)
        if own is not None:
            yield from self._of_range(own)
        elif isinstance(atom, Symbol):
            yield from of_assumptions(atom)
            yield from self._of_domain(atom)
        elif isinstance(atom, ex.Entry):
            yield from self._of_domain(atom)
            yield from of_assumptions(atom.table, atom)
        else:
            yield from of_form(atom, self.scope)
        yield from self.said.edges.get(atom, ())
        if isinstance(atom, (ex.Entry, ex.Apply)):
            yield from self._of_general(atom)
        if own is None and self.scope.mentions(atom):
            for r in self.scope.ranges:
                if atom in free(r.lo) or atom in free(r.hi):
                    yield from self._of_range(r)

    def _of_range(self, r: Range) -> Iterator[Edge]:
        lo, hi = r.known
        if lo not in INFINITE:
            yield from self._read(ex.LessEqual.make((r.lo, r.name)), lambda: (f"{r.name} runs from {r.lo}",))
        if hi not in INFINITE:
            yield from self._read(ex.LessEqual.make((r.name, r.hi)), lambda: (f"{r.name} runs to {r.hi}",))

    def _of_domain(self, atom: Basic) -> Iterator[Edge]:
        domain = self.scope.domain(atom.args[0] if isinstance(atom, ex.Entry) else atom)
        if domain is None:
            return
        for fact in facts_of(domain, self.scope):
            said = instance(fact, atom)
            if said is None:
                continue
            within = self._all(in_range(fact, atom))
            if within is None:
                self.complete = False
            else:
                yield from self._read(said, partial(within_and, within, fact.source))

    def _of_general(self, atom: Basic) -> Iterator[Edge]:
        for s in self.said.general:
            for said, needs in instances(s, atom, parts=True):
                within = self._all(needs)
                if within is None:
                    self.complete = False
                    continue
                for p in said.args if isinstance(said, ex.And) else (said,):
                    yield from self._read(p, partial(given_within, within, s))

    def _all(self, needs: Iterable[Basic]) -> Because | None:
        """Return what makes all of several conditions hold, None where one of them is not known to."""
        found: list[str] = []
        for need in needs:
            because = self.owner.entailed(need, self.scope)
            if because is None:
                return None
            found.extend(because)
        return tuple(found)

    def _read(self, statement: Basic, source: Callable[[], Because]) -> Iterable[Edge]:
        edges = edges_of(statement, self.scope, source)
        if edges is None:
            self.complete = False
        return edges or ()
