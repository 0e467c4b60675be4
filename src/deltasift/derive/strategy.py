"""Which rule to use next, and where: the innermost place first, and there the plainest rule first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.inert import (
    Add,
    And,
    Delta,
    Dirac,
    Div,
    Func,
    Integral,
    Iverson,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Piecewise,
    Pow,
    Product,
    Sum,
    free,
    postorder,
)
from deltasift.match.linear import difference, linear
from deltasift.match.scope import Scope
from deltasift.match.search import Application, Search
from deltasift.match.views import Path, factors, terms
from deltasift.rule import Method, Rule

Decide = Callable[[Application], tuple[Basic, ...] | None]
Move = tuple[Application, tuple[Basic, ...]]
Place = tuple[Basic, Path, Scope]

VANISHING = (rules.delta_mul_ne, rules.delta_mul_delta_ne, rules.bracket_false)


def moves(line: Basic, scope: Scope, search: Search, decide: Decide) -> Iterator[Move]:
    """Yield the moves of a line, the one to take first."""
    every = places(line, scope)
    # what a delta or a bracket makes 0 goes first, as a whole product: its other factors need not have a value
    products = [(p, vanishing(p[0])) for p in every]
    for (expr, path, here), rules_here in [*products, *((p, candidates(p[0], p[2])) for p in every)]:
        for rule, inside in rules_here:
            at, target = _inside(expr, inside)
            for found in search.local(rule, target, here if not inside else _scope(expr, inside, here)):
                if found.after == found.before or _loses(found):
                    continue
                if rule is rules.sum_mul_left and not _frees(found):
                    continue
                assumed = decide(_with_terms(found))
                if assumed is not None:
                    yield found.under((*path, *at)), assumed
                    break


def places(line: Basic, scope: Scope) -> list[Place]:
    """Return every node with its path and scope, the innermost first."""
    found: list[Place] = []
    stack: list[Place] = [(line, (), scope)]
    while stack:
        e, path, here = stack.pop()
        if not isinstance(e, Node):
            continue
        found.append((e, path, here))
        for i, a in enumerate(e.args):
            if not (e.binds and i == 1):
                stack.append((a, (*path, i), here.enter(e) if e.binds and i == 0 else here))
    return found[::-1]


def vanishing(e: Basic) -> Iterator[Candidate]:
    """Yield the rules by which a product vanishes."""
    if isinstance(e, (Mul, Neg, Div)):
        yield from ((r, ()) for r in VANISHING)


Candidate = tuple[Rule | Method, Path]


def candidates(e: Node, scope: Scope) -> Iterator[Candidate]:
    """Yield the rules that may be of use at a node, each with the path from the node to where it is used."""
    if isinstance(e, (Mul, Neg, Div)):
        yield rules.one_mul, ()
    elif isinstance(e, Add):
        yield rules.zero_add, ()
    elif isinstance(e, Delta):
        yield rules.delta_abs_zero, ()
        yield rules.delta_pow_zero, ()
        yield rules.delta_mul_zero, ()
        yield rules.delta_eq, ()
        yield rules.delta_ne, ()
    elif isinstance(e, Iverson):
        yield rules.bracket_true, ()
        yield rules.bracket_false, ()
    elif isinstance(e, Pow) and isinstance(e.args[0], Delta):
        yield rules.delta_pow, ()
    elif isinstance(e, Dirac) and not isinstance(e.args[0], Symbol):
        yield rules.dirac_linear, ()
        yield rules.dirac_roots, ()
    elif isinstance(e, Piecewise) and scope.ranges:
        yield rules.piecewise_bracket, ()
    elif isinstance(e, Sum):
        yield from _of_sum(e, scope)
    elif isinstance(e, Product):
        yield rules.prod_delta_pow, ()
        yield rules.prod_delta, ()
    elif isinstance(e, Integral):
        yield from _of_integral(e)


def _of_sum(e: Sum, scope: Scope) -> Iterator[Candidate]:
    if e.body == 0:
        yield rules.sum_zero, ()
        return
    yield rules.sum_empty, ()
    _, parts = factors(e.body)
    if any(sifts(f.expr, e.var) for f in parts if not f.inverse):
        yield rules.sum_delta, ()
        yield rules.sum_delta_outside, ()
        yield rules.sum_delta_bracket, ()
    if isinstance(e.body, Add) and any(carries(t.expr, e.var) for t in terms(e.body)):
        yield rules.sum_add, ()
        yield rules.series_add, ()
    if isinstance(e.body, Neg) and carries(e.body, e.var):
        yield rules.sum_neg, ()
    if any(isinstance(f.expr, Add) and carries(f.expr, e.var) for f in parts if not f.inverse):
        yield rules.mul_add, (0,)
    for f in parts:
        if not isinstance(f.expr, Sum) or f.inverse or not carries(f.expr, e.var):
            continue
        inner = f.expr
        _, below = factors(inner.body)
        deltas = [d.expr for d in below if not d.inverse and sifts(d.expr, e.var)]
        if any(inner.var not in free(d) for d in deltas):
            yield rules.sum_mul_left, (0, *f.path)
        elif deltas and len(parts) == 1:
            yield rules.sum_comm, ()
        elif deltas:
            yield rules.sum_mul_right, (0,)
    for f in parts:
        if isinstance(f.expr, Iverson) and not f.inverse and _cuts(f.expr, e.var):
            yield rules.bracket_and, (0, *f.path)
            yield rules.sum_bracket_le, ()
    if e.var not in free(e.body):
        yield rules.sum_const, ()


def _cuts(bracket: Iverson, name: Symbol) -> bool:
    """Tell whether a bracket bounds a name."""
    statement = bracket.args[0]
    for p in statement.args if isinstance(statement, And) else (statement,):
        if isinstance(p, LessEqual) and name in p.args and name not in free(p.args[1 - p.args.index(name)]):
            return True
    return False


def _of_integral(e: Integral) -> Iterator[Candidate]:
    if e.body == 0:
        yield rules.integral_zero, ()
    if not any(isinstance(d, Dirac) for d in postorder(e.body)):
        return
    yield rules.integral_dirac, ()
    yield rules.integral_dirac_outside, ()
    if isinstance(e.body, Add):
        yield rules.integral_add, ()
    if isinstance(e.body, Sum):
        yield rules.integral_sum, ()
    _, parts = factors(e.body)
    if len(parts) > 1 and any(isinstance(f.expr, Sum) for f in parts):
        yield rules.sum_mul_right, (0,)
    if any(isinstance(f.expr, Add) for f in parts if not f.inverse):
        yield rules.mul_add, (0,)
    if any(e.var not in free(f.expr) for f in parts):
        yield rules.integral_mul, ()


def sifts(e: Basic, name: Symbol) -> bool:
    """Tell whether an expression is a Kronecker delta that is linear in a name."""
    if not isinstance(e, Delta):
        return False
    line = linear(difference(*e.args), name)
    return line is not None and line[0].is_Integer and line[0] != 0


def carries(e: Basic, name: Symbol) -> bool:
    """Tell whether there is a delta somewhere that would sift a name."""
    stack = [e]
    while stack:
        x = stack.pop()
        if sifts(x, name) or (isinstance(x, Delta) and name in free(x)):
            return True
        if isinstance(x, Piecewise) and name in free(x):
            return True
        if isinstance(x, Node) and not (x.binds and x.args[1] == name):
            stack.extend(x.args)
    return False


def _frees(found: Application) -> bool:
    """Tell whether a delta has moved out of a sum."""
    _, parts = factors(found.after)
    return any(isinstance(f.expr, Delta) for f in parts)


def _loses(found: Application) -> bool:
    """Tell whether a move may part a delta from a factor that has a value only because the delta makes it 0."""
    if found.rule is rules.mul_add:
        return not _is_total(found.before)
    if found.rule is rules.sum_mul_right:
        outer = [f.expr for f in factors(found.before)[1] if not isinstance(f.expr, Sum)]
        return any(isinstance(e, (Delta, Iverson)) for e in outer) and not all(map(_is_total, outer))
    return False


def _with_terms(found: Application) -> Application:
    """A constant that may have no value is added up only where the sum has a term."""
    if found.rule is not rules.sum_const or not isinstance(found.before, Sum) or _is_total(found.before.body):
        return found
    return replace(found, conditions=(*found.conditions, LessEqual(found.before.lo, found.before.hi)))


def _is_total(e: Basic) -> bool:
    """Tell whether a product has a value at all points, so that it may be split though a delta could make it 0."""
    return not any(isinstance(x, (Div, Log, Pow, Func)) and free(x) for x in postorder(e))


def _inside(e: Node, path: Path) -> tuple[Path, Basic]:
    target: Basic = e
    for i in path:
        target = target.args[i]
    return path, target


def _scope(e: Node, path: Sequence[int], scope: Scope) -> Scope:
    here: Basic = e
    for i in path:
        if isinstance(here, Node) and here.binds and i == 0:
            scope = scope.enter(here)
        here = here.args[i]
    return scope
