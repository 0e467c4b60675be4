"""Collapsing sums, products and integrals over deltas, step by step.

The walk chooses where a rule is used; what a rule does, and under which conditions, is the business of the rule table
alone. So a line that is found here is a line that the checker accepts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sympy import Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.checker import DEEPEST
from deltasift.check.needed import Decider
from deltasift.check.refusal import refusal
from deltasift.collector import collector_at_rest
from deltasift.conditions.consistency import contradiction
from deltasift.conditions.prove import Prover
from deltasift.conditions.smt import generalise
from deltasift.derive.cases import reduce_function, reduce_iverson, reduce_piecewise, reduce_power
from deltasift.derive.collapsed import Collapsed
from deltasift.derive.derivatives import reduce_derivative
from deltasift.derive.integrals import reduce_dirac, reduce_integral, reduce_mass_product
from deltasift.derive.jumps import at_a_jump, left_at_a_jump
from deltasift.derive.multiplication import reduce_product
from deltasift.derive.products import reduce_product_over
from deltasift.derive.sums import reduce_sum
from deltasift.derive.terms import reduce_add, reduce_delta
from deltasift.derive.trace import Move, Steps
from deltasift.derive.undefined import without_terms, without_value
from deltasift.derive.walk import Problem, Reducer, walk
from deltasift.domain import Domain, closure
from deltasift.errors import BridgeError, DepthError, DomainError, ExpressionError, Undefined
from deltasift.inert import free, inert, kinds, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.node import given_of
from deltasift.inert.plain import plain_names
from deltasift.inert.substitution import fresh
from deltasift.inert.visit import branches, depth
from deltasift.judge.term import write
from deltasift.line.numbers import worked_out
from deltasift.line.scope import KEEP_INTEGERS, Scope
from deltasift.line.views import Path, put
from deltasift.rules import norm_num

REDUCERS: Mapping[type, Reducer] = {
    ex.Add: reduce_add,
    ex.Delta: reduce_delta,
    ex.Derivative: reduce_derivative,
    ex.Dirac: reduce_dirac,
    ex.Div: reduce_product,
    ex.Func: reduce_function,
    ex.Integral: reduce_integral,
    ex.Iverson: reduce_iverson,
    ex.Mul: lambda e, here: reduce_product(e, here) or reduce_mass_product(e, here),
    ex.Neg: reduce_product,
    ex.Piecewise: reduce_piecewise,
    ex.Pow: reduce_power,
    ex.Product: reduce_product_over,
    ex.Sum: reduce_sum,
}
UNDECIDED = ("guard", "assume", "refuse")
LETTERS = "tuvwsz"  # points at which what is assumed of a function is said


INFINITY = "oo is no number: it stands at an end of a range, or in an order, and nowhere else"
PARTIAL = frozenset((ex.Div, ex.Log, ex.Pow))  # what may have no value
WITH_MASSES = frozenset((ex.Dirac, ex.Expectation, ex.Integral, ex.Named))  # what may speak of point masses


@collector_at_rest()
def collapsed(expr: Any, facts: Any, undecided: str) -> Collapsed:
    """Do what `deltasift.derive.collapse` promises."""
    if undecided not in UNDECIDED:
        raise ExpressionError(f"undecided is one of {', '.join(UNDECIDED)}, not {undecided!r}")
    start = _read(expr)
    if not isinstance(start, ex.Node):
        if start in INFINITE:
            raise Undefined(INFINITY)
        return Collapsed(start, (), partial=True)
    parts = _parts(start)
    if len(parts) > DEEPEST and depth(start) > DEEPEST:
        raise DepthError(f"an expression nested {depth(start)} deep, and at most {DEEPEST} is collapsed")
    given, start = start, apart(start, _binders(parts))
    assert isinstance(start, ex.Node)
    parts = parts if start is given else _parts(start)
    handles = () if isinstance(expr, Basic) else given_of(expr)
    facts = _told(facts)
    domains = [f for f in facts if isinstance(f, Domain)]
    scope = Scope(closure({*handles, *start.given, *domains}))
    statements = tuple(_fact(f, start, scope) for f in facts if not isinstance(f, Domain))
    heads = {type(start), *map(type, chain.from_iterable(e._args for e in parts))}
    if not heads.isdisjoint(map(type, INFINITE)) and _has_infinity(start):
        raise Undefined(INFINITY)
    has_masses = bool(scope.domains) or not heads.isdisjoint(WITH_MASSES)
    statements = (*statements, *(_continuity(start, scope) if has_masses or ex.Derivative in heads else ()))
    statements = (*statements, *_integer_ends(_binders(parts), scope.assuming(*statements)))
    scope = scope.assuming(*statements) if statements else scope
    against = contradiction(scope) if statements or domains else None
    if against is not None:
        raise DomainError("these facts contradict each other: " + "; ".join(against))
    prover = Prover()
    _refuse_fractions(start, parts, scope, prover)
    why = (refusal(start, scope) or at_a_jump(start, lambda c: prover.holds(c, scope))) if has_masses else None
    if why is not None:
        raise Undefined(why)
    last, moves = _with_numbers_worked_out(start, *walk(start, Problem(scope, prover, undecided), REDUCERS))
    assumed = tuple(dict.fromkeys(a for m in moves for a in m.assumed))
    against = contradiction(scope, assumed) if assumed else None
    if against is not None:
        raise ExpressionError(
            "what is not decided cannot be assumed, since it is never so: "
            + "; ".join(a.removeprefix("given ") for a in against)
        )
    why = None
    if has_masses:
        why = refusal(last, scope) or left_at_a_jump(last, lambda c: prover.holds(c, scope.assuming(*assumed)))
    if why is None and not PARTIAL.isdisjoint(kinds(last)):
        why = without_value(last) or without_terms(last, scope)
    if why is not None:
        raise Undefined(why)
    known = frozenset({*start.given, *domains})
    return Collapsed(start, Steps(start, moves, last, joins_runs=True), known, statements, partial=True)


def _with_numbers_worked_out(start: Basic, last: Basic, moves: list[Move]) -> tuple[Basic, list[Move]]:
    """Return a last line, and the moves to it, without arithmetic of numbers that the moves have left, as in 8/4."""
    if not moves or not isinstance(last, ex.Node) or worked_out(start) != start:
        return last, moves  # what the author wrote stays
    found = worked_out(last)
    return (last, moves) if found == last else (found, [*moves, Move(norm_num, last, found)])


def _read(expr: Any) -> Basic:
    """Read an expression; in what SymPy made of a part without a value there is none."""
    try:
        return plain_names(inert(expr))
    except (BridgeError, ExpressionError):
        if isinstance(expr, Basic) and expr.has(S.NaN, S.ComplexInfinity):
            raise Undefined(f"{expr} has no value: a part of it divides by 0, or is otherwise undefined") from None
        raise


def _has_infinity(expr: Basic) -> bool:
    """Tell whether infinity stands where a number is to be: elsewhere than at an end of a range, or in an order."""
    return any(
        not INFINITE.isdisjoint(e.args[:1] if isinstance(e, ex.Node) and e.binds else e.args)
        for level in branches(expr)
        for e in level
        if not isinstance(e, ex.Relation)
    )


def apart(expr: Basic, binders: Sequence[ex.Node]) -> Basic:
    """Return an expression in which no bound name is that of a free one, nor of a binder around it.

    That is the same line; and what is moved out of a binder, or into one, then never meets another thing of its name.
    """
    names = [e.args[1] for e in binders]
    if len(set(names)) == len(names) and free(expr).isdisjoint(names):
        return expr
    taken = set(free(expr)).union(names, *(free(e.args[0]) for e in binders))
    while True:
        clash = next(_clashes(expr), None)
        if clash is None:
            return expr
        path, binder = clash
        new = fresh(binder.args[1], taken)
        taken.add(new)
        body = substitute(binder.args[0], {binder.args[1]: new})
        expr = put(expr, path, binder.rebuild((body, new, *binder.args[2:])))


def _parts(expr: Basic) -> list[Basic]:
    """Return the parts of an expression that have parts, itself included."""
    return [e for level in branches(expr) for e in level]


def _binders(parts: Sequence[Basic]) -> list[ex.Node]:
    """Return the binders among parts."""
    binding = {head for head in set(map(type, parts)) if issubclass(head, ex.Node) and head.binds}
    return [e for e in parts if type(e) in binding] if binding else []


def _clashes(expr: Basic) -> Iterator[tuple[Path, ex.Node]]:
    """Yield the binders whose name is free in the expression, or bound around them."""
    stack: list[tuple[Basic, Path, frozenset[Basic]]] = [(expr, (), free(expr))]
    while stack:
        e, path, around = stack.pop()
        if not isinstance(e, ex.Node):
            continue
        if e.binds and e.args[1] in around:
            yield path, e
        for n, a in enumerate(e.args):
            if not (e.binds and n == 1):
                stack.append((a, (*path, n), around | {e.args[1]} if e.binds and n == 0 else around))


def _told(facts: Any) -> list[Any]:
    """Return facts as a list, those left out that SymPy found to be true as they were written, such as `0 < 1`."""
    every = [facts] if isinstance(facts, (Basic, Domain)) else facts
    if not isinstance(every, Iterable) or isinstance(every, str):
        raise ExpressionError(f"facts is a sequence of relations and domains, not {facts!r}")
    kept = [f for f in every if f is not True and f is not S.true]
    if any(f is False or f is S.false for f in kept):
        raise DomainError("one of the facts is false as it was written")
    return kept


def _fact(fact: Any, expr: Basic, scope: Scope) -> Basic:
    statement = plain_names(inert(fact))
    if not isinstance(statement, ex.Proposition):
        raise ExpressionError(f"{fact} is not a statement, so it is no fact")
    names = free(expr) | frozenset(scope.domains)
    general = generalise(statement, frozenset(names))
    for name in sorted(free(general) - names, key=str):
        raise ExpressionError(f"the fact {statement} speaks of {name}, which is not in the expression")
    return general


def _continuity(expr: Basic, scope: Scope) -> Iterator[Basic]:
    """Yield that the undefined functions under an integral with a Dirac delta are continuous, which is printed.

    Beside derivatives of deltas their derivatives are continuous too.
    """
    orders = [e.args[1] for e in postorder(expr) if isinstance(e, ex.Dirac) or _is_derivative_of_a_step(e)]
    if not orders:
        yield from _smoothness(expr, scope)
        return
    order = max((int(o) for o in orders if o.is_Integer), default=0)
    order += sum(int(e.args[2]) for e in postorder(expr) if isinstance(e, ex.Derivative) and e.args[2].is_Integer)
    functions = {
        (e.function, len(e.arguments))
        for e in postorder(expr)
        if isinstance(e, ex.Apply) and scope.domain(e.function) is None
    }
    x = _new_letter(expr)
    for f, arity in sorted(functions, key=str):
        others = [Symbol(f"{x.name}_{i}") for i in range(2, arity + 1)]
        yield ex.Continuous(ex.Apply(f, x, *others), x, x)
        if order:
            yield ex.Continuous(ex.Derivative(ex.Apply(f, x, *others), x, order), x, x)


def _new_letter(expr: Basic) -> Symbol:
    """Return a letter for points that an expression has not, with an index neither."""
    taken = {e for e in postorder(expr) if isinstance(e, Symbol)}
    begun = {s.name.partition("_")[0] for s in taken}
    return next((Symbol(c) for c in LETTERS if c not in begun), fresh(Symbol(LETTERS[0]), taken))


def _integer_ends(binders: Sequence[ex.Node], scope: Scope) -> Iterator[Basic]:
    """Yield that the ends of sums and products are integers, and the names in them, of which nothing is said.

    Over other ranges there is no value; it is printed like what is given.
    """
    ends = [end for e in binders if isinstance(e, (ex.Sum, ex.Product)) for end in e.args[2:]]
    bound = {e.args[1] for e in binders}
    names = {s for end in ends for s in _summed(end) if s not in scope.domains and s.is_integer is None} - bound
    told = [ex.IsInteger.make((s,)) for s in sorted(names, key=str)]
    yield from told
    known = scope.assuming(*told) if told else scope
    for end in dict.fromkeys(ends):
        if isinstance(end, ex.Node) and free(end) and free(end).isdisjoint(bound) and not known.is_integer(end):
            yield ex.IsInteger.make((end,))


def _refuse_fractions(expr: ex.Node, parts: Sequence[Basic], scope: Scope, prover: Prover) -> None:
    """Refuse a range, or an index, that is a number and no integer, where nothing excuses it."""
    nodes = (x for x in parts if isinstance(x, (ex.Sum, ex.Product, ex.Entry)))
    if not any(_is_fraction(a) for x in nodes for a in x.args[1:] if isinstance(a, (ex.Node, Rational))):
        return
    decider = Decider(scope, free(expr))
    for need in decider.needed(expr):
        said = need.statement
        number = said.args[0] if said is not None and said.head == "IsInteger" else None
        value = write(number) if number is not None and not number.loose else expr
        if _is_fraction(value) and decider.is_everywhere(need):
            raise Undefined(
                f"{expr} has no value: {value} is no integer, and stands at an end of a range or as an index"
            )


def _is_fraction(e: Basic) -> bool:
    value = worked_out(e) if isinstance(e, ex.Node) and not free(e) else e
    return bool(value.is_Rational and not value.is_Integer)


def _summed(end: Basic) -> Iterator[Symbol]:
    """Yield the names that an end of a range is made of by arithmetic."""
    stack = [end]
    while stack:
        e = stack.pop()
        if isinstance(e, Symbol):
            yield e
        elif isinstance(e, (ex.Add, ex.Mul, ex.Neg, ex.Div)) or (isinstance(e, ex.Func) and e.name in KEEP_INTEGERS):
            stack.extend(e.args[isinstance(e, ex.Func) :])


def _is_derivative_of_a_step(e: Basic) -> bool:
    """Tell whether an expression is the derivative of a step, which is a Dirac delta."""
    return isinstance(e, ex.Derivative) and isinstance(e.args[0], ex.Func) and e.args[0].name == "Heaviside"


def _smoothness(expr: Basic, scope: Scope) -> Iterator[Basic]:
    """Yield that the undefined functions of one name in what is differentiated have continuous derivatives."""
    by_name = [e for e in postorder(expr) if isinstance(e, ex.Derivative) and isinstance(e.args[1], Symbol)]
    functions = {
        e.function
        for d in by_name
        for e in postorder(d.args[0])
        if isinstance(e, ex.Apply)
        and e is not d.args[0]
        and len(e.arguments) == 1
        and d.args[1] in free(e.arguments[0])
    }
    order = sum(int(d.args[2]) for d in by_name if d.args[2].is_Integer)
    x = _new_letter(expr)
    for f in sorted(functions, key=str):
        if scope.domain(f) is None and order:
            yield ex.Continuous(ex.Derivative(ex.Apply(f, x), x, order), x, x)
