"""Multipliers of orders that contradict each other: a short chain where there is one, else the simplex method.

By Farkas' lemma orders that no point meets add up, each times a number, to `0 <= c` with c negative.

References
----------
Schrijver (1986), Theory of Linear and Integer Programming, section 7.3.
Bland (1977), New finite pivoting rules for the simplex method.
Edmonds (1967), Systems of distinct representatives and linear algebra.
Bareiss (1968), Sylvester's identity and multistep integer-preserving Gaussian elimination.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from deltasift.judge.linear import CONSTANT, LinearFact, Monomial, Rational

LONGEST = 6  # orders in a chain
TRIED = 400  # sums that are looked at
MOST = 80  # orders that are handed to the simplex method
NOTHING = Fraction(0)
Row = dict[Monomial, Rational]


def multipliers(bounds: Sequence[LinearFact], last: int, *, thorough: bool = True) -> list[Fraction] | None:
    """Return numbers by which orders are multiplied to add up to a contradiction, None where none are found.

    Parameters
    ----------
    bounds : sequence of LinearFact
    last : int
        How many of them, at the end, are from the contrary of what is to be shown.
    thorough : bool
        Whether to go on where no short chain is found.
    """
    rows = [dict(b.value) for b in bounds]
    starts = range(len(bounds) - last, len(bounds)) if last else range(len(bounds))
    search = _Chain(bounds, rows)
    for n in starts:
        found = search.from_order(n)
        if found is not None:
            return [Fraction(found.get(i, NOTHING)) for i in range(len(bounds))]
    return _simplex(bounds, rows) if thorough and len(bounds) <= MOST else None


class _Chain:
    """Cancels one atom after the other."""

    def __init__(self, bounds: Sequence[LinearFact], rows: Sequence[Row]) -> None:
        self.bounds = bounds
        self.rows = rows
        self.holding: dict[Monomial, list[int]] = {}
        for n, row in enumerate(rows):
            for m in row:
                self.holding.setdefault(m, []).append(n)
        self.tried = 0

    def from_order(self, n: int) -> dict[int, Rational] | None:
        self.tried = 0
        b = self.bounds[n]
        sides = [(n, 1), (n, -1)] if b.equal else [(n, 1)]
        for at, by in sides:
            total: Row = {m: by * c for m, c in self.rows[at].items()}
            found = self._go_on(total, b.strict and not b.equal, {at: by})
            if found is not None:
                return found
        return None

    def _go_on(self, total: Row, strict: bool, used: dict[int, Rational]) -> dict[int, Rational] | None:
        self.tried += 1
        open_ones = [m for m in total if m != CONSTANT]
        if not open_ones:
            constant = total.get(CONSTANT, NOTHING)
            return used if constant < 0 or (constant == 0 and strict) else None
        if len(used) >= LONGEST or self.tried > TRIED:
            return None
        m = min(open_ones, key=lambda x: len(self.holding.get(x, ())))
        for n in self.holding.get(m, ()):
            by = _cancelling(total[m], self.rows[n][m])
            b = self.bounds[n]
            if n in used or (by < 0 and not b.equal):
                continue
            new = dict(total)
            for x, c in self.rows[n].items():
                value = new.get(x, 0) + by * c
                if value:
                    new[x] = value
                else:
                    new.pop(x, None)
            found = self._go_on(new, strict or (b.strict and not b.equal), {**used, n: by})
            if found is not None:
                return found
        return None


def _cancelling(c: Rational, d: Rational) -> Rational:
    """Return how many times d is taken away from c; whole numbers, which most are, stay whole."""
    return -c * d if d in (1, -1) else -Fraction(c) / d


def _simplex(bounds: Sequence[LinearFact], rows: Sequence[Row]) -> list[Fraction] | None:
    """Ask for a negative sum, then for a strict one that is 0."""
    columns = [(n, sign) for n, b in enumerate(bounds) for sign in ((1, -1) if b.equal else (1,))]
    atoms = list(dict.fromkeys(m for row in rows for m in row if m != CONSTANT))
    table = [[sign * rows[n].get(m, 0) for n, sign in columns] for m in atoms]
    constants = [sign * rows[n].get(CONSTANT, 0) for n, sign in columns]
    strict = [int(bounds[n].strict and not bounds[n].equal) for n, _ in columns]
    zeros = [0] * len(atoms)
    found = feasible([*table, [-c for c in constants]], [*zeros, 1])
    if found is None and any(strict):
        found = feasible([*table, constants, strict], [*zeros, 0, 1])
    if found is None:
        return None
    total = [NOTHING] * len(bounds)
    for (n, sign), value in zip(columns, found, strict=True):
        total[n] += sign * value
    return total


def feasible(table: Sequence[Sequence[Rational]], right: Sequence[Rational]) -> list[Fraction] | None:
    """Return numbers that are not negative and meet `table * x = right` (which is not negative), None where none do.

    The first phase of the simplex method: an artificial number for each row, their sum made as small as it gets. The
    columns of these are not kept, since none comes back. All numbers are whole, over one that is common to them: the
    last pivot, by which what a pivot makes of them can be divided (Edmonds 1967; Bareiss 1968).
    """
    width = len(table[0]) if table else 0
    scale = lcm(*(x.denominator for row in (*table, right) for x in row))
    rows = [[x.numerator * (scale // x.denominator) for x in (*row, r)] for row, r in zip(table, right, strict=True)]
    cost = [sum(column) for column in zip(*rows, strict=True)]
    basis = [width + i for i in range(len(rows))]
    common = 1
    while any(cost[-1:]):
        entering = next((j for j in range(width) if cost[j] > 0), None)
        if entering is None:
            return None
        ratios = [(Fraction(r[-1], r[entering]), basis[i], i) for i, r in enumerate(rows) if r[entering] > 0]
        if not ratios:
            return None
        _, _, leaving = min(ratios)
        chosen = rows[leaving]
        pivot = chosen[entering]
        for row in (*(r for r in rows if r is not chosen), cost):
            by = row[entering]
            row[:] = [(pivot * x - by * y) // common for x, y in zip(row, chosen, strict=True)]
        basis[leaving], common = entering, pivot
    found = [NOTHING] * width
    for row, j in zip(rows, basis, strict=True):
        if j < width:
            found[j] = Fraction(row[-1], common)
    return found
