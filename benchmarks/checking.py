"""Checking, in one run: an identity at 25 instances against SymPy, and the pages of the catalogue in a warm process.

Run as `python -m benchmarks.checking`. The identity is that a double sum with a Kronecker delta collapses; SymPy puts
sizes, labels and probabilities in, does the sums and simplifies the difference, at the same 25 points. Of deltasift the
time contains reading the question, drawing the points and enclosing both sides. The pages are checked by structure,
conditions, finite models and 100 random points, and then thoroughly, with 1,000 larger points. CPU times.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import sympy

from benchmarks.collapse import seconds
from deltasift import Derivation, Sum, calc, check, delta, index, labels, load, log, pmf, sizes, step
from deltasift.calc import page_of
from deltasift.catalogue import page_names
from deltasift.check.checker import page_scope
from deltasift.check.numbers import USUAL
from deltasift.check.sampling import Sampler, generator
from deltasift.check.world import World
from deltasift.rules import sum_comm, sum_delta

INSTANCES = 25


def collapse() -> Derivation:
    """Return the identity: the average over examples and classes is the average over the examples."""
    N, K = sizes("N K")
    n, k = index("n", 1, N), index("k", 1, K)
    y, q = labels("y", n, k), pmf("q", k, positive=True)
    return calc(
        Sum(Sum(delta(k, y[n]) * log(q[k]), k), n) / N,
        step(Sum(log(q[y[n]]), n) / N, by=[sum_comm, sum_delta]),
    )


def points(proof: Derivation) -> list[World]:
    """Return random points for SymPy, of the sizes that a check draws."""
    sampler = Sampler(page_scope(page_of(proof)))
    rng = generator("benchmark")
    worlds = []
    for i in range(1, INSTANCES + 1):
        most = {"N": USUAL.examples, "K": USUAL.classes}
        at = {s.symbol: rng.randint(1, max(1, i * most[s.name] // INSTANCES)) for s in sampler.sizes}
        world = sampler.draw(rng, at)
        assert world is not None
        worlds.append(world)
    return worlds


def by_sympy(proof: Derivation, worlds: list[World]) -> None:
    """Check the identity at points as one does in SymPy."""
    lhs, rhs = (line.to_sympy() for line in proof.lines)  # type: ignore[attr-defined]
    for world in worlds:
        numbers: dict[Any, Any] = {s: sympy.Rational(str(v)) for s, v in world.numbers.items()}
        written = {s: v for s, v in numbers.items() if s.name in "NK"}
        entries = [
            {sympy.IndexedBase(t)[i]: sympy.Rational(str(v)) for i, v in table.items()}
            for t, table in sorted(world.tables.items(), key=str, reverse=True)  # labels before probabilities
        ]
        difference = (lhs - rhs).subs(written).doit()
        for table in entries:
            difference = difference.subs(table)
        assert sympy.simplify(difference) == 0


def instances() -> None:
    """Print the rows of the identity."""
    proof = collapse()
    check(proof)  # loads the checker
    theirs = seconds(partial(by_sympy, proof, points(proof)), 1)
    ours = seconds(lambda: check(collapse(), layers=("numbers",), points=INSTANCES), 5)
    report = check(proof, layers=("numbers",), points=INSTANCES)
    covered = next(c.covers for c in report.lines[-1].checks if c.kind == "numbers")
    print(f"an identity at {INSTANCES} instances: {covered}")
    print(f"  SymPy      {theirs * 1000:8.1f} ms   subs, doit, simplify")
    print(f"  deltasift  {ours * 1000:8.1f} ms   {theirs / ours:.0f} times faster")


def pages() -> None:
    """Print the rows of the pages."""
    print(f"{'page, warm':42} {'lines':>5} {'check':>9} {'--thorough':>11}")
    for name in page_names():
        page = load(name)
        lines = len(check(page).lines)
        times = []
        for thorough in (False, True):
            start = time.process_time()
            report = check(page, thorough=thorough)
            times.append(time.process_time() - start)
            assert report.ok
        print(f"{name:42} {lines:5} {times[0]:7.2f} s {times[1]:9.2f} s", flush=True)


def main() -> None:
    """Print both tables."""
    instances()
    pages()


if __name__ == "__main__":
    main()
