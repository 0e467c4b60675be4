"""Products as signed lists of factors, sums as lists of signed terms, each with its place in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer, Rational

from deltasift.inert import Add, Div, Mul, Neg, Node
from deltasift.inert.algebra import is_number

Path = tuple[int, ...]
SIGNED = (Neg, Mul, Div, Rational)  # what may have a sign or factors of its own


class Factor(NamedTuple):
    """A factor of a product, or the inverse of one.

    Its place holds the factor itself, or where not `in_place` the factor together with a sign or another factor.
    """

    expr: Basic
    inverse: bool
    path: Path
    in_place: bool = True


class Term(NamedTuple):
    """A term of a sum, its sign apart."""

    sign: int
    expr: Basic


def factors(expr: Basic, path: Path = ()) -> tuple[int, list[Factor]]:
    """Return the sign and the factors; a 1 above a fraction bar is no factor, nor is the 1 of -1."""
    if isinstance(expr, Neg):
        sign, found = factors(expr.args[0], (*path, 0))
        return -sign, found
    if isinstance(expr, Mul):
        sign, found = 1, []
        for i, a in enumerate(expr.args):
            if not isinstance(a, SIGNED):
                found.append(Factor(a, False, (*path, i)))
                continue
            s, more = factors(a, (*path, i))
            sign *= s
            if s == 1 and not more:  # signs in brackets that cancel: a 1 is left
                more = [Factor(S.One, False, (*path, i))]
            if not (s == -1 and _is_one(more)):
                found.extend(more)
        return sign, found
    if isinstance(expr, Div):
        sign, found = factors(expr.args[0], (*path, 0))
        s, below = _below(expr.args[1], (*path, 1))
        return sign * s, [*([] if _is_one(found) else found), below]
    if isinstance(expr, Rational) and expr < 0:
        _, found = factors(-expr, path)
        return -1, [f._replace(in_place=False) for f in found]
    if isinstance(expr, Rational) and expr.q != 1:
        top = [] if expr.p == 1 else [Factor(Integer(expr.p), False, path, in_place=False)]
        return 1, [*top, Factor(Integer(expr.q), True, path, in_place=False)]
    return 1, [Factor(expr, False, path)]


def _below(expr: Basic, path: Path) -> tuple[int, Factor]:
    """Return what is under a fraction bar as one factor, the signs in it apart."""
    sign = 1
    while isinstance(expr, Neg):
        expr, path, sign = expr.args[0], (*path, 0), -sign
    if isinstance(expr, Mul):
        s, found = factors(expr, path)
        if len(found) == 1 and not found[0].inverse:
            return sign * s, found[0]._replace(inverse=True)
    if _is_negative(expr):
        return -sign, Factor(signed(expr).expr, True, path, in_place=False)
    return sign, Factor(expr, True, path)


def _is_one(found: Sequence[Factor]) -> bool:
    return len(found) == 1 and not found[0].inverse and is_number(found[0].expr, 1)


def terms(expr: Basic) -> list[Term]:
    """Return the terms; a minus before a sum is not carried into it."""
    return [*_terms(expr)]


@lru_cache(1_024)
def _terms(expr: Basic) -> tuple[Term, ...]:
    return tuple(signed(e) for e, _ in summands(expr))


def summands(expr: Basic, path: Path = ()) -> list[tuple[Basic, Path]]:
    """Return the terms as they stand, signs included, and their places."""
    expr, path = peeled(expr, path)
    if isinstance(expr, Add):
        return [s for i, a in enumerate(expr.args) for s in summands(a, (*path, i))]
    return [(expr, path)]


def signed(expr: Basic) -> Term:
    """Return a value as one term."""
    sign = 1
    while isinstance(expr, (Neg, Mul)):
        s, found = factors(expr) if isinstance(expr, Mul) else (-1, [Factor(expr.args[0], False, ())])
        if len(found) != 1 or found[0].inverse:
            break
        expr, sign = found[0].expr, sign * s
    if isinstance(expr, Rational):
        return Term(-sign, -expr) if expr < 0 else Term(sign, expr)
    if isinstance(expr, (Mul, Div)) and _is_negative(expr):
        return Term(-sign, product(1, [(f.expr, f.inverse) for f in factors(expr)[1]]))
    return Term(sign, expr)


def peeled(expr: Basic, path: Path = ()) -> tuple[Basic, Path]:
    """Return what stands behind an even number of signs, and its place."""
    if isinstance(expr, (Neg, Mul)):
        sign, found = factors(expr, path)
        if sign == 1 and len(found) == 1 and not found[0].inverse:
            return found[0].expr, found[0].path
    return expr, path


def _is_negative(expr: Basic) -> bool:
    """Tell whether the signs of a product multiply to -1."""
    if isinstance(expr, Neg):
        return not _is_negative(expr.args[0])
    if isinstance(expr, (Mul, Div)):
        return sum(map(_is_negative, expr.args)) % 2 == 1
    return isinstance(expr, Rational) and bool(expr < 0)


def product(sign: int, parts: Sequence[tuple[Basic, bool]]) -> Basic:
    """Build a product of factors and inverses, in the order given."""
    above = [e for e, inverse in parts if not inverse]
    below = [e for e, inverse in parts if inverse]
    if not below:
        expr: Basic = Mul.make(tuple(above)) if len(above) > 1 else (above[0] if above else S.One)
    elif len(above) > 1 and parts[0][1]:
        # what was written as (1/N) * f * g stays so
        expr = Mul.make((_quotient([], below), *above))
    elif len(above) == 1 and parts[0][1]:
        expr = Mul.make((_quotient([], below), above[0]))
    else:
        expr = _quotient(above, below)
    if sign == 1 or expr is S.Zero:
        return expr
    return S.NegativeOne if expr is S.One else Neg.make((expr,))


def _quotient(above: list[Basic], below: list[Basic]) -> Basic:
    expr: Basic = Mul.make(tuple(above)) if len(above) > 1 else (above[0] if above else S.One)
    for e in below:
        expr = Div.make((expr, e))
    return expr


def total(parts: Sequence[tuple[int, Basic]]) -> Basic:
    """Build a sum of signed terms."""
    signed = [e if sign == 1 else Neg.make((e,)) for sign, e in parts]
    return Add.make(tuple(signed)) if len(signed) > 1 else (signed[0] if signed else S.Zero)


def put(expr: Basic, path: Path, new: Basic) -> Basic:
    """Return `expr` with the subexpression at `path` replaced."""
    spine = [expr]
    for i in path:
        spine.append(spine[-1].args[i])
    for parent, i in zip(reversed(spine[:-1]), reversed(path), strict=True):
        assert isinstance(parent, Node)
        new = parent.rebuild((*parent.args[:i], new, *parent.args[i + 1 :]))
    return new


def at(line: Basic, path: Path) -> Basic:
    """Return the subexpression at a place."""
    for i in path:
        line = line.args[i]
    return line
