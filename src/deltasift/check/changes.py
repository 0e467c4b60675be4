"""Where an integrand changes its form: at the zeros of what its brackets, magnitudes, roots and logarithms are of, and
where its densities have corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sympy import Integer, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.inside import degree
from deltasift.check.machine import Compiler, Run
from deltasift.inert import free

OF_ONE = ("Abs", "sign", "Heaviside")
OF_TWO = ("Max", "Min")


class Change(NamedTuple):
    """A polynomial, at whose zeros an integrand may change its form.

    With `function` that is at the corners of what is drawn for this function of the polynomial.
    """

    place: Run
    degree: int
    function: Basic | None = None


Changes = Sequence[Change]


def changes(programs: Compiler, e: Basic, x: Symbol) -> Changes:
    """Return the polynomials in x at whose zeros an integrand may change its form."""
    found = dict.fromkeys((a, f) for a, f in _arguments(e, frozenset()) if x in free(a))
    every = ((a, degree(a, x), f) for a, f in found)
    return tuple(Change(programs.number(a), d, f) for a, d, f in every if d is not None)


def _arguments(e: Basic, bound: frozenset[Basic]) -> Iterator[tuple[Basic, Basic | None]]:
    """Yield what the parts of an expression depend on that change their form at 0, if no name in it is bound inside."""
    if not isinstance(e, ex.Node):
        return
    yield from ((a, None) for a in _of_node(e) if not free(a) & bound)
    if isinstance(e, ex.Apply) and len(e.arguments) == 1 and not free(e) & bound:
        yield e.arguments[0], e.function
    inside = bound | {e.args[1]} if e.binds else bound
    for a in e.args:
        yield from _arguments(a, inside)


def _of_node(e: ex.Node) -> Iterator[Basic]:
    if isinstance(e, (ex.Less, ex.LessEqual, ex.Equality, ex.Unequal)):
        yield ex.Add.make((e.args[0], ex.Neg.make((e.args[1],))))
    elif isinstance(e, ex.Log) or (isinstance(e, ex.Pow) and not (isinstance(e.args[1], Integer) and e.args[1] >= 0)):
        yield e.args[0]
    elif isinstance(e, ex.Func):
        name, *arguments = e.args
        if str(name) in OF_ONE:
            yield arguments[0]
        elif str(name) in OF_TWO and len(arguments) == 2:
            yield ex.Add.make((arguments[0], ex.Neg.make((arguments[1],))))
