"""Read losses as people write them, and prove or refute that each is its formula; print the table of docs/trust.md.

Run as `python -m benchmarks.losses [--only WORD ...] [--library torch|numpy|jax] [--others]` from the top of the
repository. The others are losses that were written after everything that reads and proves them. A loss is `proved`,
`refuted` with a counterexample, `read` where neither was found, or `refused`. No wrong one may be proved.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections import Counter
from importlib.util import find_spec

from benchmarks.loss_cases import CASES, Loss
from deltasift.asserting.decide import decide
from deltasift.asserting.decision import Grade
from deltasift.errors import DeltasiftError, ReadError
from deltasift.read import expression_of

LIBRARIES = ("torch", "numpy", "jax")
OTHERS = ("others", "later", "wild", "rows")


def outcome(case: Loss) -> tuple[str, float, float, str]:
    """Return what became of a loss, the CPU seconds of reading and of deciding, and a word on why."""
    start = time.process_time()
    try:
        expr = expression_of(case.function, given=case.given)
    except ReadError as why:
        return "refused", time.process_time() - start, 0.0, str(why)
    read = time.process_time() - start
    start = time.process_time()
    try:
        decision = decide("=", expr, case.formula, case.facts)
    except DeltasiftError as why:
        return "read", read, time.process_time() - start, str(why)
    taken = time.process_time() - start
    if decision.grade is Grade.PROOF:
        return "proved", read, taken, ""
    if decision.grade is Grade.REFUTED:
        return "refuted", read, taken, decision.message(Grade.PROOF).partition("\n")[0]
    return "read", read, taken, f"{decision.because} ({decision.grade.name.lower()})"


def main() -> int:
    """Print the table; 1 where a wrong loss is proved or a right one refuted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--library", choices=LIBRARIES)
    parser.add_argument("--others", action="store_true", help="only those written afterwards")
    options = parser.parse_args()
    for library in LIBRARIES:
        if options.library in (None, library):
            for files in OTHERS if options.others else ("of", *OTHERS):
                if find_spec(f"benchmarks.loss_cases.{files}_{library}"):
                    importlib.import_module(f"benchmarks.loss_cases.{files}_{library}")
    times: list[float] = []
    counts: Counter[tuple[bool, str]] = Counter()
    bad = 0
    print(f"{'loss':34} {'library':7} {'is':6} {'found':8} {'read':>7} {'decided':>8}")
    for case in CASES:
        if options.only and not any(w in case.name for w in options.only):
            continue
        found, read, taken, why = outcome(case)
        times.append(read + taken)
        counts[case.right, found] += 1
        wrong = found == ("refuted" if case.right else "proved")
        bad += wrong
        is_right = "right" if case.right else "wrong"
        print(f"{case.name:34} {case.library:7} {is_right:6} {found:8} {read:6.2f}s {taken:7.2f}s{' !!!' * wrong}")
        if why and (found in ("read", "refused") or wrong):
            print(f"    {why}")
    right, wrong_ones = (sum(c for (r, _), c in counts.items() if r is which) for which in (True, False))
    print(f"\n{right} right: " + ", ".join(f"{c} {f}" for (r, f), c in sorted(counts.items()) if r))
    print(f"{wrong_ones} wrong: " + ", ".join(f"{c} {f}" for (r, f), c in sorted(counts.items()) if not r))
    print(f"median {statistics.median(times):.2f} s, longest {max(times):.2f} s")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
