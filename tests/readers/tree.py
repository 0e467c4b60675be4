"""An expression as a tree of tuples; of the reader's choice of notation it takes what changes the meaning of signs."""

from __future__ import annotations

from typing import Any

from sympy import S, Symbol
from sympy.core.numbers import Rational

from deltasift import inert
from readers.values import Tree

HEADS = {
    inert.Add: "add",
    inert.Mul: "mul",
    inert.Neg: "neg",
    inert.Div: "div",
    inert.Pow: "pow",
    inert.Log: "log",
    inert.Exp: "exp",
    inert.Delta: "delta",
    inert.Derivative: "derivative",
    inert.Equality: "=",
    inert.LessEqual: "<=",
    inert.Less: "<",
    inert.Unequal: "!=",
    inert.Definition: ":=",
    inert.And: "and",
    inert.Or: "or",
    inert.Not: "not",
    inert.Divides: "divides",
    inert.IsInteger: "integer",
    inert.SameOrder: "minimisers",
    inert.OppositeOrder: "maximisers",
    inert.Minimiser: "least",
    inert.OnlyMinimiser: "least only",
    inert.Maximiser: "greatest",
    inert.OnlyMaximiser: "greatest only",
    inert.Infinite: "infinite",
    inert.Integrable: "exists",
    inert.Summable: "exists",
}
OPEN = Symbol("·")  # the index of a row that is left open
BINDERS = {
    inert.Sum: "sum",
    inert.Product: "product",
    inert.Maximum: "maximum",
    inert.Minimum: "minimum",
    inert.Integral: "integral",
    inert.At: "at",
    inert.ForAll: "forall",
    inert.Continuous: "continuous",
}


def tree_of(e: Any, delta: str = "kronecker", pmf: str = "subscript", pmfs: frozenset[str] = frozenset()) -> Tree:
    """Return an expression as a tree."""

    def tree(e: Any) -> Tree:
        return tree_of(e, delta, pmf, pmfs)

    head = type(e)
    if isinstance(e, Symbol):
        return ("name", e.name)
    if isinstance(e, Rational):
        return ("num", e.p) if e.q == 1 else ("div", ("num", e.p), ("num", e.q))
    if head is inert.At and e.args[1] == e.args[2]:
        return tree(e.args[0])
    if head in BINDERS:
        body, name, *outside = e.args
        return (BINDERS[head], name.name, tree(body), *map(tree, outside))
    if (
        head is inert.Delta
        and delta == "onehot"
        and isinstance(e.args[1], inert.Entry)
        and isinstance(e.args[0], Symbol)
    ):
        return ("entry", e.args[1].table.name, *map(tree, (*e.args[1].indices, e.args[0])))
    if head is inert.Iverson and isinstance(e.args[0], inert.Equality):
        return ("delta", *map(tree, e.args[0].args))
    if head in HEADS:
        return (HEADS[head], *map(tree, e.args))
    if head is inert.RowName:
        return tree(inert.Entry(e.table, *e.indices, OPEN))
    if head is inert.Entry and e.table.name in pmfs and pmf != "subscript":
        return (
            "call" if pmf == "call" else "theta",
            *([e.table.name] if pmf == "call" else [("name", e.table.name)]),
            *map(tree, e.indices),
        )
    if head in (inert.Entry, inert.Apply):
        return ("entry" if head is inert.Entry else "call", e.args[0].name, *map(tree, e.args[1:]))
    if head is inert.Func:
        return ("function", e.name, *map(tree, e.arguments))
    if head is inert.Dirac:
        return ("dirac", *map(tree, e.args))
    if head is inert.Iverson:
        return ("iverson", tree(e.args[0]))
    if head is inert.Piecewise:
        return ("cases", *(tree(x) for x in e.args))
    if head is inert.Named:
        return ("named", e.head, *map(tree, e.operands))
    if head is inert.Expectation:
        return ("expectation", e.var.name, tree(e.args[0]), tree(e.distribution))
    if e is S.NegativeInfinity:
        return ("neg", ("name", "oo"))
    return ("name", str(e))  # oo, pi, true
