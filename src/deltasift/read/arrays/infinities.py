"""Infinities of JAX: constants, and arrays that have one where a condition fails.

Over the reals an infinity is no number. It is read where what is made of it is one: its exponential is 0, a maximum
takes no notice of it, and `isfinite` asks for the condition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from math import inf, nan
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift.errors import ReadError
from deltasift.inert import ForAll, Not, Piecewise, free, substitute
from deltasift.line.statements import contrary
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds
from deltasift.read.arrays.array import Array, Places, placed, probe_of
from deltasift.read.arrays.session import added


class Infinite:
    """What is no number: an infinity, from which a maximum starts, or nan, where there is to be no value."""

    def __init__(self, value: float) -> None:
        self.value = value


@dataclass(frozen=True)
class LeftOut(Array):
    """An array with an infinity where a condition does not hold.

    Attributes
    ----------
    inside : Array
        What it is where the condition holds.
    kept : Array
        The condition.
    infinity : float
    known : Array or None
        Where there is an infinity at all and no nan, if not everywhere that is left out.
    """

    inside: Array = field(kw_only=True)
    kept: Array = field(kw_only=True)
    infinity: float = field(kw_only=True)
    known: Array | None = field(kw_only=True, default=None)


def left_out(inside: Array, kept: Array, infinity: float) -> LeftOut:
    """Return an array with an infinity where a condition does not hold."""
    if isinstance(inside, LeftOut):  # no number where either has none
        infinity = infinity if infinity == inside.infinity else nan
        kept = e.of_truths(_both)(inside.kept, kept)
        inside = inside.inside
    inside, kept = (e.number(inside), e.truth(kept)) if inside.ndim == kept.ndim else _alike(inside, kept)
    return LeftOut(inside.axes, _refuse, inside.kind, inside=inside, kept=kept, infinity=infinity)


def _alike(inside: Array, kept: Array) -> tuple[Array, Array]:
    from deltasift.read.arrays.shapes import like

    x, says = like(e.number(inside), e.truth(kept))
    return x, says


def _refuse(at: Places) -> Basic:
    raise ReadError("an infinity is written where a condition fails: write what the sum is to leave out with where")


def exponential(x: Array) -> Array:
    """Return the exponential; that of what is left out is 0."""
    if not isinstance(x, LeftOut):
        return e.exponential(x)
    powers = e.exponential(x.inside)
    if x.infinity != -inf:
        return left_out(powers, x.kept, nan)
    if x.known is None:
        return e.where(x.kept, powers, 0)
    nothing = e.each(lambda says: Piecewise((S.Zero, says)), x.known, kind="real")
    return e.where(x.kept, powers, nothing)


def less_the_maximum(x: Any, most: Any) -> LeftOut | None:
    """Return numbers less their maximum, of which some are minus infinity, None where it is no such difference.

    Where all are, the maximum is, too, and the difference is nan.
    """
    if not (isinstance(x, LeftOut) and isinstance(most, LeftOut) and x.infinity == most.infinity == -inf):
        return None
    if x.known is not None or most.known is not None or x.ndim != most.ndim:
        return None
    inside = e.subtract(x.inside, most.inside)
    known = Array(inside.axes, lambda at: placed(most.kept, inside.axes, at), "truth")
    probe = probe_of(inside)
    if not _is_shown_by(known.at(probe), placed(x.kept, inside.axes, probe)):
        return None
    return LeftOut(inside.axes, _refuse, inside.kind, inside=inside, kept=x.kept, infinity=-inf, known=known)


def softmax_of_the_rest(x: LeftOut, dim: int) -> Array | None:
    """Return a softmax, 0 where an entry is left out; where all are it has no value."""
    if x.infinity != -inf:
        return None
    powers = exponential(x)
    return e.divide(powers, folds.total(powers, dim, keep=True))


def log_sum_exp_of_the_rest(x: LeftOut, dim: int) -> Array | None:
    """Return the logarithm of a sum of exponentials, of which some are 0; where all are it has no value."""
    return None if x.infinity != -inf else e.logarithm(folds.total(exponential(x), dim))


def log_softmax_of_the_rest(x: LeftOut, dim: int) -> Array | None:
    """Return a logarithm of a softmax, which is no number where an entry is left out."""
    if x.infinity != -inf:
        return None
    whole = e.logarithm(folds.total(exponential(x), dim, keep=True))
    return left_out(e.subtract(x.inside, whole), x.kept, nan)


def is_finite(x: Any) -> Array:
    """Return where an array has a number, which it has everywhere if nothing is left out."""
    if isinstance(x, LeftOut):
        return x.kept
    x = e.array_of(x)
    return Array(x.axes, lambda at: S.true, "truth")


def extreme(x: Array, dims: Any, largest: bool) -> Array:
    """Return the maximum or minimum over axes; of what is left out, that of the rest, and nothing where all is.

    Where something is kept, the maximum of it is that of the kept entries beside the least entry of all.
    """
    if not isinstance(x, LeftOut):
        return folds.extreme(x, dims, False, largest)
    if x.infinity != (-inf if largest else inf):
        raise ReadError("a maximum with an infinity has no value")
    bound = folds.extreme(x.inside, dims, True, not largest)
    found = folds.extreme(e.where(x.kept, x.inside, bound), dims, False, largest)
    return left_out(found, folds.holds_for_some(x.kept, dims, False), x.infinity)


def chosen(condition: Array, yes: Any, no: Any) -> Any:
    """Return a choice of which a part may be infinite, None where neither is."""
    parts = (yes, no, condition), (no, yes, e.inverted(condition))
    for x, y, says in parts:
        if isinstance(x, LeftOut) and not isinstance(y, (LeftOut, Infinite)):
            if _is_same(x.kept, says):
                return e.where(says, x.inside, y)
            return left_out(e.where(says, x.inside, y), _unless(says, x.kept), x.infinity)
    if isinstance(yes, LeftOut) or isinstance(no, LeftOut):
        raise ReadError("an infinity in both of two cases is not read")
    return None


def _unless(says: Array, kept: Array) -> Array:
    """Return the statement that something is kept wherever a condition says that it is asked for."""
    return e.of_truths(lambda a, b: e.some(contrary(a), b))(says, kept)


def _is_same(a: Array, b: Array) -> bool:
    if a.axes != b.axes:
        return False
    probe = probe_of(a)
    return bool(a.at(probe) == b.at(probe))


def _everywhere(x: Array) -> Array:
    """Return the statement that is true at each place."""
    return Array(x.axes, lambda at: S.true, "truth")


def carried(f: Any) -> Any:
    """Return an operation of entries as one of arrays with infinities: without a number where an operand has none.

    A sum with a number keeps the sign of the infinity; what else comes out there is said to be nan.
    """

    def operation(lengths: Any, eqn: Any, *xs: Any) -> Any:
        infinite = [x for x in xs if isinstance(x, LeftOut)]
        if not infinite:
            return f(lengths, eqn, *xs)
        if any(isinstance(x, Infinite) for x in xs):
            raise ReadError("an infinity meets another, which is not read")
        inside = f(lengths, eqn, *(x.inside if isinstance(x, LeftOut) else x for x in xs))
        says = reduce(e.of_truths(_both), [x.kept for x in infinite], _everywhere(inside))
        stays = eqn.primitive.name in ("add", "convert_element_type") or (
            eqn.primitive.name == "sub" and xs[0] is infinite[0]
        )
        return left_out(inside, says, infinite[0].infinity if stays and len(infinite) == 1 else nan)

    return operation


def moved(f: Any) -> Any:
    """Return an operation that moves entries as one of arrays with infinities."""

    def operation(lengths: Any, eqn: Any, *xs: Any) -> Any:
        infinite = [x for x in xs if isinstance(x, LeftOut)]
        if not infinite:
            return f(lengths, eqn, *xs)
        inside = f(lengths, eqn, *(x.inside if isinstance(x, LeftOut) else x for x in xs))
        says = f(lengths, eqn, *(x.kept if isinstance(x, LeftOut) else _truths(x) for x in xs))
        signs = {x.infinity for x in infinite}
        return left_out(inside, says, signs.pop() if len(signs) == 1 else nan)

    return operation


def _both(a: Basic, b: Basic) -> Basic:
    """Return a conjunction; that there is one is left out beside one of which it is said."""
    if a == b or _is_shown_by(a, b):
        return b
    return a if _is_shown_by(b, a) else e.every(a, b)


def _is_shown_by(exists: Basic, one: Basic) -> bool:
    """Tell whether a statement is that another one holds for some index."""
    if not (isinstance(exists, Not) and isinstance(exists.args[0], ForAll)):
        return False
    body, name, lo, _ = exists.args[0].args
    places = [added((1, s), (1, start)) for s in free(one) for start in (S.Zero, lo)]
    return any(substitute(contrary(body), {name: place}) == one for place in places)


def _truths(x: Any) -> Any:
    """Return where an operand has numbers, which is everywhere."""
    return _everywhere(x) if isinstance(x, Array) else x


def multiplied(a: Any, b: Any) -> Any:
    """Return an infinity times a number that is the same everywhere, None where neither is infinite."""
    for x, y in ((a, b), (b, a)):
        if isinstance(x, Infinite):
            by = None if isinstance(y, (Infinite, LeftOut)) else same_everywhere(e.array_of(y))
            if by is None or not by.is_Rational or by == 0:
                raise ReadError("an infinity is multiplied by what may be 0")
            return Infinite(x.value if by > 0 else -x.value)
    return None


def same_everywhere(x: Array) -> Basic | None:
    """Return the number that all entries are, None where they may differ."""
    entry = x.at(probe_of(x))
    return entry if entry.is_Rational else None
