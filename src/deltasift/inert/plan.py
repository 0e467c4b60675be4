"""The order in which an expression is built anew, children first."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.inert.algebra import Add, Div, Func, Mul, Neg
from deltasift.inert.binders import Integral, Product, Sum
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node
from deltasift.inert.tables import Apply, Entry
from deltasift.inert.visit import postorder

MULTIPLICATIVE = (Mul, Div, Neg)


class Plan:
    """Which nodes are built, children first, each from which operands.

    A sum in a sum, a product in a product and a binder in a binder are spliced into one operation, since SymPy would
    flatten them one at a time. A subtree that is shared is built once, so it is not spliced.
    """

    def __init__(self, root: Basic) -> None:
        self.root = root
        self.operands: dict[int, Sequence[Basic]] = {}
        self.order: list[Node] = []
        self._uses: dict[int, int] = {}
        for e in postorder(root):
            for a in e.args:
                self._uses[id(a)] = self._uses.get(id(a), 0) + 1
        self.depth = self._walk()

    def joins(self, inner: Basic, outer: Node) -> bool:
        """Tell whether `inner` is built as a part of `outer`."""
        if self._uses[id(inner)] != 1:
            return False
        if isinstance(outer, MULTIPLICATIVE):
            return isinstance(inner, MULTIPLICATIVE)
        return type(inner) is type(outer) and isinstance(outer, (Add, Sum, Product, Integral))

    def _walk(self) -> int:
        level: dict[int, int] = {}
        stack: list[Basic] = [self.root]
        while stack:
            e = stack[-1]
            if id(e) in level:
                stack.pop()
                continue
            if not isinstance(e, Node):
                level[id(e)] = 0
                continue
            operands = self.operands.get(id(e))
            if operands is None:
                operands = self.operands[id(e)] = _operands(e, self)
                waiting = [a for a in operands if id(a) not in level]
                if waiting:
                    stack.extend(reversed(waiting))
                    continue
            level[id(e)] = 1 + max((level[id(a)] for a in operands), default=0)
            self.order.append(e)
        return level[id(self.root)]


def _operands(e: Node, plan: Plan) -> Sequence[Basic]:
    if isinstance(e, MULTIPLICATIVE):
        return [a for a, _ in factors_of(e, plan)[0]]
    if isinstance(e, Add):
        return _terms(e, plan)
    if isinstance(e, (Sum, Product, Integral)):
        return _chain(e, plan)
    if isinstance(e, (Named, Expectation)):
        return (e.definition,)
    if isinstance(e, (Func, Entry, Apply)):
        return e.args[1:]  # type: ignore[no-any-return]
    return e.args  # type: ignore[no-any-return]


def _terms(e: Node, plan: Plan) -> list[Basic]:
    terms, stack = [], [*reversed(e.args)]
    while stack:
        a = stack.pop()
        if plan.joins(a, e):
            stack.extend(reversed(a.args))
        else:
            terms.append(a)
    return terms


def factors_of(e: Node, plan: Plan) -> tuple[list[tuple[Basic, bool]], int]:
    """Return the factors, each with whether it divides, and the sign."""
    factors: list[tuple[Basic, bool]] = []
    sign = 1
    stack: list[tuple[Basic, bool]] = [(e, False)]
    while stack:
        a, below = stack.pop()
        if a is not e and not plan.joins(a, e):
            factors.append((a, below))
        elif isinstance(a, Neg):
            sign = -sign
            stack.append((a.args[0], below))
        elif isinstance(a, Div):
            stack.append((a.args[1], not below))
            stack.append((a.args[0], below))
        else:
            stack.extend((f, below) for f in reversed(a.args))
    return factors, sign


def _chain(e: Node, plan: Plan) -> list[Basic]:
    """Return the innermost body and the limits, innermost first."""
    limits: list[Basic] = []
    while True:
        body, *limit = e.args
        limits.extend(reversed(limit))
        if not plan.joins(body, e):
            return [body, *reversed(limits)]
        e = body
