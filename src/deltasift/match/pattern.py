"""Matching one side of a rule against an expression, modulo associativity, commutativity and bound names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, Protocol

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, mentions, postorder, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.same import same
from deltasift.line.views import SIGNED, Factor, Term, factors, peeled, product, terms, total
from deltasift.match.integers import added_up, solved
from deltasift.rule import Bound, End, Fn, Int, Rule, Table, Variable
from deltasift.use import Abstraction, Value

IsInt = Callable[[Basic], bool]
PARTS = 4_096  # parts of rules of which it is remembered what they are made of
WIDEST = 10  # factors or terms that a variable may be split over: 2**10 ways


class Kinds(Protocol):
    """Says what may stand for a name: a rule, or a claim of another page."""

    def kind(self, symbol: Basic) -> type[Variable] | None: ...

    def __hash__(self) -> int: ...


def _is_same(a: Basic, b: Basic) -> bool:
    """Tell whether two parts are the same line; of two leaves it is seen at once."""
    return a == b or ((isinstance(a, ex.Node) or isinstance(b, ex.Node)) and same(a, b))


def _is_infinite(e: Basic) -> bool:
    return e is S.Infinity or e is S.NegativeInfinity


@dataclass(frozen=True)
class Binding:
    """Values of the variables of a rule, and the bound names that are open where the matcher stands."""

    values: Mapping[Basic, Value] = field(default_factory=dict)
    open: tuple[Basic, ...] = ()

    def bind(self, symbol: Basic, value: Value) -> Binding:
        return Binding({**self.values, symbol: value}, self.open)


class Matcher:
    """Matches one side of a rule; what its names may stand for is asked of `rule`."""

    def __init__(self, rule: Kinds, is_integer: IsInt, root: Basic) -> None:
        self.rule = rule
        self.is_integer = is_integer
        self.taken = free(root)

    # --- leaves ----------------------------------------------------------------------------------------------------

    def variable(self, symbol: Basic, e: Basic, b: Binding) -> Iterator[Binding]:
        kind = self.rule.kind(symbol)
        known = b.values.get(symbol)
        if known is not None:
            if isinstance(known, Basic) and _is_same(known, e):
                yield b
            return
        if kind is Bound or (kind is Table and not isinstance(e, Symbol)):
            return
        if not free(e).isdisjoint(b.open):
            return
        if kind is Int and (_is_infinite(e) or not self.is_integer(e)):
            return
        if kind is End and not (_is_infinite(e) or self.is_integer(e)):
            return
        yield b.bind(symbol, e)

    def function(self, p: ex.Apply, e: Basic, b: Binding) -> Iterator[Binding]:
        arguments = tuple(b.values.get(a) if isinstance(a, Symbol) else None for a in p.arguments)
        known = b.values.get(p.function)
        if isinstance(known, Abstraction):
            try:
                there = known.at(tuple(instantiate(a, b, self.rule) for a in p.arguments))
            except KeyError:  # nothing says at which argument
                return
            if same(there, e):
                yield b
            return
        names = tuple(a for a in arguments if isinstance(a, Symbol) and a in b.open)
        if len(names) != len(p.arguments):
            return
        if free(e).isdisjoint(set(b.open) - set(names)):
            yield b.bind(p.function, Abstraction(names, e))

    # --- nodes -----------------------------------------------------------------------------------------------------

    def match(self, p: Basic, e: Basic, b: Binding) -> Iterator[Binding]:
        if isinstance(p, Symbol):
            yield from self.variable(p, e, b)
        elif not isinstance(p, ex.Node):
            if p == peeled(e)[0] or (isinstance(e, SIGNED) and same(p, e)):
                yield b
        elif _is_function(p, self.rule):
            assert isinstance(p, ex.Apply)
            yield from self.function(p, e, b)
        elif isinstance(p, (ex.Mul, ex.Neg, ex.Div)):
            for c, rest in self.product(p, *factors(e), b, whole=True):
                if not rest:
                    yield c
        elif isinstance(p, ex.Add):
            found = [c for c, left in self.sum(p, terms(e), b, whole=True) if not left]
            yield from found or self._integer(p, e, b)
        else:
            yield from self.head(p, peeled(e)[0], b)

    def head(self, p: ex.Node, e: Basic, b: Binding) -> Iterator[Binding]:
        """Match what is neither a name nor a sum nor a product."""
        if type(p) is not type(e):
            return
        if isinstance(p, (ex.Binder, ex.ForAll)):
            yield from self.binder(p, e, b)
        elif isinstance(p, (ex.Delta, ex.Unequal)):
            yield from self.arguments(p.args, e.args, b)
            yield from self.arguments(p.args, e.args[::-1], b)
        else:
            yield from self.arguments(p.args, e.args, b)

    def _integer(self, p: ex.Add, e: Basic, b: Binding) -> Iterator[Binding]:
        """Match a sum of integers of which all but one are known, such as `m + 1` with 4."""
        if is_integer_sum(p, self.rule) and self.is_integer(e):
            left = solved(p, e, b.values)
            if left is not None:
                yield from self.variable(*left, b)

    def arguments(self, ps: tuple[Basic, ...], es: tuple[Basic, ...], b: Binding) -> Iterator[Binding]:
        if len(ps) != len(es):
            return
        if not ps:
            yield b
            return
        for c in self.match(ps[0], es[0], b):
            yield from self.arguments(ps[1:], es[1:], c)

    def binder(self, p: ex.Node, e: Basic, b: Binding) -> Iterator[Binding]:
        body, name = e.args[0], e.args[1]
        if name in self.taken or name in b.open:
            new = fresh(name, self.taken | set(b.open) | free(body))
            body, name = substitute(body, {name: new}), new
        for c in self.arguments(p.args[2:], e.args[2:], b):
            inner = Binding({**c.values, p.args[1]: name}, (*c.open, name))
            for d in self.match(p.args[0], body, inner):
                yield Binding(d.values, c.open)

    # --- products --------------------------------------------------------------------------------------------------

    def product(
        self, p: Basic, e_sign: int, e_factors: list[Factor], b: Binding, whole: bool
    ) -> Iterator[tuple[Binding, list[Factor]]]:
        """Match a product; without `whole` some factors may be left over, and are returned."""
        p_sign, rigid, soft = _factors_of(p, self.rule)
        if len(rigid) > len(e_factors):
            return
        for c, left in self._rigid(rigid, e_factors, b):
            yield from self._soft(soft, left, p_sign * e_sign, c, whole)

    def _rigid(self, ps: list[Factor], es: list[Factor], b: Binding) -> Iterator[tuple[Binding, list[Factor]]]:
        if not ps:
            yield b, es
            return
        names = self._bound_in(ps[0].expr, b)
        for i, f in enumerate(es):
            if f.inverse == ps[0].inverse and all(mentions(f.expr, n) for n in names):
                for c in self.match(ps[0].expr, f.expr, b):
                    yield from self._rigid(ps[1:], es[:i] + es[i + 1 :], c)

    def _bound_in(self, p: Basic, b: Binding) -> list[Basic]:
        """Return the bound names without which nothing is like a part of a rule."""
        known = (b.values.get(s) for s in free(p) if self.rule.kind(s) is Bound)
        return [name for name in known if isinstance(name, Symbol) and name in b.open]

    def _soft(
        self, ps: list[Factor], es: list[Factor], sign: int, b: Binding, whole: bool
    ) -> Iterator[tuple[Binding, list[Factor]]]:
        if not ps:
            if sign == 1 or not whole:
                yield b, es
            return
        p, last = ps[0], len(ps) == 1
        for chosen in self._choices(p, es, last and whole):
            taken = [es[i] for i in chosen]
            if not taken and not _is_function(p.expr, self.rule) and not (whole and sign == -1 and not last):
                continue
            left = [f for i, f in enumerate(es) if i not in chosen] if len(chosen) < len(es) else []
            parts = [(f.expr, f.inverse != p.inverse) for f in taken]
            for carried in (sign, 1) if sign == -1 and not last else (sign,):
                if not taken and carried == 1 and not _is_function(p.expr, self.rule):
                    continue
                value = product(carried if whole or carried == 1 else 1, parts)
                for c in self.match(p.expr, value, b):
                    yield from self._soft(ps[1:], left, sign * carried, c, whole)

    def _choices(self, p: Factor, es: list[Factor], everything: bool) -> Iterator[tuple[int, ...]]:
        if everything:
            yield tuple(range(len(es)))
            return
        fitting = [i for i, f in enumerate(es) if f.inverse == p.inverse or not p.inverse]
        if len(fitting) > WIDEST:
            yield tuple(fitting)
            return
        for size in range(len(fitting), -1, -1):
            yield from combinations(fitting, size)

    # --- sums ------------------------------------------------------------------------------------------------------

    def sum(self, p: Basic, e_terms: list[Term], b: Binding, whole: bool) -> Iterator[tuple[Binding, list[Term]]]:
        """Match a sum; without `whole` some terms may be left over, and are returned."""
        rigid, soft = _terms_of(p, self.rule)
        if len(e_terms) < len(rigid):
            return
        for c, left in self._rigid_terms(rigid, e_terms, b):
            yield from self._soft_terms(soft, left, c, whole)

    def _rigid_terms(self, ps: list[Term], es: list[Term], b: Binding) -> Iterator[tuple[Binding, list[Term]]]:
        if not ps:
            yield b, es
            return
        for i, t in enumerate(es):
            value = t.expr if t.sign == ps[0].sign else ex.Neg.make((t.expr,))
            for c in self.match(ps[0].expr, value, b):
                yield from self._rigid_terms(ps[1:], es[:i] + es[i + 1 :], c)

    def _soft_terms(
        self, ps: list[Term], es: list[Term], b: Binding, whole: bool
    ) -> Iterator[tuple[Binding, list[Term]]]:
        if not ps:
            yield b, es
            return
        everything = whole and len(ps) == 1
        indices = range(len(es))
        sizes: Sequence[int] = (len(es),) if everything else range(1, len(es) - len(ps) + 2)
        if len(es) > WIDEST and not everything:
            sizes = (1, len(es) - 1)
        for size in sizes:
            for chosen in combinations(indices, size):
                value = total([(es[i].sign * ps[0].sign, es[i].expr) for i in chosen])
                left = [t for i, t in enumerate(es) if i not in chosen]
                if value is S.Zero:
                    continue
                for c in self.match(ps[0].expr, value, b):
                    yield from self._soft_terms(ps[1:], left, c, whole)


def _is_function(p: Basic, rule: Kinds) -> bool:
    return isinstance(p, ex.Apply) and rule.kind(p.function) is Fn


def _is_soft(p: Basic, rule: Kinds) -> bool:
    """A part of a product or of a sum that may match several parts, or for a function none."""
    return _is_function(p, rule) or (isinstance(p, Symbol) and rule.kind(p) not in (None, Bound))


@lru_cache(PARTS)
def _factors_of(p: Basic, rule: Kinds) -> tuple[int, list[Factor], list[Factor]]:
    """Return the sign of a part of a rule, and its factors: those that match one factor each, and the others."""
    sign, found = factors(p)
    return sign, [f for f in found if not _is_soft(f.expr, rule)], [f for f in found if _is_soft(f.expr, rule)]


@lru_cache(PARTS)
def _terms_of(p: Basic, rule: Kinds) -> tuple[list[Term], list[Term]]:
    """Return the terms of a part of a rule: those that match one term each, and the others."""
    found = terms(p)
    return [t for t in found if not _is_soft(t.expr, rule)], [t for t in found if _is_soft(t.expr, rule)]


@lru_cache(PARTS)
def has_integer_sums(p: Basic, rule: Rule) -> bool:
    """Tell whether there are sums of the names of integers in a side of a rule, which may be added up."""
    return any(is_integer_sum(e, rule) for e in postorder(p))


@lru_cache(PARTS)
def is_integer_sum(p: Basic, rule: Kinds) -> bool:
    """Tell whether a part of a rule is a sum of the names of integers and of numbers."""
    if not isinstance(p, ex.Add) or not free(p):
        return False
    return all(
        rule.kind(t.expr) in (Int, End, Bound) if isinstance(t.expr, Symbol) else t.expr.is_Integer for t in terms(p)
    )


def instantiate(p: Basic, b: Binding, rule: Kinds, *, added: bool = False) -> Basic:
    """Return a side of a rule with its variables replaced by what they are bound to, without capture.

    With `added` the rule's own sums of integers, such as `lo + c`, are added up.
    """
    if isinstance(p, Symbol):
        value = b.values.get(p)
        if value is None and rule.kind(p) is not None:
            raise KeyError(p.name)
        assert not isinstance(value, Abstraction)
        return p if value is None else value
    if not isinstance(p, ex.Node):
        return p
    if isinstance(p, ex.Apply):
        function = b.values.get(p.function)
        if isinstance(function, Abstraction):
            return function.at(tuple(instantiate(a, b, rule, added=added) for a in p.arguments))
    new = p.rebuild(tuple(instantiate(a, b, rule, added=added) for a in p.args))
    return added_up(new) if added and is_integer_sum(p, rule) else new


class Direction(NamedTuple):
    """What one statement of a rule makes of what.

    Its head is that of all instances of the left, None where they have several.
    """

    number: int
    left: Basic
    right: Basic
    head: type[Basic] | None


@lru_cache(PARTS)
def sides(rule: Rule) -> tuple[Direction, ...]:
    """Return what the statements of a rule make of what, in its direction.

    A variable, or its negative, is every expression: a step from there is found from the line after.
    """
    found = []
    for number, s in enumerate(rule.statements):
        left, right = (s.rhs, s.lhs) if rule.is_reversed else (s.lhs, s.rhs)
        if rule.kind(left.args[0] if isinstance(left, ex.Neg) else left) is None:
            several = not isinstance(left, ex.Node) or isinstance(left, (ex.Add, ex.Mul, ex.Div, ex.Neg))
            head = None if several or _is_function(left, rule) else type(left)
            found.append(Direction(number, left, right, head))
    return tuple(found)


Outcome = tuple[Binding, Callable[[Basic], Basic]]


def matches(rule: Rule, pattern: Basic, expr: Basic, is_integer: IsInt, *, whole: bool = False) -> Iterator[Outcome]:
    """Yield the bindings with which `pattern` is `expr` or, without `whole`, a part of the product or sum that it is.

    Beside each binding stands the function that puts a new value in the place of what was matched.
    """
    matcher = Matcher(rule, is_integer, expr)
    if not whole and isinstance(pattern, (ex.Mul, ex.Div)):
        sign, all_factors = factors(expr)
        for b, rest in matcher.product(pattern, sign, all_factors, Binding(), whole=False):
            yield b, _into_product(sign * _factors_of(pattern, rule)[0], all_factors, rest)
    elif not whole and isinstance(pattern, ex.Add) and isinstance(expr, ex.Add):
        all_terms = terms(expr)
        for b, left in matcher.sum(pattern, all_terms, Binding(), whole=False):
            yield b, _into_sum(all_terms, left)
    else:
        for b in matcher.match(pattern, expr, Binding()):
            yield b, _whole


def _whole(new: Basic) -> Basic:
    return new


def _into_product(sign: int, every: list[Factor], rest: list[Factor]) -> Callable[[Basic], Basic]:
    def put(new: Basic) -> Basic:
        kept = {id(f) for f in rest}
        first = next((i for i, f in enumerate(every) if id(f) not in kept and not f.inverse), len(every))
        parts = [
            (new, False) if i == first else (f.expr, f.inverse)
            for i, f in enumerate(every)
            if i == first or id(f) in kept
        ]
        if first == len(every):
            parts.append((new, False))
        return product(sign, parts)

    return put


def _into_sum(every: list[Term], left: list[Term]) -> Callable[[Basic], Basic]:
    def put(new: Basic) -> Basic:
        kept = {id(t) for t in left}
        first = next(i for i, t in enumerate(every) if id(t) not in kept)
        return total(
            [(1, new) if i == first else (t.sign, t.expr) for i, t in enumerate(every) if i == first or id(t) in kept]
        )

    return put
