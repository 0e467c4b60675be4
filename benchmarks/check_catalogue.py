"""Time `deltasift check` over the whole catalogue, cold start included.

Run as `python -m benchmarks.check_catalogue`. The aim is under 10 s on two cores. The time is given as a ratio to
`import sympy` too, so that figures of different machines compare.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.import_time import seconds


def main() -> None:
    """Print the time of one cold run, and its ratio."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "deltasift", "check"], check=True)
    taken = time.perf_counter() - start
    print(f"deltasift check   {taken:6.2f} s, {taken / seconds('sympy'):.0f} times import sympy")


if __name__ == "__main__":
    main()
