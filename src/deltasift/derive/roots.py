"""Moves at roots of unity: products become one power, and the sum of all powers is a delta."""

from __future__ import annotations

from sympy import S

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import split
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Table
from deltasift.inert import kinds, mentions
from deltasift.line.linear import difference, linear

ROOT = "root_of_unity"


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
    plain = ex.Mul.make((name, line[0]))
    whole = ex.Sum.make((ex.Func.make((root.args[0], order, plain)), name, *ends))
    last = by_rule(rules.sum_root, whole, here)
    if last is None or (here.scope.bound and ex.Iverson in kinds(last.after)):
        return None  # a bracket of divisibility under another sum is of no use to anybody
    if plain == exponent:
        return last
    return Move(rules.arithmetic, exponent, plain, (0, 2)), last


def _is_root(e: object) -> bool:
    return isinstance(e, ex.Func) and e.name == ROOT


ROOTS: Table = {**dict.fromkeys((ex.Mul, ex.Div), _one_power), ex.Sum: _all_powers}
