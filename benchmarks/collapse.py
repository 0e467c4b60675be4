"""Collapse against SymPy, in one run: the flagship, sums of many deltas, chains, two deltas a level.

Run as `python -m benchmarks.collapse [--quick]`. Each row gives the CPU time of SymPy and of deltasift, crossing from
ordinary SymPy included, and their ratio; SymPy's cache is cleared before each run. Where SymPy needs minutes, its time
is taken from a smaller problem, which is said. The result as ordinary SymPy is made on demand: its time is a column of
its own. Where Cadabra2 is installed beside (`pip install cadabra2`), its time for a sum of many deltas is
a row of its own.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import sympy
from sympy import IndexedBase, KroneckerDelta, Le, Q, Sum, Symbol, log, preorder_traversal, refine
from sympy.core.cache import clear_cache

from deltasift import check
from deltasift.calc import Derivation
from deltasift.derive import collapse
from deltasift.render import latex

k, n = Symbol("k", integer=True), Symbol("n", integer=True)
K, N = Symbol("K", integer=True, positive=True), Symbol("N", integer=True, positive=True)
q, y, a = IndexedBase("q"), IndexedBase("y", integer=True), IndexedBase("a")
FLAGSHIP = Sum(KroneckerDelta(k, y[n]) * log(q[k]), (k, 1, K), (n, 1, N)) / N
FACTS = (Le(1, y[k]), Le(y[k], K))


def many(terms: int) -> Any:
    """Return one sum over several deltas."""
    return Sum(sympy.Add(*(KroneckerDelta(k, Symbol(f"m{i}", integer=True)) * a[k] for i in range(terms))), (k, 1, K))


def chain(depth: int, *, declared: bool = False) -> Any:
    """Return nested sums in which each delta hands its index on; with the ranges declared in the deltas for SymPy."""
    names = [Symbol(f"i{d}", integer=True) for d in range(depth + 1)]
    ranges = [(1, K)] if declared else []
    body: Any = a[names[-1]]
    for left, right in pairwise(names):
        body = body * KroneckerDelta(left, right, *ranges)
    return Sum(body, *((name, 1, K) for name in names[1:]))


def levels(depth: int) -> Any:
    """Return nested sums with two deltas at each level."""
    line: Any = a[Symbol("i0", integer=True)]
    for d in range(depth):
        i, left, right = (Symbol(f"{s}{d}", integer=True) for s in "ijk")
        line = Sum((KroneckerDelta(i, left) + KroneckerDelta(i, right)) * line, (i, 1, K))
    return line


def seconds(work: Callable[[], Any], runs: int = 3) -> float:
    """Return the least CPU time of several runs, SymPy's cache cleared before each."""
    best = float("inf")
    for _ in range(runs):
        clear_cache()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def checked_and_printed() -> None:
    """Collapse the flagship, check it by structure and conditions, and print each step as LaTeX."""
    latex(check(collapse(FLAGSHIP, facts=FACTS), layers=("structure",)))


def refined() -> Any:
    """Return what SymPy makes of the flagship with the range of the labels as assumptions."""
    return refine(FLAGSHIP.doit(), Q.ge(y[n], 1) & Q.le(y[n], K))


def size(expr: Any) -> int:
    """Return the number of nodes of an expression."""
    return sum(1 for _ in preorder_traversal(expr))


def row(name: str, theirs: float | None, ours: float, result: float | None = None, note: str = "") -> None:
    """Print one row."""
    first = f"{theirs * 1000:10.1f}" if theirs is not None else f"{'-':>10}"
    ratio = f"{theirs / ours:9.1f}" if theirs is not None else f"{'-':>9}"
    last = f"{result * 1000:9.1f}" if result is not None else f"{'':>9}"
    print(f"{name:34} {first} {ours * 1000:10.2f} {ratio} {last}  {note}")


def result_time(d: Derivation) -> float:
    """Return the time of making the result as ordinary SymPy."""
    start = time.process_time()
    _ = d.result
    return time.process_time() - start


def memory(work: Callable[[], Any]) -> int:
    """Return the bytes that a result holds."""
    tracemalloc.start()
    kept = work()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return held


def cadabra(terms: int) -> tuple[float, float] | None:
    """Return Cadabra2's times for contracting as many deltas, alone and with its reading of them.

    None where it is not installed. It knows neither ranges nor steps; the points are coordinates, since it refuses a
    sum whose terms have different free indices.
    """
    if find_spec("cadabra2") is None:
        return None
    cadabra2 = import_module("cadabra2")
    cadabra2.Indices(cadabra2.Ex("{k,j}"), cadabra2.Ex("position=free"))
    cadabra2.Coordinate(cadabra2.Ex("{m#}"))
    cadabra2.KroneckerDelta(cadabra2.Ex(r"\delta{#}"))
    text = " + ".join(rf"\delta_{{k m{i}}} a_{{k}}" for i in range(terms))
    read = seconds(lambda: cadabra2.Ex(text))
    both = seconds(lambda: cadabra2.eliminate_kronecker(cadabra2.Ex(text)))
    return both - read, both


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.collapse", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--quick", action="store_true", help="leave out what takes SymPy more than a few seconds")
    quick = parser.parse_args(arguments).quick
    ours = partial(collapse, facts=FACTS)
    print(f"{'milliseconds':34} {'SymPy':>10} {'deltasift':>10} {'ratio':>9} {'.result':>9}")
    ours(FLAGSHIP), checked_and_printed()  # what is loaded on first use
    doit = seconds(FLAGSHIP.doit, 5)
    row("flagship, doit", doit, seconds(partial(ours, FLAGSHIP), 9), result_time(ours(FLAGSHIP)))
    row("flagship, doit + refine", seconds(refined, 5), seconds(partial(ours, FLAGSHIP), 9))
    row("flagship, checked and printed", doit, seconds(checked_and_printed, 9), note="against doit alone")
    ten = many(10)
    row("10 terms, doit", seconds(ten.doit, 1), seconds(partial(collapse, ten)), result_time(collapse(ten)))
    for terms in (1_000,) if quick else (1_000, 10_000):
        line = many(terms)
        theirs = seconds(lambda line=line: line.expand().doit(), 1) if terms == 1_000 else None
        mine = seconds(partial(collapse, line))
        held = memory(partial(collapse, line)) / terms
        row(f"{terms} terms, expand().doit()", theirs, mine, result_time(collapse(line)), f"{held:.0f} bytes a term")
    other = cadabra(1_000)
    if other is not None:
        mine = seconds(partial(collapse, many(1_000)))
        row("1000 terms, Cadabra2 contracts", other[0], mine, note="in the column of SymPy: Cadabra2")
        row("1000 terms, Cadabra2 reads too", other[1], mine, note="as deltasift does")
    for depth in (30,) if quick else (30, 100, 1_000):
        theirs = seconds(chain(depth, declared=True).doit, 1) if depth < 1_000 else None
        row(f"chain of {depth}", theirs, seconds(partial(collapse, chain(depth))))
    for depth in (4,) if quick else (4, 8):
        line = levels(depth)
        note, theirs = f"{size(collapse(line).lines[-1])} nodes", None
        if depth == 4:  # each further level takes SymPy many times longer
            theirs = seconds(line.doit, 1)
            note += f" against {size(line.doit())}"
        row(f"two deltas a level, {depth} levels", theirs, seconds(partial(collapse, line)), note=note)


if __name__ == "__main__":
    main()
