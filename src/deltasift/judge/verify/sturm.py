"""How many zeros a polynomial with rational coefficients has in an interval, by Sturm's sequence."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from deltasift.judge.verify.rational import TooLongError

Coefficients = Sequence[Fraction]  # that of the highest power last
HIGHEST = 60


def zeros_between(p: Coefficients, lo: Fraction | None, hi: Fraction | None) -> int:
    """Return the number of distinct zeros with `lo <= x <= hi`; None is an infinite end."""
    p = _trimmed(p)
    if not p or len(p) > HIGHEST:
        raise TooLongError("a polynomial that is 0, or of a high degree")
    sequence = [p, _slope(p)]
    while sequence[-1]:
        sequence.append([-c for c in _remainder(sequence[-2], sequence[-1])])
    sequence.pop()
    at_lo = lo is not None and _at(p, lo) == 0
    return _changes(sequence, lo, -1) - _changes(sequence, hi, 1) + at_lo


def _trimmed(p: Coefficients) -> list[Fraction]:
    q = list(p)
    while q and q[-1] == 0:
        q.pop()
    return q


def _slope(p: Coefficients) -> list[Fraction]:
    return _trimmed([n * c for n, c in enumerate(p)][1:])


def _remainder(a: Coefficients, b: Coefficients) -> list[Fraction]:
    rest = list(a)
    while len(rest) >= len(b):
        by = rest[-1] / b[-1]
        for n, c in enumerate(b):
            rest[len(rest) - len(b) + n] -= by * c
        rest.pop()
    return _trimmed(rest)


def _at(p: Coefficients, x: Fraction) -> Fraction:
    value = Fraction(0)
    for c in reversed(p):
        value = value * x + c
    return value


def _changes(sequence: Sequence[Coefficients], at: Fraction | None, side: int) -> int:
    """Return how often the sign changes along the sequence at a point, or far out on a side."""
    values = [_at(p, at) if at is not None else p[-1] * side ** (len(p) - 1) for p in sequence]
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in pairwise(signs))
