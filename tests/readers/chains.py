"""Every head in every place of every other head: what printers get wrong depends on what stands in what.

All that stands beside bears the name that the binders bind, so that a scope that reaches too far, or not far enough, is
seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sympy import Integer, Rational, Symbol, oo, pi, true
from sympy.core.basic import Basic

from deltasift import inert
from deltasift.inert import Add, Entry, Mul, Neg

a, k, x = Symbol("a"), Symbol("k"), Symbol("x")
q, f, p = Symbol("q"), Symbol("f"), Symbol("p")
FUNCTIONS = frozenset("fg")  # names that are called
PMFS = frozenset("q")
RANGE = (k, 1, a)


class Step(NamedTuple):
    """One head around an expression: whether it takes and makes a statement."""

    build: Callable[[Any], Any]
    takes_statement: bool = False
    makes_statement: bool = False


NUMBERS: dict[str, Step] = {
    name: Step(build)
    for name, build in {
        "add first": lambda e: Add(e, k),
        "add last": lambda e: Add(k, e),
        "difference": lambda e: Add(k, Neg(e)),
        "mul first": lambda e: Mul(e, k),
        "mul last": lambda e: Mul(k, e),
        "mul middle": lambda e: Mul(2, e, k),
        "neg": lambda e: Neg(e),
        "above": lambda e: inert.Div(e, k),
        "below": lambda e: inert.Div(k, e),
        "base": lambda e: inert.Pow(e, 2),
        "exponent": lambda e: inert.Pow(k, e),
        "root": lambda e: inert.sqrt(e),
        "log": lambda e: inert.Log(e),
        "exp": lambda e: inert.Exp(e),
        "cos": lambda e: inert.Func("cos", e),
        "Abs": lambda e: inert.Func("Abs", e),
        "floor": lambda e: inert.Func("floor", e),
        "Max": lambda e: inert.Func("Max", e, k),
        "sum": lambda e: inert.Sum(e, RANGE),
        "product": lambda e: inert.Product(e, RANGE),
        "largest": lambda e: inert.Maximum(e, RANGE),
        "integral": lambda e: inert.Integral(e, RANGE),
        "lower end": lambda e: inert.Sum(k, (k, e, a)),
        "upper end": lambda e: inert.Integral(k, (k, a, e)),
        "derivative": lambda e: inert.Derivative(e, k),
        "second derivative": lambda e: inert.Derivative(e, Entry(q, k), 2),
        "value at": lambda e: inert.At(e, k, a),
        "point": lambda e: inert.At(k, k, e),
        "delta left": lambda e: inert.Delta(e, k),
        "delta right": lambda e: inert.Delta(k, e),
        "dirac": lambda e: inert.Dirac(e),
        "dirac'": lambda e: inert.Dirac(e, 1),
        "entry": lambda e: Entry(q, e),
        "two indices": lambda e: Entry(x, k, e),
        "apply": lambda e: inert.Apply(f, e),
        "two arguments": lambda e: inert.Apply(f, e, k),
        "case": lambda e: inert.Piecewise((e, inert.Less(k, 1)), (k, true)),
        "last case": lambda e: inert.Piecewise((k, inert.Less(k, 1)), (e, true)),
        "expectation": lambda e: inert.Expectation(e, k, e, p),
        "quantity": lambda e: inert.Named("H", k, e, p),
        "divergence": lambda e: inert.Named("KL", k, p, e),
    }.items()
}
BRACKETS: dict[str, Step] = {
    "iverson": Step(lambda s: inert.Iverson(s), takes_statement=True),
    "condition": Step(lambda s: inert.Piecewise((k, s), (a, true)), takes_statement=True),
}
RELATIONS: dict[str, Step] = {
    name: Step(build, makes_statement=True)
    for name, build in {
        "equality": lambda e: inert.Equality(e, k),
        "less": lambda e: inert.Less(k, e),
        "at most": lambda e: inert.LessEqual(e, k),
        "between": lambda e: inert.And(inert.LessEqual(a, e), inert.Less(e, k)),
        "unequal": lambda e: inert.Unequal(e, k),
        "divides": lambda e: inert.Divides(2, e),
        "integer": lambda e: inert.IsInteger(e),
    }.items()
}
STATEMENTS: dict[str, Step] = {
    name: Step(build, takes_statement=True, makes_statement=True)
    for name, build in {
        "and": lambda s: inert.And(s, inert.Less(k, a)),
        "and last": lambda s: inert.And(inert.Less(k, a), s),
        "or": lambda s: inert.Or(inert.Less(k, a), s),
        "not": lambda s: inert.Not(s),
        "for all": lambda s: inert.ForAll(s, RANGE),
        "for every": lambda s: inert.ForAll(s, (k, 1, oo)),
    }.items()
}
STEPS = {**NUMBERS, **BRACKETS, **RELATIONS, **STATEMENTS}
LEAVES = [k, Integer(2), Integer(-3), Rational(1, 2), Rational(-2, 3), oo, -oo, pi, Mul(a, k), Entry(q, 1, 2)]


def fitting(e: Basic, without: frozenset[str] = frozenset()) -> list[str]:
    """Return the heads that an expression can stand in."""
    is_statement = isinstance(e, inert.Proposition)
    return [name for name, step in STEPS.items() if step.takes_statement == is_statement and name not in without]


def chains(depth: int, leaf: Basic = k, without: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Yield every chain of heads of a depth over a leaf, with its name."""
    if depth == 0:
        yield str(leaf), leaf
        return
    for below, e in chains(depth - 1, leaf, without):
        for name in fitting(e, without):
            yield f"{name} of {below}", STEPS[name].build(e)
