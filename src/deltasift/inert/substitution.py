"""Substitution that never captures and never evaluates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain, count
from operator import is_
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.binders import Derivative
from deltasift.inert.node import Node, free, is_flat, is_name, join
from deltasift.inert.tables import Apply, Entry
from deltasift.inert.visit import postorder

Rule = Mapping[Basic, Basic]
MOST_PRIMES = 2  # that can be counted at a glance
CHECKED = (Entry, Apply, Derivative)  # heads in which not everything may be put for everything


def fresh(symbol: Basic, taken: frozenset[Basic] | set[Basic]) -> Symbol:
    """Return a symbol of the same assumptions that is not in `taken`: with primes or, after two, a number."""
    assert isinstance(symbol, Symbol)
    names = {s.name for s in taken if isinstance(s, Symbol)}
    stem = symbol.name.rstrip("'")
    primed = (stem + "'" * n for n in range(len(symbol.name) - len(stem) + 1, MOST_PRIMES + 1))
    numbered = (f"{stem}_{n}" for n in count(MOST_PRIMES + 1))
    name = next(n for n in chain(primed, numbered) if n not in names)
    return Symbol(name, **symbol._assumptions_orig)


def rewritten(expr: Basic, change: Callable[[Node], Basic]) -> Basic:
    """Return `expr` with `change` applied to every node, the innermost first; a shared part is changed once."""
    values: dict[int, Basic] = {}
    for e in postorder(expr):
        if isinstance(e, Node):
            args = tuple(values[id(a)] for a in e.args)
            values[id(e)] = change(e if all(x is y for x, y in zip(args, e.args, strict=True)) else e.rebuild(args))
        else:
            values[id(e)] = e
    return values[id(expr)]


def set_apart(expr: Basic, names: frozenset[Basic]) -> Basic:
    """Return an expression in which no binder binds one of some names: it has another one instead."""

    def change(e: Node) -> Basic:
        if not e.binds or e.args[1] not in names:
            return e
        new = fresh(e.args[1], free(e.args[0]) | names)
        return e.rebuild((substitute(e.args[0], {e.args[1]: new}), new, *e.args[2:]))

    return rewritten(expr, change)


def anonymous(expr: Basic) -> Basic:
    """Return an expression that brings no domains along."""
    return rewritten(expr, lambda e: type(e).make(e.args))


class _Scope:
    """A substitution as it reads inside some binders.

    `memo` has what was replaced and `inside` what holds in the bodies of binders, both by the id of what was there.
    """

    __slots__ = ("inside", "keys", "kinds", "memo", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.kinds = tuple(map(type, rule))
        # names without which nothing is replaced; none of these where a key has no name
        names = tuple(map(free, rule))
        self.keys: frozenset[Basic] | None = (
            names[0] or None if len(names) == 1 else frozenset().union(*names) if all(names) else None
        )
        self.memo: dict[int, Basic] = {}
        self.inside: dict[int, tuple[_Scope, Basic]] = {}

    def settled(self, expr: Basic) -> Basic | None:
        """Return what `expr` becomes, None where its parts have to be seen first."""
        if type(expr) in self.kinds and expr in self.rule:
            return self.rule[expr]
        if not isinstance(expr, Node):
            return expr
        if self.keys is not None:
            known = expr._free
            if self.keys.isdisjoint(free(expr) if known is None else known):
                return expr
        return self.memo.get(id(expr))

    def under(self, binder: Node) -> tuple[_Scope, Basic]:
        """Return the substitution for the body, and the name that the binder has afterwards."""
        known = self.inside.get(id(binder))
        if known is None:
            known = self.inside[id(binder)] = self._under(binder)
        return known

    def _under(self, binder: Node) -> tuple[_Scope, Basic]:
        body, name = binder.args[0], binder.args[1]
        rule = {k: v for k, v in self.rule.items() if name not in free(k)}
        hit = {k: v for k, v in rule.items() if not free(k) or not free(k).isdisjoint(free(body))}
        if any(name in free(v) for v in hit.values()):
            taken = free(body).union(*(free(v) for v in hit.values()), *(free(k) for k in hit))
            new = fresh(name, taken)
            return _Scope({**hit, name: new}), new
        if len(hit) == len(self.rule):
            return self, name
        return _Scope(hit), name


def substitute(expr: Basic, rule: Rule) -> Basic:
    """Return `expr` with every key of `rule` replaced, all at once.

    A bound name is out of reach of the keys; where a new value would be captured by a binder, the binder's name is
    primed. Nothing is evaluated.
    """
    if not isinstance(expr, Node):
        return rule.get(expr, expr)
    for old, new in rule.items():
        if not isinstance(old, Node) and is_name(new, old):
            # a name for itself changes nothing, though the two may be different objects
            rule = {k: v for k, v in rule.items() if isinstance(k, Node) or not is_name(v, k)}
            break
    if is_flat(expr) and type(expr) not in map(type, rule):
        args = expr._args
        return _renewed(expr, tuple(map(rule.get, args, args)), rule)
    whole = _Scope(rule)
    result = whole.settled(expr)
    if result is not None:
        return result
    stack: list[tuple[Any, _Scope]] = [(expr, whole)]
    while stack:
        e, scope = stack[-1]
        if id(e) in scope.memo:
            stack.pop()
            continue
        if e.binds:
            parts, waiting = _parts_of_binder(e, scope)
        else:
            parts = list(map(scope.settled, e._args))
            waiting = [(a, scope) for a, new in zip(e._args, parts, strict=True) if new is None]
        if waiting:
            stack += waiting
        else:
            scope.memo[id(e)] = _renewed(e, tuple(parts), scope.rule)
            stack.pop()
    return whole.memo[id(expr)]


def _parts_of_binder(e: Node, scope: _Scope) -> tuple[list[Any], list[tuple[Basic, _Scope]]]:
    """Return the parts as they are settled, and those that are not, each with the substitution for it."""
    inner, name = scope.under(e)
    body, _, *others = e._args
    parts = [inner.settled(body), name, *map(scope.settled, others)]
    waiting = [(a, scope) for a, new in zip(others, parts[2:], strict=True) if new is None]
    return parts, [(body, inner), *waiting] if parts[0] is None else waiting


def _renewed(e: Node, parts: tuple[Basic, ...], rule: Rule) -> Node:
    if isinstance(e, CHECKED):
        if isinstance(e, Derivative):
            _check_derivative(e, rule)
        elif not isinstance(parts[0], Symbol):
            raise ExpressionError(f"{parts[0]} is not a name, so it can be put for no table or function")
    if all(map(is_, parts, e._args)):
        return e
    given = e._given
    for part in parts:
        if isinstance(part, Node) and part._given is not given:
            given = join(given, part._given)
    return type(e).make(parts, given).read_from(e)


def _check_derivative(e: Derivative, rule: Rule) -> None:
    """Refuse a substitution after which the derivative would be of something else."""
    body, name = e.args[0], e.varied
    new = rule.get(name, name)
    if isinstance(e.args[1], Node):
        if any(isinstance(k, Node) and name in free(k) for k in rule):
            raise ExpressionError(f"{e} differentiates by {e.args[1]}: no value can be put for an entry of {name}")
        body = e
    names = {s for s in free(body) if s != name and s not in rule}
    others = names.union(*(free(v) for k, v in rule.items() if k != name and not free(k).isdisjoint(free(body))))
    if not isinstance(new, Symbol) or new in others:
        raise ExpressionError(f"{e} differentiates by {name}: the substitution would change what is differentiated")


def with_own_part(expr: Basic, path: tuple[int, ...]) -> tuple[Basic, Basic]:
    """Return the same expression, in which the part at a path is an object of its own, and this part.

    Of a leaf, which is the same object wherever it stands, the node around it is the part.
    """
    above = [expr]
    for i in path:
        above.append(above[-1].args[i])
    while not isinstance(above[-1], Node) and len(above) > 1:
        above.pop()
    part = new = above[-1].rebuild(above[-1].args) if isinstance(above[-1], Node) else above[-1]
    for e, i in zip(reversed(above[:-1]), reversed(path[: len(above) - 1]), strict=True):
        assert isinstance(e, Node)
        new = e.rebuild((*e.args[:i], new, *e.args[i + 1 :]))
    return new, part
