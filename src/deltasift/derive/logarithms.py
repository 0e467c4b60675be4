"""Moves at logarithms, and at exponentials of them."""

from __future__ import annotations

from sympy import Rational, S

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import split
from deltasift.derive.powers import log_of_number, over_its_inverse
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert.algebra import minus

Found = Move | tuple[Move, ...] | None

LOG_RULES = (
    *(rules.log_one, rules.log_exp, rules.log_mul, rules.log_div, rules.log_pow, rules.log_prod),
    *(rules.log_factorial, rules.log_gamma),
)


def reduce_log(e: ex.Node, here: Here) -> Found:
    """Split the logarithm of a product, a quotient, a power, and of a number over its prime factors."""
    [inner] = e.args
    if isinstance(inner, Rational):
        return log_of_number(e, inner, here)
    order = (rules.log_div, *LOG_RULES) if isinstance(inner, ex.Div) else LOG_RULES
    found = next(filter(None, (by_rule(r, e, here) for r in order)), None)
    if (
        found is None
        and isinstance(inner, ex.Div)
        and inner.args[0] == 1
        and here.holds(ex.Less.make((S.Zero, inner.args[1])))
    ):
        return Move(rules.log_div, e, minus(ex.Log(1), ex.Log(inner.args[1])))
    return found


def reduce_exp(e: ex.Node, here: Here) -> Found:
    return by_rule(rules.exp_log_of_pos, e, here) or by_rule(rules.exp_zero, e, here)


def reduce_log_product(e: ex.Node, here: Here) -> Found:
    """Split `p log(p/q)`, where p may be 0."""
    _, parts = split(e)
    inside = [f.args[0] for f, below in parts if isinstance(f, ex.Log) and not below]
    if not any(isinstance(a, (ex.Div, ex.Mul)) for a in inside):
        return None
    return over_its_inverse(e, here) or by_rule(rules.mul_log_div, e, here)
