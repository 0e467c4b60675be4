"""Collapse against SymPy, in one run: the flagship, sums of many deltas, chains.

Run as `python -m benchmarks.collapse`. Each row gives the CPU time of SymPy and of deltasift, crossing from ordinary
SymPy included, and their ratio; SymPy's cache is cleared before each run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import sympy
from sympy import IndexedBase, KroneckerDelta, Le, Sum, Symbol, log
from sympy.core.cache import clear_cache

from deltasift.derive import collapse

k, n = Symbol("k", integer=True), Symbol("n", integer=True)
K, N = Symbol("K", integer=True, positive=True), Symbol("N", integer=True, positive=True)
q, y, a = IndexedBase("q"), IndexedBase("y", integer=True), IndexedBase("a")
FLAGSHIP = Sum(KroneckerDelta(k, y[n]) * log(q[k]), (k, 1, K), (n, 1, N)) / N
FACTS = (Le(1, y[k]), Le(y[k], K))


def many(terms: int) -> Any:
    """Return one sum over several deltas."""
    return Sum(sympy.Add(*(KroneckerDelta(k, Symbol(f"m{i}", integer=True)) * a[k] for i in range(terms))), (k, 1, K))


def chain(depth: int) -> Any:
    """Return nested sums in which each delta hands its index on."""
    names = [Symbol(f"i{d}", integer=True) for d in range(depth + 1)]
    body: Any = a[names[-1]]
    for left, right in pairwise(names):
        body = body * KroneckerDelta(left, right)
    return Sum(body, *((name, 1, K) for name in names[1:]))


def seconds(work: Callable[[], Any], runs: int) -> float:
    """Return the least CPU time of several runs, SymPy's cache cleared before each."""
    best = float("inf")
    for _ in range(runs):
        clear_cache()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    problems = [
        ("flagship", FLAGSHIP, FACTS),
        *((f"{t} terms", many(t), ()) for t in (4, 6, 8)),
        *((f"chain of {d}", chain(d), ()) for d in (3, 6)),
    ]
    print(f"{'':12} {'SymPy':>10} {'deltasift':>10} {'ratio':>7}")
    for name, expr, facts in problems:
        theirs, ours = seconds(expr.doit, 3), seconds(partial(collapse, expr, facts=facts), 3)
        print(f"{name:12} {theirs * 1000:7.1f} ms {ours * 1000:7.1f} ms {theirs / ours:7.1f}")


if __name__ == "__main__":
    main()
