"""Crossing from SymPy, crossing back and printing, against SymPy in one run.

Run as `python -m benchmarks.printing`. Each row gives the CPU time of SymPy and of deltasift and their ratio; SymPy's
cache is cleared before each run. The line is a sum over T terms, each a delta times an entry of a table. SymPy prints
with its terms sorted, as it does by default, and left in their order; the way back to SymPy is compared with a plain
rebuilding of the same object by its constructors.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import sympy

from benchmarks.collapse import many, seconds
from deltasift import calc
from deltasift.inert.bridge import from_sympy, to_sympy
from deltasift.inert.printing import latex
from deltasift.render import board

SIZES = (100, 1_000, 3_000)
LARGEST = 10_000  # terms that deltasift alone prints
RUNS = 3


def rebuilt(expr: Any) -> Any:
    """Return an ordinary expression built anew by SymPy's constructors."""
    return expr.func(*map(rebuilt, expr.args)) if expr.args else expr


def row(what: str, ours: Callable[[], Any], theirs: Callable[[], Any] | None = None) -> None:
    """Print the two times and their ratio."""
    mine = seconds(ours, RUNS)
    line = f"  {what:34} {mine * 1000:9.2f} ms"
    if theirs is not None:
        other = seconds(theirs, 1)
        line += f" {other * 1000:10.1f} ms {other / mine:8.1f}"
    print(line, flush=True)


def rows(terms: int, against: bool) -> None:
    """Print the rows of one size."""
    ordinary = many(terms)
    node = from_sympy(ordinary)
    objects = sum(1 for _ in sympy.preorder_traversal(ordinary))
    print(f"{terms} terms, {objects} objects of SymPy")
    row("crossing to inert", partial(from_sympy, ordinary))
    if against:
        row("crossing back", partial(to_sympy, node), partial(rebuilt, ordinary))
        row("latex, SymPy's terms sorted", partial(latex, node), partial(sympy.latex, ordinary))
        row("latex, SymPy's terms as they are", partial(latex, node), partial(sympy.latex, ordinary, order="none"))
        row("str", partial(str, node), partial(str, ordinary))
    else:
        row("latex", partial(latex, node))
        row("str", partial(str, node))
    row("as text", partial(board, node))
    # the first line alone, so that there is nothing to check but that it has a value
    row("Derivation.latex()", lambda: calc(node).latex(), partial(sympy.latex, ordinary) if against else None)


def main(arguments: list[str]) -> None:
    """Print the table; sizes may be given."""
    print(f"  {'':34} {'deltasift':>12} {'SymPy':>13} {'ratio':>8}")
    for terms in map(int, arguments) if arguments else SIZES:
        rows(terms, True)
    if not arguments:
        rows(LARGEST, False)


if __name__ == "__main__":
    main(sys.argv[1:])
