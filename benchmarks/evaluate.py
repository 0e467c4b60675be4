"""Time the NumPy code of the collapsed line against the same written by hand.

Run as `python -m benchmarks.evaluate`. A million labels of a thousand classes; the aim is at most 1.2 times the time of
`-np.log(q)[y].mean()`. The lines with the double sum are timed at a size that fits into memory.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from deltasift import load
from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.emit.arrays import ArrayProgram
from deltasift.emit.evaluate import measure
from deltasift.emit.run import load as functions_of

N, K = 1_000_000, 1_000
ROUNDS = 41
PAGE = "cross_entropy_is_average_nll"
COLLAPSED = 6


def generated(page: Page, number: int) -> Callable[..., float]:
    """Return the array code of a line of the first proof."""
    program = ArrayProgram(page_scope(page))
    f = program.function("line", page.proofs[0].lines[number - 1])
    return functions_of(f"{program.prelude()}\n\n{f.source}")[f.name]


def main() -> None:
    """Print the ratio for the collapsed line, then the table of a page."""
    rng = np.random.default_rng(0)
    q, y = rng.dirichlet(np.ones(K)), rng.integers(0, K, N)
    page = load(PAGE)
    line = generated(page, COLLAPSED)
    contenders: dict[str, Callable[[], float]] = {
        "generated": lambda: line(N, q, y),
        "by hand": lambda: -np.log(q)[y].mean(),
    }
    assert abs(contenders["generated"]() / contenders["by hand"]() - 1) < 1e-12
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, seconds in medians.items():
        print(f"{name:10} {1000 * seconds:8.2f} ms")
    print(f"ratio      {medians['generated'] / medians['by hand']:8.2f}   (aim: at most 1.2)")
    small = N // 100
    print(f"\n{PAGE} at N = {small:,}, K = {K:,}")
    for found in measure(page, {"q": q, "y": y[:small]}).lines:
        peak = 0 if found.peak is None else found.peak
        print(
            f"line {found.number}  {1000 * found.seconds:9.2f} ms  {peak / 2**20:9.2f} MiB  {'*'.join(found.largest)}"
        )


if __name__ == "__main__":
    main()
