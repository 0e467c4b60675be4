"""Light looks at an expression: its factors, what it mentions, where its deltas and brackets are."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Rational, S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import mentions, postorder
from deltasift.inert.functions import named
from deltasift.line.views import product

Part = tuple[Basic, bool]  # a factor, and whether it divides


NOT_FACTORS = frozenset((ex.Mul, ex.Neg, ex.Div, type(S.One), type(S.NegativeOne)))


def split(e: Basic) -> tuple[int, list[Part]]:
    """Return the sign and the factors of a product, outermost signs, products and fractions taken apart.

    What is under a fraction bar is one factor.
    """
    if not isinstance(e, (ex.Mul, ex.Neg, ex.Div)):
        return 1, [(e, False)]
    if isinstance(e, ex.Mul) and NOT_FACTORS.isdisjoint(map(type, e.args)):
        return 1, [(a, False) for a in e.args]
    sign, parts = 1, []
    stack: list[Part] = [(e, False)]
    while stack:
        x, below = stack.pop()
        if isinstance(x, ex.Mul) and not below:
            stack.extend((a, below) for a in reversed(x.args))
        elif isinstance(x, ex.Neg):
            sign = -sign
            stack.append((x.args[0], below))
        elif isinstance(x, ex.Div) and not below:
            stack.append((x.args[1], True))
            stack.append((x.args[0], False))
        elif x is S.NegativeOne:
            sign = -sign
        elif x is not S.One:
            parts.append((x, below))
    return sign, parts


def joined(sign: int, parts: Iterable[Part]) -> Basic:
    """Return the product of factors; a number that is alone takes the sign in."""
    every = list(parts)
    if sign == -1 and len(every) == 1 and isinstance(every[0][0], Rational) and not every[0][1]:
        return -every[0][0]
    return product(sign, every)


def carries(e: Basic, name: Basic) -> bool:
    """Tell whether a delta, a bracket or a case distinction in a name stands somewhere in an expression."""
    if not mentions(e, name):
        return False
    stack = [e]
    while stack:
        x = stack.pop()
        if not isinstance(x, ex.Node) or not mentions(x, name):
            continue
        if isinstance(x, (ex.Delta, ex.Iverson, ex.Piecewise)):
            return True
        stack.extend(x.args)
    return False


def is_total(e: Basic) -> bool:
    """Tell whether an expression has a value wherever its entries have, by its form alone."""
    return not any(
        (isinstance(x, (ex.Div, ex.Log, ex.Dirac)) and not _is_number_below(x))
        or (isinstance(x, ex.Pow) and not (x.args[1].is_Integer and x.args[1] >= 0) and not _has_positive_base(x))
        or (isinstance(x, ex.Func) and x.name not in TOTAL)
        or (isinstance(x, ex.Entry) and any(map(_has_fraction, x.indices)))
        for x in postorder(e)
    )


def fractional_indices(e: Basic) -> list[Basic]:
    """Return the indices of tables in an expression that may be no integers, and then name no entry."""
    return [i for x in postorder(e) if isinstance(x, ex.Entry) for i in x.indices if _has_fraction(i)]


def _has_fraction(index: Basic) -> bool:
    if not isinstance(index, ex.Node):
        return bool(index.is_Rational and not index.is_Integer)
    return any(isinstance(x, ex.Div) or (x.is_Rational and not x.is_Integer) for x in postorder(index))


def is_without_value(e: Basic) -> bool:
    """Tell whether a logarithm of 0 or a division by 0 stands in an expression."""
    return any(
        (isinstance(x, ex.Log) and x.args[0] == 0)
        or (isinstance(x, ex.Div) and x.args[1] == 0)
        or (isinstance(x, ex.Pow) and x.args[0] == 0 and x.args[1].is_negative)
        for x in postorder(e)
    )


TOTAL = named(is_total=True)


def _is_number_below(e: ex.Node) -> bool:
    return isinstance(e, ex.Div) and isinstance(e.args[1], Rational) and e.args[1] != 0


def _has_positive_base(e: ex.Pow) -> bool:
    return bool(e.args[0].is_positive) if not isinstance(e.args[0], ex.Node) else False


def sum_of(parts: Iterable[Basic]) -> Basic:
    """Return the sum of terms, zeros left out."""
    kept = [p for p in parts if p is not S.Zero]
    return ex.Add.make(tuple(kept)) if len(kept) > 1 else kept[0] if kept else S.Zero


def put_for(parts: list[Part], factor: Basic, new: Basic | None) -> list[Part]:
    """Return factors with another one, or none, for the first occurrence of one: a product may have it twice."""
    at = next(n for n, (f, _) in enumerate(parts) if f is factor)
    return [*parts[:at], *([] if new is None else [(new, parts[at][1])]), *parts[at + 1 :]]
