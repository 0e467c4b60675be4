"""Substitution that never captures and never evaluates."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.binders import Derivative
from deltasift.inert.node import Node, free, join
from deltasift.inert.tables import Apply, Entry

Rule = Mapping[Basic, Basic]


def fresh(symbol: Basic, taken: frozenset[Basic] | set[Basic]) -> Symbol:
    """Return a symbol of the same assumptions, primed until no name in `taken` is like it."""
    assert isinstance(symbol, Symbol)
    names = {s.name for s in taken if isinstance(s, Symbol)}
    name = symbol.name + "'"
    while name in names:
        name += "'"
    return Symbol(name, **symbol._assumptions_orig)


class _Scope:
    """A substitution as it reads inside some binders."""

    __slots__ = ("keys", "memo", "rule", "values")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.keys: frozenset[Basic] | None = frozenset().union(*(free(key) for key in rule)) if rule else frozenset()
        if any(not free(key) for key in rule):
            self.keys = None
        self.values: frozenset[Basic] = frozenset().union(*(free(value) for value in rule.values()))
        self.memo: dict[int, Basic] = {}

    def misses(self, expr: Basic) -> bool:
        if not self.rule:
            return True
        return self.keys is not None and self.keys.isdisjoint(free(expr))

    def under(self, binder: Node) -> tuple[_Scope, Basic]:
        """Return the substitution for the body, and the name that the binder has afterwards."""
        body, name = binder.args[0], binder.args[1]
        rule = {k: v for k, v in self.rule.items() if name not in free(k)}
        hit = {k: v for k, v in rule.items() if not free(k) or not free(k).isdisjoint(free(body))}
        if any(name in free(v) for v in hit.values()):
            taken = free(body).union(*(free(v) for v in hit.values()), *(free(k) for k in hit))
            new = fresh(name, taken)
            return _Scope({**hit, name: new}), new
        if len(rule) == len(self.rule) and len(hit) == len(rule):
            return self, name
        return _Scope(hit), name


def substitute(expr: Basic, rule: Rule) -> Basic:
    """Return `expr` with every key of `rule` replaced, all at once.

    A bound name is out of reach of the keys; where a new value would be captured by a binder, the binder's name is
    primed. Nothing is evaluated.
    """
    return _run(expr, _Scope(dict(rule)))


def _run(expr: Basic, scope: _Scope) -> Basic:
    # Each frame is (node, scope, name the binder gets, scope of the body); results come back through scope.memo.
    keep: list[Basic] = []  # ids stay valid while the objects are alive
    stack: list[tuple[Basic, _Scope, Basic | None, _Scope]] = [(expr, scope, None, scope)]
    while stack:
        e, here, name, inner = stack[-1]
        if id(e) in here.memo:
            stack.pop()
            continue
        if e in here.rule:
            here.memo[id(e)] = here.rule[e]
        elif here.misses(e) or not isinstance(e, Node):
            here.memo[id(e)] = e
        else:
            if e.binds and name is None:
                inner, name = here.under(e)
                stack[-1] = (e, here, name, inner)
            waiting = [
                (a, inner if e.binds and i == 0 else here)
                for i, a in enumerate(e.args)
                if not (e.binds and i == 1) and id(a) not in (inner if e.binds and i == 0 else here).memo
            ]
            if waiting:
                stack.extend((a, s, None, s) for a, s in waiting)
                continue
            args = tuple(
                name if e.binds and i == 1 and name is not None else (inner if e.binds and i == 0 else here).memo[id(a)]
                for i, a in enumerate(e.args)
            )
            if isinstance(e, Derivative):
                _check_derivative(e, here.rule)
            if isinstance(e, (Entry, Apply)) and not isinstance(args[0], Symbol):
                raise ExpressionError(f"{args[0]} is not a name, so it can be put for no table or function")
            here.memo[id(e)] = _renew(e, args)
        keep.append(e)
        stack.pop()
    return scope.memo[id(expr)]


def _check_derivative(e: Derivative, rule: Rule) -> None:
    """Refuse a substitution after which the derivative would be of something else."""
    body, name = e.args[0], e.args[1]
    new = rule.get(name, name)
    names = {s for s in free(body) if s != name and s not in rule}
    others = names.union(*(free(v) for k, v in rule.items() if k != name and not free(k).isdisjoint(free(body))))
    if not isinstance(new, Symbol) or new in others:
        raise ExpressionError(f"{e} differentiates by {name}: the substitution would change what is differentiated")


def _renew(e: Node, args: tuple[Basic, ...]) -> Node:
    if all(new is old for new, old in zip(args, e.args, strict=True)):
        return e
    given = e.given
    for a in args:
        if isinstance(a, Node):
            given = join(given, a.given)
    return type(e).make(args, given)
