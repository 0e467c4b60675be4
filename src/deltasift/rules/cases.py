"""Functions of case distinctions, and brackets of labels in {0, 1}.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1. Murphy (2022), Probabilistic Machine Learning,
section 2.4.
"""

from __future__ import annotations

from sympy import S

from deltasift.inert import Delta, Equality, Iverson, Less, LessEqual, Log, Piecewise, Relation, Unequal
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


@rule(ref="graham1994, section 2.1")
def bracket_ne(i: Int, j: Int) -> Relation:
    """What is not equal is all but what is equal."""
    return Equality(Iverson(Unequal(i, j)), 1 - Delta(i, j))


@rule(ref="murphy2022, section 2.4")
def bracket_ne_zero(y: Int) -> Relation:
    """A label in {0, 1} is the indicator of what is not 0."""
    return Equality(Iverson(Unequal(y, 0)), y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})


@rule(ref="murphy2022, section 2.4")
def bracket_ne_one(y: Int) -> Relation:
    """One minus a label in {0, 1} is the indicator of what is not 1."""
    return Equality(Iverson(Unequal(y, 1)), 1 - y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})


@rule(ref="murphy2022, section 2.4")
def bracket_above(y: Int, c: Real) -> list[Relation]:
    """A label in {0, 1} is the indicator of what lies above a threshold between 0 and 1."""
    return [
        Equality(
            Iverson(Less(c, y)),
            y,
            when={
                LessEqual(0, y): {"y": -1, "c": 0},
                LessEqual(y, 1): {"y": 2, "c": 0},
                LessEqual(0, c): {"y": 0, "c": -1},
                Less(c, 1): {"y": 1, "c": 1},
            },
        ),
        Equality(
            Iverson(LessEqual(c, y)),
            y,
            when={
                LessEqual(0, y): {"y": -1, "c": 1},
                LessEqual(y, 1): {"y": 2, "c": 1},
                Less(0, c): {"y": 0, "c": 0},
                LessEqual(c, 1): {"y": 1, "c": 2},
            },
        ),
    ]


@rule(ref="murphy2022, section 2.4")
def bracket_below(y: Int, c: Real) -> list[Relation]:
    """One minus a label in {0, 1} is the indicator of what lies below a threshold between 0 and 1."""
    return [
        Equality(
            Iverson(Less(y, c)),
            1 - y,
            when={
                LessEqual(0, y): {"y": -1, "c": 1},
                LessEqual(y, 1): {"y": 2, "c": 1},
                Less(0, c): {"y": 0, "c": 0},
                LessEqual(c, 1): {"y": 1, "c": 2},
            },
        ),
        Equality(
            Iverson(LessEqual(y, c)),
            1 - y,
            when={
                LessEqual(0, y): {"y": -1, "c": 0},
                LessEqual(y, 1): {"y": 2, "c": 0},
                LessEqual(0, c): {"y": 0, "c": -1},
                Less(c, 1): {"y": 1, "c": 1},
            },
        ),
    ]


@rule(ref="graham1994, section 2.1")
def cases_delta(a: Real, b: Real, i: Int, j: Int) -> list[Relation]:
    """One of two by cases is the second, and at the delta the difference from the first."""
    return [
        Equality(Piecewise((a, Equality(i, j)), (b, S.true)), b + (a - b) * Delta(i, j)),
        Equality(Piecewise((a, Unequal(i, j)), (b, S.true)), a + (b - a) * Delta(i, j)),
    ]
