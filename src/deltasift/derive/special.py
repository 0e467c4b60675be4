"""Moves at logistic functions, at `log(1 + exp(x))`, at larger and smaller ones of two, and at labels in {0, 1}.

Each spelling has one normal form: `log(1 + exp(x))` where x is the one of x and -x that comes first, and `Max(a, b)`
with `a` before `b`, magnitudes and minima being written by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from sympy import Rational, S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.expand import expanded
from deltasift.derive.forms import joined, split
from deltasift.derive.shape import shape
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Problem, Reducer
from deltasift.inert import preorder
from deltasift.inert.algebra import minus
from deltasift.line.definedness import requirements
from deltasift.line.linear import Combination, combination, written
from deltasift.line.scope import Scope
from deltasift.line.views import Path, put, terms

MOST = 100  # moves of one side
Found = Move | tuple[Move, ...] | None


def reduce_log(e: ex.Node, here: Here) -> Found:
    """Bring the logarithm of a logistic function, or of a sum of two exponentials, to that of 1 + exp(x)."""
    [inner] = e.args
    if isinstance(inner, ex.Piecewise):
        return by_rule(rules.log_cases, e, here)
    if isinstance(inner, ex.Func) and inner.name == "sigma":
        return by_rule(rules.log_sigma, e, here)
    if isinstance(inner, (ex.Div, ex.Mul)) and any(
        isinstance(a, ex.Exp) or (isinstance(a, ex.Func) and a.name in ("sigma", *HYPERBOLIC)) for a in preorder(inner)
    ):
        return by_rule(rules.log_div if isinstance(inner, ex.Div) else rules.log_mul, e, here)
    if not isinstance(inner, ex.Add) or len(inner.args) != 2:
        return None
    if any(isinstance(a, ex.Neg) and isinstance(a.args[0], ex.Func) and a.args[0].name == "sigma" for a in inner.args):
        move = by_rule(rules.one_sub_sigma, inner, here)
        return None if move is None else move.under((0,))
    powers = [(i, a) for i, a in enumerate(inner.args) if isinstance(a, ex.Exp)]
    if len(powers) == 2:
        return by_rule(rules.log_exp_add_exp, e, here)
    if len(powers) != 1 or S.One not in inner.args:
        return None
    [(place, power)] = powers
    [x] = power.args
    if isinstance(x, ex.Neg) and any(isinstance(a, ex.Func) and a.name in ("Abs", "Max") for a in preorder(x)):
        move = by_rule(rules.log_one_add_exp_abs, e, here)
        if move is not None:
            return move
    return _turned(e, x, (0, place, 0), here)


def _turned(e: ex.Node, x: Basic, path: tuple[int, ...], here: Here) -> Found:
    """Write an exponent in one form, with a minus sign before it where its negative comes first."""
    plain, negative = oriented(x)
    if negative:
        if isinstance(x, ex.Neg) and x.args[0] == plain:
            return by_rule(rules.log_one_add_exp_neg, e, here)
        return rewritten(x, ex.Neg.make((plain,)), path, here)
    return None if x == plain else rewritten(x, plain, path, here)


def rewritten(x: Basic, new: Basic, path: tuple[int, ...], here: Here) -> Move | None:
    """Write a part by arithmetic, where both ways of writing it have a value."""
    needs = (need for e in (x, new) for need in requirements(e, here.scope))
    return Move(rules.arithmetic, x, new, path) if all(here.holds(need) for need in needs) else None


def oriented(x: Basic) -> tuple[Basic, bool]:
    """Return the one of a number and its negative that comes first, multiplied out, and whether it is the negative."""
    multiplied = expanded(x, shape) or x
    line = combination([(1, multiplied)])
    first = min(line.coefficients, key=shape, default=None)
    leading = line.constant if first is None else line.coefficients[first]
    if leading >= 0:
        return written(line), False
    turned = Combination({a: -c for a, c in line.coefficients.items()}, -line.constant)
    return written(turned), True


HYPERBOLIC = {"cosh": rules.cosh_exp, "sinh": rules.sinh_exp, "tanh": rules.tanh_sigma}


def reduce_function(e: ex.Node, here: Here) -> Found:
    """Write a minimum and a magnitude by a maximum, and a maximum with its arguments in one order."""
    assert isinstance(e, ex.Func)
    if e.name in HYPERBOLIC:
        return by_rule(HYPERBOLIC[e.name], e, here)
    if e.name == "Min":
        return by_rule(rules.max_of_min.reversed, e, here) or by_rule(rules.min_as_max, e, here)
    if e.name == "Abs":
        return by_rule(rules.abs_div_of_pos, e, here) or by_rule(rules.abs_as_max, e, here)
    if e.name != "Max" or len(e.arguments) != 2:
        return None
    a, b = e.arguments
    move = by_rule(rules.max_self_neg, e, here)
    if move is not None:
        return move
    if a == 0:
        return by_rule(rules.max_comm, e, here)
    scaled = _scaled(a, here) if b == 0 else None
    if scaled is not None:
        return scaled
    if b == 0 and isinstance(a, ex.Add) and len(a.args) == 2:
        move = by_rule(rules.max_sub_zero, e, here)
        if move is not None:
            return move
    if b == 0:
        plain, negative = oriented(a)
        if not negative:
            return None
        if isinstance(a, ex.Neg) and a.args[0] == plain:
            return by_rule(rules.max_neg_zero, e, here)
        return rewritten(a, ex.Neg.make((plain,)), (1,), here)
    return _positive_part(e, a, b, here) or (by_rule(rules.max_comm, e, here) if shape(b) < shape(a) else None)


def _scaled(a: Basic, here: Here) -> Found:
    """Take a positive factor out of the positive part of a number: one that it shows, or one of all of its terms."""
    sign, parts = split(a)
    positive = [p for p in parts if len(parts) > 1 and here.holds(ex.Less.make((S.Zero, p[0])))]
    if not positive:
        line = combination([(1, expanded(a, shape) or a)])
        shared = _shared([c for c in (*line.coefficients.values(), line.constant) if c != 0])
        if len(line.coefficients) + bool(line.constant) < 2 or shared == 1:
            return None
        rest = Combination({t: c / shared for t, c in line.coefficients.items()}, line.constant / shared)
        inside: Basic = ex.Mul.make((Rational(shared.numerator, shared.denominator), written(rest)))
    else:
        factor = joined(1, positive)
        others = joined(sign, [p for p in parts if p not in positive])
        inside = ex.Mul.make((factor, others))
    same_line = None if inside == a else rewritten(a, inside, (1,), here)
    taken = by_rule(rules.max_mul_of_pos, ex.Max(inside, 0), here)
    if taken is None or (same_line is None and inside != a):
        return None
    return taken if same_line is None else (same_line, taken)


def _shared(coefficients: list[Fraction | int]) -> Fraction:
    """Return the largest number of which some coefficients are whole multiples."""
    every = [Fraction(c) for c in coefficients]
    return Fraction(gcd(*(c.numerator for c in every)), lcm(*(c.denominator for c in every))) if every else Fraction(1)


def _positive_part(e: ex.Node, a: Basic, b: Basic, here: Here) -> Found:
    """Write a maximum by what one exceeds the other by, where most of that cancels."""
    over = minus(a, b)
    apart = [expanded(x, shape) or x for x in (a, b, over)]
    if len(terms(apart[2])) >= sum(len(terms(x)) for x in apart[:2]):
        return None
    after = by_rule(rules.max_as_positive_part, e, here)
    less = rewritten(over, apart[2], (1, 1), here)
    return None if after is None or less is None or after.after.args[1].args[1] != over else (after, less)


OF_CASES = (rules.abs_of_cases, rules.max_of_cases, rules.min_of_cases, rules.ramp_of_cases, rules.cases_delta)


def reduce_cases(e: ex.Node, here: Here) -> Found:
    """Write cases that are a magnitude, a maximum or a minimum as such, and cases of an equation by a delta."""
    for rule in OF_CASES:
        move = by_rule(rule, e, here)
        if move is not None:
            return move
    return None


def reduce_delta(e: ex.Node, here: Here) -> Found:
    """Write the indicator of a label in {0, 1} as the label."""
    return by_rule(rules.delta_one, e, here) or by_rule(rules.delta_zero, e, here)


def reduce_bracket(e: ex.Node, here: Here) -> Found:
    """Write the indicator of a label in {0, 1}, and a bracket around an equality as a delta."""
    if isinstance(e.args[0], ex.Equality):
        return by_rule(rules.bracket_delta, e, here)
    of_bits = (rules.bracket_ne_zero, rules.bracket_ne_one, rules.bracket_above, rules.bracket_below)
    found = next(filter(None, (by_rule(rule, e, here) for rule in of_bits)), None)
    return by_rule(rules.bracket_arith, e, here) if found is None and isinstance(e.args[0], ex.Unequal) else found


def reduce_power(e: ex.Node, here: Here) -> Found:
    """Take the square of a square root."""
    return by_rule(rules.sq_sqrt, e, here)


def reduce_exp(e: ex.Node, here: Here) -> Found:
    """Write the exponential of a multiple of a logarithm as a power."""
    return by_rule(rules.exp_mul_log, e, here)


SPECIAL: dict[type, Reducer] = {
    ex.Log: reduce_log,
    ex.Func: reduce_function,
    ex.Piecewise: reduce_cases,
    ex.Delta: reduce_delta,
    ex.Iverson: reduce_bracket,
    ex.Pow: reduce_power,
    ex.Exp: reduce_exp,
}


def _in_one_order(e: ex.Node, here: Here) -> Found:
    """Write a maximum or a minimum with its arguments in one order, a number last."""
    assert isinstance(e, ex.Func)
    if e.name not in ("Max", "Min") or len(e.arguments) != 2:
        return None
    a, b = e.arguments
    if b.is_Number or not (a.is_Number or shape(b) < shape(a)):
        return None
    return by_rule(rules.max_comm if e.name == "Max" else rules.min_comm, e, here)


IN_ONE_ORDER: dict[type, Reducer] = {ex.Func: _in_one_order}


def known_forms(line: Basic, problem: Problem, table: Mapping[type, Reducer] = SPECIAL) -> list[Move]:
    """Return the moves that bring a line to these forms, from the outermost node in.

    A pattern such as `log(1 + exp(-abs(x)))` is met as a whole before its parts are looked at.
    """
    moves: list[Move] = []
    while len(moves) < MOST and (found := _first(line, problem, problem.scope, (), table)):
        moves += found
        for move in found:
            line = put(line, move.path, move.after) if move.path else move.after
    return moves


def _first(e: Basic, problem: Problem, scope: Scope, path: Path, table: Mapping[type, Reducer]) -> tuple[Move, ...]:
    if not isinstance(e, ex.Node) or isinstance(e, ex.Proposition):
        return ()
    reduce = table.get(type(e))
    found = None if reduce is None else reduce(e, Here(problem, scope, False))
    if found is not None:
        return tuple(move.under(path) for move in ((found,) if isinstance(found, Move) else found))
    inside = scope.enter(e)
    for i, a in enumerate(e.args):
        moves = _first(a, problem, inside if i == 0 else scope, (*path, i), table)
        if moves:
            return moves
    return ()
