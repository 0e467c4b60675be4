"""Moves at logarithms of numbers, and at powers and products of what is positive.

A power with an exponent that is no integer, and a product over an index, are the exponential of their logarithm, which
the other tables split: so `exp(sum(log(q)) / N)` and `prod(q)**(1/N)` meet.
"""

from __future__ import annotations

from sympy import Integer, Rational, S, factorint

import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import joined
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Reducer
from deltasift.inert import Div, Exp, Less, Log, Mul, Node, Pow, Product
from deltasift.inert.algebra import INFINITE
from deltasift.rule import Rule

MOST_FACTORED = 10**6  # the largest number whose logarithm is split

Found = Move | tuple[Move, ...] | None


def log_of_number(e: Node, number: Rational, here: Here) -> Found:
    """Split the logarithm of a number once: of a fraction, of a product of powers of primes, of such a power."""
    if not 0 < number.p <= MOST_FACTORED or number.q > MOST_FACTORED:
        return None
    if number == 1:
        return by_rule(rules.log_one, e, here)
    if number.q != 1:
        return _written(e, Div.make((Integer(number.p), Integer(number.q))), rules.log_div, here)
    prime, power = min(factorint(number.p).items())
    first = Integer(prime**power)
    if first != number:
        return _written(e, Mul.make((first, number / first)), rules.log_mul, here)
    return None if power == 1 else _written(e, Pow.make((Integer(prime), Integer(power))), rules.log_pow, here)


def _written(e: Node, inner: Node, rule: Rule, here: Here) -> Found:
    """Write the number in a logarithm in another way, and split the logarithm."""
    split = by_rule(rule, Log.make((inner,)), here)
    return None if split is None else (Move(rules.arithmetic, e.args[0], inner, (0,)), split)


def over_its_inverse(e: Node, here: Here) -> Found:
    """Write `x*log(x*y)` as `x*log(x/(1/y))`, which has a value by convention where x is 0, and split it."""
    for i, log in enumerate(e.args if isinstance(e, Mul) else ()):
        inner = log.args[0] if isinstance(log, Log) else None
        x = next((a for a in e.args if isinstance(inner, Mul) and a in inner.args), None)
        if x is None or inner is None:
            continue
        others = list(inner.args)
        others.remove(x)
        written = Div.make((x, Div.make((S.One, joined(1, [(a, False) for a in others])))))
        whole = e.rebuild((*e.args[:i], Log.make((written,)), *e.args[i + 1 :]))
        split = by_rule(rules.mul_log_div, whole, here)
        if split is not None:
            return Move(rules.arithmetic, inner, written, (i, 0)), split
    return None


def reduce_power(e: Node, here: Here) -> Found:
    """Write a power of what is positive by its logarithm, unless the exponent is an integer."""
    base, exponent = e.args
    if exponent.is_Integer or not here.holds(Less.make((S.Zero, base))):
        return None
    return Move(rules.exp_mul_log.reversed, e, Exp.make((Mul.make((exponent, Log.make((base,)))),)))


def reduce_product(e: Node, here: Here) -> Found:
    """Write a finite product of what is positive by the sum of the logarithms."""
    if not INFINITE.isdisjoint(e.args[2:]):
        return None
    whole = Log.make((e,))
    split = by_rule(rules.log_prod, whole, here)
    return None if split is None else (Move(rules.exp_log_of_pos.reversed, e, Exp.make((whole,))), split.under((0,)))


POWERS: dict[type, Reducer] = {Pow: reduce_power, Product: reduce_product}
