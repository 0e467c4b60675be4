"""Loops that count from 0 as sums over the indices of a page, by `sum_shift` and `prod_shift`."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

import deltasift.rules as rules
from deltasift.calc import Derivation, Step
from deltasift.inert import Delta, Entry, Node, Product, Relation, Sum, free
from deltasift.line.linear import linear
from deltasift.line.scope import Scope
from deltasift.line.views import Path, put
from deltasift.match.shift import shifted
from deltasift.rule import Rule

Binders = type[Sum] | type[Product]


def shifts(start: Basic, scope: Scope) -> Derivation:
    """Return how an expression gets sums over `n = 1, ..., N` where it has sums over entries `n + 1`."""
    line, steps = start, []
    for head, rule in ((Sum, rules.sum_shift), (Product, rules.prod_shift)):
        after = _shifted_all(line, head, scope)
        if after is not line:
            line = after
            steps.append(_step(line, rule))
    return Derivation(start, tuple(steps), getattr(start, "given", frozenset()))


def _step(line: Basic, rule: Rule) -> Step:
    return Step(line, (rule,), given=getattr(line, "given", frozenset()))


def _shifted_all(line: Basic, head: Binders, scope: Scope) -> Basic:
    paths: list[Path] = []
    stack: list[tuple[Basic, Path]] = [(line, ())]
    while stack:
        e, path = stack.pop()
        if isinstance(e, head):
            paths.append(path)
        if isinstance(e, Node):
            stack.extend((a, (*path, i)) for i, a in enumerate(e.args))
    for path in sorted(paths, key=len):
        e = line
        for i in path:
            e = e.args[i]
        assert isinstance(e, Node)
        by = _offset(e.args[0], e.args[1])
        if by is not None and scope.is_integer(by):
            line = put(line, path, shifted(e, by))
    return line


def _offset(body: Basic, name: Symbol) -> Basic | None:
    """Return c where entries stand at `name + c` and further on, and nothing before; None where c is 0."""
    found = _offsets(body, name, (Entry,)) or _offsets(body, name, (Delta, Relation))
    whole = [c for c in found if isinstance(c, Integer)]
    if found and len(whole) == len(found):
        least = min(whole)
        return least if least > 0 else None
    return found[0] if len(set(found)) == 1 else None


def _offsets(body: Basic, name: Symbol, heads: tuple[type[Node], ...]) -> list[Basic]:
    found: list[Basic] = []
    stack = [body]
    while stack:
        e = stack.pop()
        if not isinstance(e, Node) or name not in free(e):
            continue
        if isinstance(e, heads):
            for a in e.args:
                line = linear(a, name) if name in free(a) else None
                if line is not None and line[0] == 1:
                    found.append(line[1])
        if e.binds:
            stack.extend(e.args[2:])
            if e.args[1] != name:
                stack.append(e.args[0])
        else:
            stack.extend(e.args)
    return found
