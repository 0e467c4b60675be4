"""Time `import deltasift` against `import sympy`, each in fresh processes, taken in turns.

Run as `python -m benchmarks.import_time [RUNS]`. The aim is a ratio of at most 1.3.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time


def seconds(module: str) -> float:
    """Return how long a fresh Python that imports a module takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print the medians and their ratio."""
    seconds("deltasift")  # writes the bytecode
    times: dict[str, list[float]] = {"sympy": [], "deltasift": []}
    for _ in range(runs):
        for module, found in times.items():
            found.append(seconds(module))
    medians = {module: statistics.median(found) for module, found in times.items()}
    for module, value in medians.items():
        print(f"import {module:10} {value * 1000:6.0f} ms")
    print(f"ratio             {medians['deltasift'] / medians['sympy']:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
