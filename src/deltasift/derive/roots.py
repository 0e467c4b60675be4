"""Moves at roots of unity: products become one power, and the sum of all powers is a delta."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import split
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Table
from deltasift.inert import inert, kinds, mentions
from deltasift.inert.functions import ROOT
from deltasift.line.linear import combination, difference, linear, written
from deltasift.rule import Rule


def _one_power(e: ex.Node, here: Here) -> Move | None:
    """Multiply two roots of unity."""
    roots = [f for f, below in split(e)[1] if _is_root(f) and not below]
    return by_rule(rules.root_add.reversed, e, here) if len(roots) > 1 else None


def _all_powers(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Add up the powers of a root of unity, whose exponent is brought to a multiple of the index before."""
    body, name, *ends = e.args
    roots = [(f, below) for f, below in split(body)[1] if mentions(f, name)]
    if len(roots) != 1 or roots[0][1] or not _is_root(roots[0][0]):
        return None
    root = roots[0][0]
    if root is not body:
        return by_rule(rules.sum_mul_left, e, here)
    order, exponent = root.args[1:]
    line = linear(exponent, name)
    if line is None or mentions(order, name) or difference(line[1], S.Zero) != 0:
        return None
    if line[0] in (1, -1):
        return by_rule(rules.sum_root, e, here)
    plain = ex.Mul.make((name, line[0]))
    whole = ex.Sum.make((ex.Func.make((root.args[0], order, plain)), name, *ends))
    last = by_rule(rules.sum_root, whole, here)
    if last is None or (here.scope.bound and ex.Iverson in kinds(last.after)):
        return None  # a bracket of divisibility under another sum is of no use to anybody
    if plain == exponent:
        return last
    return Move(rules.arithmetic, exponent, plain, (0, 2)), last


def _one_root(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Bring the exponent of a root of unity below the order, and put in the number that it then is."""
    if not _is_root(e):
        return None
    order, exponent = e.args[1:]
    if exponent != 0 and difference(exponent, S.Zero) == 0:
        return _written(e, order, S.Zero, rules.root_zero, here)
    found = _without_periods(e, here)
    if found is None and order.is_Integer and exponent.is_Integer and order > 1:
        shared = gcd(int(order), int(exponent))
        if 2 * exponent == order:
            found = _written(e, ex.Mul.make((S(2), exponent)), exponent, rules.root_cancel, here)
        elif exponent != 0 and shared > 1:
            above, below = (ex.Mul.make((S(int(a) // shared), S(shared))) for a in (exponent, order))
            found = _written(e, below, above, rules.root_cancel, here)
        elif 2 * exponent > order and order % 2 == 0:
            found = _without_half(e, here)
    return found or by_rule(rules.root_zero, e, here) or by_rule(rules.root_cancel, e, here)


def _turns(order: Basic, exponent: Basic) -> Fraction:
    """Return how many times, in halves, the order is in an exponent."""
    line = combination([(1, exponent)])
    if order.is_Integer:
        unit = int(order) if line.coefficients == {} or order % 2 else int(order) // 2
        return Fraction(line.constant // unit * unit, int(order)) if order > 1 else Fraction(0)
    whole = combination([(1, order)])
    if whole.constant or len(whole.coefficients) != 1:
        return Fraction(0)
    [(name, by)] = whole.coefficients.items()
    return Fraction(line.coefficients.get(name, 0)) / Fraction(by)


def _without_periods(e: ex.Node, here: Here) -> tuple[Move, ...] | None:
    """Leave out of an exponent what is a number times the order, and half of it, which gives -1."""
    order, exponent = e.args[1:]
    turns = _turns(order, exponent)
    times = turns // 1
    if times == 0 and turns == Fraction(1, 2):
        return _without_half(e, here)
    if times == 0 or (2 * turns).denominator != 1:
        return None
    periods = order if abs(times) == 1 else ex.Mul.make((order, inert(abs(int(times)))))
    rest = written(combination([(1, exponent), (-times, order)]))
    if times < 0:
        more = ex.Add.make((exponent, periods))
        added = Move(rules.root_period.reversed, e, ex.Func.make((e.args[0], order, more)))
        return added, Move(rules.arithmetic, more, rest, (2,))
    whole = periods if rest == 0 else ex.Add.make((rest, periods))
    return _written(e, order, whole, rules.root_period, here)


def _without_half(e: ex.Node, here: Here) -> tuple[Move, ...] | None:
    """Leave half of the order out of an exponent."""
    order, exponent = e.args[1:]
    half = written(combination([(Fraction(1, 2), order)]))
    rest = written(combination([(1, exponent), (Fraction(-1, 2), order)]))
    twice = ex.Mul.make((S(2), half))
    return _written(e, twice, half if rest == 0 else ex.Add.make((rest, half)), rules.root_half, here)


def _written(e: ex.Node, order: Basic, exponent: Basic, rule: Rule, here: Here) -> tuple[Move, ...] | None:
    """Return a use of a rule at a root whose order and exponent are written otherwise before."""
    last = by_rule(rule, ex.Func.make((e.args[0], order, exponent)), here)
    if last is None:
        return None
    pairs = enumerate(zip(e.args[1:], (order, exponent), strict=True), 1)
    return *(Move(rules.arithmetic, a, b, (at,)) for at, (a, b) in pairs if a != b), last


def _power(e: ex.Node, here: Here) -> Move | None:
    return by_rule(rules.root_pow, e, here) if _is_root(e.args[0]) else None


def _one_value(e: ex.Node, here: Here) -> Move | None:
    """Write the bracket of an equality as a delta, which the sum of all powers is."""
    return by_rule(rules.bracket_delta, e, here)


def _is_root(e: object) -> bool:
    return isinstance(e, ex.Func) and e.name == ROOT


ROOTS: Table = {
    **dict.fromkeys((ex.Mul, ex.Div), _one_power),
    ex.Sum: _all_powers,
    ex.Func: _one_root,
    ex.Pow: _power,
    ex.Iverson: _one_value,
}
