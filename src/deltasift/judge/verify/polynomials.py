"""A term as a polynomial in one of its names."""

from __future__ import annotations

from fractions import Fraction

from deltasift.judge.tree import Term
from deltasift.judge.verify.parts import occurs_in, over
from deltasift.judge.verify.rational import UNIT, Monomial, atoms, rational, written

HIGHEST = 60


def coefficients(g: Term, x: Term, *, over_all: bool = True) -> list[Term] | None:
    """Return the coefficients of a polynomial in a name, that of the highest power last; None where it is none.

    Without `over_all` those of the numerator alone, which is 0 where the whole is.
    """
    n, d = rational(g)
    degrees: dict[int, dict[Monomial, Fraction]] = {}
    for m, c in n.items():
        power = dict(m).get(x, Fraction(0))
        rest = tuple(p for p in m if p[0] is not x)
        if power.denominator != 1 or power > HIGHEST or any(occurs_in(x, a) for a, _ in rest):
            return None
        degrees.setdefault(int(power), {})[rest] = c
    if any(occurs_in(x, a) and (over_all or a is not x) for a in atoms(d)) or not degrees:
        return None
    found = [written(degrees.get(k, {})) for k in range(max(degrees) + 1)]
    return [over(c, written(d)) for c in found] if over_all and d != UNIT else found
