"""Where an integrand jumps, which a quadrature has to be told: it takes its integrand to be smooth between its ends."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.errors import EmitError
from deltasift.inert import Integral, Iverson, Less, LessEqual, Node, Piecewise, free
from deltasift.line.linear import difference, linear, root

Names = frozenset[Basic]


def jumps(body: Basic, x: Basic) -> list[Basic]:
    """Return where the brackets and the cases of an integrand may change as x goes on.

    Raises
    ------
    EmitError
        If that is not visible.
    """
    found: dict[Basic, None] = {}
    for e, bound in _comparisons(body, x):
        line = linear(difference(*e.args), x)
        if line is None or not isinstance(line[0], Number) or line[0] == 0 or not free(line[1]).isdisjoint(bound):
            raise EmitError(f"an integral over {x} of a bracket with {e} in it has no executable form")
        found.setdefault(root(*line))
    return list(found)


def _comparisons(body: Basic, x: Basic) -> Iterator[tuple[Node, Names]]:
    """Yield the inequalities of x in brackets and cases, and the names that are bound there.

    An equation holds at single points alone, and an integral of a bracket over another name does not jump.
    """
    stack: list[tuple[Basic, Names, bool]] = [(body, frozenset(), False)]
    while stack:
        e, bound, compared = stack.pop()
        if not isinstance(e, Node) or isinstance(e, Integral) or x not in free(e):
            continue
        if compared and isinstance(e, (Less, LessEqual)):
            yield e, bound
            continue
        inside = bound | {e.args[1]} if e.binds else bound
        stack.extend((a, inside, compared or isinstance(e, (Iverson, Piecewise))) for a in e.args)
