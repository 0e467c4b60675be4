"""Statements of rules made wrong, each by one change: a sign, a factor, a bound, an argument, a number, a condition.

An inequality is turned around and sharpened, too.

An alteration is a rule with the altered statement in it, and the uses of it: lines that the altered statement gives.
Which of them are wrong is for others to say.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sympy import Integer, Rational, S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import DeltasiftError
from deltasift.inert import (
    Add,
    Apply,
    Derivative,
    Div,
    Equality,
    ForAll,
    Less,
    LessEqual,
    Mul,
    Neg,
    Node,
    free,
    postorder,
    substitute,
)
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement

from .rule_uses import (
    HOLE,
    OUTER,
    Filled,
    RuleUse,
    Sum,
    arguments,
    at_point,
    fillings,
    is_integrated,
    with_names,
    with_numbers,
)

HALF = Rational(1, 2)
SPREAD = 3  # numbers tried where a condition is left out
FAILED = (DeltasiftError, TypeError, ValueError, AssertionError, AttributeError, KeyError, ZeroDivisionError)


@dataclass(frozen=True)
class Alteration:
    """A rule with one statement made wrong, and what its variables are to stand for."""

    kind: str
    what: str
    rule: Rule
    number: int
    fillings: tuple[Filled, ...]

    def uses(self) -> Iterator[RuleUse]:
        """Yield the lines that it gives."""
        for filled in self.fillings:
            try:
                yield filled.use(self.rule, self.number)
            except FAILED:
                continue  # there is no such line


def alterations(rule: Rule, number: int) -> Iterator[Alteration]:
    """Yield the alterations of one statement."""
    s = rule.statements[number]
    filled = tuple(fillings(rule, number))
    for kind, what, other in (*_of_values(rule, s), *_of_the_left_side(rule, s), *_of_the_order(s)):
        if other.relation != s.relation:
            yield Alteration(kind, what, _with(rule, number, other), number, filled)
    yield from _of_conditions(rule, number)
    yield from _of_kinds(rule, number, filled)
    yield from _of_scope(rule, number, filled)


def _with(rule: Rule, number: int, s: Statement) -> Rule:
    every = list(rule.statements)
    every[number] = s
    return replace(rule, statements=tuple(every))


def _stated(s: Statement, left: Basic, right: Basic) -> Statement:
    return replace(s, relation=type(s.relation).make((left, right)))


# --- values -----------------------------------------------------------------------------------------------------------


def _of_values(rule: Rule, s: Statement) -> Iterator[tuple[str, str, Statement]]:
    left, right = s.lhs, s.rhs
    yield "sign", "the other sign", _stated(s, left, Neg.make((right,)))
    yield "factor", "twice", _stated(s, left, Mul.make((Integer(2), right)))
    yield "term", "one more", _stated(s, left, Add.make((right, S.One)))
    if right != S.Zero:
        yield "term", "nothing", _stated(s, left, S.Zero)
    for kind, what, new in _altered(rule, right):
        yield kind, what, _stated(s, left, new)


def _of_the_left_side(rule: Rule, s: Statement) -> Iterator[tuple[str, str, Statement]]:
    """Yield other left sides where the right one has no range or no argument to alter."""
    kinds = {kind for kind, _, _ in _altered(rule, s.rhs)}
    for kind, what, new in _altered(rule, s.lhs):
        if kind not in kinds and free(new) >= free(s.rhs):
            yield kind, f"{what}, on the left", _stated(s, new, s.rhs)


def _of_the_order(s: Statement) -> Iterator[tuple[str, str, Statement]]:
    """Yield an inequality turned around, sharpened and tightened; one that says less is no wrong one."""
    if isinstance(s.relation, Equality):
        return
    yield "order", "turned around", _stated(s, s.rhs, s.lhs)
    yield "order", "one less", _stated(s, s.lhs, Add.make((s.rhs, S.NegativeOne)))
    yield "factor", "twice, on the left", _stated(s, Mul.make((Integer(2), s.lhs)), s.rhs)
    if isinstance(s.relation, LessEqual):
        yield "order", "strict", replace(s, relation=Less.make((s.lhs, s.rhs)))


def _altered(rule: Rule, e: Basic) -> Iterator[tuple[str, str, Basic]]:
    """Yield an expression of a rule with one thing in it changed."""
    yield from _parts(rule, e)
    names = sorted((n for n in free(e) if rule.kind(n) in (Int, End, Real)), key=str)
    for n in names:
        yield "argument", f"{n} + 1", substitute(e, {n: Add.make((n, S.One))})
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            yield "argument", f"{a} and {b} swapped", substitute(e, {a: b, b: a})


def _parts(rule: Rule, e: Basic) -> Iterator[tuple[str, str, Basic]]:
    if not isinstance(e, Node):
        if e.is_Rational and e not in (S.Zero,):
            yield "number", f"{e} + 1", e + 1
        return
    if isinstance(e, Neg):
        yield "sign", "a minus left out", e.args[0]
    if isinstance(e, (Add, Mul)):
        for i in range(len(e.args)):
            rest = e.args[:i] + e.args[i + 1 :]
            what = "term" if isinstance(e, Add) else "factor"
            yield what, f"{e.args[i]} left out", rest[0] if len(rest) == 1 else e.rebuild(rest)
    if isinstance(e, Add):
        yield "sign", "of a term", e.rebuild((*e.args[:-1], Neg.make((e.args[-1],))))
    if isinstance(e, Div):
        yield "factor", "a divisor left out", e.args[0]
    if isinstance(e, (Less, LessEqual)):
        other = LessEqual if isinstance(e, Less) else Less
        yield "bound", "strict or not", other.make(e.args)
    if isinstance(e, Apply):
        for i, a in enumerate(e.args[1:], 1):
            yield "argument", f"{a} + 1 in {e}", e.rebuild((*e.args[:i], Add.make((a, S.One)), *e.args[i + 1 :]))
        return
    for i, a in enumerate(e.args):
        if (e.binds and i == 1) or (isinstance(e, Derivative) and i > 0):
            continue
        if e.binds and i > 1 and not a.is_infinite:
            for by in (S.One, S.NegativeOne):
                end = Add.make((a, by))
                yield "bound", f"{end} for {a}", e.rebuild((*e.args[:i], end, *e.args[i + 1 :]))
            continue
        for kind, what, new in _parts(rule, a):
            try:
                yield kind, what, e.rebuild((*e.args[:i], new, *e.args[i + 1 :]))
            except FAILED:
                continue  # no expression


# --- conditions, kinds, and where a name may be ----------------------------------------------------------------------


def _of_conditions(rule: Rule, number: int) -> Iterator[Alteration]:
    """Yield the statement without one condition, and with it loosened, used where it does not hold."""
    s = rule.statements[number]
    for which, (condition, point) in enumerate(s.conditions):
        others = s.conditions[:which] + s.conditions[which + 1 :]
        without = _with(rule, number, replace(s, conditions=others))
        there = at_point(rule, s, which)
        places = [there, *_under_a_sum(rule, s, there), with_names(without, number)]
        rng = random.Random(f"{rule.name} {number} {condition}")
        places += [f for _ in range(SPREAD) if (f := _outside(rule, without, number, which, rng)) is not None]
        yield Alteration("condition", f"without {condition}", without, number, tuple(places))
        looser = _looser(condition)
        if looser is not None:
            changed = replace(s, conditions=(*s.conditions[:which], (looser, point), *s.conditions[which + 1 :]))
            wide = _with(rule, number, changed)
            yield Alteration(
                "condition", f"{looser} for {condition}", wide, number, tuple(_only(wide, rule, number, which))
            )


def _looser(condition: Node) -> Any:
    if isinstance(condition, (Less, LessEqual)):
        a, b = condition.args
        return LessEqual.make((a, b if isinstance(condition, Less) else Add.make((b, S.One))))
    if isinstance(condition, Equality):
        return LessEqual.make(condition.args)
    if isinstance(condition, ForAll):
        inner = _looser(condition.args[0])
        return None if inner is None else condition.rebuild((inner, *condition.args[1:]))
    return None


def _under_a_sum(rule: Rule, s: Statement, there: Filled) -> Iterator[Filled]:
    """Yield a point as the first place of the index of a sum."""
    for name, kind in rule.variables.items():
        value = there.values.get(Symbol(name))
        if kind in (Int, Real) and isinstance(value, Integer):
            values = {**there.values, Symbol(name): OUTER}
            yield Filled("numbers under a sum", values, around=Sum(HOLE, (OUTER, value, value + 2)))
            return


def _outside(rule: Rule, without: Rule, number: int, which: int, rng: random.Random) -> Filled | None:
    """Return numbers at which the conditions hold but for one."""
    for _ in range(50):
        found = with_numbers(without, number, rng)
        if found is None:
            return None
        alone = _with(
            rule, number, replace(rule.statements[number], conditions=(rule.statements[number].conditions[which],))
        )
        if not _holds(alone, number, found):
            return found
    return None


def _only(wide: Rule, rule: Rule, number: int, which: int) -> Iterator[Filled]:
    """Yield where a looser condition holds and the condition does not."""
    yield with_names(wide, number)
    rng = random.Random(f"{rule.name} {number} {which} loosened")
    for _ in range(50):
        found = with_numbers(wide, number, rng)
        if found is not None and not _holds(rule, number, found):
            yield found
            return


def _holds(rule: Rule, number: int, filled: Filled) -> bool:
    from .rule_uses import _are_met

    return _are_met(rule, rule.statements[number], filled, [{}])


def _of_kinds(rule: Rule, number: int, filled: tuple[Filled, ...]) -> Iterator[Alteration]:
    """Yield the rule with an integer that may be any number, used with halves."""
    s = rule.statements[number]
    mentioned = free(s.lhs)
    for name, kind in rule.variables.items():
        symbol = Symbol(name)
        if kind not in (Int, End) or symbol not in mentioned:
            continue
        loose = replace(rule, variables={**rule.variables, name: Real})
        places = []
        for f in filled:
            value = f.values[symbol]
            for other in (Add.make((value, HALF)), HALF if f.facts == () else None):
                if other is not None:
                    places.append(replace(f, values={**f.values, symbol: other}))
        named = replace(filled[0], values={**filled[0].values, symbol: Symbol(f"{name}_", real=True)})
        places.append(named)
        places = [replace(p, facts=tuple(p.of(loose, c) for c, _ in s.conditions)) if p.facts else p for p in places]
        yield Alteration("kind", f"{name} need be no integer", loose, number, tuple(places))


def _of_scope(rule: Rule, number: int, filled: tuple[Filled, ...]) -> Iterator[Alteration]:
    """Yield the rule used with what contains a bound name of its own, where it may not."""
    s = rule.statements[number]
    bound = {Symbol(n) for n, kind in rule.variables.items() if kind is Bound}
    for e in postorder(s.lhs):
        if not (isinstance(e, Node) and e.binds and e.args[1] in bound):
            continue
        name = e.args[1]
        for symbol in sorted((x for x in free(e.args[0]) if rule.kind(x) in (Int, Real)), key=str):
            places = []
            for f in filled[:2]:
                value = Add.make((f.values[symbol], name))
                places.append(replace(f, values={**f.values, symbol: value}, facts=()))
            yield Alteration("scope", f"{symbol} varies with {name}", rule, number, tuple(places))


__all__ = ["Alteration", "Fn", "alterations", "arguments", "is_integrated"]
