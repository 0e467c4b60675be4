"""The picture of a line about point masses: spikes under a curve, and what they sift out of it.

An integral over a line meets a sum of Dirac deltas, one for each example: each of them is a spike at its point. Where
the integral is gone, what is left is the curve's value at each point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.inert import Dirac, Integral, Mul, Sum, free, mentions, preorder, substitute
from deltasift.line.linear import linear, root
from deltasift.line.same import same
from deltasift.line.scope import Scope


@dataclass(frozen=True)
class Masses:
    """What the picture shows.

    Attributes
    ----------
    kind : str
        "spikes" while the integral is there, "points" where the deltas have sifted.
    variable : Basic
        What is integrated over.
    index : Basic
        Which of the masses.
    ends : tuple of (Basic, Basic)
        The range of the index.
    point : Basic
        Where a mass is.
    curve : Basic
        What it is multiplied by, of the variable.
    """

    kind: str
    variable: Basic
    index: Basic
    ends: tuple[Basic, Basic]
    point: Basic
    curve: Basic


def pictures(lines: Sequence[Basic], scope: Scope) -> list[Masses | None]:
    """Return the picture of each line of one proof, None where there is none."""
    whole = [scope.unfold_all(e) for e in lines]
    found = next((m for e in whole for m in _masses(e)), None)
    return [None if found is None else _of_line(e, found) for e in whole]


def _masses(line: Basic) -> Iterator[Masses]:
    """Yield what a sum of integrals over a delta and a curve is about."""
    for s in preorder(line):
        if not isinstance(s, Sum) or not isinstance(s.body, Integral):
            continue
        u, body = s.body.var, s.body.body
        deltas = [a for a in body.args if isinstance(a, Dirac)] if isinstance(body, Mul) else []
        if len(deltas) != 1 or not mentions(deltas[0], s.var):
            continue
        line_of = linear(deltas[0].args[0], u)
        others = tuple(a for a in body.args if a is not deltas[0])
        curve = others[0] if len(others) == 1 else Mul.make(others)
        if line_of is None or line_of[0] not in (1, -1) or mentions(curve, s.var):
            continue
        yield Masses("spikes", u, s.var, s.args[2:4], root(*line_of), curve)


def _of_line(line: Basic, m: Masses) -> Masses | None:
    parts = list(preorder(line))
    if any(isinstance(x, Integral) and any(isinstance(d, Dirac) for d in preorder(x)) for x in parts):
        return m
    value = substitute(m.curve, {m.variable: m.point})
    left = any(isinstance(x, Sum) and x.var == m.index and same(x.body, value) for x in parts)
    return Masses("points", m.variable, m.index, m.ends, m.point, m.curve) if left and free(value) else None
