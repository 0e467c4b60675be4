"""Functions of case distinctions, and brackets of labels in {0, 1}.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1. Murphy (2022), Probabilistic Machine Learning,
section 2.4.
"""

from __future__ import annotations

from sympy import S

from deltasift.inert import Equality, Iverson, Less, LessEqual, Log, Piecewise, Relation, Unequal
from deltasift.rule import Int, Real, rule


@rule(ref="graham1994, section 2.1")
def log_cases(a: Real, b: Real, i: Real, j: Real) -> list[Relation]:
    """The logarithm of the one of two that is chosen is that of each in its case."""
    return [
        Equality(
            Log(Piecewise((a, relation(i, j)), (b, S.true))), Piecewise((Log(a), relation(i, j)), (Log(b), S.true))
        )
        for relation in (Equality, Unequal, Less, LessEqual)
    ]


@rule(ref="murphy2022, section 2.4")
def bracket_ne_zero(y: Int) -> Relation:
    """A label in {0, 1} is the indicator of what is not 0."""
    return Equality(Iverson(Unequal(y, 0)), y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})


@rule(ref="murphy2022, section 2.4")
def bracket_ne_one(y: Int) -> Relation:
    """One minus a label in {0, 1} is the indicator of what is not 1."""
    return Equality(Iverson(Unequal(y, 1)), 1 - y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})
