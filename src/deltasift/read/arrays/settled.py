"""Brackets in the place of the case distinctions 1 and 0, wherever that changes nothing.

A bracket that is 0 makes its term 0, whatever stands beside it; a comparison that is multiplied does not, as 0 times
an infinity is no number in arrays. So it becomes a bracket only where all that stands beside it has a value.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.errors import DepthError
from deltasift.inert import Div, Mul, Neg, Node
from deltasift.inert.code_line import remember
from deltasift.line.definedness import requirements
from deltasift.line.scope import Scope
from deltasift.read.arrays.entrywise import bracket, is_indicator


def settled(e: Basic, scope: Scope) -> Basic:
    """Return an expression in which the cases 1 and 0 are brackets where that changes nothing."""
    return _Settling().of(e, scope)


class _Settling:
    def __init__(self) -> None:
        self.prover = Prover()

    def of(self, e: Basic, scope: Scope) -> Basic:
        if not isinstance(e, Node) or not e.args:
            return e
        if is_indicator(e):
            return remember(bracket(self.of(e.args[1], scope), scope.is_integer), *e._lines)
        if isinstance(e, (Mul, Div, Neg)):
            return self._product(e, scope)
        inside = scope.enter(e) if e.binds else scope
        args = tuple(
            a if not isinstance(a, Node) else self.of(a, inside if e.binds and i == 0 else scope)
            for i, a in enumerate(e.args)
        )
        return e if args == e.args else e.rebuild(args)

    def _product(self, e: Node, scope: Scope) -> Basic:
        """Settle a product: all of its comparisons, or none of them."""
        factors: list[Basic] = []
        divisors: list[Basic] = []
        _collect(e, factors, divisors)
        if not any(map(is_indicator, factors)):
            return self._rebuilt(e, scope, True)
        others = [self.of(f, scope) for f in (*factors, *divisors) if not is_indicator(f)]
        whole = Mul.make(tuple(others)) if len(others) > 1 else others[0] if others else None
        return self._rebuilt(e, scope, whole is None or self._has_value(whole, scope))

    def _rebuilt(self, e: Basic, scope: Scope, convert: bool) -> Basic:
        if isinstance(e, Mul):
            return e.rebuild(tuple(self._rebuilt(a, scope, convert) for a in e.args))
        if isinstance(e, Div):
            return e.rebuild((self._rebuilt(e.args[0], scope, convert), self.of(e.args[1], scope)))
        if isinstance(e, Neg):
            return e.rebuild((self._rebuilt(e.args[0], scope, convert),))
        return e if is_indicator(e) and not convert else self.of(e, scope)

    def _has_value(self, e: Basic, scope: Scope) -> bool:
        try:
            return all(self.prover.holds(need, scope) for need in requirements(e, scope))
        except (DepthError, RecursionError):
            return False


def _collect(e: Basic, factors: list[Basic], divisors: list[Basic]) -> None:
    if isinstance(e, Neg):
        _collect(e.args[0], factors, divisors)
    elif isinstance(e, Mul):
        for a in e.args:
            _collect(a, factors, divisors)
    elif isinstance(e, Div):
        _collect(e.args[0], factors, divisors)
        divisors.append(e.args[1])
    else:
        factors.append(e)
