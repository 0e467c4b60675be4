"""The simplex method: what it finds meets the system, and it finds nothing only where z3 says that nothing does."""

from __future__ import annotations

from fractions import Fraction

import z3
from hypothesis import given
from hypothesis import strategies as st

from deltasift.conditions.farkas import feasible

NUMBERS = st.sampled_from([Fraction(n, d) for n in (-3, -1, 0, 0, 0, 1, 2) for d in (1, 2, 3)])


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[list[Fraction]], list[Fraction]]:
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    table = [[draw(NUMBERS) for _ in range(width)] for _ in range(height)]
    return table, [abs(draw(NUMBERS)) for _ in range(height)]


def rational(x: Fraction) -> z3.RatNumRef:
    return z3.Q(x.numerator, x.denominator)


def has_solution(table: list[list[Fraction]], right: list[Fraction]) -> bool:
    solver, names = z3.Solver(), [z3.Real(f"x{j}") for j in range(len(table[0]))]
    solver.add(*(x >= 0 for x in names))
    for row, r in zip(table, right, strict=True):
        sides = z3.Sum([rational(a) * x for a, x in zip(row, names, strict=True)]) == rational(r)
        solver.add(sides)
    return bool(solver.check() == z3.sat)


@given(systems())
def test_a_solution_is_found_where_there_is_one(system: tuple[list[list[Fraction]], list[Fraction]]) -> None:
    table, right = system
    found = feasible(table, right)
    if found is None:
        assert not has_solution(table, right)
    else:
        assert min(found) >= 0
        assert [sum(a * x for a, x in zip(row, found, strict=True)) for row in table] == right
