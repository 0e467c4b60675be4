"""What is printed is read back: every chain of heads to a depth, by the independent readers of the tests.

    python -m benchmarks.print_sweep --depth 5 --many 5000

Chains of three heads are some 80,000, of four some 3 million, of five more than 100 million: of each depth many are
drawn, from a seed. Each is printed in one of the ways (LaTeX, text, ASCII, whole or in rows), in one notation.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from readers.agree import NOTATIONS, misprint
from readers.chains import LEAVES, STEPS, fitting


def drawn(depth: int, many: int, seed: str) -> Iterator[tuple[str, Any]]:
    """Yield random chains of a depth; every head is as likely as any other."""
    rng = random.Random(f"{seed} {depth}")
    for _ in range(many):
        e = rng.choice(LEAVES)
        name = str(e)
        for _ in range(depth):
            head = rng.choice(fitting(e))
            e = STEPS[head].build(e)
            name = f"{head} of {name}"
        yield name, e


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depth", type=int, default=5)
    parser.add_argument("--many", type=int, default=5_000, help="chains of each depth")
    parser.add_argument("--seed", default="0")
    given = parser.parse_args()
    wrong = 0
    for depth in range(1, given.depth + 1):
        start = time.perf_counter()
        found = []
        for turn, (name, e) in enumerate(drawn(depth, given.many, given.seed)):
            why = misprint(e, NOTATIONS[turn * 7 % len(NOTATIONS)], turn)
            found += [f"{name}\n    {why}"] if why else []
        wrong += len(found)
        print(f"depth {depth}: {given.many} chains, {len(found)} misread, {time.perf_counter() - start:.1f} s")
        print(*found[:10], sep="\n", end="\n" if found else "")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
