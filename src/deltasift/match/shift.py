"""Sums and products whose index is shifted, numbers in the ends and indices added up."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

import deltasift.inert as ex
from deltasift.inert import free, substitute
from deltasift.inert.algebra import minus
from deltasift.inert.substitution import rewritten
from deltasift.line.linear import collect, difference

SHIFTED: dict[str, type[ex.Node]] = {"sum_shift": ex.Sum, "prod_shift": ex.Product}


def shift_between(a: Basic, b: Basic, head: type[ex.Node]) -> Basic | None:
    """Return by how much the range of a sum is further on in `b` than in `a`, None where it is no shift."""
    if type(a) is not head or type(b) is not head:
        return None
    by = difference(b.args[2], a.args[2])
    return by if by != 0 and by == difference(b.args[3], a.args[3]) else None


def shifted(e: ex.Node, by: Basic) -> ex.Node:
    """Return `sum_i f(i)` from lo to hi as `sum_i f(i - by)` from lo + by to hi + by."""
    body, name, lo, hi = e.args
    ends = (collect([(1, lo), (1, by)]), collect([(1, hi), (1, by)]))
    return e.rebuild((_at(body, name, minus(name, by)), name, *ends))


def _at(body: Basic, name: Symbol, value: Basic) -> Basic:
    """Return the body at another index, in which the sums of names and numbers that it comes into are collected."""

    there = collect([(1, value)])

    def collected(e: ex.Node) -> Basic:
        if isinstance(e, ex.Func) and e.name == "shifted":
            return there
        if not isinstance(e, ex.Add) or name not in free(e) or not _is_linear(e):
            return e
        signed = [(-1, a.args[0]) if isinstance(a, ex.Neg) and a.args[0] == there else (1, a) for a in e.args]
        return collect(signed)

    # a node for the new index, so that no binder captures a name in it
    return rewritten(substitute(body, {name: ex.Func("shifted", value)}), collected)


def _is_linear(e: Basic) -> bool:
    """Tell whether an expression is made of names and integers, so that it has a value whatever they are."""
    if isinstance(e, (ex.Add, ex.Mul, ex.Neg)):
        return all(_is_linear(a) for a in e.args)
    return isinstance(e, (Symbol, Integer))
