"""The walk: innermost first, every node is taken as far as the rules go, and each use of a rule is recorded.

What is done at a node is decided by the functions of `derive` that look at one head each. They see a node whose parts
are done already, and propose the next move. So a line is walked over once, and only what a move has made is looked at
again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.conditions.differences import is_unknown
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Verdict
from deltasift.derive.ends import KnownEnds
from deltasift.derive.factors import Products
from deltasift.derive.trace import Move
from deltasift.errors import ExpressionError, LimitError
from deltasift.inert import free
from deltasift.line.scope import Scope
from deltasift.line.views import Path, put

MOST = 100_000  # moves
MOST_HERE = 500  # moves at one place: what takes more goes round in circles, and is left as it is


@dataclass(frozen=True)
class Problem:
    """What is asked: the names and facts, and what becomes of a condition that is not decided."""

    scope: Scope
    prover: Prover
    undecided: str = "guard"
    products: Products = field(default_factory=Products)
    ends: KnownEnds = field(default_factory=KnownEnds)
    left: list[ex.Node] = field(default_factory=list)  # where more moves than MOST_HERE were not made


class Here:
    """A place in the line: its binders, whether it is a factor of a product, which may vanish as a whole, and whether
    the line is still as it was given."""

    __slots__ = ("is_factor", "is_untouched", "others", "problem", "scope")

    def __init__(
        self,
        problem: Problem,
        scope: Scope,
        is_factor: bool,
        is_untouched: bool = False,
        others: Callable[[], list[Basic]] = list,
    ) -> None:
        self.is_untouched = is_untouched
        self.others = others  # the other factors of the product that it is a factor of
        self.problem = problem
        self.scope = scope
        self.is_factor = is_factor

    def verdict(self, condition: Basic) -> Verdict:
        """Return what is known of a condition here."""
        return self.problem.prover.verdict(condition, self.scope)

    def is_unknown(self, name: Basic) -> bool:
        """Tell whether nothing is known here of what is a name."""
        return is_unknown(name, self.scope)

    def holds(self, condition: Basic) -> bool:
        """Tell whether a condition is proved here."""
        return self.verdict(condition) is Verdict.PROVED

    def fails(self, condition: Basic) -> bool:
        """Tell whether a condition is refuted here."""
        return self.verdict(condition) is Verdict.REFUTED

    def excludes(self, conditions: list[Basic]) -> bool:
        """Tell whether facts exclude that conditions hold together, though none is refuted by itself."""
        return len(conditions) > 1 and bool(self.scope.assumed) and self.fails(ex.And.make(tuple(conditions)))

    def open(self, conditions: list[Basic]) -> tuple[list[Basic], tuple[Basic, ...]]:
        """Return which of some undecided conditions stay as a guard, and which are assumed.

        Raises
        ------
        ExpressionError
            If an undecided condition is to be refused.
        """
        if self.problem.undecided == "refuse" and conditions:
            raise ExpressionError(f"it is not decided whether {conditions[0]}")
        if self.problem.undecided == "assume":
            bound = self.scope.bound
            if all(free(c).isdisjoint(bound) for c in conditions):
                return [], tuple(conditions)
        return conditions, ()


Reducer = Callable[[ex.Node, Here], Move | tuple[Move, ...] | None]
Table = Mapping[type, Reducer]


class _Frame:
    __slots__ = ("args", "at", "changed", "inside", "is_factor", "node", "place", "scope", "tries")

    def __init__(self, node: ex.Node, scope: Scope, is_factor: bool, place: Path = ()) -> None:
        self.tries = 0
        self.place = place
        self.is_factor = is_factor
        self.scope = scope
        self.enter(node)

    def enter(self, node: ex.Node) -> None:
        self.node = node
        self.args: list[Basic] = list(node.args)
        self.at = 0
        self.changed = False
        self.inside = self.scope.enter(node)


def walk(line: Basic, problem: Problem, table: Table, most: int = MOST) -> tuple[Basic, list[Move]]:
    """Return the line in which no move is left, and the moves that lead to it, at most so many."""
    moves: list[Move] = []
    if not isinstance(line, ex.Node):
        return line, moves
    done: dict[tuple[int, int, bool], Basic] = {}  # the nodes are kept, so that an id stays what it was
    stack = [_Frame(line, problem.scope, False)]
    while True:
        frame = stack[-1]
        child = _next(frame, done, table)
        if child is not None:
            stack.append(child)
            continue
        if frame.changed:
            node = frame.node.rebuild(tuple(frame.args))
            frame.node = node
            frame.changed = False
        node = frame.node
        reduce = table.get(type(node))
        frame.tries += 1
        is_over = reduce is not None and frame.tries > MOST_HERE
        if is_over:
            problem.left.append(node)
        found = (
            None
            if reduce is None or is_over
            else reduce(node, Here(problem, frame.scope, frame.is_factor, not moves, partial(_others, stack)))
        )
        if found is None:
            done[id(node), id(frame.scope), frame.is_factor] = node
            result: Basic = node
        else:
            result = node
            for move in (found,) if isinstance(found, Move) else found:
                moves.append(move.under(frame.place))
                result = put(result, move.path, move.after) if move.path else move.after
            if len(moves) > most:
                raise LimitError(f"more than {most} steps were not enough")
            if isinstance(result, ex.Node):
                if not moves[-1].is_settled:
                    frame.enter(result)
                    continue
                done[id(result), id(frame.scope), frame.is_factor] = result
        stack.pop()
        if not stack:
            return result, moves
        parent = stack[-1]
        if result is not parent.args[parent.at]:
            parent.args[parent.at] = result
            parent.changed = True
        parent.at += 1


def _others(stack: Sequence[_Frame]) -> list[Basic]:
    """Return the other factors of the product in which the innermost node stands."""
    found: list[Basic] = []
    for around in reversed(stack[:-1]):
        if not (isinstance(around.node, (ex.Mul, ex.Neg)) or (isinstance(around.node, ex.Div) and around.at == 0)):
            break
        if isinstance(around.node, ex.Div):
            found.append(ex.Div.make((S.One, around.args[1])))
        else:
            found += (a for n, a in enumerate(around.args) if n != around.at)
    return found


def _next(frame: _Frame, done: dict[tuple[int, int, bool], Basic], table: Table) -> _Frame | None:
    """Return the next part of a node that is not done yet."""
    node = frame.node
    if isinstance(node, (ex.Named, ex.Expectation)):
        return None  # what is defined stays as it is until its definition is put in
    binds = node.binds
    args = frame.args
    while frame.at < len(args):
        i = frame.at
        child = args[i]
        if isinstance(child, ex.Node) and not (binds and i == 1) and (type(child) in table or _has_parts(child)):
            scope = frame.inside if i == 0 else frame.scope
            is_factor = isinstance(node, (ex.Mul, ex.Neg)) or (i == 0 and isinstance(node, ex.Div))
            key = (id(child), id(scope), is_factor)
            if key not in done:
                if not (is_settled(child, scope.bound) or _is_short_sum_by_an_entry(node, child)):
                    return _Frame(child, scope, is_factor, (*frame.place, i))
                done[key] = child
        frame.at += 1
    return None


def _is_short_sum_by_an_entry(node: ex.Node, child: Basic) -> bool:
    """Tell whether a sum over a range of numbers is differentiated by an entry of which nobody knows which it is.

    It is not written out before: differentiated term by term it is the one term at that entry.
    """
    if not (isinstance(node, ex.Derivative) and isinstance(child, ex.Sum) and isinstance(node.args[1], ex.Entry)):
        return False
    return all(end.is_Integer for end in child.args[2:]) and not all(i.is_Integer for i in node.args[1].indices)


PLAIN = frozenset((ex.Apply, ex.Entry))  # values of functions and entries of tables


def is_settled(e: Basic, names: Container[Basic]) -> bool:
    """Tell whether there is nothing to do with a node: an entry, a delta that the sum over one of its names sifts with,
    or a product of such."""
    stack: list[Basic] = [e]
    while stack:
        e = stack.pop()
        kind, args = type(e), e._args
        if kind is ex.Delta:
            i, j = args
            if i is j or isinstance(i, ex.Node) or isinstance(j, ex.Node) or not (i in names or j in names):
                return False
        elif kind is ex.Mul:
            for a in args:
                if isinstance(a, ex.Node):
                    stack.append(a)
                elif not isinstance(a, Symbol):
                    return False
        elif kind in PLAIN or (kind is ex.Log and type(args[0]) in PLAIN):
            stack += [a for a in args if isinstance(a, ex.Node)]
        else:
            return False
    return True


def _has_parts(e: ex.Node) -> bool:
    """Tell whether a node is made of other nodes, and not of names and numbers alone."""
    return any(isinstance(a, ex.Node) for a in e.args)
